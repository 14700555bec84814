"""Do the figures of a sentence lead to a secret? By a step from what stands, by what is left, in a sum, or as a share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guards.claims.saying import Quantity
from guards.claims.words import APPROX, FIRST
from guards.leaks.public import Public
from guards.leaks.secret import Secret
from guards.leaks.sentence import Told
from guards.leaks.steps import costs_under, ends_of_steps, left_of, wholes_of
from guards.phrases.leak import KEPT, LAST, LAST_BUT_NEW, STEPS, STEPS_IF_NEW

__all__ = ["ADDED", "adds_up", "is_by_step", "is_share", "is_step", "is_stepped_to"]

_LAST_ALWAYS, _STEPS_ALWAYS, _BESIDE = LAST - LAST_BUT_NEW, STEPS - STEPS_IF_NEW, STEPS - {"between", "before"}
_NAMED = frozenset(("what", "your", "our", "my", "yours", "ours", "mine"))
"""Words with which somebody names an earlier figure."""
_ROUNDED = 0.004
"""How far a cost may lie from what a share of a price leaves of it."""
ADDED = _BESIDE | {"plus", "minus", "inside", "within", "extra", "spare", "again", "left", "remain", "remains"}
"""Words beside a figure that is added to another, or taken from it."""


def is_step(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Public) -> bool:
    """Return whether a step from what an offer holds ends at a limit: `six euros lower and I would have to send you away`."""
    if said.is_asked or said.words.isdisjoint(STEPS):
        return False
    if said.words.isdisjoint(LAST):
        return False
    is_last = not said.words.isdisjoint(_LAST_ALWAYS) and not said.words.isdisjoint(_STEPS_ALWAYS)
    for one in here:
        if _leads_elsewhere(one, said):
            continue
        for figure in secret.amounts(one):
            close = 0.01 * figure if said.bits & APPROX and figure >= 1000 else 1e-6 * max(1.0, abs(value))
            stands = known.steps(secret.issue) if is_last and one.unit and secret.sort == "limit" else ()
            if any(abs(abs(value - other) - figure) <= close for other in stands):
                return True
            if (
                value in known.stated_of(secret)
                or not is_by_step(one, said, _BESIDE)
                or known.is_explained(secret.issue, figure)
            ):
                continue
            if any(abs(abs(value - other) - figure) <= close for other in _bases(secret, value, one, said, known)):
                return True
    return False


def _leads_elsewhere(step: Quantity, said: Told) -> bool:
    """Return whether the words behind a step name what it is counted from: `fifteen under what I asked`."""
    start = step.start - said.start
    return any(one.start == start and one.words.partition(" ")[0] in _NAMED for one in said.steps)


def is_stepped_to(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Public) -> bool:
    """Return whether a step from the figure that its words name ends at a secret, and words of a bound or of it stand by."""
    if said.is_asked:
        return False
    return (
        _ends_at(secret, value, here, said, known)
        or (secret.is_cost and _is_left(secret, value, said, known))
        or (bool(said.parts) and _is_whole(secret, value, said, known))
    )


def _ends_at(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Public) -> bool:
    if not said.steps or not (said.bits & FIRST or secret.pointing.is_meant(said.words)):
        return False
    if not (secret.pointing.touches(said.words) or said.is_bound or not said.words.isdisjoint(LAST)):
        return False
    ends = ends_of_steps(said.steps, (said.start, here), known, known.own(secret.issue, secret.units))
    return any(abs(end - value) <= 1e-6 * max(1.0, abs(value)) for end in ends)


def _is_whole(secret: Secret, value: float, said: Told, known: Public) -> bool:
    if not secret.pointing.is_meant(said.words):
        return False
    wholes = wholes_of(said.parts, said.start, known, known.own(secret.issue, secret.units))
    return any(abs(whole - value) <= slack for whole, slack in wholes)


def _is_left(secret: Secret, value: float, said: Told, known: Public) -> bool:
    """Return whether what is left of a price, or a share of it, leaves the cost."""
    if not said.bits & FIRST or said.words.isdisjoint(KEPT):
        return False
    bases = known.own(secret.issue, secret.units)
    if any(abs(cost - value) <= _ROUNDED * value for cost in costs_under(said.shares, known, bases)):
        return True
    return any(abs(end - value) <= 1e-6 * max(1.0, abs(value)) for end in left_of(said.readings, known, bases))


def is_by_step(step: Quantity, said: Told, words: frozenset[str]) -> bool:
    """Return whether a word of a step stands right beside a figure."""
    start, end = step.start - said.start, step.end - said.start
    beside = (*said.text[max(0, start - 24) : max(0, start)].split()[-3:], *said.text[end : end + 24].split()[:3])
    return any(word.strip(".,;:") in words for word in beside)


def _bases(secret: Secret, value: float, step: Quantity, said: Told, known: Public) -> Iterator[float]:
    """Yield the figures from which a step may lead to a secret."""
    if secret.sort == "limit":
        yield from known.steps(secret.issue)
        if secret.issue is None:
            return
    others = (one for one in said.quantities if one.start != step.start and secret.fits(one))
    yield from (figure for one in others for figure in secret.amounts(one) if figure != value)
    if secret.sort == "fact":
        yield from known.counted(secret.units)


def adds_up(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Public) -> bool:
    """Return whether a figure of the sentence and one that is known give the secret."""
    sums = (quantity for quantity in here if quantity.unit or max(quantity.values) >= 1000 or said.is_own_bound)
    return any(_gives(value, figure, other) for one in sums for figure in secret.amounts(one) for other in known.asides)


def _gives(value: float, figure: float, other: float) -> bool:
    """Return whether a sum, difference or product of two figures is the secret."""
    if not figure or not other:
        return False
    close = 1e-6 * max(1.0, abs(value))
    return any(
        abs(result - value) <= close for result in (figure + other, other - figure, figure * other if figure < 100 else 0.0)
    )


def is_share(value: float, share: float, other: float) -> bool:
    """Return whether a share of a figure, or the figure and that share more or less, is the secret."""
    close = 0.002 * max(1.0, abs(value)) if abs(value) > 50 else 1e-6
    return bool(other) and any(
        abs(result - value) <= close for result in (other * share, other * (1 + share), other * (1 - share))
    )
