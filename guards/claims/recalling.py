"""Was it said before? What others are said to have offered, agreed or said, held against the history."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from guards.claims.acts import Act, is_past
from guards.claims.asserted import tells_a_fact
from guards.claims.content import content_in, content_of
from guards.claims.context import Context, finding
from guards.claims.elsewhere import talks_in
from guards.claims.recalled import is_held
from guards.claims.recalledfigures import Claim
from guards.claims.saying import Clause
from guards.claims.verbs import BE, CAN, DENY, FIRM, MODAL, SPEECH, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.value import RoleName

__all__ = ["words_were_said"]

_ALL = frozenset(("all", "everybody", "everyone", "both"))
_JOINT = frozenset(("agreed", "settled", "decided", "shook", "concluded", "resolved", "converged", "compromised"))
_READY = frozenset(("ready", "willing", "prepared", "happy", "open", "inclined", "minded"))
"""What somebody was who would have done something."""
_NOUNS = words_of(
    "paper offer opener opening message proposal note mail letter draft side people team desk figure number version "
    "answer reply colleague words word summary"
)
"""Things of somebody's that say what it wants."""
_JOINS = frozenset(("and", "while", "but"))
_RELATIVE = frozenset(("which", "whom"))
_RELATIVE_TOO = _RELATIVE | {"that"}
_TELLING = SPEECH | words_of(
    "us me you them so read hear see know note notice say think believe glad pleased sure true fact given now"
)
"""Words behind which `that` tells what was said, and not which thing is spoken of."""
_FINITE = words_of("is was are were will would has does do can could may might should")
_TAKES = words_of("took taken backed seconded endorsed")
"""What somebody did with an offer that it has accepted."""
_HOW_MANY = words_of("of three four have had said agreed two")
_THANKS = Pattern(
    r"\b(?:thanks|thank you|grateful|obliged|appreciate|appreciated)\b(?: to (?:the )?([a-z]+))?[^.;!?\n]{0,30}? (?:for|that|you) (?:your )?((?:com|tak|mov|go|drop|rais|lower|cutt|agree|accept|conced|grant|offer|giv|lett|add|bring|put|meet|keep|com|hold|reduc|shorten|extend)[a-z]*ing)\b"
)
_THANKING = words_of("thanks thank grateful obliged appreciate appreciated")
_CALLED = words_of("agreed promised settled conceded granted confirmed arranged")
"""What is done between parties, where something is called so: `as promised`, `the agreed 45 days`."""
_INVERTED = words_of("before until till had were should did have has do does will would can could may way")
"""Words that ask, suppose or speak of a manner where they stand before their subject."""
_MOST = 40
"""Quotes that are looked up."""
_QUOTED = re.compile(r'"([^"\n]{3,160})"')


def words_were_said(context: Context) -> Iterator[Finding]:
    """Find words that others are said to have said, offered or agreed and that the history does not hold."""
    for claim in _claims(context):
        if not is_held(context, claim) and not tells_a_fact(context, claim.start, claim.end):
            who = " or ".join(claim.speakers)
            words = context.scan.quote(claim.start, claim.end)
            is_event = claim.act.is_whose and not claim.is_firm and claim.act.verb not in SPEECH
            code = "fact.event" if is_event else "history.firm" if claim.is_firm else "history.said"
            yield finding(
                context, code, "fact" if is_event else "history", claim.start, claim.end,
                f"nothing in this talk shows that {who} said so: {words!r}", "what the history holds",
            )  # fmt: skip
    yield from _thanked(context)
    yield from _agreed(context)
    yield from _talked(context)
    yield from _quoted(context)


def _claims(context: Context) -> Iterator[Claim]:
    said = context.scan
    for act in said.acts:
        if not act.is_past and not (act.mood & BE and act.verb in _JOINT):
            continue
        speakers = _speakers(context, act)
        if not speakers or act.mood & (DENY | MODAL | WILL | CAN) or _is_open(context, act):
            continue
        clause = said.clause_at(act.start)
        end = _end(context, act, clause)
        leading = max(0, act.subject - (2 if said.tokens[act.subject - 1] == "the" else 1))
        if not _content_behind(context, act, end) and said.tokens[leading] in ("as", "like", "since"):
            end = said.sentence_of(act.start).end
        start = clause.start
        if (
            act.subject
            and said.tokens[act.subject - 1] in _RELATIVE
            and not any(figure.start > act.end for figure in said.quantities_from(act.end, end))
        ):
            start = said.clauses[max(0, act.clause - 1)].start
        claim = Claim(act, start, end, speakers, act.verb in FIRM)
        if act.is_whose:
            is_told = not _NOUNS.isdisjoint(said.tokens[act.subject + 1 : act.order])
        else:
            is_told = claim.is_firm or act.verb in SPEECH or (act.verb in _READY and act.mood & BE)
        if is_told or _is_of_the_deal(context, claim) or _is_of_an_offer(context, claim):
            yield claim


