"""What came of one session of built-in models? Enough to say whether it was a good one."""

from __future__ import annotations

from dataclasses import dataclass

from evals.harness.verdict import violations
from orchestrator.engine import Session
from orchestrator.messages.utility import utility
from orchestrator.report.standing import rounds_used

__all__ = ["Deal", "deal_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What came of one session."""

    seed: int
    reason: str
    rounds: int
    refused: int
    """Drafts that the guards refused."""
    gates: tuple[str, ...]
    """Those whose approvers were asked, each as often as they were."""
    worths: tuple[float, ...]
    """What the agreement is worth to each role; nothing where there is none."""
    digest: str | None
    is_held: bool
    """Whether what was agreed breaks no rule, limit, reserve or gate."""

    @property
    def is_agreed(self) -> bool:
        """Return whether the roles agreed."""
        return self.digest is not None


def deal_of(session: Session) -> Deal:
    """Return what came of a session that is over."""
    agreed = session.status == "agreed"
    return Deal(
        seed=session.settings.seed,
        reason=str(session.reason),
        rounds=rounds_used(session),
        refused=session.refusals,
        gates=tuple(ruling.gate for ruling in session.rulings),
        worths=tuple(utility(role.mandate, session.terms) for role in session.roles) if agreed else (),
        digest=session.digest if agreed else None,
        is_held=not violations(session),
    )
