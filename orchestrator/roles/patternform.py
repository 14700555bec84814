"""How does a person write what a pattern adds? One form for each pattern that has settings of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from orchestrator.messages.gate import Gate
from orchestrator.messages.pattern import Approval, Coalition, Concession, Constraint, Rung, TradeSpace, Weight
from orchestrator.messages.reasons import APPROVAL_GATE
from orchestrator.messages.value import IssueName, RoleName, Value
from orchestrator.roles.fit import IssueNames, Line, RoleNames, Rounds, Seats
from orchestrator.roles.gateform import People, Span, faults_of, gate_of
from orchestrator.roles.sectionform import Fault, File, SectionForm, ordered, unknown

__all__ = ["ApprovalForm", "CoalitionForm", "ConcessionForm", "ConstraintForm", "RungForm", "TradeSpaceForm"]


class ConcessionForm(SectionForm):
    """What nobody may take back in a talk about few figures, and what its saving is measured by."""

    monotone: IssueNames = ()
    """Issues on which no role may go back on what it gave away; `all` means all that have an order."""
    saving: Line | None = None
    """The issue whose figure is saved on."""
    service: IssueNames = ()
    """Issues on which nothing may be lost for the saving."""

    def rules(self, file: File) -> Concession:
        """Return the settings that it says."""
        monotone = ordered(file.issues) if self._all else self.monotone
        return Concession(
            monotone=tuple(map(IssueName, monotone)),
            saving=IssueName(self.saving) if self.saving is not None else None,
            service=tuple(map(IssueName, self._service(file))),
        )

    def faults(self, file: File) -> Iterator[Fault]:
        """Yield what does not fit the rest of the file."""
        known = ordered(file.issues)
        if not self._all:
            yield from unknown("monotone", self.monotone, known, "issue with an order")
        if self.saving is not None:
            yield from unknown("saving", (self.saving,), known, "issue with an order")
        yield from unknown("service", self._service(file), file.issues, "issue")

    def _service(self, file: File) -> tuple[str, ...]:
        others = tuple(name for name in file.issues if name != self.saving)
        return others if self.service == ("all",) else self.service

    @property
    def _all(self) -> bool:
        return self.monotone == ("all",)


class ConstraintForm(SectionForm):
    """Whether a solver completes or refutes partial proposals."""

    complete: bool = False

    def rules(self, file: File) -> Constraint:  # noqa: ARG002 - the same question for every pattern
        """Return the settings that it says."""
        return Constraint(complete=self.complete)

    def faults(self, file: File) -> Iterator[Fault]:  # noqa: ARG002 - the same question for every pattern
        """Yield nothing: it fits every file."""
        yield from ()


class TradeSpaceForm(SectionForm):
    """Whether all improve one text in turn, and who writes it first."""

    single_text: bool = False
    """One text stands at a time; it is agreed when all accept it and nobody has improved it for a round."""
    mediator: Line | None = None
    """The role that writes the first text, and has no vote."""

    def rules(self, file: File) -> TradeSpace:  # noqa: ARG002 - the same question for every pattern
        """Return the settings that it says."""
        return TradeSpace(single_text=self.single_text, mediator=RoleName(self.mediator) if self.mediator is not None else None)

    def faults(self, file: File) -> Iterator[Fault]:
        """Yield what does not fit the rest of the file."""
        if self.mediator is None:
            return
        yield from unknown("mediator", (self.mediator,), file.roles, "role")
        if not self.single_text:
            yield Fault(key="mediator", problem="has no meaning without one text", expected="single_text: true")
        if self.mediator in file.agreement.always:
            yield Fault(key="mediator", problem="has no vote, but agreement.always names it", expected="another role there")
        if len(file.roles) == 2:
            yield Fault(key="mediator", problem="leaves one role to agree with itself", expected="at least three roles")


class RungForm(Value):
    """A step of the ladder: what is done after so many rounds without agreement on the step before it."""

    do: Literal["quorum", "concede", "person", "end"]
    after: Rounds
    quorum: Seats | None = None
    person: Line | None = None
    within: Span | None = None
    """How long the person has; then the answer is no."""


class CoalitionForm(SectionForm):
    """How much each role counts, who may veto, who goes first, and what is done about deadlock."""

    weights: dict[str, Seats] = {}  # noqa: RUF012 - pydantic copies it
    """How much a role counts towards the quorum; 1 where it is not named."""
    vetoes: RoleNames = ()
    """Roles whose reject makes terms fall for good; the reject of another only ends its own backing."""
    priorities: RoleNames = ()
    """Whose offer settles first where several could; the last of them yields first."""
    ladder: tuple[RungForm, ...] = ()

    def rules(self, file: File) -> Coalition:  # noqa: ARG002 - the same question for every pattern
        """Return the settings that it says."""
        return Coalition(
            weights=tuple(Weight(role=RoleName(role), weight=weight) for role, weight in self.weights.items()),
            vetoes=tuple(map(RoleName, self.vetoes)),
            priorities=tuple(map(RoleName, self.priorities)),
            ladder=tuple(
                Rung(do=rung.do, after=rung.after, quorum=rung.quorum, person=rung.person or "") for rung in self.ladder
            ),
        )

    def faults(self, file: File) -> Iterator[Fault]:
        """Yield what does not fit the rest of the file."""
        yield from unknown("weights", self.weights, file.roles, "role")
        yield from unknown("vetoes", self.vetoes, file.roles, "role")
        yield from unknown("priorities", self.priorities, file.roles, "role")
        needs = file.agreement.quorum if file.agreement.needs == "quorum" else None
        most = self.most(file) if needs is None else needs
        for number, rung in enumerate(self.ladder, 1):
            for fault in _rung_faults(rung, most, is_last=number == len(self.ladder)):
                yield Fault(key=f"ladder.{number}.{fault.key}", problem=fault.problem, expected=fault.expected)
            if rung.do == "quorum" and rung.quorum is not None:
                most = rung.quorum

    def gates(self) -> Iterator[Gate]:
        """Yield a gate for each step at which a person decides; no terms reach it by themselves."""
        for number, rung in enumerate(self.ladder, 1):
            if rung.do == "person" and rung.person is not None:
                yield gate_of(f"ladder_{number}", "false", (rung.person,), None, rung.within)

    def most(self, file: File) -> int:
        """Return how much all roles together count."""
        return sum(self.weights.get(role, 1) for role in file.roles)


class ApprovalForm(SectionForm):
    """Who approves every agreement, and whether a reason is asked for."""

    by: People
    """Who approves; of a list all must, or as many as `approvers` says."""
    approvers: Seats | None = None
    within: Span | None = None
    """How long they have; then the answer is no."""
    reason: Literal["required", "optional"] = "optional"

    def rules(self, file: File) -> Approval:  # noqa: ARG002 - the same question for every pattern
        """Return the settings that it says."""
        gate = next(iter(self.gates()))
        return Approval(by=gate.wanted, reason=self.reason == "required")

    def faults(self, file: File) -> Iterator[Fault]:  # noqa: ARG002 - the same question for every pattern
        """Yield what does not fit in it."""
        yield from faults_of("by", self.by, self.approvers)

    def gates(self) -> Iterator[Gate]:
        """Yield the gate that every agreement reaches."""
        yield gate_of(APPROVAL_GATE, "true", self.by, self.approvers, self.within)


def _rung_faults(rung: RungForm, most: int, *, is_last: bool) -> Iterator[Fault]:
    if rung.do == "quorum":
        if rung.quorum is None:
            yield Fault(key="quorum", problem="is missing", expected=f"a whole number from 1 to {most - 1}")
        elif rung.quorum >= most:
            yield Fault(key="quorum", problem=f"is {rung.quorum}", expected=f"less than {most}, which is needed before it")
    elif rung.quorum is not None:
        yield Fault(key="quorum", problem=f"has no meaning where it says 'do: {rung.do}'", expected="do: quorum")
    if rung.do == "person" and rung.person is None:
        yield Fault(key="person", problem="is missing", expected="the name of a person")
    elif rung.do != "person" and rung.person is not None:
        yield Fault(key="person", problem=f"has no meaning where it says 'do: {rung.do}'", expected="do: person")
    if rung.do != "person" and rung.within is not None:
        yield Fault(key="within", problem=f"has no meaning where it says 'do: {rung.do}'", expected="do: person")
    if rung.do == "end" and not is_last:
        yield Fault(key="do", problem="ends the talk before the last step", expected="'end' as the last step")
