"""Does a sentence give a secret away? The very figure with the words that make it one, or figures that add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from guards.claims.saying import Quantity, Sentence, SpokenDay
from guards.claims.words import APPROX, FIRST, MONTH, MONTHS, NEGATION, ORDINAL, ORDINALS
from guards.coming import gives, is_share
from guards.forms import Form, Reading, forms_of, multiplies_to, periods_in, readings_in, says_form
from guards.known import Known
from guards.monthwords import names_day, names_eve
from guards.phrases.leak import (
    BOUND,
    BOUND_ALONE,
    COST,
    COST_WORDS,
    DOWNWARDS,
    KEPT,
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
from guards.stepped import costs_under, ends_of_steps, left_of, wholes_of

__all__ = ["Told", "gives_away", "told"]


_SHARE = re.compile(rf"\b({'|'.join(SHARES_OF)}) (?:of|that|this|as|the|what|again|more|less|our|your|my|m\d)")
"""A share of something: `twice that`, `a fifth of it`; `a fifth lorry` is none."""
_SHARED_OUT = re.compile(r"\d[a-z]? over \d")
"""So much over so many: a share, no bound."""


_LAST_ALWAYS, _STEPS_ALWAYS, _BESIDE = LAST - LAST_BUT_NEW, STEPS - STEPS_IF_NEW, STEPS - {"between", "before"}
_ROUNDED = 0.004
"""How far a cost may lie from what a share of a price leaves of it."""
_IN_WORDS = 2
"""Words of a fact without a figure that tell it, where nobody else speaks of them."""
_BEHIND = frozenset(("below", "above", "beyond", "under", "over", "past", "until"))
_OUTSIDE = {
    True: re.compile(
        r"\b(?:more|higher|dearer|longer|later|greater) than$|\b(?:over|above|beyond|past|north of|exceeding|exceeds?)$"
    ),
    False: re.compile(
        r"\b(?:less|fewer|lower|cheaper|shorter|earlier|smaller) than$|\b(?:under|below|beneath|south of|short of)$"
    ),
}
"""Words before a figure beyond which a limit of each kind lies: a most, and a least."""
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

    @cached_property
    def words(self) -> frozenset[str]:
        """Return its words."""
        return frozenset(re.findall(r"[a-z]+", self.text))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Return its figures, in every form in which they are said."""
        return tuple(readings_in(self.text, self.start, self.quantities))

    @cached_property
    def unhyphened(self) -> str:
        """Return its text with blanks for hyphens."""
        return self.text.replace("-", " ")

    @cached_property
    def is_bound(self) -> bool:
        """Return whether it speaks of where something ends."""
        return BOUND.search(self.text) is not None

    @cached_property
    def is_near_bound(self) -> bool:
        """Return whether a word in it may speak of where something ends."""
        near = self.words & NEAR_BOUND
        return bool(near) and (len(near) > 1 or "over" not in near or _SHARED_OUT.search(self.text) is None)

    @cached_property
    def is_own_bound(self) -> bool:
        """Return whether it speaks of where something of the speaker's ends."""
        if self.words.isdisjoint(OWN_WORDS):
            return False
        is_owned = not self.words.isdisjoint(OWNERS) and OWN_BOUND.search(self.text) is not None
        return is_owned or BOUND_ALONE.search(self.text) is not None

    @cached_property
    def is_cost(self) -> bool:
        """Return whether it speaks of what something costs or leaves."""
        return not self.words.isdisjoint(COST_WORDS) and COST.search(self.text) is not None

    @cached_property
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
    if not secret.is_figure:
        return not said.is_asked and len(secret.pointing.shared(said.words) & secret.pointing.rare) >= _IN_WORDS
    if secret.day is not None:
        is_given = _gives_day(secret, secret.day, said, known)
    else:
        is_given = secret.value is not None and _gives_figure(secret, secret.value, said, known)
    return is_given and not YOURS.search(said.text)


def _gives_day(secret: Secret, day: date, said: Told, known: Known) -> bool:
    if _is_day_in_words(secret, day, said, known):
        return True
    if not (any(one.may_be(day) for one in said.days) or _is_ordinal(day, said) or _is_counted(day, said, known)):
        return False
    overlap = len(secret.pointing.shared(said.words))
    if secret.sort == "limit":
        return said.is_bound or (day not in known.days and not said.is_asked and _reasons(secret, said) > 0)
    return said.is_bound or overlap >= 2 or (overlap > 0 and day not in known.days)


