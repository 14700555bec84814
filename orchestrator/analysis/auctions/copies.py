"""Who follows one other bidder? In open auctions by answering that one alone; in sealed ones by a price that is too near.

In an open auction an honest bidder answers whoever leads, as long as it can pay. One who answers a single rival, by the least
step, and lets all others lead, follows that rival. Only turns count in which it had joined already and could still pay the
next bid, as its own later bids show. In a sealed auction nobody sees another's price, so one that lies within a step or two of
it, later, and time and again, was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from orchestrator.analysis.auctions.anomaly import ALPHA, Anomaly, evidence_of
from orchestrator.analysis.auctions.chance import at_least, overlap_at_least
from orchestrator.analysis.auctions.seen import Bidding, Seen
from orchestrator.messages.clearing import is_better, least_next
from orchestrator.messages.value import RoleName

__all__ = ["copies"]

_LEAST_STEPS = 0.8
"""The share of a follower's bids that are made by the least step."""
_FEWEST = 4
"""Turns with the rival in the lead, or sealed auctions of both, below which nothing is said."""
_NEAR = 1
"""Steps of the grid between a sealed bid and its copy, at most."""


def copies(auctions: Sequence[Bidding]) -> Iterator[Anomaly]:
    """Yield a finding for each bidder that follows another one."""
    bidders = tuple(dict.fromkeys(role for each in auctions for role in each.auction.bidders))
    pairs = tuple(permutations(bidders, 2))
    for role, of in pairs:
        tests = (_following(role, of, auctions), _stopping(role, of, auctions), _matching(role, of, auctions))
        found = min((test for test in tests if test is not None), key=lambda test: test.chance, default=None)
        if found is not None and found.chance <= ALPHA / len(pairs) / len(tests):
            yield found


def _following(role: RoleName, of: RoleName, auctions: Sequence[Bidding]) -> Anomaly | None:
    turns = [turn for each in auctions if each.auction.form == "ascending" for turn in _answers(role, each)]
    theirs = [(bidding, turn) for bidding, turn in turns if turn.leader == of]
    bids = [(bidding, turn) for bidding, turn in turns if turn.price is not None]
    copied = [(bidding, turn) for bidding, turn in theirs if turn.price is not None]
    if len(theirs) < _FEWEST or len(theirs) == len(turns) or not bids:
        return None
    least = sum(turn.price == least_next(bidding.auction, turn.best) for bidding, turn in copied)
    if least < _LEAST_STEPS * len(bids):
        return None
    chance = overlap_at_least(len(copied), len(theirs), len(bids), len(turns))
    others = len(bids) - len(copied)
    message = (
        f"{role!r} answered {of!r} in {len(copied)} of {len(theirs)} turns, {least} times by the least step, and all others in "
        f"{others} of {len(turns) - len(theirs)}"
    )
    return Anomaly(code="auction.copying", who=(role,), chance=chance, message=message, evidence=evidence_of(copied))


def _stopping(role: RoleName, of: RoleName, auctions: Sequence[Bidding]) -> Anomaly | None:
    """Test whether a bidder stops where its rival stops, though others go on and it could have answered them."""
    known = [each for each in auctions if each.auction.form == "ascending" and _goes_on(role, of, each)]
    stops = [pair for each in known for pair in _last_answer(role, of, each)]
    if len(stops) < _FEWEST:
        return None
    levels = [max(2, sum(bid.role == role for bid in each.bids)) for each in known]
    chance = at_least(len(stops), len(known), sum(1 / level for level in levels) / len(levels))
    message = (
        f"{role!r} bid last in answer to the last bid of {of!r} in {len(stops)} of {len(known)} auctions, and let others go on"
    )
    return Anomaly(code="auction.copying", who=(role,), chance=chance, message=message, evidence=evidence_of(stops))


def _goes_on(role: RoleName, of: RoleName, bidding: Bidding) -> bool:
    """Return whether both bid, and the bidder had turns with another in the lead after the rival's last bid."""
    last = max((bid.entry for bid in bidding.bids if bid.role == of), default=None)
    if last is None or all(bid.role != role for bid in bidding.bids):
        return False
    return any(turn.role == role and turn.entry > last and turn.leader not in (of, role) for turn in bidding.turns)


def _last_answer(role: RoleName, of: RoleName, bidding: Bidding) -> Iterator[tuple[Bidding, Seen]]:
    """Yield the bidder's last bid where it answers the rival's last one."""
    own = [bid for bid in bidding.bids if bid.role == role]
    theirs = [bid for bid in bidding.bids if bid.role == of]
    if own[-1].leader == of and own[-1].best == theirs[-1].price and own[-1].price == least_next(bidding.auction, own[-1].best):
        yield bidding, own[-1]


def _answers(role: RoleName, bidding: Bidding) -> Iterator[tuple[Bidding, Seen]]:
    """Yield the turns in which a bidder could have answered whoever led."""
    own = bidding.best_by().get(role)
    joined = False
    for turn in bidding.turns:
        if turn.role != role or turn.leader in (None, role):
            joined = joined or (turn.role == role and turn.price is not None)
            continue
        joined = joined or turn.price is not None
        asked = least_next(bidding.auction, turn.best)
        if joined and own is not None and asked is not None and not is_better(bidding.auction, asked, own):
            yield bidding, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    near: bool
    chance: float
    bids: tuple[tuple[Bidding, Seen], ...]


def _matching(role: RoleName, of: RoleName, auctions: Sequence[Bidding]) -> Anomaly | None:
    matches = [match for each in auctions if each.auction.is_sealed for match in _matches(role, of, each)]
    near = [match for match in matches if match.near]
    if len(near) < _FEWEST:
        return None
    chance = at_least(len(near), len(matches), max(match.chance for match in matches))
    message = f"{role!r} bid within a step of {of!r}, after it, in {len(near)} of {len(matches)} sealed auctions"
    bids = (pair for match in near for pair in match.bids)
    return Anomaly(code="auction.copying", who=(role,), chance=chance, message=message, evidence=evidence_of(bids))


def _matches(role: RoleName, of: RoleName, bidding: Bidding) -> Iterator[_Match]:
    own = next((bid for bid in reversed(bidding.bids) if bid.role == role), None)
    other = next((bid for bid in reversed(bidding.bids) if bid.role == of), None)
    if own is None or other is None or own.price is None or other.price is None:
        return
    prices = bidding.best_by().values()
    spread = (max(prices) - min(prices)) / bidding.step
    near = own.entry > other.entry and abs(own.price - other.price) <= _NEAR * bidding.step
    yield _Match(near=near, chance=_by_chance(spread), bids=((bidding, other), (bidding, own)))


def _by_chance(spread: Decimal) -> float:
    """Return how often two bids among so many steps lie so near; half of the time even where all bids are alike."""
    return min(0.5, float((2 * _NEAR + 1) / (spread + 1)))
