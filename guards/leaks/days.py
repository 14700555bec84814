"""Does a sentence give a secret day away? By its date, its ordinal, its month in words, or counted from another day."""

from __future__ import annotations

from datetime import date

from guards.claims.monthparts import names_day, names_eve
from guards.claims.words import FIRST, MONTH, MONTHS, ORDINAL, ORDINALS
from guards.leaks.otherwise import is_pointed_at
from guards.leaks.public import Public
from guards.leaks.secret import Secret
from guards.leaks.sentence import Told
from guards.phrases.leak import SPANS

__all__ = ["gives_day"]


def gives_day(secret: Secret, day: date, said: Told, known: Public) -> bool:
    """Return whether a sentence names a secret day, and words that make it the secret."""
    if _is_day_in_words(secret, day, said, known):
        return True
    if not (any(one.may_be(day) for one in said.days) or _is_ordinal(day, said) or _is_counted(day, said, known)):
        return False
    overlap = len(secret.pointing.shared(said.words))
    if secret.sort == "limit":
        return said.is_bound or (day not in known.days and not said.is_asked and secret.reasons(said.words) > 0)
    return said.is_bound or overlap >= 2 or (overlap > 0 and day not in known.days)


def _is_day_in_words(secret: Secret, day: date, said: Told, known: Public) -> bool:
    """Return whether words that point at a secret stand with its day in words: `our lease is up when June ends`."""
    if not said.bits & MONTH or said.is_asked or not _is_near(secret, said):
        return False
    if secret.sort == "limit" and day not in known.days and names_eve(said.text, day):
        return True
    return (secret.sort == "fact" or day not in known.days) and names_day(said.text, day)


def _is_near(secret: Secret, said: Told) -> bool:
    shared = secret.pointing.shared(said.words)
    is_ours = secret.sort == "limit" and bool(said.bits & FIRST)
    return is_pointed_at(secret, said) or (is_ours and len(shared & secret.pointing.rare) >= 2)


def _is_ordinal(day: date, said: Told) -> bool:
    """Return whether a day is said by its ordinal alone: `the tenth`."""
    if not said.bits & ORDINAL:
        return False
    months = {MONTHS[word] for word in said.words if word in MONTHS and word not in ("may", "mar")}
    return months <= {day.month} and any(ORDINALS.get(word) == day.day for word in said.words if f"the {word}" in said.text)


def _is_counted(day: date, said: Told, known: Public) -> bool:
    """Return whether so many days or weeks from a day that is known give the secret."""
    spans = {value * SPANS[one.unit] for one in said.quantities if one.unit in SPANS for value in one.values}
    return bool(spans) and said.is_own_bound and any(abs((day - other).days) in spans for other in known.days)
