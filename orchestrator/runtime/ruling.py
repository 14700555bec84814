"""What does an approver's word meet? The offer that waits at the gate, an earlier word, or nothing that it could rule on."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.command import Rule
from orchestrator.messages.entry import Entry
from orchestrator.messages.gate import names_of
from orchestrator.messages.move import Offer, Ruling
from orchestrator.report.figures import ruled_by
from orchestrator.report.standing import standing

__all__ = ["given_already", "waiting_offer"]


def given_already(session: Session, rule: Rule) -> Ruling | None:
    """Return the ruling that says what this one says, of the same offer and by the same person; None where there is none."""
    same = (rule.gate, rule.by, rule.approved, rule.offer, rule.digest)
    found = ((ruling, (ruling.gate, ruling.by, ruling.approved, ruling.offer, ruling.digest)) for ruling in session.rulings)
    return next((ruling for ruling, said in found if said == same), None)


def waiting_offer(session: Session, entries: Sequence[Entry], gate: str, by: str) -> Offer:
    """Return the offer that waits at a gate. Raises UsageError with the reason where none does, or for somebody else."""
    stands = standing(session, entries)
    gates = {known.id: known for known in session.agenda.gates}
    if gate not in gates:
        raise UsageError(f"session {session.id!r} has no gate {gate!r}", hint=f"its gates: {', '.join(gates) or 'none'}")
    if by not in gates[gate].people:
        raise UsageError(f"gate {gate!r} is ruled on by {names_of(gates[gate])}, not by {by!r}")
    left = next((waiting for waiting in stands.gates if waiting.id == gate), None)
    if stands.offer is not None and left is not None:
        if by not in left.people:
            raise UsageError(f"{by!r} has approved at gate {gate!r} already", hint=f"it waits for {names_of(left)}")
        return stands.offer
    ruled = next((ruling for ruling in reversed(session.rulings) if ruling.gate == gate), None)
    if ruled is not None:
        done = "approved" if ruled.approved else "denied"
        raise UsageError(
            f"gate {gate!r} was {done} by {ruled_by(ruled)!r} already", hint=f"'handfast resume {session.id}' goes on"
        )
    raise UsageError(f"session {session.id!r} does not wait at gate {gate!r}", hint=f"it stands at: {stands.status}")