def _is_day_in_words(secret: Secret, day: date, said: Told, known: Known) -> bool:
    """Return whether words that point at a secret stand with its day in words: `our lease is up when June ends`."""
    if not said.bits & MONTH or said.is_asked or not _is_near(secret, said):
        return False
    if secret.sort == "limit" and day not in known.days and names_eve(said.text, day):
        return True
    return (secret.sort == "fact" or day not in known.days) and names_day(said.text, day)


def _is_near(secret: Secret, said: Told) -> bool:
    shared = secret.pointing.shared(said.words)
    is_ours = secret.sort == "limit" and bool(said.bits & FIRST)
    return _is_pointed_at(secret, said) or (is_ours and len(shared & secret.pointing.rare) >= 2)


def _is_ordinal(day: date, said: Told) -> bool:
    """Return whether a day is said by its ordinal alone: `the tenth`."""
    if not said.bits & ORDINAL:
        return False
    months = {MONTHS[word] for word in said.words if word in MONTHS and word not in ("may", "mar")}
    return months <= {day.month} and any(ORDINALS.get(word) == day.day for word in said.words if f"the {word}" in said.text)


def _is_counted(day: date, said: Told, known: Known) -> bool:
    """Return whether so many days or weeks from a day that is known give the secret."""
    spans = {value * SPANS[one.unit] for one in said.quantities if one.unit in SPANS for value in one.values}
    return bool(spans) and said.is_own_bound and any(abs((day - other).days) in spans for other in known.days)


def _gives_figure(secret: Secret, value: float, said: Told, known: Known) -> bool:
    here = [quantity for quantity in said.quantities if _fits(quantity, secret)]
    if _is_spoken(secret, said) or _is_said(secret, value, here, said, known) or _is_past(secret, value, here, said):
        return True
    if _is_step(secret, value, here, said, known) or _is_said_otherwise(secret, value, said, known):
        return True
    if _is_stepped_to(secret, value, here, said, known):
        return True
    if said.is_own_bound:
        shared = said.is_bound and any(
            is_share(value, share, other)
            for share in _shares(said)
            for other in (*known.asides, *known.own(secret.issue, secret.units))
        )
        return shared or _adds_up(secret, value, [one for one in here if _is_by_step(one, said, _ADDED)], said, known)
    is_left = said.is_cost and LEFT.search(said.text) is not None
    overlap = len(secret.pointing.shared(said.words))
    hints = (is_left or (overlap > 0 and said.is_near_bound)) if secret.sort == "fact" else not said.words.isdisjoint(ROOM)
    return hints and _adds_up(secret, value, here, said, known)


def _is_said_otherwise(secret: Secret, value: float, said: Told, known: Known) -> bool:
    """Return whether words that point at a secret stand with the figure in another form, or with two that make it."""
    if said.is_asked:
        return False
    is_ours = bool(said.bits & FIRST) and secret.pointing.touches(said.words)
    if is_ours and secret.sort == "fact":
        rates = tuple(one for one in said.readings if one.is_rate)
        if says_form(rates, Form(value, secret.units, ""), frozenset()):
            return True
        if said.is_bound and multiplies_to(said.readings, value):
            return True
    if not _is_pointed_at(secret, said):
        return False
    named = periods_in(said.words)
    forms = forms_of(value, secret.units, secret.period)
    is_open = secret.sort == "limit" and value in _stated(secret, known)
    if any(says_form(said.readings, form, named) for form in forms if form.period or not is_open):
        return True
    return multiplies_to(said.readings, value, known.counts if secret.sort == "fact" else ())


def _is_pointed_at(secret: Secret, said: Told) -> bool:
    if secret.sort == "fact":
        return secret.pointing.is_meant(said.words)
    is_shared = bool(secret.pointing.shared(said.words))
    if secret.is_cost and said.is_cost and is_shared:
        return True
    is_united = any(one.unit and one.unit in secret.units for one in said.readings) and not _is_money(secret)
    is_reasoned = bool(said.bits & FIRST and _reasons(secret, said))
    return (said.is_own_bound or is_reasoned) and (is_shared or is_united)


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
            if (
                value in _stated(secret, known)
                or not _is_by_step(one, said, _BESIDE)
                or known.is_explained(secret.issue, figure)
            ):
                continue
            if any(abs(abs(value - other) - figure) <= close for other in _bases(secret, value, one, said, known)):
                return True
    return False


