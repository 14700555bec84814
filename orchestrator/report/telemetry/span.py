"""What is a span before it is sent? A value: what was done from when to when, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

__all__ = ["Attribute", "Attributes", "Moment", "Span", "known"]

Attribute: TypeAlias = str | int | float | tuple[str, ...]
Attributes: TypeAlias = Mapping[str, Attribute]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What happened at one time within a span."""

    at: datetime
    name: str
    attributes: Attributes = field(default_factory=dict[str, Attribute])


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What was done, from when to when, with what belongs to it."""

    name: str
    kind: Literal["internal", "client"] = "internal"
    """`client` where it was asked of another process."""
    began: datetime
    ended: datetime
    attributes: Attributes
    moments: tuple[Moment, ...] = ()
    error: str = ""
    """The class of error that it ended with; empty where it ended well."""
    children: tuple[Span, ...] = ()


def known(attributes: Mapping[str, Attribute | None]) -> Attributes:
    """Return the attributes that have a value."""
    return {name: value for name, value in attributes.items() if value is not None}
