"""Is this a bid that the auction takes? By a bidder, for itself, for the lot as it is, in time, and by the legal step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from guards.patterns.commission import BearsCommission, bears_commission
from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import Bid, best_of, called, is_better, lands, least_next
from orchestrator.messages.draft import Act, Draft
from orchestrator.messages.finding import Finding, Kind
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Number, Terms, exact, spoken
from orchestrator.messages.value import IssueName
from orchestrator.messages.view import View

__all__ = ["BidsByTheRules", "bids_by_the_rules"]


@dataclass(frozen=True, slots=True)
class BidsByTheRules:
    """Refuses what an auction does not take, and prices that with its commission break a mandate."""

    bears: BearsCommission

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge a draft by the rules of turns, and whatever terms it binds by what is really paid or received."""
        auction = view.agenda.pattern_rules
        if not isinstance(auction, Auction):
            return ()
        return (*_by_the_rules(draft, view, auction), *self.bears(draft, view))


def bids_by_the_rules(negotiation: Negotiation) -> BidsByTheRules:
    """Return the guard for the auction of a negotiation."""
    return BidsByTheRules(bears_commission(negotiation))


def _by_the_rules(draft: Draft, view: View, auction: Auction) -> tuple[Finding, ...]:
    if view.on_agreement:
        return ()
    allowed = auction.acts_of(view.role)
    if draft.act not in allowed:
        return (_act(draft, view, allowed),)
    if draft.act != "propose":
        return ()
    return (*_form(draft, view, auction), *_figure(draft, view, auction))


def _act(draft: Draft, view: View, allowed: tuple[Act, ...]) -> Finding:
    listed = ", ".join(allowed)
    message = f"in this auction {view.role!r} may {listed}, not {draft.act!r}; bids bind, and code awards the lot to the best"
    return _finding("act", "authority", "act", draft.act, message, listed)


def _form(draft: Draft, view: View, auction: Auction) -> Iterator[Finding]:
    if view.step is not None and view.step.name == "closed":
        yield _finding("closed", "history", "act", draft.act, "bidding is closed", "inform")
    if draft.expires is not None:
        message = "a bid stands until the bidding is closed or a new one takes its place"
        yield _finding("expires", "shape", "expires", str(draft.expires), message, "a bid without 'expires'")
    named = {term.issue: spoken(term) for term in draft.terms}
    yield from _names(named, view, auction)
    lot = {term.issue: spoken(term) for term in auction.lot}
    for issue, value in named.items():
        if issue in lot and value != lot[issue]:
            message = f"{issue} is {lot[issue]} for everybody; a bid can't change what is auctioned"
            yield _finding("lot", "terms", f"terms.{issue}", value, message, lot[issue])


def _names(named: dict[IssueName, str], view: View, auction: Auction) -> Iterator[Finding]:
    own, other = (auction.seller, auction.winner) if view.role in auction.sellers else (auction.winner, auction.seller)
    for issue in view.agenda.issues:
        value = named.get(issue.name)
        if issue.name == other:
            if value is not None:
                message = f"{issue.name} follows from whose order meets yours; leave it open"
                yield _finding("winner", "authority", f"terms.{issue.name}", value, message, "no value")
        elif value is None:
            message = f"a bid has a value for every issue; {issue.name} is open"
            yield _finding("open", "terms", "terms", issue.name, message, f"a value for {issue.name}")
        elif issue.name == own and value != view.role:
            message = f"a bidder bids for itself: {issue.name} must be {view.role!r}, not {value!r}"
            yield _finding("winner", "authority", f"terms.{issue.name}", value, message, view.role)


def _figure(draft: Draft, view: View, auction: Auction) -> Iterator[Finding]:
    price = _price(draft.terms, auction)
    if price is None or auction.form == "double":
        return
    if not auction.secret_reserve and auction.form != "descending" and not lands(auction, price):
        yield _priced("reserve", auction, price, f"the reserve is {exact(auction.reserve or Decimal(0))}", auction.reserve)
    if auction.form == "descending":
        yield from _off_clock(price, view, auction)
    elif auction.form == "ascending":
        yield from _short(price, view, auction)


def _off_clock(price: Decimal, view: View, auction: Auction) -> Iterator[Finding]:
    now = called(auction, view.round)
    if price != now:
        said = "nothing any more" if now is None else exact(now)
        yield _priced("clock", auction, price, f"the clock calls {said}: take it, or wait", now)


def _short(price: Decimal, view: View, auction: Auction) -> Iterator[Finding]:
    bids = [_bid(offer, auction) for offer in view.offers]
    best = best_of(auction, (bid for bid in bids if bid is not None))
    if best is not None and best.role == view.role:
        yield _priced("leading", auction, price, f"your own bid of {exact(best.price)} leads; don't bid against yourself", None)
        return
    least = least_next(auction, best.price if best else None)
    if least is not None and is_better(auction, least, price):
        stands = f"{best.role} stands at {exact(best.price)}" if best else "bidding begins there"
        bound = "at most" if auction.reverse else "at least"
        yield _priced("increment", auction, price, f"the next bid must be {bound} {exact(least)}: {stands}", least)


def _bid(offer: Offer, auction: Auction) -> Bid | None:
    price = _price(offer.terms, auction) if offer.sender in auction.bidders else None
    return None if price is None else Bid(role=offer.sender, price=price, place=offer.turn, offer=offer.id)


def _price(terms: Terms, auction: Auction) -> Decimal | None:
    return next((term.value for term in terms if term.issue == auction.price and isinstance(term, Number)), None)


def _priced(code: str, auction: Auction, price: Decimal, message: str, allowed: Decimal | None) -> Finding:
    return _finding(code, "policy", f"terms.{auction.price}", exact(price), message, "" if allowed is None else exact(allowed))


def _finding(  # noqa: PLR0917 - the fields of a finding, in their order
    code: str, kind: Kind, path: str, words: str, message: str, allowed: str
) -> Finding:
    return Finding(
        code=f"auction.{code}", kind=kind, severity="refuse", path=path, words=words, message=message, allowed=allowed
    )
