"""Is this JSON value of the type that its place needs? The value, or a finding that says what was expected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias, cast

from guards.grid import allowed
from guards.jsontext import Unfit, fault, storable
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Issue

__all__ = ["Faults", "day", "described", "figure", "names", "of_type", "rounds", "share", "words"]

Faults: TypeAlias = list[Finding]
"""What was found so far in one reading; grows in the order of the draft."""

_ISO_DAY = len("2026-10-01")
_QUOTED = 40


def words(value: object, path: str, faults: Faults, issue: Issue | None = None) -> str | None:
    """Return a text; one with control characters or lone surrogates is a finding and comes back mended."""
    if not isinstance(value, str):
        return of_type(value, path, "a text", faults, issue)
    mended = storable(value)
    if mended != value:
        faults.append(fault("shape.characters", path, f"{path!r} holds control characters or halves of characters"))
    return mended


def names(value: object, path: str, faults: Faults) -> tuple[str, ...]:
    """Return a list of texts, none of them empty."""
    if value is None:
        return ()
    if not isinstance(value, list):
        of_type(value, path, "a list of texts", faults)
        return ()
    items = cast("list[object]", value)
    found = (words(item, f"{path}.{place}", faults) for place, item in enumerate(items))
    return tuple(name for name in found if name)


def figure(value: object, path: str, faults: Faults, issue: Issue | None = None) -> Decimal | None:
    """Return a number, exactly as it was written."""
    return value if isinstance(value, Decimal) else of_type(value, path, "a number", faults, issue)


def day(value: object, path: str, faults: Faults, issue: Issue | None = None) -> date | None:
    """Return a calendar date written as YYYY-MM-DD."""
    if isinstance(value, str) and len(value) == _ISO_DAY and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return of_type(value, path, "a date written as YYYY-MM-DD", faults, issue)


def rounds(value: object, faults: Faults) -> int | None:
    """Return a count of rounds, at least 1."""
    if value is None:
        return None
    if not isinstance(value, Decimal) or value != value.to_integral_value():
        return of_type(value, "expires", "a whole number of rounds", faults)
    if value < 1:
        message = "'expires' is the number of rounds that the offer stands; it must be 1 or more"
        faults.append(fault("shape.expires", "expires", message, words=str(value), allowed="1 or more"))
        return None
    return int(value)


def share(value: object, faults: Faults) -> float | None:
    """Return a share from 0 to 1."""
    if value is None:
        return None
    if not isinstance(value, Decimal):
        return of_type(value, "confidence", "a number from 0 to 1", faults)
    if not 0 <= value <= 1:
        message = "'confidence' must be from 0 to 1"
        faults.append(fault("shape.confidence", "confidence", message, words=str(value), allowed="0 to 1"))
        return None
    return float(value)


def of_type(value: object, path: str, expected: str, faults: Faults, issue: Issue | None = None) -> None:
    """Add the finding that the value is not of the expected type."""
    found, quoted = described(value)
    code = "shape.number" if isinstance(value, Unfit) else "shape.type"
    takes = allowed(issue) if issue else ""
    faults.append(fault(code, path, f"{path!r} must be {expected}, not {found}", words=quoted, allowed=takes))


def described(value: object) -> tuple[str, str]:
    """Return what a value is, for a message, and its text where it is short enough to quote."""
    match value:
        case str():
            quoted = value if len(value) <= _QUOTED else value[:_QUOTED] + "..."
            return f"the text {storable(quoted)!r}", quoted
        case Decimal():
            return f"the number {value}", str(value)
        case Unfit():
            return f"{value.text[:_QUOTED]}, which is no number that can be negotiated", value.text
        case list() | dict():
            return ("a list" if isinstance(value, list) else "an object"), ""
        case _:
            plain = "null" if value is None else str(value).lower()
            return plain, plain