def _is_stepped_to(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Known) -> bool:
    """Return whether a step from the figure that its words name ends at a secret, and words of a bound or of it stand by."""
    is_meant = secret.pointing.is_meant(said.words)
    if said.is_asked or not (said.bits & FIRST or is_meant):
        return False
    close = 1e-6 * max(1.0, abs(value))
    bases = known.own(secret.issue, secret.units)
    if is_meant and any(
        abs(whole - value) <= slack for whole, slack in wholes_of(said.readings, said.text, said.start, known, bases)
    ):
        return True
    if said.is_bound or secret.pointing.touches(said.words) or not said.words.isdisjoint(LAST):
        ends = ends_of_steps(said.readings, said.text, (said.start, here), known, bases)
        if any(abs(end - value) <= close for end in ends):
            return True
    if not secret.is_cost or said.words.isdisjoint(KEPT):
        return False
    shares = tuple(_shares(said))
    if any(abs(cost - value) <= _ROUNDED * value for cost in costs_under(shares, known, bases)):
        return True
    return any(abs(end - value) <= close for end in left_of(said.readings, known, bases))


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
    overlap = len(secret.pointing.shared(said.words))
    is_united = any(quantity.unit for quantity in exact)
    is_new = value not in _stated(secret, known)
    is_plain = is_united or overlap > 0 or value >= 100 or value % 1 != 0
    if secret.sort == "limit":
        reasons = _reasons(secret, said)
        is_told = is_new and not said.is_asked and (value >= 1000 or value % 1 != 0 or said.is_near_bound or reasons > 0)
        if reasons > 1 and not said.is_asked and is_plain:
            return True
        if is_told and said.bits & FIRST and any(_is_behind_bound(quantity, said) for quantity in exact):
            return True
        if (
            is_new
            and not said.is_asked
            and (is_plain or said.bits & FIRST)
            and any(_is_outside(quantity, secret, said) for quantity in exact)
        ):
            return True
        return (is_told and is_plain) or (said.is_bound and (is_plain or said.is_own_bound))
    if overlap >= 2 or (overlap and (said.is_private or said.is_bound)):
        return True
    is_odd = is_united or value % 1 != 0
    is_new = is_new and (is_odd or value >= 100 or value not in known.figures)
    is_spoken_of = is_odd or said.is_cost or said.is_bound or said.is_private or secret.pointing.touches(said.words)
    return is_new and is_spoken_of and (is_plain or said.is_cost or said.is_bound)


def _reasons(secret: Secret, said: Told) -> int:
    """Return how many words of why a limit holds a sentence names."""
    return len(secret.pointing.shared(said.words) & secret.pointing.rare)


def _is_shortened(secret: Secret, value: float, here: Sequence[Quantity], said: Told) -> bool:
    """Return whether thousands were left out of the figure: `the treasurer wrote seventy-eight`."""
    if value < 10_000 or not any(quantity.is_bare and value / 1000 in quantity.values for quantity in here):
        return False
    if not said.words.isdisjoint(("x", "times")) or "=" in said.text:
        return False
    return said.is_own_bound or (not said.quantities[1:] and len(secret.pointing.shared(said.words)) >= 2)


def _stated(secret: Secret, known: Known) -> frozenset[float]:
    """Return the figures that stand on the table for what a secret is about."""
    is_total = secret.issue is None and (secret.sort == "limit" or _is_money(secret))
    return known.stated(secret.units, secret.issue, is_total=is_total)


def _is_behind_bound(quantity: Quantity, said: Told) -> bool:
    """Return whether a word such as `below` or `beyond` stands before the figure."""
    before = said.text[: max(0, quantity.start - said.start)].split()
    return bool(before) and before[-1] in _BEHIND


def _is_outside(quantity: Quantity, secret: Secret, said: Told) -> bool:
    """Return whether what lies beyond a limit is spoken of: `more than 640`, `fewer than seven`."""
    return _OUTSIDE[secret.is_upper].search(said.text[: max(0, quantity.start - said.start)].rstrip("$ ")) is not None


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
