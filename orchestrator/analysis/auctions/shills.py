"""Who drives prices up without ever buying? A bidder that is close to winning all the time, and hardly ever wins.

Two tests. Of two equally strong bidders each is the better one in half of the auctions in which both are the best two; somebody
who ends up there time and again and never wins either wants nothing, or knows just where to stop. And where bids are sealed,
nobody knows how far the best of the others goes: a loser whose bids rise and fall with theirs, lot by lot, was told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.analysis.auctions.anomaly import ALPHA, Anomaly, evidence_of
from orchestrator.analysis.auctions.chance import as_alike, at_most
from orchestrator.analysis.auctions.seen import Bidding, Seen
from orchestrator.messages.clearing import is_better
from orchestrator.messages.value import RoleName

__all__ = ["shills"]

_EVEN = 0.5
"""How often an honest bidder among the best two is the best."""
_FEWEST = 8
"""Sealed auctions that a likeness of bids needs to show."""


def shills(auctions: Sequence[Bidding]) -> Iterator[Anomaly]:
    """Yield a finding for each bidder that is close to winning far more often than it wins."""
    bidders = tuple(dict.fromkeys(role for each in auctions for role in each.auction.bidders))
    for role in bidders:
        tests = [found for found in (_never_best(role, auctions), _informed(role, auctions)) if found is not None]
        found = min(tests, key=lambda test: test.chance, default=None)
        if found is not None and found.chance <= ALPHA / len(bidders) / max(1, len(tests)):
            yield found


def _never_best(role: RoleName, auctions: Sequence[Bidding]) -> Anomaly | None:
    close = [each for each in auctions if role in _ranked(each)[:2]]
    wins = sum(_ranked(each)[0] == role for each in close)
    if not close or _opens(role, close):
        return None
    message = (
        f"{role!r} was among the best two bidders in {len(close)} of {len(auctions)} auctions and had the best bid in {wins}: "
        "an honest one would have it in about half"
    )
    chance = at_most(wins, len(close), _EVEN)
    return Anomaly(code="auction.shill", who=(role,), chance=chance, message=message, evidence=evidence_of(_bests(role, close)))


def _informed(role: RoleName, auctions: Sequence[Bidding]) -> Anomaly | None:
    """Test whether a bidder's sealed bids follow the best of the others, beyond what the lots have in common."""
    known = [each for each in auctions if each.auction.is_sealed and role in each.best_by() and len(each.best_by()) > 2]
    wins = sum(_ranked(each)[0] == role for each in known)
    if len(known) < _FEWEST or wins * sum(len(each.best_by()) for each in known) > len(known) ** 2:
        return None
    own = [float(each.best_by()[role]) for each in known]
    best = [float(each.best_by()[_rival(role, each)]) for each in known]
    rest = [_rest(role, each) for each in known]
    message = (
        f"the sealed bids of {role!r} rise and fall with the best of the others' in {len(known)} auctions, of which it won "
        f"{wins}: it knows how far they go"
    )
    chance = as_alike(own, best, rest)
    return Anomaly(code="auction.shill", who=(role,), chance=chance, message=message, evidence=evidence_of(_bests(role, known)))


def _ranked(bidding: Bidding) -> tuple[RoleName, ...]:
    """Return who bid, the best first; nobody where one bid alone."""
    best = bidding.best_by()
    ranked = sorted(best, key=lambda role: best[role], reverse=not bidding.auction.reverse)
    return tuple(ranked) if len(ranked) > 1 else ()


def _rival(role: RoleName, bidding: Bidding) -> RoleName:
    return next(other for other in _ranked(bidding) if other != role)


def _rest(role: RoleName, bidding: Bidding) -> float:
    """Return what all others but the best of them bid on average: how much the lot is worth to anybody."""
    others = [float(price) for other, price in bidding.best_by().items() if other not in (role, _rival(role, bidding))]
    return sum(others) / len(others)


def _opens(role: RoleName, auctions: Sequence[Bidding]) -> bool:
    """Return whether the bidder begins an open auction now and then, as one does who wants the lot."""
    openings = [next((bid.role for bid in each.bids), None) for each in auctions if each.auction.form == "ascending"]
    return openings.count(role) > len(openings) // 4


def _bests(role: RoleName, auctions: Sequence[Bidding]) -> Iterator[tuple[Bidding, Seen]]:
    """Yield the best bid of a bidder in each auction; of equal ones the last."""
    for bidding in auctions:
        best: Seen | None = None
        for bid in bidding.bids:
            if bid.role == role and not _is_behind(bidding, bid, best):
                best = bid
        if best is not None:
            yield bidding, best


def _is_behind(bidding: Bidding, bid: Seen, best: Seen | None) -> bool:
    if best is None or best.price is None or bid.price is None:
        return False
    return is_better(bidding.auction, best.price, bid.price)
