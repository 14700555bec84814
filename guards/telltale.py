"""Does a sentence give a secret away? The very figure with the words that make it one, or figures that add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guards.claims.saying import Quantity, Sentence, SpokenDay
from guards.claims.words import APPROX, FIRST, MONTHS, NEGATION, ORDINAL, ORDINALS
from guards.coming import gives, is_share
from guards.known import Known
from guards.lazily import Lazily
from guards.phrases.leak import (
    BOUND,
    BOUND_ALONE,
    COST,
    COST_WORDS,
    DOWNWARDS,
    LAST,
    LAST_BUT_NEW,
    LEFT,
    NEAR_BOUND,
    OWN_BOUND,
    OWN_WORDS,
    OWNERS,
    PRIVATE,
    ROOM,
    SHARES_OF,
    SPANS,
    STEPS,
    STEPS_IF_NEW,
    UPWARDS,
    YOURS,
)
from guards.secret import Secret

__all__ = ["Told", "gives_away", "told"]


_WORD = re.compile(r"[a-z]+")
_SHARE = re.compile(rf"\b({'|'.join(SHARES_OF)}) (?:of|that|this|as|the|what|again|more|less|our|your|my|m\d)")
"""A share of something: `twice that`, `a fifth of it`; `a fifth lorry` is none."""
_ORDINALS_OF = {day: [word for word, said in ORDINALS.items() if said == day] for day in ORDINALS.values()}
"""The words that say each day."""
_SHARED_OUT = re.compile(r"\d[a-z]? over \d")
"""So much over so many: a share, no bound."""


_LAST_ALWAYS, _STEPS_ALWAYS, _BESIDE = LAST - LAST_BUT_NEW, STEPS - STEPS_IF_NEW, STEPS - {"between", "before"}
_ADDED = _BESIDE | {"plus", "minus", "inside", "within", "extra", "spare", "again", "left", "remain", "remains"}
"""Words beside a figure that is added to another, or taken from it."""


@dataclass(frozen=True)
class Told:
    """How a sentence speaks, and of which figures and days."""

    text: str
    start: int
    """Where it begins."""
    bits: int
    quantities: tuple[Quantity, ...]
    days: tuple[SpokenDay, ...]
    is_asked: bool

    @Lazily
    def words(self) -> frozenset[str]:
        """Return its words."""
        return frozenset(_WORD.findall(self.text))

    @Lazily
    def unhyphened(self) -> str:
        """Return its text with blanks for hyphens."""
        return self.text.replace("-", " ")

    @Lazily
    def is_bound(self) -> bool:
        """Return whether it speaks of where something ends."""
        return BOUND.search(self.text) is not None

    @Lazily
    def is_near_bound(self) -> bool:
        """Return whether a word in it may speak of where something ends."""
        near = self.words & NEAR_BOUND
        return bool(near) and (len(near) > 1 or "over" not in near or _SHARED_OUT.search(self.text) is None)

    @Lazily
    def is_own_bound(self) -> bool:
        """Return whether it speaks of where something of the speaker's ends."""
        if self.words.isdisjoint(OWN_WORDS):
            return False
        is_owned = not self.words.isdisjoint(OWNERS) and OWN_BOUND.search(self.text) is not None
        return is_owned or BOUND_ALONE.search(self.text) is not None

    @Lazily
    def is_cost(self) -> bool:
        """Return whether it speaks of what something costs or leaves."""
        return not self.words.isdisjoint(COST_WORDS) and COST.search(self.text) is not None

    @Lazily
    def is_private(self) -> bool:
        """Return whether it says that it should not be said."""
        return PRIVATE.search(self.text) is not None


def told(sentence: Sentence, text: str, quantities: tuple[Quantity, ...], days: tuple[SpokenDay, ...]) -> Told:
    """Return how a sentence speaks."""
    return Told(
        text=text, start=sentence.start, bits=sentence.bits, quantities=quantities, days=days, is_asked=sentence.is_question
    )


def gives_away(secret: Secret, said: Told, known: Known) -> bool:
    """Return whether a reader learns the secret from the sentence and from what is known to all."""
    if secret.day is not None:
        is_given = _gives_day(secret, secret.day, said, known)
    else:
        is_given = secret.value is not None and _gives_figure(secret, secret.value, said, known)
    return is_given and not YOURS.search(said.text)


