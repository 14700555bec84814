"""When does an offer bind, and when does the talk end without one? Settling, gates, falls and stopping, after each turn."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.engine.rules import Rules, judge, read_gates
from orchestrator.engine.session import Session
from orchestrator.engine.spending import lapse
from orchestrator.engine.unfold import Unfolding
from orchestrator.engine.view import view_of
from orchestrator.messages.draft import Draft
from orchestrator.messages.event import (
    Agreed,
    Approved,
    Asked,
    Denied,
    Ended,
    FactChanged,
    Fell,
    GateReached,
    Reason,
    Settled,
    Unsettled,
)
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Offer, Ruling, WhyFallen
from orchestrator.messages.reply import Reported, Ruled, Sought

__all__ = ["end_turn", "objections", "report", "rule", "seek"]


def end_turn(unfolding: Unfolding, rules: Rules) -> None:
    """After a turn or a fall: settle what is backed, drop what has expired, stop what is to stop."""
    while (offer := _backed(unfolding.session)) is not None:
        _settle(unfolding, offer, rules)
    if unfolding.session.phase != "asking":
        return
    for offer in unfolding.session.offers:
        if offer.falls <= unfolding.session.turn:
            _fell(unfolding, offer, "expired")
    reason = _why_stop(unfolding.session)
    if reason is not None:
        unfolding.add(Ended(status="no_agreement", reason=reason))


def objections(session: Session, offer: Offer, rules: Rules) -> tuple[Finding, ...]:
    """Return what speaks against an agreement: all guards for all roles; only those who back it need their reserve."""
    backers = session.backers_of(offer.id)
    draft = Draft(act="propose", terms=offer.terms)
    found: list[Finding] = []
    for role in session.roles:
        view = view_of(session, role.name)
        if role.name not in backers:
            view = replace(view, mandate=view.mandate.model_copy(update={"reserve": 0.0}))
        found.extend(finding for finding in judge(rules, draft, view) if finding.severity == "refuse")
    return tuple(dict.fromkeys(found))


def seek(unfolding: Unfolding, reply: Sought) -> None:
    """Note that an approver was asked, once for each gate that waits."""
    session = unfolding.session
    if reply.gate not in session.asked and any(gate.id == reply.gate for gate in session.unruled):
        unfolding.add(Asked(gate=reply.gate))


def rule(unfolding: Unfolding, reply: Ruled, rules: Rules) -> None:
    """Take an approver's word, if it is the right approver's, about the settled offer and its digest, and the first."""
    session = unfolding.session
    offer = session.offer(session.settled)
    gate = next((gate for gate in session.unruled if gate.id == reply.gate), None)
    if offer is None or gate is None or (reply.by, reply.offer, reply.digest) != (gate.approver, offer.id, offer.digest):
        return
    ruling = Ruling(
        gate=gate.id,
        by=reply.by,
        approved=reply.approved,
        offer=offer.id,
        digest=offer.digest,
        note=reply.note,
        beforehand=reply.beforehand,
    )
    if not reply.approved:
        unfolding.add(Denied(ruling=ruling), Unsettled(offer=offer.id))
        _fell(unfolding, offer, "denied", by=reply.by, reason=reply.note or f"gate {gate.id!r} was denied")
        end_turn(unfolding, rules)
        return
    unfolding.add(Approved(ruling=ruling))
    if not unfolding.session.unruled:
        _agree(unfolding, offer)


def report(unfolding: Unfolding, reply: Reported, rules: Rules) -> None:
    """Take a fact's new value; every offer that rests on the old one falls. What all are told names the fact alone."""
    if unfolding.session.phase in ("opening", "agreed", "over", "impossible") or reply.fact in unfolding.session.facts:
        return
    lapse(unfolding)
    unfolding.add(FactChanged(fact=reply.fact))
    for offer in unfolding.session.offers:
        if reply.fact.name in offer.assumes:
            if offer.id == unfolding.session.settled:
                unfolding.add(Unsettled(offer=offer.id))
            _fell(unfolding, offer, "fact_changed", by=reply.by, reason=f"fact {reply.fact.name!r} has changed")
    if unfolding.session.phase == "asking":
        end_turn(unfolding, rules)


def _backed(session: Session) -> Offer | None:
    return next((offer for offer in session.offers if session.phase == "asking" and _is_backed(session, offer)), None)


def _is_backed(session: Session, offer: Offer) -> bool:
    agreement = session.agenda.agreement
    by_all = agreement.needs == "all" or agreement.quorum is None
    needed = len(session.roles) if by_all else max(1, agreement.quorum or 1)
    if sum(entry.offer == offer.id for entry in session.backing) < needed:
        return False
    backers = session.backers_of(offer.id)
    enough = len(backers) >= needed and (by_all or set(agreement.always) <= set(backers))
    return enough and _is_complete(session, offer)


def _is_complete(session: Session, offer: Offer) -> bool:
    """Return whether there is exactly one value for every issue."""
    return len(offer.terms) == len(session.issue_names) and {term.issue for term in offer.terms} >= session.issue_names


def _settle(unfolding: Unfolding, offer: Offer, rules: Rules) -> None:
    unfolding.add(Settled(offer=offer.id, digest=offer.digest, backers=unfolding.session.backers_of(offer.id)))
    findings = objections(unfolding.session, offer, rules)
    reading = read_gates(rules, offer.terms)
    findings = (*findings, *reading.findings)
    if findings:
        unfolding.add(Unsettled(offer=offer.id))
        reason = "; ".join(dict.fromkeys(_public_reason(finding) for finding in findings))
        _fell(unfolding, offer, "unfit", reason=reason, findings=findings)
    elif reading.reached:
        for gate in reading.reached:
            unfolding.add(GateReached(gate=gate.id, approver=gate.approver, offer=offer.id, digest=offer.digest))
    else:
        _agree(unfolding, offer)


def _public_reason(finding: Finding) -> str:
    """Return what all may know: policies are everybody's, mandates are not."""
    if finding.kind == "policy":
        return finding.message
    if finding.kind == "authority":
        return "it is outside the mandate of a role"
    return "a rule could not be decided"


def _agree(unfolding: Unfolding, offer: Offer) -> None:
    backers = unfolding.session.backers_of(offer.id)
    reason: Reason = "all" if len(backers) == len(unfolding.session.roles) else "quorum"
    unfolding.add(
        Agreed(offer=offer.id, terms=offer.terms, digest=offer.digest, backers=backers),
        Ended(status="agreed", reason=reason),
    )


def _fell(
    unfolding: Unfolding,
    offer: Offer,
    why: WhyFallen,
    *,
    by: str = "",
    reason: str = "",
    findings: tuple[Finding, ...] = (),
) -> None:
    fall = Fall(offer=offer.id, sender=offer.sender, why=why, by=by, reason=reason, turn=unfolding.session.turn)
    unfolding.add(Fell(fall=fall, findings=findings))


def _why_stop(session: Session) -> Reason | None:
    stop = session.stop
    if session.turn >= stop.rounds * len(session.roles):
        return "rounds"
    if session.millis >= stop.seconds * 1000:
        return "seconds"
    if session.turn - session.changed_turn >= stop.unchanged_rounds * len(session.roles):
        return "unchanged"
    return None
