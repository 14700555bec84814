"""Is a session nothing but its journal? Entering, advancing, stepping and folding agree, and a broken chain is no session."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from orchestrator.engine import Session, Step, advance, begin, enter, evolve, fresh, pending, refold, step
from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import FIRST_PARENT, Entry
from orchestrator.messages.event import Asked, Ended, Event, Held
from orchestrator.messages.reply import Interrupted
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import RoleName
from tests.engine.talks import START, cases, played, settings_of

TALK = played("gates/a-denial-is-told-with-its-reason-and-the-talk-goes-on")


def test_step_is_entering_and_advancing() -> None:
    """A step gives the entry that entering gives and the session that advancing by it gives."""
    session = refold(TALK.entries[:2])
    reply = TALK.entries[2].reply
    entry = enter(session, reply, TALK.rules)
    assert step(session, reply, TALK.rules) == Step(entry=entry, session=advance(session, entry))


def test_session_counts_its_entries_and_knows_its_head() -> None:
    """A folded session has the place of the next entry and the digest of the last."""
    assert (TALK.session.seq, TALK.session.head) == (len(TALK.entries), TALK.entries[-1].digest)
    assert [entry.parent for entry in TALK.entries] == [FIRST_PARENT, *(entry.digest for entry in TALK.entries[:-1])]


def test_first_entry_opens() -> None:
    """Beginning gives the entry that turns the fresh session into one that asks."""
    settings = settings_of(cases()["offers/an-offer-stands-and-is-backed-by-its-sender"])
    entry = begin(settings, START, TALK.rules)
    assert (entry.seq, entry.parent, [event.kind for event in entry.events]) == (0, FIRST_PARENT, ["opened"])
    assert pending(fresh(settings)) is None
    assert advance(fresh(settings), entry).phase == "asking"


def _without_second(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return (entries[0], *entries[2:])


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        pytest.param((), "the journal: there are no entries", id="none"),
        pytest.param(
            TALK.entries[1:], "entry 1 of session 'talk-0000': the first entry is not an opening", id="the-first-is-missing"
        ),
        pytest.param(
            _without_second(TALK.entries),
            "entry 2 of session 'talk-0000': does not follow the entry before it",
            id="one-is-missing",
        ),
        pytest.param(
            (*TALK.entries[:2], TALK.entries[1]),
            "entry 1 of session 'talk-0000': does not follow the entry before it",
            id="one-stands-twice",
        ),
        pytest.param(
            (TALK.entries[0], replace(TALK.entries[1], parent=FIRST_PARENT)),
            "entry 1 of session 'talk-0000': does not follow the entry before it",
            id="one-has-another-parent",
        ),
        pytest.param(
            (TALK.entries[0], replace(TALK.entries[1], seq=7)),
            "entry 7 of session 'talk-0000': does not follow the entry before it",
            id="one-has-another-place",
        ),
    ],
)
def test_broken_chain_is_no_session(entries: tuple[Entry, ...], problem: str) -> None:
    """Entries that are not one unbroken chain from an opening are refused, with the place named."""
    with pytest.raises(ChainBroken) as caught:
        refold(entries)
    assert str(caught.value) == problem


def test_entry_of_another_session_does_not_advance() -> None:
    """A session takes no entry of another, even where place and parent would fit."""
    other = begin(TALK.session.settings.model_copy(update={"session": "talk-1111"}), START, TALK.rules)
    with pytest.raises(ChainBroken, match=r"\Aentry 0 of session 'talk-0000': does not follow the entry before it\Z"):
        advance(fresh(TALK.session.settings), other)


@pytest.mark.parametrize(
    "event", [Held(role=RoleName("ann")), Asked(gate="big"), Ended(status="agreed", reason="all")], ids=lambda event: event.kind
)
def test_event_that_no_row_knows_is_impossible(event: Event) -> None:
    """Evolving is total: an event that the phase does not know leads to `impossible`, and there is no way on."""
    session = evolve(fresh(TALK.session.settings), event)
    assert (session.phase, pending(session)) == ("impossible", None)
    assert evolve(session, event).phase == "impossible"


def test_interruption_is_on_record_and_changes_only_the_head_and_the_time() -> None:
    """An interruption makes an entry without events; what the session waits for stays the same."""
    session = refold(TALK.entries[:3])
    entry = enter(session, Interrupted(at=datetime(2026, 1, 2, tzinfo=UTC), why="stopped"), TALK.rules)
    assert entry.events == ()
    assert advance(session, entry) == session.but(seq=session.seq + 1, head=entry.digest, latest=entry.reply.at)


def test_ids_of_offers_name_their_session() -> None:
    """An offer's id ends in the last letters of its session, so that none of another talk is taken for one of this."""
    settings = Settings(session=TALK.session.settings.session, negotiation=TALK.session.settings.negotiation)
    other = settings.model_copy(update={"session": "pair-abcdefk4xq"})
    entries = [begin(other, START, TALK.rules)]
    session = refold(entries)
    entry = enter(session, TALK.entries[1].reply, TALK.rules)
    assert [offer.id for offer in advance(session, entry).offers] == ["m1-k4xq"]


def test_time_of_other_replies_is_no_matter() -> None:
    """Nothing in a session but the chain and the latest time depends on when replies came; only how long models took counts."""
    later = refold_later(timedelta(days=9))
    assert later.but(seq=0, head=FIRST_PARENT, latest=START) == TALK.session.but(seq=0, head=FIRST_PARENT, latest=START)
    assert later.head != TALK.session.head


def refold_later(delay: timedelta) -> Session:
    """Return the session that the same replies give when all of them come later."""
    session = fresh(TALK.session.settings)
    for entry in TALK.entries:
        moved = {"at": entry.reply.at + delay}
        if entry.reply.kind == "written":
            moved["began"] = entry.reply.began + delay
        session = advance(session, enter(session, entry.reply.model_copy(update=moved), TALK.rules))
    return session
