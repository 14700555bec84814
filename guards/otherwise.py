"""Is a secret said in another form? In another unit or period, rounded, as a share, or as what two figures make."""

from __future__ import annotations

from guards.claims.words import FIRST
from guards.forms import Form, forms_of, multiplies_to, periods_in, says_form
from guards.known import Known
from guards.secret import Secret
from guards.told import Told

__all__ = ["is_pointed_at", "is_said_otherwise"]


def is_said_otherwise(secret: Secret, value: float, said: Told, known: Known) -> bool:
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
    if not is_pointed_at(secret, said):
        return False
    named = periods_in(said.words)
    forms = forms_of(value, secret.units, secret.period)
    is_open = secret.sort == "limit" and value in known.stated_of(secret)
    if any(says_form(said.readings, form, named) for form in forms if form.period or not is_open):
        return True
    return multiplies_to(said.readings, value, known.counts if secret.sort == "fact" else ())


def is_pointed_at(secret: Secret, said: Told) -> bool:
    """Return whether the words of a sentence are about a secret: of a fact, or of a limit and its bound or reason."""
    if secret.sort == "fact":
        return secret.pointing.is_meant(said.words)
    is_shared = bool(secret.pointing.shared(said.words))
    if secret.is_cost and said.is_cost and is_shared:
        return True
    is_united = any(one.unit and one.unit in secret.units for one in said.readings) and not secret.is_money
    is_reasoned = bool(said.bits & FIRST and secret.reasons(said.words))
    return (said.is_own_bound or is_reasoned) and (is_shared or is_united)
