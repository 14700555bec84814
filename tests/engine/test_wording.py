"""What becomes of words that are too long, too many, or empty? And does every typed move pass, whatever was said with it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from orchestrator.engine import Rules, Session, advance, begin, decide, enter, fresh, step, view_of
from orchestrator.engine.gist import gist_of
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Tabled
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import Context, Negotiation, Pace
from orchestrator.messages.reply import Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.suspicion import Heard, Memory, Monitor, Observed, Reason, Suspicion
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.messages.window import Window
from orchestrator.runtime.record import Difference, redecide, what_if
from tests.engine.judges import rules_of, text_of
from tests.engine.talks import cases

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
FLOOD = "I say it once more. " * 40


def _count(words: str, /, *, estimated: bool) -> int:
    """Count words, or twice as many where they are estimated: the length of what is said is easy to see in a test."""
    return len(words.split()) * (2 if estimated else 1)


def _monitor(heard: Heard, memory: Memory, /) -> Observed:
    """Flag what was said before word for word, or says one sentence over and over; the sums count what was heard."""
    again = heard.text.encode() in memory.seen or "once more" in heard.text
    sums = (*memory.sums, heard.at, float(heard.tokens), float(len(heard.asked)))
    suspicion = Suspicion(score=0.9, flagged=True, reasons=(Reason(name="repeats", share=1.0, quote=heard.text[:16]),))
    return Observed(suspicion if again else Suspicion(score=0.1), Memory(seen=memory.seen + heard.text.encode(), sums=sums))


def _fails(heard: Heard, memory: Memory, /) -> Observed:
    raise RuntimeError(heard, memory)


class _Talk:
    """A talk of ann and bob, driven by hand: a second goes by with each message, unless a test says otherwise."""

    def __init__(self, bounds: Context | None = None, monitor: Monitor | None = _monitor, version: int = 2) -> None:
        case = cases()["offers/a-sender-withdraws-its-own"]
        negotiation = Negotiation.model_validate(case["talk"])
        ann, *others = negotiation.roles
        negotiation = negotiation.model_copy(update={"roles": (ann.model_copy(update={"context": bounds}), *others)})
        self.rules = replace(rules_of(negotiation), count=_count, monitor=monitor)
        self.settings = Settings(session=SessionId("talk-0000"), negotiation=negotiation, rules_version=version)
        self.entries: list[Entry] = [begin(self.settings, START, self.rules)]
        self.session = advance(fresh(self.settings), self.entries[0])
        self.at = START

    def say(self, *, seconds: float = 1.0, estimated: bool = False, **draft: object) -> Tabled:
        """Let the role whose turn it is say something, and return what was tabled."""
        began, self.at = self.at, self.at + timedelta(seconds=seconds)
        text = text_of({"act": "inform", **draft}, "-0000")
        window = Window(size=100, pinned=10, held=(0, 0), estimated=estimated)
        reply = Written(
            at=self.at,
            began=began,
            role=self.session.speaker.name,
            model="m",
            text=text,
            size=len(text),
            usage=Usage(),
            window=window,
        )
        done = step(self.session, reply, self.rules)
        assert advance(self.session, done.entry) == done.session
        assert decide(self.session, reply, self.rules) == done.entry.events
        self.entries.append(done.entry)
        self.session = done.session
        return next(event for event in done.entry.events if isinstance(event, Tabled))


def _words(tabled: Tabled) -> tuple[str, bool, int, int]:
    move = tabled.move
    return move.text, move.withheld, move.tokens, move.cut


def test_words_are_counted_once_with_the_move() -> None:
    """A move holds how many tokens its words have, as they were written; a move without words holds none."""
    talk = _Talk(monitor=None)
    assert _words(talk.say(text="one two three")) == ("one two three", False, 3, 0)
    assert _words(talk.say(text="one two", estimated=True)) == ("one two", False, 4, 0)
    assert _words(talk.say(act="propose", terms={"price": 50})) == ("", False, 0, 0)


def test_a_long_message_is_cut_after_a_sentence_and_its_terms_pass() -> None:
    """Words above their bound are cut, everything typed is as it was, and the sender is told in its next prompt."""
    talk = _Talk(Context(message_tokens=5), monitor=None)
    tabled = talk.say(act="propose", terms={"price": 50}, text="A first one. A second one. A third one.")
    finding = Finding(
        code="context.message",
        kind="shape",
        severity="note",
        path="text",
        message="a message of 'ann' may have 5 tokens, not 9; its last 6 were cut",
        allowed="at most 5 tokens; what matters most comes first",
    )
    assert _words(tabled) == ("A first one.", False, 9, 6)
    assert ([term.issue for term in tabled.move.terms], tabled.findings) == (["price"], (finding,))
    assert view_of(talk.session, talk.session.roles[0].name).remarks == (finding,)
    assert view_of(talk.session, talk.session.roles[1].name).remarks == ()
    talk.say(text="bob says as much as it likes, for nobody gave it a bound of its own")
    talk.say(text="Short.")
    assert view_of(talk.session, talk.session.roles[0].name).remarks == ()


def test_words_that_come_too_soon_are_withheld_and_the_move_passes() -> None:
    """A role may send so many messages with words in a time; the words of more are withheld, until time has gone by."""
    talk = _Talk(Context(rate=Pace(messages=1, seconds=60)), monitor=None)
    talk.say(text="first")
    talk.say(text="bob is as fast as it likes")
    tabled = talk.say(act="propose", terms={"price": 50}, text="too soon")
    assert _words(tabled) == ("", True, 2, 2)
    assert tabled.findings == (
        Finding(
            code="context.rate",
            kind="shape",
            severity="withhold",
            path="text",
            message="'ann' may send 1 messages with words in 60 seconds; these words came sooner",
            allowed="a move without words, or words later",
        ),
    )
    talk.say(text="bob", seconds=70)
    assert _words(talk.say(text="late enough")) == ("late enough", False, 2, 0)


def test_flagged_words_are_told_in_short_and_flagged_on_record() -> None:
    """A flagged move keeps its terms and its words; beside them stand the suspicion and what is new in the words."""
    talk = _Talk()
    tabled = talk.say(act="propose", terms={"price": 50}, text=f"The price is for you. {FLOOD}")
    move = tabled.move
    assert (move.gist, move.text.startswith("The price is for you. I say"), len(move.terms)) == (
        "The price is for you.",
        True,
        1,
    )
    assert move.suspicion == Suspicion(
        score=0.9, flagged=True, reasons=(Reason(name="repeats", share=1.0, quote="The price is for"),)
    )
    assert tabled.findings == (
        Finding(
            code="context.suspicion",
            kind="shape",
            severity="note",
            path="text",
            words="The price is for",
            message="of 205 tokens of 'ann' the others are shown 5: repeats",
            allowed="what is new, in few words: a value for an issue, a reason with its figure, an answer",
        ),
    )


def test_the_monitor_hears_each_sender_by_itself() -> None:
    """A sentence that another role said before is new; one that the role itself said before is not."""
    talk = _Talk()
    said = ["hello " * 110, "hello " * 110, "hello " * 110, "news " * 110, "more " * 110]
    flagged = [talk.say(text=text).move.suspicion is not None for text in said]
    assert flagged == [False, False, True, False, False]


def test_short_messages_are_flagged_once_they_add_up() -> None:
    """An empty line of somebody who said little costs nobody anything; after a thousand tokens it is one too many."""
    talk = _Talk()
    said = ["news " * 999, "once more", "once more"]
    assert [talk.say(text=text).move.suspicion is not None for text in said] == [False, False, True]


def test_what_the_monitor_remembers_follows_from_the_record() -> None:
    """A session that was folded again from its entries goes on with the same memory, questions and times included."""
    talk = _Talk(Context(message_tokens=30))
    for number in range(6):
        talk.say(act="query" if number % 2 else "inform", text=f"message {number}. " + "word " * 9 * number, seconds=0.5)
    again = fresh(talk.settings)
    for entry in talk.entries:
        again = advance(again, entry)
    assert (again, again.heeded) == (talk.session, ())
    reply = Written(
        at=talk.at,
        began=talk.at,
        role=talk.session.speaker.name,
        model="m",
        text=text_of({"act": "inform", "text": "and now"}, "-0000"),
        size=9,
        usage=Usage(),
    )
    one, other = step(talk.session, reply, talk.rules).session, step(again, reply, talk.rules).session
    memories = [{each.role: each.memory for each in session.heeded} for session in (one, other)]
    ann = RoleName("ann")
    assert memories[0][ann] == memories[1][ann]
    assert len(memories[1][ann].sums) == 3 * 4


def test_a_record_with_flags_and_cuts_is_decided_as_it_was() -> None:
    """Deciding a record again gives the recorded events; under a monitor that flags nothing, the flags would be gone."""
    talk = _Talk(Context(message_tokens=300))
    for text in ("hello", FLOOD, "word. " * 400, "hello", "bye"):
        talk.say(text=text)
    entries = tuple(talk.entries)
    assert redecide(entries, lambda _: talk.rules) == talk.session
    calm: Rules = replace(talk.rules, monitor=None)
    differences = what_if(entries, calm)
    assert [difference.seq for difference in differences] == [2]
    (difference,) = differences
    assert isinstance(difference, Difference)


@pytest.mark.parametrize("text", ["hello", FLOOD])
def test_a_monitor_that_fails_keeps_no_move_back(text: str) -> None:
    """Whatever a monitor raises, the move passes with its words, and nobody is suspected."""
    tabled = _Talk(monitor=_fails).say(act="propose", terms={"price": 50}, text=text)
    assert (tabled.move.text, tabled.move.suspicion, tabled.findings) == (text, None, ())


def test_records_of_the_first_version_are_decided_without_counting() -> None:
    """A session that was opened before words were counted goes on as it began: nothing is counted, cut or flagged."""
    talk = _Talk(Context(message_tokens=5, rate=Pace(messages=1, seconds=60)), version=1)
    assert [_words(talk.say(text=FLOOD))[1:] for _ in range(4)] == [(False, 0, 0)] * 4


def test_words_out_of_turn_change_nothing() -> None:
    """Turns are the engine's: whatever a fast sender writes when it is another's turn, no event follows."""
    talk = _Talk()
    reply = partial(Written, at=START, began=START, model="m", size=2, usage=Usage(), text='{"act": "inform", "text": "me"}')
    for role in talk.session.roles[1:]:
        assert enter(talk.session, reply(role=role.name), talk.rules).events == ()


def _said(text: str, session: Session) -> Move:
    role = session.roles[0].name
    return Move(id=session.settings.session, sender=role, turn=0, round=1, act="inform", text=text)  # pyright: ignore[reportArgumentType] - any id


@pytest.mark.parametrize(
    ("text", "before", "gist"),
    [
        ("The price is high. I wait. The colour is red!", "", "The price is high. The colour is red!"),
        ("The price is high. The price is high. The price is high.", "", "The price is high."),
        ("The price is high. The colour is red!", "the  price is HIGH.", "The colour is red!"),
        ("price " * 60 + ". Now the price.", "", "Now the price."),
        ("Nothing. Of. Note.", "", ""),
        ("The price of " + ". The price of ".join(f"lot {number}" for number in range(90)), "", None),
    ],
)
def test_what_is_new_is_quoted(text: str, before: str, gist: str | None) -> None:
    """Sentences on an issue that the sender has not said yet are quoted as they were written, and not too many of them."""
    session = _Talk().session
    moves = (_said(before, session),) if before else ()
    found = gist_of(text, moves, session.agenda, session.roles[0].name)
    assert found == gist if gist is not None else 300 < len(found) <= 400
