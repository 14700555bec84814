"""What is a role told of an auction? Its rules, once, and in every turn where the bidding stands."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import Bid, best_of, called, least_next
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Number, exact, spoken
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["auction_lines", "bidding_line"]

_FORMS = {
    "first_price": "Sealed bids: nobody sees another's before the bidding is closed. The {best} bid wins, at its own price.",
    "second_price": (
        "Sealed bids: nobody sees another's before the bidding is closed. The {best} bid wins, and its price is the second "
        "best one, or the reserve where nobody else reaches it. So your bid decides whether you win, not what the price is: "
        "the bid that serves you best is what it is worth to you."
    ),
    "ascending": "Open bids: each must be {better} than the best one by {step} at least. The best bid wins, at its own price.",
    "descending": "A clock: the price begins at {start} and {moves} by {step} a round. The first bid at the called price wins.",
    "double": "A book of orders: buyers and sellers name prices. When two meet they trade, at the price that stood first.",
}


def auction_lines(negotiation: Negotiation, role: RoleName) -> str:
    """Return the rules of the auction as a list, as one role may know them; `- none` in a talk that is none."""
    auction = negotiation.pattern_rules
    if not isinstance(auction, Auction):
        return "- none"
    return "\n".join(f"- {line}" for line in _rules(auction, role))


def bidding_line(view: View, auction: Auction) -> str:
    """Return where the bidding stands, as the role of the view may see it."""
    if view.step is not None and view.step.name == "closed":
        return f"bidding: {view.step.says}"
    last = min(auction.rounds, view.agenda.stop.rounds)
    place = f"bidding: round {view.round} of {last}"
    if auction.form == "descending":
        price = called(auction, view.round)
        return f"{place}; the clock calls {'nothing any more' if price is None else exact(price)}"
    if auction.form != "ascending":
        return place
    best = _best(view, auction)
    least = least_next(auction, best.price if best else None)
    stands = f"{best.role} leads with {exact(best.price)}" if best else "nobody has bid"
    bound = "at most" if auction.reverse else "at least"
    return f"{place}; {stands}" + ("" if least is None else f"; the next bid must be {bound} {exact(least)}")


def _rules(auction: Auction, role: RoleName) -> Iterator[str]:
    down = auction.reverse
    yield _FORMS[auction.form].format(
        best="lowest" if down else "highest",
        better="lower" if down else "higher",
        step=exact(auction.increment),
        start=exact(auction.start or Decimal(0)),
        moves="rises" if down else "falls",
    )
    yield from _parties(auction)
    if auction.lot:
        lot = ", ".join(f"{term.issue} {spoken(term)}" for term in auction.lot)
        yield f"The lot is the same for everybody: {lot}. A bid repeats these values and changes none of them."
    if auction.reserve is not None and (role == auction.host or not auction.secret_reserve):
        known = " Only you know it." if auction.secret_reserve else ""
        yield f"The reserve is {exact(auction.reserve)}: nothing {'above' if down else 'below'} it wins.{known}"
    elif auction.secret_reserve:
        yield "There is a reserve that only the host knows."
    yield from _closing(auction)
    if auction.commission:
        who = "the host" if auction.commission_by == "host" else "the winner"
        yield f"A commission of {exact(auction.commission * 100)} percent of the price is borne by {who}."


def _parties(auction: Auction) -> Iterator[str]:
    if auction.host is None:
        yield f"Buyers: {', '.join(auction.bidders)}. Sellers: {', '.join(auction.sellers)}."
        named = f"a buyer names itself in {auction.winner} and leaves {auction.seller} open, a seller the other way round"
        yield f"Orders are made on {auction.price}; {named}."
    else:
        yield f"{auction.host} {'buys' if auction.reverse else 'sells'}. Bidders: {', '.join(auction.bidders)}."
        yield f"Bids are made on {auction.price}; {auction.winner} names the bidder itself."


def _closing(auction: Auction) -> Iterator[str]:
    rounds = f"after {auction.rounds} {'round' if auction.rounds == 1 else 'rounds'}"
    quiet = f", or after {auction.quiet} without a bid" if auction.quiet else ""
    yield f"Bidding closes {rounds}{quiet}. Then code computes winner and price; the two sides are bound, nobody else."
    if auction.soft_close:
        yield f"A bid in the last {auction.soft_close} of them moves the closing as many rounds beyond it."
    yield f"Equal bids: {'the earliest' if auction.tie == 'earliest' else 'a lot'} decides."


def _best(view: View, auction: Auction) -> Bid | None:
    return best_of(
        auction,
        (
            Bid(role=offer.sender, price=term.value, place=offer.turn)
            for offer in view.offers
            for term in offer.terms
            if offer.sender in auction.bidders and term.issue == auction.price and isinstance(term, Number)
        ),
    )