def _gives_day(secret: Secret, day: date, said: Told, known: Known) -> bool:
    if not (any(one.may_be(day) for one in said.days) or _is_ordinal(day, said) or _is_counted(day, said, known)):
        return False
    overlap = len(said.words & secret.words)
    return said.is_bound or (secret.sort == "fact" and (overlap >= 2 or (overlap > 0 and day not in known.days)))


def _is_ordinal(day: date, said: Told) -> bool:
    """Return whether a day is said by its ordinal alone: `the tenth`."""
    if not said.bits & ORDINAL:
        return False
    if not any(f"the {word}" in said.text and word in said.words for word in _ORDINALS_OF.get(day.day, ())):
        return False
    return {MONTHS[word] for word in said.words & MONTHS.keys() if word not in ("may", "mar")} <= {day.month}


def _is_counted(day: date, said: Told, known: Known) -> bool:
    """Return whether so many days or weeks from a day that is known give the secret."""
    spans = {value * SPANS[one.unit] for one in said.quantities if one.unit in SPANS for value in one.values}
    return bool(spans) and any(abs((day - other).days) in spans for other in known.days) and said.is_own_bound


def _gives_figure(secret: Secret, value: float, said: Told, known: Known) -> bool:
    here = [quantity for quantity in said.quantities if _fits(quantity, secret)]
    if not here:
        return _is_spoken(secret, said) or (said.is_own_bound and _is_shared(value, said, known))
    if _is_spoken(secret, said) or _is_said(secret, value, here, said, known) or _is_past(secret, value, here, said):
        return True
    if _is_step(secret, value, here, said, known):
        return True
    if said.is_own_bound:
        return _is_shared(value, said, known) or _adds_up(
            secret, value, [one for one in here if _is_by_step(one, said, _ADDED)], said, known
        )
    is_left = said.is_cost and LEFT.search(said.text) is not None
    overlap = len(said.words & secret.words)
    hints = (is_left or (overlap > 0 and said.is_near_bound)) if secret.sort == "fact" else not said.words.isdisjoint(ROOM)
    return hints and _adds_up(secret, value, here, said, known)


def _is_shared(value: float, said: Told, known: Known) -> bool:
    """Return whether a share of a figure that is known ends at a bound: `two thirds of that is all we have`."""
    return said.is_bound and any(is_share(value, share, other) for share in _shares(said) for other in known.asides)


def _is_step(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Known) -> bool:
    """Return whether a step from what an offer holds ends at a limit: `six euros lower and I would have to send you away`."""
    if said.is_asked or said.words.isdisjoint(STEPS):
        return False
    if said.words.isdisjoint(LAST):
        return False
    is_last = not said.words.isdisjoint(_LAST_ALWAYS) and not said.words.isdisjoint(_STEPS_ALWAYS)
    for one in here:
        for figure in _amounts(one, secret):
            close = 0.01 * figure if said.bits & APPROX and figure >= 1000 else 1e-6 * max(1.0, abs(value))
            stands = known.steps(secret.issue) if is_last and one.unit and secret.sort == "limit" else ()
            if any(abs(abs(value - other) - figure) <= close for other in stands):
                return True
            if not _is_by_step(one, said, _BESIDE) or value in known.figures or known.is_explained(secret.issue, figure):
                continue
            if any(abs(abs(value - other) - figure) <= close for other in _bases(secret, value, one, said, known)):
                return True
    return False


def _is_by_step(step: Quantity, said: Told, words: frozenset[str]) -> bool:
    """Return whether a word of a step stands right beside a figure."""
    start, end = step.start - said.start, step.end - said.start
    beside = (*said.text[max(0, start - 24) : max(0, start)].split()[-3:], *said.text[end : end + 24].split()[:3])
    return any(word.strip(".,;:") in words for word in beside)


def _bases(secret: Secret, value: float, step: Quantity, said: Told, known: Known) -> Iterator[float]:
    """Yield the figures from which a step may lead to a secret."""
    if secret.sort == "limit":
        yield from known.steps(secret.issue)
        if secret.issue is None:
            return
    others = (one for one in said.quantities if one.start != step.start and _fits(one, secret))
    yield from (figure for one in others for figure in _amounts(one, secret) if figure != value)
    if secret.sort == "fact":
        yield from known.counted(secret.units)


