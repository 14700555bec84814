"""When does an offer bind, and when does the talk end without one? Settling, falls and stopping, after each turn."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.engine.patterns.conduct import Settling
from orchestrator.engine.patterns.table import conduct_of
from orchestrator.engine.rules import Rules, judge, read_gates
from orchestrator.engine.session import Session
from orchestrator.engine.spending import lapse
from orchestrator.engine.unfold import Unfolding
from orchestrator.engine.view import view_of
from orchestrator.messages.draft import Draft
from orchestrator.messages.event import (
    Agreed,
    Approved,
    Ended,
    Event,
    FactChanged,
    Fell,
    GateReached,
    Reason,
    Settled,
    Unsettled,
)
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Offer, Ruling, WhyFallen
from orchestrator.messages.reply import Reported
from orchestrator.messages.trackrecord import record_values

__all__ = ["agree", "end_turn", "fell", "objections", "report"]


def end_turn(unfolding: Unfolding, rules: Rules) -> None:
    """After a turn or a fall: settle what is backed, drop what has expired, stop what is to stop."""
    while True:
        while (settling := _settling(unfolding.session)) is not None:
            _settle(unfolding, settling, rules)
        if unfolding.session.phase != "asking":
            return
        for offer in unfolding.session.offers:
            if offer.falls <= unfolding.session.turn:
                fell(unfolding, offer, "expired")
        due = _due(unfolding.session)
        if not due:
            return
        unfolding.add(*due)


def objections(session: Session, offer: Offer, rules: Rules) -> tuple[Finding, ...]:
    """Return what speaks against an agreement: all guards for all whom it binds; only those who back it need their reserve."""
    backers = session.backers_of(offer.id)
    draft = Draft(act="propose", terms=offer.terms)
    found: list[Finding] = []
    for role in conduct_of(session).binds(session, offer):
        view = replace(view_of(session, role.name), on_agreement=True, proposer=offer.sender)
        if role.name not in backers:
            view = replace(view, mandate=view.mandate.model_copy(update={"reserve": 0.0}))
        found.extend(finding for finding in judge(rules, draft, view) if finding.severity == "refuse")
    return tuple(dict.fromkeys(found))


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
            fell(unfolding, offer, "fact_changed", by=reply.by, reason=f"fact {reply.fact.name!r} has changed")
    if unfolding.session.phase == "asking":
        end_turn(unfolding, rules)


def _settling(session: Session) -> Settling | None:
    return conduct_of(session).settles(session) if session.phase == "asking" else None


def _due(session: Session) -> tuple[Event, ...]:
    """Return what the pattern has due; else, where the talk must stop, its end or what the pattern does instead."""
    conduct = conduct_of(session)
    if due := conduct.due(session):
        return due
    reason = _why_stop(session)
    if reason is None:
        return ()
    end = Ended(status="no_agreement", reason=reason)
    return conduct.instead(session, end) or (end,)


def _settle(unfolding: Unfolding, settling: Settling, rules: Rules) -> None:
    offer = settling.offer
    unfolding.add(Settled(offer=offer.id, digest=offer.digest, backers=unfolding.session.backers_of(offer.id)))
    findings = objections(unfolding.session, offer, rules)
    reading = read_gates(rules, offer.terms, record_values(unfolding.session.records, offer.sender))
    findings = (*findings, *reading.findings)
    if findings:
        unfolding.add(Unsettled(offer=offer.id))
        reason = "; ".join(dict.fromkeys(_public_reason(finding) for finding in findings))
        fell(unfolding, offer, "unfit", reason=reason, findings=findings)
    elif gates := tuple(dict.fromkeys((*settling.gates, *reading.reached))):
        for gate in gates:
            unfolding.add(GateReached(gate=gate.id, approver=gate.wanted, offer=offer.id, digest=offer.digest))
        _as_asked_for(unfolding, offer)
    else:
        agree(unfolding, offer)


def _as_asked_for(unfolding: Unfolding, offer: Offer) -> None:
    """Take the approval of those who asked for exactly these terms, while what they asked for stands."""
    standing = {each.id for each in unfolding.session.offers}
    for counter in unfolding.session.counters:
        waits = next((gate for gate in unfolding.session.unruled if gate.id == counter.gate), None)
        is_same = counter.offer.id in standing and counter.offer.digest == offer.digest
        if waits is not None and is_same and counter.by in waits.people:
            ruling = Ruling(
                gate=counter.gate,
                by=counter.by,
                approved=True,
                offer=offer.id,
                digest=offer.digest,
                note=counter.note or "asked for exactly these terms",
            )
            unfolding.add(Approved(ruling=ruling))
    if not unfolding.session.unruled:
        agree(unfolding, offer)


def _public_reason(finding: Finding) -> str:
    """Return what all may know: policies are everybody's, mandates are not."""
    if finding.kind == "policy":
        return finding.message
    if finding.kind == "authority":
        return "it is outside the mandate of a role"
    return "a rule could not be decided"


def agree(unfolding: Unfolding, offer: Offer) -> None:
    """Let the settled offer bind: nothing stands in its way any more."""
    session = unfolding.session
    backers = session.backers_of(offer.id)
    reason: Reason = "all" if len(backers) == len(session.roles) else conduct_of(session).reason(session, offer)
    unfolding.add(
        Agreed(offer=offer.id, terms=offer.terms, digest=offer.digest, backers=backers),
        Ended(status="agreed", reason=reason),
    )


def fell(
    unfolding: Unfolding,
    offer: Offer,
    why: WhyFallen,
    *,
    by: str = "",
    reason: str = "",
    findings: tuple[Finding, ...] = (),
) -> None:
    """Let an offer fall, and tell all roles why."""
    fall = Fall(offer=offer.id, sender=offer.sender, why=why, by=by, reason=reason, turn=unfolding.session.turn)
    unfolding.add(Fell(fall=fall, findings=findings))


def _why_stop(session: Session) -> Reason | None:
    stop = session.stop
    if session.turn >= stop.rounds * len(session.roles):
        return "rounds"
    if session.millis - session.thought >= stop.seconds * 1000:
        return "seconds"
    if session.turn - session.changed_turn >= stop.unchanged_rounds * len(session.roles):
        return "unchanged"
    return None
