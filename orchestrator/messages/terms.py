"""What does an offer say? One typed term for each issue that it settles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias, assert_never

from pydantic import Field

from orchestrator.messages.digest import digest_of
from orchestrator.messages.value import Digest, IssueName, Value

__all__ = [
    "Choice",
    "Day",
    "Flag",
    "Number",
    "RuleValue",
    "Scalar",
    "Term",
    "Terms",
    "digest_of_terms",
    "exact",
    "in_rules",
    "plain",
    "position",
    "spoken",
]


class Number(Value):
    """A figure: an amount, a count, a share, or a choice among figures."""

    kind: Literal["number"] = "number"
    issue: IssueName
    value: Decimal


class Choice(Value):
    """One of the named options of an issue."""

    kind: Literal["choice"] = "choice"
    issue: IssueName
    value: str


class Day(Value):
    """A calendar date."""

    kind: Literal["date"] = "date"
    issue: IssueName
    value: date


class Flag(Value):
    """A yes or a no."""

    kind: Literal["flag"] = "flag"
    issue: IssueName
    value: bool


Term = Annotated[Number | Choice | Day | Flag, Field(discriminator="kind")]
Terms: TypeAlias = tuple[Term, ...]
"""At most one term for each issue, in the order of the agenda."""

Scalar: TypeAlias = bool | int | float | str
"""A term's value as plain JSON shows it to people and models."""


RuleValue: TypeAlias = bool | float | str
"""A term's value inside a rule: numbers as doubles, dates and options as texts."""


def exact(number: Decimal) -> str:
    """Return the shortest plain decimal text of a number: `2.650` is `2.65`, `1E+3` is `1000`."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def spoken(term: Term) -> str:
    """Return the value of a term as exact text: `60000`, `video`, `2026-10-01`, `true`."""
    match term:
        case Number():
            return exact(term.value)
        case Choice():
            return term.value
        case Day():
            return term.value.isoformat()
        case Flag():
            return "true" if term.value else "false"
        case _:
            assert_never(term)


def plain(term: Term) -> Scalar:
    """Return the value of a term as a JSON scalar; whole numbers are integers."""
    match term:
        case Number():
            return int(term.value) if term.value == term.value.to_integral_value() else float(term.value)
        case Choice() | Flag():
            return term.value
        case Day():
            return term.value.isoformat()
        case _:
            assert_never(term)


def in_rules(term: Term) -> RuleValue:
    """Return what a rule is told of a term."""
    if term.kind == "number":
        return float(term.value)
    return term.value.isoformat() if term.kind == "date" else term.value


def position(term: Term) -> Decimal | None:
    """Return where a term stands among others of its issue; None where options have names, which have no order."""
    match term:
        case Number():
            return term.value
        case Day():
            return Decimal(term.value.toordinal())
        case Choice() | Flag():
            return None
        case _:
            assert_never(term)


def digest_of_terms(terms: Terms) -> Digest:
    """Return the digest of what the terms say, whatever their order: `[[issue, kind, text], ...]` sorted by issue."""
    return digest_of(tuple(sorted((term.issue, term.kind, spoken(term)) for term in terms)))
