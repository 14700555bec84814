"""What does a person's word do, and what does their silence? Approvals, denials, and gates whose time is up."""

from __future__ import annotations

from datetime import datetime

from orchestrator.engine.rules import Rules
from orchestrator.engine.settling import agree, end_turn, fell
from orchestrator.engine.spending import lapse
from orchestrator.engine.timing import deadline, overdue
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.event import Approved, Asked, Denied, Unsettled
from orchestrator.messages.gate import Gate, span_text
from orchestrator.messages.move import Offer, Ruling
from orchestrator.messages.reasons import needs_reason
from orchestrator.messages.reply import Ruled, Sought

__all__ = ["deny", "elapse", "rule", "seek"]


def seek(unfolding: Unfolding, reply: Sought) -> None:
    """Note that an approver was asked, once for each gate that waits, and until when there is time to answer."""
    session = unfolding.session
    gate = next((gate for gate in session.unruled if gate.id == reply.gate), None)
    if gate is not None:
        _ask(unfolding, gate, reply.at)


def elapse(unfolding: Unfolding, at: datetime, rules: Rules) -> bool:
    """Where a gate's time is up, deny the offer in nobody's name; return whether that was so."""
    session = unfolding.session
    offer, gate = session.offer(session.settled), overdue(session, at)
    if offer is None or gate is None:
        return False
    note = f"gate {gate.id!r} was not ruled on within {span_text(gate.within or 0)}: undecided means no"
    ruling = Ruling(gate=gate.id, by="", approved=False, offer=offer.id, digest=offer.digest, note=note, expired=True)
    deny(unfolding, offer, ruling)
    end_turn(unfolding, rules)
    return True


def rule(unfolding: Unfolding, reply: Ruled, rules: Rules) -> None:
    """Take an approver's word, if it is the right approver's, about the settled offer and its digest, and their first.

    A word that comes after the time of a gate is no word: the time has answered. Where a reason is asked for, a word
    without one is none: the approver is asked for it.
    """
    session = unfolding.session
    offer = session.offer(session.settled)
    gate = next((gate for gate in session.unruled if gate.id == reply.gate), None)
    if elapse(unfolding, reply.at, rules) or offer is None or gate is None:
        return
    if reply.by not in gate.people or (reply.offer, reply.digest) != (offer.id, offer.digest):
        return
    if not reply.note and needs_reason(session.agenda, gate.id):
        _ask(unfolding, gate, reply.at)
        return
    ruling = Ruling(
        gate=gate.id,
        by=reply.by,
        approved=reply.approved,
        offer=offer.id,
        digest=offer.digest,
        note=reply.note,
        beforehand=reply.beforehand,
        leave=reply.leave,
    )
    if not reply.approved:
        deny(unfolding, offer, ruling)
        end_turn(unfolding, rules)
        return
    unfolding.add(Approved(ruling=ruling))
    if not unfolding.session.unruled:
        lapse(unfolding)
        agree(unfolding, offer)


def _ask(unfolding: Unfolding, gate: Gate, at: datetime) -> None:
    session = unfolding.session
    if gate.id not in session.asked:
        unfolding.add(Asked(gate=gate.id, due=deadline(session, gate, at)))


def deny(unfolding: Unfolding, offer: Offer, ruling: Ruling) -> None:
    """Let the offer fall for all to know, with the reason."""
    lapse(unfolding)
    unfolding.add(Denied(ruling=ruling), Unsettled(offer=offer.id))
    fell(unfolding, offer, "denied", by=ruling.by, reason=ruling.note or f"gate {ruling.gate!r} was denied")
