"""Does a price with its commission stay inside the mandate of who bears it? Judged as if it were the price."""

from __future__ import annotations

from dataclasses import dataclass

from guards.boundterms import binding
from guards.mandate import StaysInMandate, stays_in_mandate
from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import paid, received
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Number, Term, exact
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["BearsCommission", "bears_commission"]


@dataclass(frozen=True, slots=True)
class BearsCommission:
    """Refuses terms whose price, with the commission that the role bears, its mandate would not take."""

    mandate: StaysInMandate

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the terms that the draft would bind, with what the role would really pay or receive."""
        auction = view.agenda.pattern_rules
        meant = binding(draft, view)
        if not isinstance(auction, Auction) or not auction.commission or meant is None:
            return ()
        terms = tuple(_burdened(term, auction, view.role) for term in meant.terms)
        if terms == meant.terms:
            return ()
        found = self.mandate(draft.model_copy(update={"act": "propose", "offer": None, "terms": terms}), view)
        return tuple(_said(finding, auction) for finding in found)


def bears_commission(negotiation: Negotiation) -> BearsCommission:
    """Return the guard for the mandates of a negotiation."""
    return BearsCommission(stays_in_mandate(negotiation))


def _burdened(term: Term, auction: Auction, role: RoleName) -> Term:
    if term.issue != auction.price or not isinstance(term, Number):
        return term
    buys = (role == auction.host) == auction.reverse if auction.host is not None else role in auction.bidders
    value = paid(auction, term.value) if buys else received(auction, term.value)
    return term if value == term.value else Number(issue=term.issue, value=value)


def _said(finding: Finding, auction: Auction) -> Finding:
    message = f"with a commission of {exact(auction.commission * 100)} percent, {finding.message}"
    return finding.model_copy(update={"message": message})