def _end(context: Context, act: Act, clause: Clause) -> int:
    """Return where the words of an act end: before the verb of the main clause, where it only tells which thing is spoken of."""
    said = context.scan
    place = act.subject - (said.tokens[act.subject - 1] == "the") - 1
    if (
        place < 1
        or said.tokens[place] not in _RELATIVE_TOO
        or said.tokens[place - 1] in _TELLING
        or is_past(said.tokens[place - 1])
    ):
        return _next_subject(context, act, clause.end)
    last = bisect_left(said.places, clause.end)
    return next((said.places[at] for at in range(act.order + 1, last) if said.tokens[at] in _FINITE), clause.end)


def _next_subject(context: Context, act: Act, end: int) -> int:
    """Return where somebody else begins to act before an end: `you were at 116 and I was at 142`."""
    said = context.scan
    others = (other for other in said.acts if act.end < other.start < end and other.is_past and other.who != act.who)
    starts = (said.places[other.subject - 1] for other in others if said.tokens[other.subject - 1] in _JOINS)
    return min(starts, default=end)


def _content_behind(context: Context, act: Act, end: int) -> frozenset[str]:
    """Return the words behind an act that say something, ids of messages left aside."""
    words = content_of(context.scan.tokens_in(act.end, end))
    return words - {named.what for named in context.scan.named_from(act.end, end) if named.sort == "offer"}


def _is_open(context: Context, act: Act) -> bool:
    """Return whether the words before an act leave open if it was done: a question, a condition, a denial, a hedge."""
    sentence, clause = context.scan.sentence_of(act.start), context.scan.clause_at(act.start)
    if sentence.is_question and clause.end >= sentence.end:
        return True
    before = context.scan.told_in(clause.start, act.start)
    if before & (CONDITION | NEGATION | HEDGE) or "ignore" in context.scan.tokens_in(clause.start, act.start):
        return True
    if context.scan.tokens[act.subject - 1] in _INVERTED and act.subject:
        return True
    after = context.scan.tokens[act.order + 1 : act.order + 3]
    return any(word in ("nothing", "no", "not", "never", "neither", "nobody") for word in after)


def _speakers(context: Context, act: Act) -> tuple[RoleName, ...]:
    """Return the other roles that a subject names; none for the sender itself and for things."""
    tokens = context.scan.tokens
    if act.who in context.lexicon.roles:
        role = context.party_of(act)
        return (role,) if role and role != context.view.role else ()
    joined = {*tokens[max(0, act.subject - 3) : act.subject]} & context.lexicon.roles.keys()
    if act.who in ("i", "we") and joined and tokens[act.subject - 1] == "and":
        return tuple(context.lexicon.roles[word] for word in sorted(joined) if context.lexicon.roles[word] != context.view.role)
    if act.who in ("you", "your") or (act.who in _ALL and not _is_of_things(tokens, act)):
        return context.others()
    return context.others() if act.who == "we" and act.verb in _JOINT else ()


def _is_of_things(tokens: tuple[str, ...], act: Act) -> bool:
    after = tokens[act.subject + 1] if act.subject + 1 < len(tokens) else ""
    return after not in _HOW_MANY and tokens[act.subject - 1] not in ("we", "you", "they")


def _is_of_the_deal(context: Context, claim: Claim) -> bool:
    """Return whether words name a figure, a day, an issue or an option."""
    said = context.scan
    return bool(
        said.quantities_from(claim.act.end, claim.end)
        or any(claim.act.end <= day.start < claim.end for day in said.days)
        or any(named.sort in ("issue", "option") for named in said.named_from(claim.act.end, claim.end))
    )


