"""What was saved, and was the service kept? Against what the other side asked for first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.negotiation import Issue, LinearNumber, Role
from orchestrator.messages.pattern import Concession
from orchestrator.messages.terms import Number, Term
from orchestrator.messages.utility import worth
from orchestrator.messages.value import IssueName, RoleName, Value
from orchestrator.report.figures import label, measured, named, plural, unit_of

__all__ = ["Saving", "saving_of"]


class Saving(Value):
    """What the paying side saved on one issue, against what the other side asked for first."""

    kind: Literal["concession"] = "concession"
    payer: RoleName
    issue: IssueName
    unit: str
    asked: Decimal
    """The other side's first figure."""
    agreed: Decimal
    kept: tuple[IssueName, ...]
    """Issues of service on which the payer has at least what it was offered first."""
    lost: tuple[IssueName, ...]

    @property
    def share(self) -> float:
        """Return the saving as a share of what was asked first."""
        return float((self.asked - self.agreed) / self.asked) if self.asked else 0.0

    def lines(self) -> Iterator[str]:
        """Yield the saving of an agreement, and what was kept of the service."""
        off = self.asked - self.agreed
        verb = "saved" if off >= 0 else "lost"
        yield (
            f"{self.payer} {verb} {measured(abs(off), self.unit)} on {label(self.issue)}, {abs(self.share):.0%} of the "
            f"{measured(self.asked, self.unit)} that was asked first"
        )
        total = len(self.kept) + len(self.lost)
        if total:
            lost = f"; worse than offered first: {', '.join(map(label, self.lost))}" if self.lost else ""
            yield f"service kept on {len(self.kept)} of {total} {plural(total, 'issue')}{lost}"


def saving_of(session: Session, entries: Sequence[Entry]) -> Saving | None:  # noqa: ARG001 - one question for all patterns
    """Return what was saved on the issue that the file names, or on the first figure that one wants low and another high."""
    found = next(filter(None, (_paid(session, issue) for issue in _candidates(session))), None)
    if found is None or not session.terms:
        return None
    payer, issue = found
    agreed = named(session.terms).get(issue.name)
    asked = _first_asked(session, payer, issue.name)
    if not isinstance(agreed, Number) or not isinstance(asked, Number):
        return None
    service = _service(session, payer, issue.name)
    kept = tuple(name for name in service if _is_kept(session, payer, name))
    return Saving(
        payer=payer.name,
        issue=issue.name,
        unit=unit_of(issue),
        asked=asked.value,
        agreed=agreed.value,
        kept=kept,
        lost=tuple(name for name in service if name not in kept),
    )


def _candidates(session: Session) -> tuple[Issue, ...]:
    rules = session.agenda.pattern_rules
    named_ = rules.saving if isinstance(rules, Concession) else None
    return tuple(issue for issue in session.agenda.issues if named_ in (None, issue.name))


def _paid(session: Session, issue: Issue) -> tuple[Role, Issue] | None:
    """Return who pays on an issue: the role to which less is worth more, where to another more is."""
    measures = [
        (role, measure)
        for role in session.roles
        for measure in role.mandate.worths
        if isinstance(measure, LinearNumber) and measure.issue == issue.name
    ]
    payer = next((role for role, measure in measures if measure.best < measure.worst), None)
    is_opposed = any(measure.best > measure.worst for _, measure in measures)
    return (payer, issue) if payer and is_opposed else None


def _first_asked(session: Session, payer: Role, issue: IssueName) -> Term | None:
    asked = (move for move in session.moves if move.act == "propose" and move.sender != payer.name)
    return next((term for move in asked for term in move.terms if term.issue == issue), None)


def _service(session: Session, payer: Role, saved: IssueName) -> tuple[IssueName, ...]:
    rules = session.agenda.pattern_rules
    if isinstance(rules, Concession) and rules.service:
        return rules.service
    return tuple(measure.issue for measure in payer.mandate.worths if measure.issue != saved)


def _is_kept(session: Session, payer: Role, issue: IssueName) -> bool:
    measure = next((measure for measure in payer.mandate.worths if measure.issue == issue), None)
    offered, agreed = _first_asked(session, payer, issue), named(session.terms).get(issue)
    if measure is None or offered is None or agreed is None:
        return True
    return worth(measure, agreed) >= worth(measure, offered)