def _is_said(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Known) -> bool:
    """Return whether a sentence that holds the very figure makes it the secret."""
    exact = [quantity for quantity in here if _says(quantity.values, secret, value, near=True)]
    if not exact:
        return _is_shortened(secret, value, here, said)
    if not (said.bits & APPROX or said.is_cost or said.is_bound):
        exact = [quantity for quantity in exact if _says(quantity.values, secret, value, near=False)]
    if not exact:
        return False
    overlap = len(said.words & secret.words)
    is_united = any(quantity.unit for quantity in exact)
    is_new = value not in known.figures
    is_plain = is_united or overlap > 0 or value >= 100 or value % 1 != 0
    if secret.sort == "limit":
        is_told = is_new and not said.is_asked and (value >= 1000 or value % 1 != 0 or said.is_near_bound)
        if is_told and said.bits & FIRST and any(_is_behind_bound(quantity, said) for quantity in exact):
            return True
        return (is_told and is_plain) or (said.is_bound and (is_plain or said.is_own_bound))
    if overlap >= 2 or (overlap and (said.is_private or said.is_bound)):
        return True
    return is_new and (is_plain or said.is_cost or said.is_bound)


def _is_shortened(secret: Secret, value: float, here: Sequence[Quantity], said: Told) -> bool:
    """Return whether thousands were left out of the figure: `the treasurer wrote seventy-eight`."""
    if value < 10_000 or not any(quantity.is_bare and value / 1000 in quantity.values for quantity in here):
        return False
    if not said.words.isdisjoint(("x", "times")) or "=" in said.text:
        return False
    return said.is_own_bound or (not said.quantities[1:] and len(said.words & secret.words) >= 2)


def _is_behind_bound(quantity: Quantity, said: Told) -> bool:
    """Return whether a word such as `below` or `beyond` stands before the figure."""
    before = said.text[: max(0, quantity.start - said.start)].split()
    return bool(before) and before[-1] in ("below", "above", "beyond", "under", "over", "past", "until")


def _is_past(secret: Secret, value: float, here: Sequence[Quantity], said: Told) -> bool:
    """Return whether the first figure behind a limit is ruled out: `from 47 downwards you need not write`."""
    if secret.sort != "limit" or secret.issue is None:
        return False
    beyond = value + 1 if secret.is_upper else value - 1
    pattern = UPWARDS if secret.is_upper else DOWNWARDS
    return any(beyond in quantity.values for quantity in here) and (
        pattern.search(said.text) is not None or bool(said.bits & NEGATION and said.bits & FIRST and value >= 20)
    )


def _is_spoken(secret: Secret, said: Told) -> bool:
    """Return whether the figure is said as people say it: `eight twenty` for 8.20."""
    return bool(secret.spoken) and any(form in said.unhyphened for form in secret.spoken)


def _says(values: Sequence[float], secret: Secret, value: float, *, near: bool) -> bool:
    close = 0.015 * value if near and secret.sort == "fact" and value >= 1000 else 1e-6
    return any(abs(amount - value) <= close for amount in values)


def _fits(quantity: Quantity, secret: Secret) -> bool:
    return (
        not quantity.unit
        or not secret.units
        or quantity.unit in secret.units
        or (quantity.unit == "point" and "percent" in secret.units)
        or (quantity.unit == "cent" and _is_money(secret))
    )


def _amounts(quantity: Quantity, secret: Secret) -> tuple[float, ...]:
    if quantity.unit == "cent" and _is_money(secret):
        return tuple(value / 100 for value in quantity.values)
    return quantity.values


def _is_money(secret: Secret) -> bool:
    return bool(secret.units & {"usd", "eur", "gbp", "chf"})


def _adds_up(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Known) -> bool:
    """Return whether a figure of the sentence and one that is known give the secret."""
    sums = (quantity for quantity in here if quantity.unit or max(quantity.values) >= 1000 or said.is_own_bound)
    return any(gives(value, figure, other) for one in sums for figure in _amounts(one, secret) for other in known.asides)


def _shares(said: Told) -> Iterator[float]:
    """Yield every share that a sentence says, in words or percent."""
    yield from (SHARES_OF[found[1]] for found in _SHARE.finditer(said.text))
    for quantity in said.quantities:
        if quantity.unit == "percent":
            yield from (value / 100 for value in quantity.values)
