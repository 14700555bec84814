"""What may a value of a negotiation file be? Types that say what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from orchestrator.messages.negotiation import Pace
from orchestrator.roles.nodes import Atom

__all__ = [
    "NAME_RULE",
    "Amount",
    "Audience",
    "Day",
    "Expression",
    "Figure",
    "FileName",
    "IssueNames",
    "Known",
    "Line",
    "Measure",
    "Name",
    "Option",
    "PaceOf",
    "PartialShare",
    "Rate",
    "Repairs",
    "RoleNames",
    "Rounds",
    "Seats",
    "Seconds",
    "Share",
    "WordPattern",
    "fitting",
    "is_name",
    "whole",
    "words",
]

NAME_RULE = "at most 64 letters, digits, '_' and '-', the first a letter or a digit"

_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.md", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)
_EXPONENT = re.compile(r"[-+.0-9]+[eE][-+]?[0-9]+", re.ASCII)
_PACE = re.compile(r"([1-9][0-9]{0,2}) ?/ ?(s|min)", re.ASCII)
_SPANS = {"s": 1, "min": 60}
_HALF = Decimal("0.5")
_MOST_DIGITS = 15
_PATTERN = re.compile(r"(?=.*[^\W_])(?!.*\*[^\s*]*\*[^\s*]*\*)[\w'&.+\- *]{1,100}")
_LONGEST_LINE = 500
_LONGEST_RULE = 2_000


def is_name(text: str) -> bool:
    """Return whether a text can name an issue, a fact, a role, a rule or a gate."""
    return _NAME.fullmatch(text) is not None


def fitting(expected: str, take: Callable[[Atom], object | None]) -> BeforeValidator:
    """Return a validator that takes what `take` returns, and says what was expected where that is None."""

    def validate(value: Atom) -> object:
        taken = take(value)
        if taken is None:
            raise PydanticCustomError("unfit", "expected {expected}", {"expected": expected})
        return taken

    return BeforeValidator(validate)


def whole(least: int, most: int) -> BeforeValidator:
    """Return a validator that takes whole numbers within these bounds."""

    def take(value: Atom) -> int | None:
        if not isinstance(value, Decimal) or value != value.to_integral_value():
            return None
        return int(value) if least <= value <= most else None

    return fitting(f"a whole number from {least} to {most}", take)


def _text(value: Atom) -> str | None:
    if isinstance(value, bool | list | dict) or value is None:
        return None
    return str(value).strip() or None


def words(value: Atom) -> str | None:
    """Return the words of one line that a value is; None where it is none."""
    text = _text(value)
    return text if text is not None and text.isprintable() and len(text) <= _LONGEST_LINE else None


def _matching(pattern: re.Pattern[str]) -> Callable[[Atom], str | None]:
    def take(value: Atom) -> str | None:
        text = _text(value)
        return text if text is not None and pattern.fullmatch(text) else None

    return take


def _rule(value: Atom) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if 0 < len(text) <= _LONGEST_RULE else None


def _share(value: Atom) -> float | None:
    return float(value) if isinstance(value, Decimal) and 0 <= value <= 1 else None


def _partial(value: Atom) -> float | None:
    return float(value) if isinstance(value, Decimal) and 0 < value < 1 else None


def _rate(value: Atom) -> Decimal | None:
    return value if isinstance(value, Decimal) and 0 <= value <= _HALF else None


def _pace(value: Atom) -> Pace | None:
    found = _PACE.fullmatch(value) if isinstance(value, str) else None
    return Pace(messages=int(found[1]), seconds=_SPANS[found[2]]) if found else None


def _roles(value: Atom) -> list[str] | None:
    names = [value] if value == "all" else value
    return [str(name) for name in names] if isinstance(names, list) and all(isinstance(name, str) for name in names) else None


def _issues(value: Atom) -> list[str] | None:
    return ["all"] if value is True else _roles(value)


def _known(value: Atom) -> Atom:
    """Take what a fact may be. Words that are one long row of digits are a number with too many of them."""
    if isinstance(value, str):
        too_long = len(value) > _MOST_DIGITS and not value.strip(".+-eE0123456789")
        return value if words(value) and not too_long and not _EXPONENT.fullmatch(value) else None
    return None if isinstance(value, list | dict) else value


def _measure(value: Atom) -> Decimal | date | None:
    return value if isinstance(value, Decimal | date) else None


Line: TypeAlias = Annotated[
    str, fitting("words on one line", words), WithJsonSchema({"type": ["string", "number"], "minLength": 1})
]
Name: TypeAlias = Annotated[
    str, fitting(NAME_RULE, _matching(_NAME)), WithJsonSchema({"type": "string", "pattern": f"^{_NAME.pattern}$"})
]
FileName: TypeAlias = Annotated[
    str,
    fitting("the name of a markdown file beside this one, as 'buyer.md'", _matching(_FILE)),
    WithJsonSchema({"type": "string", "pattern": f"^{_FILE.pattern}$"}),
]
WordPattern: TypeAlias = Annotated[
    str,
    fitting(
        "words with at most two '*' in each; this is no regular expression, so that no pattern is slow", _matching(_PATTERN)
    ),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 100}),
]
Expression: TypeAlias = Annotated[
    str,
    fitting(f"a CEL expression of at most {_LONGEST_RULE} characters", _rule),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _LONGEST_RULE}),
]
Figure: TypeAlias = Annotated[
    Decimal,
    fitting("a number of at most 15 digits", lambda value: value if isinstance(value, Decimal) else None),
    WithJsonSchema({"type": "number"}),
]
Amount: TypeAlias = Annotated[
    Decimal,
    fitting("an amount of 0 or more", lambda value: value if isinstance(value, Decimal) and value >= 0 else None),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Day: TypeAlias = Annotated[
    date,
    fitting("a date as 2026-10-01", lambda value: value if isinstance(value, date) else None),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Share: TypeAlias = Annotated[
    float,
    fitting("a number from 0 to 1", _share),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
PartialShare: TypeAlias = Annotated[
    float,
    fitting("a number between 0 and 1", _partial),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}),
]
Rate: TypeAlias = Annotated[
    Decimal,
    fitting("a number from 0 to 0.5", _rate),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 0.5}),
]
PaceOf: TypeAlias = Annotated[
    Pace,
    fitting("messages in a time, as 2/s or 30/min", _pace),
    WithJsonSchema({"type": "string", "pattern": f"^{_PACE.pattern}$"}),
]
Measure: TypeAlias = Annotated[
    Decimal | date,
    fitting("a number or a date", _measure),
    WithJsonSchema({"type": ["number", "string"]}),
]
Option: TypeAlias = Annotated[
    Decimal | str,
    fitting("a word or a number", lambda value: value if isinstance(value, Decimal) else words(value)),
    WithJsonSchema({"type": ["string", "number"]}),
]
Known: TypeAlias = Annotated[
    bool | Decimal | date | str,
    fitting("a number, a date, true, false or words", _known),
    WithJsonSchema({"type": ["number", "string", "boolean"]}),
]
RoleNames: TypeAlias = Annotated[
    tuple[str, ...],
    fitting("a list of roles", _roles),
    WithJsonSchema({"type": "array", "items": {"type": "string"}}),
]
IssueNames: TypeAlias = Annotated[
    tuple[str, ...],
    fitting("'all' or a list of issues", _issues),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]}),
]
Audience: TypeAlias = Annotated[
    tuple[str, ...],
    fitting("'all' or a list of roles", _roles),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
Seats: TypeAlias = Annotated[int, whole(1, 1_000), WithJsonSchema({"type": "integer", "minimum": 1})]
Rounds: TypeAlias = Annotated[int, whole(1, 1_000_000), WithJsonSchema({"type": "integer", "minimum": 1})]
Seconds: TypeAlias = Annotated[int, whole(1, 100_000_000), WithJsonSchema({"type": "integer", "minimum": 1})]
Repairs: TypeAlias = Annotated[int, whole(0, 20), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 20})]
