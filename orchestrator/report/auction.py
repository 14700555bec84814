"""What did an auction bring, and was anything unusual in its bids? Its measure in words and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.analysis.auctions import Anomaly, Bidding, Evidence
from orchestrator.messages.clearing import paid, received
from orchestrator.messages.terms import exact
from orchestrator.report.clean import clean
from orchestrator.report.figures import amount, plural
from orchestrator.report.printed import Json

__all__ = ["Brought", "anomaly_json", "anomaly_lines", "bidding_json", "brought", "brought_line", "total_line"]

_SHOWN = 6
"""Bids of a finding that are printed; JSON has them all."""
_RARE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The measure of one auction."""

    bids: int
    """Bidders who bid at all."""
    best: Decimal | None
    second: Decimal | None
    gain: Decimal | None
    """How far the price lies on the host's side of the reserve; None without a sale or without a reserve."""


def brought(bidding: Bidding) -> Brought:
    """Return what an auction brought."""
    auction = bidding.auction
    prices = sorted(bidding.best_by().values(), reverse=not auction.reverse)
    gain = None
    if bidding.price is not None and auction.reserve is not None:
        gain = auction.reserve - bidding.price if auction.reverse else bidding.price - auction.reserve
    return Brought(
        bids=len(prices),
        best=prices[0] if prices else None,
        second=prices[1] if len(prices) > 1 else None,
        gain=gain,
    )


def brought_line(bidding: Bidding) -> str:
    """Return the measure of an auction in one sentence."""
    auction, found = bidding.auction, brought(bidding)
    if bidding.price is None or bidding.winner is None:
        return f"Nothing {'bought' if auction.reverse else 'sold'}: {_unsold(bidding, found)}."
    head = f"{'Bought from' if auction.reverse else 'Sold to'} {bidding.winner} at {amount(bidding.price)}"
    parts = [head]
    if found.gain is not None:
        parts.append(f"{amount(found.gain)} {'saved against' if auction.reverse else 'above'} the reserve")
    if found.best is not None:
        second = f", the second {amount(found.second)}" if found.second is not None else ""
        parts.append(f"the best of {found.bids} {plural(found.bids, 'bid')} was {amount(found.best)}{second}")
    if auction.commission:
        both = f"{amount(paid(auction, bidding.price))} is paid and {amount(received(auction, bidding.price))} received"
        parts.append(f"with a commission of {exact(auction.commission * 100)} percent {both}")
    return clean("; ".join(parts) + ".", 600)


def total_line(held: Sequence[Bidding]) -> str:
    """Return what a row of auctions brought together."""
    sold = [bidding for bidding in held if bidding.price is not None]
    gains = [found.gain for bidding in sold if (found := brought(bidding)).gain is not None]
    total = sum((bidding.price for bidding in sold if bidding.price is not None), Decimal(0))
    gain = f", {amount(sum(gains, Decimal(0)))} better than the reserves" if gains else ""
    return f"{len(held)} {plural(len(held), 'auction')}, {len(sold)} awarded for {amount(total)} in all{gain}."


def bidding_json(bidding: Bidding) -> dict[str, Json]:
    """Return the measure of an auction for machines."""
    found = brought(bidding)
    return {
        "session": bidding.session,
        "form": bidding.auction.form,
        "reverse": bidding.auction.reverse,
        "winner": bidding.winner,
        "price": _figure(bidding.price),
        "reserve": _figure(bidding.auction.reserve),
        "bids": found.bids,
        "best": _figure(found.best),
        "second": _figure(found.second),
        "gain": _figure(found.gain),
        "paid": _figure(None if bidding.price is None else paid(bidding.auction, bidding.price)),
        "received": _figure(None if bidding.price is None else received(bidding.auction, bidding.price)),
    }


def anomaly_json(anomaly: Anomaly) -> dict[str, Json]:
    """Return a finding with all its evidence."""
    return {
        "code": anomaly.code,
        "who": list(anomaly.who),
        "chance": float(f"{anomaly.chance:.3g}"),
        "message": anomaly.message,
        "evidence": [
            {"session": bid.session, "entry": bid.entry, "role": bid.role, "price": exact(bid.price), "round": bid.round}
            for bid in anomaly.evidence
        ],
    }


def anomaly_lines(anomaly: Anomaly) -> Iterator[str]:
    """Yield a finding for a person: what was found, how likely it is of honest bidders, and the first bids that show it."""
    yield clean(f"{anomaly.code}: {anomaly.message} (by chance {_odds(anomaly.chance)})", 600)
    for bid in anomaly.evidence[:_SHOWN]:
        yield f"  {_bid(bid)}"
    if len(anomaly.evidence) > _SHOWN:
        yield f"  and {len(anomaly.evidence) - _SHOWN} more; --json has them all"


def _unsold(bidding: Bidding, found: Brought) -> str:
    reserve = bidding.auction.reserve
    if found.best is None:
        return "nobody bid" + ("" if reserve is None else f"; the reserve is {amount(reserve)}")
    best = f"the best of {found.bids} {plural(found.bids, 'bid')} was {amount(found.best)}"
    return best + ("" if reserve is None else f", and the reserve is {amount(reserve)}")


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else exact(value)


def _odds(chance: float) -> str:
    return f"about 1 in {round(1 / chance):,}" if chance > _RARE else "less than 1 in 1,000,000,000"


def _bid(bid: Evidence) -> str:
    return clean(f"{bid.role} bid {amount(bid.price)} in round {bid.round} of {bid.session}, entry {bid.entry}", 200)
