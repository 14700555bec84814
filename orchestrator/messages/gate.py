"""Who must say yes before an agreement binds, how many of them, and by when? What a file says of a gate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from orchestrator.messages.value import Elided, Value

__all__ = ["Gate", "names_of", "span_text"]

_SPANS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def span_text(seconds: int) -> str:
    """Return a span of time in the largest unit that it is a whole number of: `3 days`, `36 hours`, `90 minutes`."""
    name, size = next((name, size) for name, size in _SPANS if seconds % size == 0)
    count = seconds // size
    return f"{count} {name}{'' if count == 1 else 's'}"


def names_of(gate: Gate) -> str:
    """Return who may rule, for an error: `'ana'`, `'ana' or 'ben'`."""
    return " or ".join(map(repr, gate.people))


class Gate(Value):
    """A CEL expression over the issues; where it is true, the approver must approve the agreement."""

    id: str
    when: str
    approver: str
    """The person who rules; of several, the first."""
    others: Elided[tuple[str, ...]] = ()
    """Who else may rule."""
    approvers: Annotated[int, Field(exclude_if=lambda count: count == 1)] = 1
    """How many different ones of these people must approve; one denial denies."""
    within: Annotated[int | None, Field(exclude_if=lambda seconds: seconds is None)] = None
    """Seconds after it was asked; then the answer is no. None where it waits for as long as it takes."""

    @property
    def people(self) -> tuple[str, ...]:
        """Return all who may rule."""
        return (self.approver, *self.others)

    @property
    def span(self) -> timedelta | None:
        """Return how long it waits for an answer."""
        return None if self.within is None else timedelta(seconds=self.within)

    @property
    def wanted(self) -> str:
        """Return in words whose approval it takes: `ana`, `ana and ben`, `2 of ana, ben, chi`."""
        people = self.people
        if len(people) == 1:
            return self.approver
        if self.approvers < len(people):
            return f"{self.approvers} of {', '.join(people)}"
        return f"{', '.join(people[:-1])} and {people[-1]}"

    def without(self, ruled: Collection[str]) -> Gate | None:
        """Return the gate that is left when these people have approved; None where it is passed."""
        if not ruled:
            return self
        left = tuple(name for name in self.people if name not in ruled)
        needed = self.approvers - (len(self.people) - len(left))
        if needed < 1 or not left:
            return None
        return self.model_copy(update={"approver": left[0], "others": left[1:], "approvers": needed})
