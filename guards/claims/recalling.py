"""Was it said before? What others are said to have offered, agreed or said, held against the history."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from guards.claims.acts import Act, is_past
from guards.claims.context import Context, finding
from guards.claims.elsewhere import talks_in
from guards.claims.recalled import Claim, content_in, content_of, is_held
from guards.claims.verbs import BE, CAN, DENY, FIRM, MODAL, SPEECH, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from orchestrator.messages.finding import Finding
from orchestrator.messages.value import RoleName

__all__ = ["words_were_said"]

_ALL = frozenset(("all", "everybody", "everyone", "both"))
_JOINT = frozenset(("agreed", "settled", "decided", "shook"))
_NOUNS = words_of(
    "paper offer opener opening message proposal note mail letter draft side people team desk figure number version "
    "answer reply colleague words word summary"
)
"""Things of somebody's that say what it wants."""
_HOW_MANY = words_of("of three four have had said agreed two")
_INVERTED = words_of("before until till had were should did have has do does will would can could may")
"""Words that ask or suppose where they stand before their subject."""
_MOST = 40
"""Quotes that are looked up."""
_QUOTED = re.compile(r'"([^"\n]{3,160})"')


def words_were_said(context: Context) -> Iterator[Finding]:
    """Find words that others are said to have said, offered or agreed and that the history does not hold."""
    for claim in _claims(context):
        if not is_held(context, claim):
            who = " or ".join(claim.speakers)
            words = context.scan.quote(claim.start, claim.end)
            is_event = claim.act.is_whose and not claim.is_firm and claim.act.verb not in SPEECH
            code = "fact.event" if is_event else "history.firm" if claim.is_firm else "history.said"
            yield finding(
                context, code, "fact" if is_event else "history", claim.start, claim.end,
                f"nothing in this talk shows that {who} said so: {words!r}", "what the history holds",
            )  # fmt: skip
    yield from _agreed(context)
    yield from _talked(context)
    yield from _quoted(context)
    yield from _owned(context)


def _claims(context: Context) -> Iterator[Claim]:
    said = context.scan
    for act in said.acts:
        if not act.is_past and not (act.mood & BE and act.verb in _JOINT):
            continue
        speakers = _speakers(context, act)
        if not speakers or act.mood & (DENY | MODAL | WILL | CAN) or _is_open(context, act):
            continue
        clause = said.clause_at(act.start)
        end = clause.end
        if not content_of(said.tokens_in(act.end, end)) and said.tokens[max(0, act.subject - 1)] in ("as", "like", "since"):
            end = said.sentence_of(act.start).end
        claim = Claim(act, clause.start, end, speakers, act.verb in FIRM)
        if act.is_whose:
            is_told = not _NOUNS.isdisjoint(said.tokens[act.subject + 1 : act.order])
        else:
            is_told = claim.is_firm or act.verb in SPEECH
        if is_told or _is_of_the_deal(context, claim):
            yield claim


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
    role = context.lexicon.roles.get(act.who)
    if role:
        return (role,) if role != context.view.role else ()
    tokens = context.scan.tokens
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


def _owned(context: Context) -> Iterator[Finding]:
    """Find a figure that is called somebody's and is on no record at all: `your 230 hours`."""
    said = context.scan
    for found in said.quantities:
        place = bisect_left(said.places, found.start)
        owner = said.tokens[place - 1] if place else ""
        role = context.lexicon.roles.get(owner)
        speakers = (role,) if role and owner.endswith("'s") and role != context.view.role else ()
        speakers = context.others() if owner == "your" else speakers
        if not speakers or not (found.unit or found.values[0] >= 20) or context.is_open(found):
            continue
        if context.ground.is_exact(found) or not any(offer.sender in speakers for offer in context.known.offers):
            continue
        if not context.ground.holds(found):
            yield finding(
                context, "history.whose", "history", said.places[place - 1], found.end,
                f"{said.quote(found.start, found.end)!r} is on no record of {' or '.join(speakers)}", "what the history holds",
            )  # fmt: skip


def _agreed(context: Context) -> Iterator[Finding]:
    """Find what is called agreed although nobody has accepted anything: `as agreed`, `the agreed 45 days`."""
    if "agreed" not in context.scan.words or any(move.act == "accept" for move in context.view.moves):
        return
    tokens = context.scan.tokens
    for place, word in enumerate(tokens):
        if word != "agreed" or place == 0:
            continue
        start = context.scan.places[place]
        clause, sentence = context.scan.clause_at(start), context.scan.sentence_of(start)
        behind = " ".join(tokens[place + 1 : place + 3])
        is_called = tokens[place - 1] in ("as", "the", "was", "were", "been") or behind in ("by all", "between us")
        before = context.scan.told_in(clause.start, start)
        if is_called and not sentence.is_question and not before & (CONDITION | HEDGE | NEGATION):
            yield finding(
                context, "history.agreed", "history", clause.start, clause.end,
                "nobody has accepted an offer in this talk, so nothing is agreed", "what the history holds",
            )  # fmt: skip
