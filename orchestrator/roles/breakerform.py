"""How does a person write what freezes a session? Bounds on terms that move, offers that rush, and spending."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.messages.pattern import Breakers, Movement, Rate
from orchestrator.messages.spend import Spend
from orchestrator.messages.value import IssueName, Value
from orchestrator.roles.fit import IssueNames, Line, PaceOf, PartialShare, Rounds
from orchestrator.roles.form import SpendForm
from orchestrator.roles.sectionform import Fault, File, ordered, unknown

__all__ = ["BreakersForm", "MovementForm"]


class MovementForm(Value):
    """How far a term of one role may move within how many rounds."""

    share: PartialShare
    """Of its range."""
    rounds: Rounds
    issues: IssueNames = ()
    """Those that are watched; all that have a range where none is named."""


class BreakersForm(Value):
    """What freezes the session until a named person lets it go on or ends it."""

    person: Line
    movement: MovementForm | None = None
    """A term of one role that moves further."""
    offers: PaceOf | None = None
    """More offers of all roles together in a time, as 2/s or 30/min."""
    spend: SpendForm | None = None
    """More than this is used by all models together."""

    def breakers(self) -> Breakers:
        """Return the settings that it says."""
        movement, rate, spend = self.movement, self.offers, self.spend
        return Breakers(
            person=self.person,
            movement=Movement(share=movement.share, rounds=movement.rounds, issues=_watched(movement)) if movement else None,
            rate=Rate(offers=rate.messages, seconds=rate.seconds) if rate else None,
            spend=Spend.model_validate(spend.model_dump(exclude_none=True)) if spend else None,
        )

    def faults(self, file: File) -> Iterator[Fault]:
        """Yield what does not fit the rest of the file."""
        if self.movement is None and self.offers is None and self.spend is None:
            yield Fault(key="person", problem="there is nothing that it waits for", expected="movement, offers or spend")
        if self.movement is not None and self.movement.issues != ("all",):
            yield from unknown("movement.issues", self.movement.issues, ordered(file.issues), "issue with a range")


def _watched(movement: MovementForm) -> tuple[IssueName, ...]:
    """Return the issues that are named; none means all that have a range."""
    return () if movement.issues == ("all",) else tuple(map(IssueName, movement.issues))
