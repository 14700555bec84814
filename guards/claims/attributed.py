"""Is a figure that is laid to an offer or a role really theirs? Each must stand in what that offer, or that role, holds."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from guards.claims.arithmetic import readings, sums_of
from guards.claims.context import Context, finding
from guards.claims.history import move_called
from guards.claims.known import Offered
from guards.claims.saying import Quantity
from guards.claims.scan import scan
from guards.claims.wordlist import words_of
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import NumberIssue
from orchestrator.messages.value import RoleName

__all__ = ["figures_of_offers", "figures_of_roles"]

_HOLDS = words_of(
    "has had have says said gives gave puts put asks asked wants wanted offers offered shows showed contains was is stands stood names named writes wrote "
    "still only even also now at for of already once reads proposes proposed brings carries carried"
)
_IN = words_of("in of from under by")
_STEPS = words_of(
    "more less fewer higher lower up down above below over under short longer shorter later earlier sooner cheaper dearer faster apart off further better worse "
    "extra added between difference gap towards toward closer nearer times percent"
)
_KINDS = words_of("opening last first old new latest original earlier second own current final initial previous")
_OWN = frozenset(("my", "our"))


def figures_of_offers(context: Context) -> Iterator[Finding]:
    """Find a figure that is laid to an offer which holds none such: `m2 still had 600`, where it had 450."""
    said = context.scan
    if not any(named.sort == "offer" for named in said.named):
        return
    for found in said.quantities:
        if not _counts(context, found):
            continue
        called = _offer_of(context, found)
        move = move_called(context.view, called) if called else None
        offer = context.known.offer(called) if called else None
        if move is None or offer is None or context.is_open(found):
            continue
        if not _is_of_issue(context, offer, found) or _holds(context, offer, move.text, found):
            continue
        yield finding(
            context, "history.offer", "history", found.start, found.end,
            f"{move.id} does not say {said.quote(found.start, found.end)!r}", "what the history holds",
        )  # fmt: skip


def _is_of_issue(context: Context, offer: Offered, found: Quantity) -> bool:
    """Return whether an issue of an offer is counted like a figure and could have its value."""
    issues = ((context.lexicon.issues.get(name), context.lexicon.counted.get(name, "")) for name in offer.figures)
    return any(
        isinstance(issue, NumberIssue)
        and found.unit in ("", unit)
        and any(float(issue.min) <= value <= float(issue.max) for value in readings(found))
        for issue, unit in issues
    )


def _counts(context: Context, found: Quantity, *, is_owned: bool = False) -> bool:
    """Return whether a figure is one that an offer may hold: no step, no small number of things."""
    if found.sign or (found.is_word and not found.unit and found.values[0] < 20) or (not found.unit and found.values[0] < 4):
        return False
    said = context.scan
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    near_by = (
        *(() if is_owned else said.tokens[max(0, here - 2) : here]),
        *said.tokens[behind : behind + (1 if is_owned else 2)],
    )
    beside = said.text[max(0, found.start - 2) : found.start] + said.text[found.end : found.end + 2]
    return _STEPS.isdisjoint(near_by) and not any(sign in beside for sign in "=+*>x/")


def _offer_of(context: Context, found: Quantity) -> str | None:
    """Return what the offer is called to which the words beside a figure lay it."""
    said = context.scan
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    after = (*said.tokens[behind : behind + 2], "", "")
    if after[0] in _IN and _is_offer(after[1]):
        return after[1]
    for size in range(1, 5):
        if size > here:
            return None
        word = said.tokens[here - size]
        if _is_offer(word):
            return word if size > 1 else None
        if word.endswith("'s") and _is_offer(word[:-2]):
            return word[:-2] if size == 1 else None
        if word not in _HOLDS:
            return None
    return None


def _is_offer(word: str) -> bool:
    return word[:1] == "m" and word[1:].isdecimal()


def _holds(context: Context, offer: Offered, text: str, found: Quantity) -> bool:
    """Return whether an offer holds a figure: in its terms, in what they come to, or in its words."""
    said = (*readings(found), *([found.values[0] / 100] if not found.unit else []))
    held = [*offer.figures.values(), *(float(day.day) for day in offer.days.values())]
    worked = [*context.ground.worked_from(offer, found.unit)]
    held += (*worked, *(round(value / 1e6, 2) for value in worked if value >= 1e6))
    if text:
        held += (value for one in scan(text, context.lexicon).quantities for value in readings(one))
    return any(abs(one - value) <= 0.006 * max(1.0, abs(value)) * (value >= 100) + 1e-6 for one in said for value in held)


def figures_of_roles(context: Context) -> Iterator[Finding]:
    """Find a figure that is called somebody's and that it never named: `your 240`, `my 5.80`."""
    said = context.scan
    for found in said.quantities:
        place = bisect_left(said.places, found.start)
        owner = said.tokens[place - 1] if place else ""
        if owner in _KINDS and place > 1:
            owner = said.tokens[place - 2]
        role = context.lexicon.roles.get(owner) if owner.endswith("'s") else None
        speakers = (role,) if role else (context.view.role,) if owner in _OWN else context.others() if owner == "your" else ()
        if not speakers or not _counts(context, found, is_owned=True) or found.unit in ("percent", "point"):
            continue
        if context.is_open(found) or said.sentence_of(found.start).is_question or _is_theirs(context, speakers, found):
            continue
        yield finding(
            context, "history.whose", "history", said.places[place - 1], found.end,
            f"{said.quote(found.start, found.end)!r} is on no record of {' or '.join(speakers)}", "what the history holds",
        )  # fmt: skip


def _is_theirs(context: Context, speakers: tuple[RoleName, ...], found: Quantity) -> bool:
    """Return whether one of these roles has named a figure, backs an offer with it, or a fact or a rule holds it."""
    values = (*readings(found), *([found.values[0] / 100] if not found.unit else []))
    own = context.known.own
    held: list[float] = [figure.value for figure in context.known.figures if figure.origin in ("fact", "rule")]
    if own and (context.view.role in speakers or context.draft.act == "accept"):
        held += own.figures.values()
        held += (
            context.ground.worked_from(own, found.unit)
            if found.values[0] >= 1000
            else sums_of(own, found.unit, context.lexicon)
        )
    backed = {move.offer if move.act == "accept" else move.id for move in context.known.moves if move.sender in speakers}
    for offer in context.known.offers:
        if offer.id in backed:
            held += offer.figures.values()
            held += (
                context.ground.worked_from(offer, found.unit)
                if found.values[0] >= 1000
                else sums_of(offer, found.unit, context.lexicon)
            )
    for move in context.known.moves:
        if move.sender in speakers and move.text:
            held += (value for one in scan(move.text, context.lexicon).quantities for value in readings(one))
    return any(abs(one - value) <= 0.006 * max(1.0, abs(value)) * (value >= 100) + 1e-6 for one in values for value in held)