def _is_of_an_offer(context: Context, claim: Claim) -> bool:
    """Return whether an offer is said to be taken: `Pilots took m4`, `m4, which Pilots took up at once`."""
    if claim.act.verb not in _TAKES:
        return False
    said, behind = context.scan, claim.act.end + 1
    if any(named.sort == "offer" for named in said.named_from(behind, behind + 1)):
        return True
    before = said.named_from(claim.start, claim.act.start)
    return claim.start < said.clauses[claim.act.clause].start and any(named.sort == "offer" for named in before)


def _talked(context: Context) -> Iterator[Finding]:
    """Find what is said to have passed in a talk that is on no record: `on the phone it was 239`."""
    for hit in talks_in(context.scan):
        clause, sentence = context.scan.clause_at(hit.start()), context.scan.sentence_of(hit.start())
        if (
            sentence.is_question
            or clause.bits & (CONDITION | HEDGE | NEGATION)
            or not any(map(is_past, context.scan.tokens_in(clause.start, clause.end)))
        ):
            continue
        yield finding(
            context, "history.elsewhere", "history", clause.start, clause.end,
            f"{context.scan.quote(hit.start(), hit.end())!r} is on no record", "what the history holds",
        )  # fmt: skip


def _quoted(context: Context) -> Iterator[Finding]:
    """Find words in quotes that are laid to another and stand in none of its messages."""
    text = context.scan.text
    for hit in islice(_QUOTED.finditer(text), _MOST) if '"' in text else ():
        clause = context.scan.clause_at(hit.start())
        act = next((act for act in reversed(context.scan.acts) if clause.start <= act.start < hit.start()), None)
        speakers = _speakers(context, act) if act and (act.is_past or act.verb in SPEECH) else ()
        speakers = context.others() if text[max(0, hit.start() - 5) : hit.start()] == "your " else speakers
        words = content_of(hit[1].split())
        told = content_in(move for move in context.known.moves if move.sender in speakers)
        if speakers and len(hit[1].split()) > 2 and len(words & told) * 2 < max(1, len(words)):
            yield finding(
                context, "history.quoted", "history", hit.start(), hit.end(),
                f"no message of {' or '.join(speakers)} says {context.scan.quote(hit.start(), hit.end())!r}", "what the history holds",
            )  # fmt: skip


def _thanked(context: Context) -> Iterator[Finding]:
    """Find thanks for what nobody did: `thank you for taking the price down to 8.10`."""
    said = context.scan
    for hit in () if _THANKING.isdisjoint(said.words) else said.finds(_THANKS):
        clause = said.clause_at(hit.start())
        role = context.lexicon.roles.get(hit[1]) if hit[1] else None
        speakers = (role,) if role and role != context.view.role else context.others()
        order = bisect_left(said.places, hit.start(2))
        act = Act(
            hit.start(), hit.end(), "you", hit[2], 0, order, max(0, order - 1), said.clause_number(hit.start()), is_whose=False
        )
        claim = Claim(act, clause.start, clause.end, speakers, is_firm=False)
        is_told = said.quantities_from(hit.end(), clause.end) and not said.sentence_of(hit.start()).is_question
        if is_told and not is_held(context, claim):
            yield finding(
                context, "history.said", "history", clause.start, clause.end,
                f"nothing in this talk shows that {' or '.join(speakers)} did so", "what the history holds",
            )  # fmt: skip


def _agreed(context: Context) -> Iterator[Finding]:
    """Find what is called agreed although nobody has accepted anything: `as agreed`, `the agreed 45 days`."""
    called = context.scan.words & _CALLED
    if not called or any(move.act == "accept" for move in context.view.moves):
        return
    called -= {word for move in context.known.moves for word in move.text.lower().split()} - {"agreed"}
    tokens = context.scan.tokens
    for place in context.scan.orders_of(called):
        if place == 0:
            continue
        word = tokens[place]
        start = context.scan.places[place]
        clause, sentence = context.scan.clause_at(start), context.scan.sentence_of(start)
        behind = " ".join(tokens[place + 1 : place + 3])
        if word != "agreed" and any(named.sort == "offer" for named in context.scan.named_from(clause.start, clause.end)):
            continue
        is_called = tokens[place - 1] in ("as", "the", "was", "were", "been") or behind in ("by all", "between us")
        before = context.scan.told_in(clause.start, start)
        if is_called and not sentence.is_question and not before & (CONDITION | HEDGE | NEGATION):
            yield finding(
                context, "history.agreed", "history", clause.start, clause.end,
                "nobody has accepted an offer in this talk, so nothing is agreed", "what the history holds",
            )  # fmt: skip
