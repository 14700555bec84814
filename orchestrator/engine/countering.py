"""What if an approver would approve something else? The offer is denied, and what they ask for stands for all to accept."""

from __future__ import annotations

from orchestrator.engine.evolve import life_of
from orchestrator.engine.rules import Rules, read_gates
from orchestrator.engine.ruling import deny, elapse
from orchestrator.engine.session import Session
from orchestrator.engine.settling import end_turn, fell, objections
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.auction import Auction
from orchestrator.messages.counter import APPROVER, Countered, Revised
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Offer, Ruling
from orchestrator.messages.pattern import TradeSpace
from orchestrator.messages.reasons import needs_reason
from orchestrator.messages.terms import Terms, digest_of_terms, spoken
from orchestrator.messages.trackrecord import record_values
from orchestrator.messages.value import OfferId

__all__ = ["against", "is_open_to_counters", "revise"]


def is_open_to_counters(session: Session) -> bool:
    """Return whether an approver's offer has a place at the table: not where bids or one text are all that stands."""
    rules = session.agenda.pattern_rules
    return not (isinstance(rules, Auction) or (isinstance(rules, TradeSpace) and rules.single_text))


def against(session: Session, terms: Terms, rules: Rules) -> tuple[Finding, ...]:
    """Return what speaks against terms that an approver asks for: every rule and limit, and gates that cannot be decided."""
    offer = _offer(session, terms)
    reading = read_gates(rules, terms, record_values(session.records, APPROVER))
    return (*objections(session, offer, rules), *reading.findings)


def revise(unfolding: Unfolding, reply: Revised, rules: Rules) -> None:
    """Take an approver's other terms: deny the offer that waits, tell all why, and let theirs stand if no rule forbids them.

    Terms that a rule forbids, that leave an issue open, or that are those of the offer itself change nothing at all.
    """
    session = unfolding.session
    offer = session.offer(session.settled)
    gate = next((gate for gate in session.unruled if gate.id == reply.gate), None)
    if elapse(unfolding, reply.at, rules) or offer is None or gate is None or not is_open_to_counters(session):
        return
    if reply.by not in gate.people or (reply.offer, reply.digest) != (offer.id, offer.digest):
        return
    if not reply.note and needs_reason(session.agenda, gate.id):
        return
    is_whole = frozenset(term.issue for term in reply.terms) == session.issue_names and len(reply.terms) == len(
        session.issue_names
    )
    if not is_whole or digest_of_terms(reply.terms) == offer.digest or against(session, reply.terms, rules):
        return
    asked = f"{reply.by} asks for {_asked_for(offer, reply.terms)}"
    note = f"{reply.note}; {asked}" if reply.note else asked
    ruling = Ruling(gate=gate.id, by=reply.by, approved=False, offer=offer.id, digest=offer.digest, note=note)
    deny(unfolding, offer, ruling)
    for old in unfolding.session.offers:
        if any(counter.offer.id == old.id and counter.by == reply.by for counter in unfolding.session.counters):
            fell(unfolding, old, "superseded", by=reply.by)
    counter = _offer(unfolding.session, reply.terms)
    unfolding.add(Countered(gate=gate.id, by=reply.by, offer=counter, note=reply.note))
    end_turn(unfolding, rules)


def _offer(session: Session, terms: Terms) -> Offer:
    return Offer(
        id=OfferId(f"a{session.seq}-{session.id[-4:]}"),
        sender=APPROVER,
        terms=terms,
        digest=digest_of_terms(terms),
        turn=session.turn,
        falls=session.turn + life_of(session, None),
    )


def _asked_for(offer: Offer, terms: Terms) -> str:
    """Return the terms that are not those of the offer, in words."""
    old = {term.issue: term for term in offer.terms}
    return ", ".join(f"{term.issue} {spoken(term)}" for term in terms if old.get(term.issue) != term)
