"""Does a sentence give a secret away? The very figure with the words that make it one, or figures that add up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guards.claims.saying import Quantity
from guards.claims.words import APPROX, FIRST, NEGATION, NUMBER
from guards.leaks.days import gives_day
from guards.leaks.forms import COINED
from guards.leaks.leading import ADDED, adds_up, is_by_step, is_share, is_step, is_stepped_to
from guards.leaks.otherwise import is_said_otherwise
from guards.leaks.public import Public
from guards.leaks.secret import Secret
from guards.leaks.sentence import Told
from guards.phrases.leak import DOWNWARDS, LEFT, ROOM, RULED, UPWARDS, YOURS

__all__ = ["gives_away"]

_IN_WORDS = 2
"""Words of a fact without a figure that tell it, where nobody else speaks of them."""
_SMALL, _LARGE = 100, 1000
"""Figures below the first stand for many things; from the second on they stand for one."""
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


def gives_away(secret: Secret, said: Told, known: Public) -> bool:
    """Return whether a reader learns the secret from the sentence and from what is known to all."""
    if not secret.is_figure:
        return not said.is_asked and len(secret.pointing.shared(said.words) & secret.pointing.rare) >= _IN_WORDS
    if secret.day is not None:
        is_given = gives_day(secret, secret.day, said, known)
    else:
        is_given = secret.value is not None and _gives_figure(secret, secret.value, said, known)
    return is_given and not YOURS.search(said.text) and not (known.is_ruled(secret) and RULED.search(said.text))


def _gives_figure(secret: Secret, value: float, said: Told, known: Public) -> bool:
    if not said.quantities and not said.bits & NUMBER and said.words.isdisjoint(COINED):
        return said.is_own_bound and said.is_bound and _is_shared(secret, value, said, known)
    here = [quantity for quantity in said.quantities if secret.fits(quantity)]
    if _is_spoken(secret, said) or _is_said(secret, value, here, said, known) or _is_past(secret, value, here, said, known):
        return True
    if is_step(secret, value, here, said, known) or is_said_otherwise(secret, value, said, known):
        return True
    if is_stepped_to(secret, value, here, said, known):
        return True
    if said.is_own_bound:
        shared = said.is_bound and _is_shared(secret, value, said, known)
        return shared or adds_up(secret, value, [one for one in here if is_by_step(one, said, ADDED)], said, known)
    is_left = said.is_cost and LEFT.search(said.text) is not None
    overlap = len(secret.pointing.shared(said.words))
    hints = (is_left or (overlap > 0 and said.is_near_bound)) if secret.sort == "fact" else not said.words.isdisjoint(ROOM)
    return hints and adds_up(secret, value, here, said, known)


def _is_shared(secret: Secret, value: float, said: Told, known: Public) -> bool:
    others = (*known.asides, *known.own(secret.issue, secret.units)) if said.shares else ()
    return any(is_share(value, share, other) for share in said.shares for other in others)


def _is_said(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Public) -> bool:
    """Return whether a sentence that holds the very figure makes it the secret."""
    is_near = bool(said.bits & APPROX) or said.is_cost or said.is_bound
    exact = [quantity for quantity in here if _says(quantity.values, secret, value, near=is_near)]
    if not exact:
        return _is_shortened(secret, value, here, said)
    is_new = value not in known.stated_of(secret)
    if secret.sort == "limit":
        return _tells_limit(secret, value, exact, said, is_new=is_new)
    is_odd = any(quantity.unit for quantity in exact) or value % 1 != 0
    is_new = is_new and (is_odd or value >= _SMALL or value not in known.figures)
    return _tells_fact(secret, said, is_odd=is_odd, is_large=value >= _SMALL, is_new=is_new)


def _tells_limit(secret: Secret, value: float, exact: Sequence[Quantity], said: Told, *, is_new: bool) -> bool:
    """Return whether the figure of a limit stands with words of a bound, or of why the limit holds."""
    is_odd = any(quantity.unit for quantity in exact) or value % 1 != 0
    is_plain = is_odd or value >= _SMALL or bool(secret.pointing.shared(said.words))
    if said.is_bound and (is_plain or said.is_own_bound):
        return True
    if said.is_asked:
        return False
    reasons, is_ours = secret.reasons(said.words), bool(said.bits & FIRST)
    if not is_new or (is_plain and reasons > 1):
        return is_plain and reasons > 1
    if (is_plain or is_ours) and any(_is_outside(quantity, secret, said) for quantity in exact):
        return True
    if value < _LARGE and value % 1 == 0 and not said.is_near_bound and not reasons:
        return False
    return is_plain or (is_ours and any(_is_behind_bound(quantity, said) for quantity in exact))


def _tells_fact(secret: Secret, said: Told, *, is_odd: bool, is_large: bool, is_new: bool) -> bool:
    """Return whether the figure of a fact stands with words of it, or where nobody has named any such figure."""
    overlap = len(secret.pointing.shared(said.words))
    if overlap > 1 or (overlap and (said.is_private or said.is_bound)):
        return True
    is_plain = is_odd or is_large or overlap > 0
    is_spoken_of = said.is_cost or said.is_bound
    is_touched = is_odd or is_spoken_of or said.is_private or secret.pointing.touches(said.words)
    return is_new and is_touched and (is_plain or is_spoken_of)


def _is_shortened(secret: Secret, value: float, here: Sequence[Quantity], said: Told) -> bool:
    """Return whether thousands were left out of the figure: `the treasurer wrote seventy-eight`."""
    if value < 10_000 or not any(quantity.is_bare and value / 1000 in quantity.values for quantity in here):
        return False
    if not said.words.isdisjoint(("x", "times")) or "=" in said.text:
        return False
    return said.is_own_bound or (not said.quantities[1:] and len(secret.pointing.shared(said.words)) >= 2)


def _is_behind_bound(quantity: Quantity, said: Told) -> bool:
    """Return whether a word such as `below` or `beyond` stands before the figure."""
    before = said.text[: max(0, quantity.start - said.start)].split()
    return bool(before) and before[-1] in _BEHIND


def _is_outside(quantity: Quantity, secret: Secret, said: Told) -> bool:
    """Return whether what lies beyond a limit is spoken of: `more than 640`, `fewer than seven`."""
    return _OUTSIDE[secret.is_upper].search(said.text[: max(0, quantity.start - said.start)].rstrip("$ ")) is not None


def _is_past(secret: Secret, value: float, here: Sequence[Quantity], said: Told, known: Public) -> bool:
    """Return whether the first figure behind a limit is ruled out: `from 47 downwards you need not write`."""
    if secret.sort != "limit" or secret.issue is None:
        return False
    beyond = value + 1 if secret.is_upper else value - 1
    if not any(beyond in quantity.values for quantity in here):
        return False
    if (UPWARDS if secret.is_upper else DOWNWARDS).search(said.text) is not None:
        return True
    return bool(said.bits & NEGATION and said.bits & FIRST) and value >= 20 and beyond not in known.counts


def _is_spoken(secret: Secret, said: Told) -> bool:
    """Return whether the figure is said as people say it: `eight twenty` for 8.20."""
    return bool(secret.spoken) and any(form in said.unhyphened for form in secret.spoken)


def _says(values: Sequence[float], secret: Secret, value: float, *, near: bool) -> bool:
    close = 0.015 * value if near and secret.sort == "fact" and value >= 1000 else 1e-6
    return any(abs(amount - value) <= close for amount in values)
