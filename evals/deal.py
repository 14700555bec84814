"""What came of one session of built-in models? Enough to say whether it was a good one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.engine import Session
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import reaches_reserve, utility
from orchestrator.messages.value import RoleName
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
    """Whether the agreement keeps all policies, the limits of all whom it binds, and the reserves of those who back it."""

    @property
    def is_agreed(self) -> bool:
        """Return whether the roles agreed."""
        return self.digest is not None


def deal_of(session: Session, permits: Callable[[RoleName, Terms], bool]) -> Deal:
    """Return what came of a session that is over; `permits` says whether policies and a role's limits hold."""
    agreed = session.status == "agreed"
    is_auction = session.settings.negotiation.pattern == "auction"
    # Who loses an auction is not bound by what another buys.
    bound = tuple(role for role in session.roles if not is_auction or role.name in session.backers)
    return Deal(
        seed=session.settings.seed,
        reason=str(session.reason),
        rounds=rounds_used(session),
        refused=session.refusals,
        gates=tuple(ruling.gate for ruling in session.rulings),
        worths=tuple(utility(role.mandate, session.terms) for role in session.roles) if agreed else (),
        digest=session.digest if agreed else None,
        is_held=all(
            permits(role.name, session.terms)
            and (role.name not in session.backers or reaches_reserve(role.mandate, session.terms))
            for role in bound
        ),
    )
