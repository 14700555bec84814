"""How far has a talk come in its pattern? Its steps, what code put on the table, and whether a breaker holds it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from orchestrator.messages.step import Froze, Placed, Refuted, Step, Stepped, Thawed
from orchestrator.messages.value import OfferId

__all__ = ["FRESH", "Course", "Mark", "Turning", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a session was when it was let go on: breakers count from there."""

    turn: int = 0
    millis: int = 0
    calls: int = 0
    tokens: int = 0
    usd: Decimal = Decimal(0)
    waited: int = 0
    """Milliseconds of waiting for models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a session's pattern and breakers did so far."""

    steps: tuple[Step, ...] = ()
    placed: int = 0
    """How many offers code has made."""
    answered: tuple[OfferId, ...] = ()
    """Partial offers that a solver completed or refuted."""
    frozen: Froze | None = None
    freezes: tuple[Froze, ...] = ()
    thaws: tuple[Thawed, ...] = ()
    since: Mark = Mark()

    @property
    def step(self) -> Step | None:
        """Return the step that it is in, if its pattern has steps."""
        return self.steps[-1] if self.steps else None


FRESH = Course()
"""Of a session that has just been opened."""

Turning: TypeAlias = Stepped | Placed | Refuted | Froze | Thawed


def after(course: Course, event: Turning, mark: Mark) -> Course:
    """Return the course after one of its events; `mark` is where the session is."""
    match event:
        case Stepped():
            return replace(course, steps=(*course.steps, event.step))
        case Placed():
            answered = course.answered if event.of is None else (*course.answered, event.of)
            return replace(course, placed=course.placed + 1, answered=answered)
        case Refuted():
            return replace(course, answered=(*course.answered, event.offer))
        case Froze():
            return replace(course, frozen=event, freezes=(*course.freezes, event))
        case Thawed():
            return replace(course, frozen=None, thaws=(*course.thaws, event), since=mark)
