"""Is a secret said in another form? In another unit or period, rounded, as a share, or as what two figures make."""

from __future__ import annotations

from guards.claims.words import FIRST
from guards.leaks.forms import Form, forms_of, multiplies_to, periods_in, says_form
from guards.leaks.public import Public
from guards.leaks.secret import Secret
from guards.leaks.sentence import Told

__all__ = ["is_pointed_at", "is_said_otherwise"]


def is_said_otherwise(secret: Secret, value: float, said: Told, known: Public) -> bool:
    """Return whether words that point at a secret stand with the figure in another form, or with two that make it."""
    if said.is_asked:
        return False
    if secret.sort == "fact" and said.bits & FIRST and secret.pointing.touches(said.words) and _is_rated(secret, value, said):
        return True
    if not is_pointed_at(secret, said):
        return False
    if multiplies_to(said.readings, value, known.counts if secret.sort == "fact" else ()):
        return True
    named = periods_in(said.words)
    for form in forms_of(value, secret.units, secret.period):
        if says_form(said.readings, form, named):
            return bool(form.period) or secret.sort == "fact" or value not in known.stated_of(secret)
    return False


def _is_rated(secret: Secret, value: float, said: Told) -> bool:
    """Return whether the speaker's own sentence gives the figure as so many of a hundred, or as what two figures come to."""
    if said.has_rates:
        rates = tuple(one for one in said.readings if one.is_rate)
        if says_form(rates, Form(value, secret.units, ""), frozenset()):
            return True
    return len(said.quantities) > 1 and said.is_bound and multiplies_to(said.readings, value)


def is_pointed_at(secret: Secret, said: Told) -> bool:
    """Return whether the words of a sentence are about a secret: of a fact, or of a limit and its bound or reason."""
    if secret.sort == "fact":
        return secret.pointing.is_meant(said.words)
    is_touched = secret.pointing.touches(said.words)
    if not (said.is_own_bound or (is_touched and said.bits & FIRST and secret.reasons(said.words))):
        return bool(secret.is_cost and said.is_cost and is_touched and secret.pointing.shared(said.words))
    if is_touched and secret.pointing.shared(said.words):
        return True
    return not secret.is_money and any(one.unit and one.unit in secret.units for one in said.readings)
