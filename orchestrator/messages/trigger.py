"""When is an agreement talked about again? At a bound that a fact or a pot crosses, on a day, or after a time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from orchestrator.messages.value import Elided, IssueName, Value

__all__ = ["DayTrigger", "FactTrigger", "PotTrigger", "SpanTrigger", "Trigger"]


class _Trigger(Value):
    id: str
    why: str
    """The reason that roles and people are told."""
    changes: Elided[tuple[IssueName, ...]] = ()
    """The issues that are reopened; the others keep their old terms. None named: all."""
    by: Elided[str] = ""
    """The person who is told."""


class FactTrigger(_Trigger):
    """A CEL expression over the facts; it fires when it becomes true, and again only after it was not."""

    kind: Literal["fact"] = "fact"
    when: str


class PotTrigger(_Trigger):
    """A CEL expression over the figures of a pot; it fires when it becomes true, and again only after it was not."""

    kind: Literal["pot"] = "pot"
    pot: str
    when: str


class DayTrigger(_Trigger):
    """It fires once, when this day begins in UTC, of an agreement that was made before."""

    kind: Literal["day"] = "day"
    day: date


class SpanTrigger(_Trigger):
    """It fires once, so many seconds after the agreement."""

    kind: Literal["span"] = "span"
    seconds: int


Trigger = Annotated[FactTrigger | PotTrigger | DayTrigger | SpanTrigger, Field(discriminator="kind")]
