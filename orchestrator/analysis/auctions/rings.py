"""Who takes turns? Bidders of whom in each auction one goes for the lot, and the others stay away or only cover it.

How far a bidder goes, from where bidding begins, is its own matter, and of two honest ones the lesser is seldom far behind,
nor always. In a ring it always is, and who is ahead changes from auction to auction. The test compares how often all but one
of a group are far behind with how often that is so among the bidders outside of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from math import prod

from orchestrator.analysis.auctions.anomaly import ALPHA, Anomaly, evidence_of
from orchestrator.analysis.auctions.chance import at_least
from orchestrator.analysis.auctions.seen import Bidding, Seen
from orchestrator.messages.clearing import is_better, least_next
from orchestrator.messages.value import RoleName

__all__ = ["rings"]

_MOST_MEMBERS = 4
_FEWEST = 6
"""Auctions that a pattern of turns needs to show."""
_TURN = 0.15
"""The share of auctions in which each member is the one ahead."""
_COVER = Decimal("0.4")
"""How far a cover bid goes at most, of the way of the one that it covers."""
_PAIR = 2
_EVEN = 0.5
"""How often one of two is far behind, where nobody else is there to compare them with."""


def rings(auctions: Sequence[Bidding]) -> Iterator[Anomaly]:
    """Yield a finding for each group of bidders that takes turns; of groups that share members the most unusual one."""
    ways = [_ways(each) for each in auctions if each.bids]
    known = [each for each in auctions if each.bids]
    bidders = tuple(dict.fromkeys(role for each in known for role in each.auction.bidders))
    if len(known) < _FEWEST:
        return
    groups = [group for size in range(2, _MOST_MEMBERS + 1) for group in combinations(bidders, size)]
    is_open = any(not each.auction.is_sealed for each in known)
    found = sorted((_chance(group, ways, bidders, is_open=is_open), group) for group in groups)
    named: set[RoleName] = set()
    for chance, group in found:
        if chance <= ALPHA / len(groups) and named.isdisjoint(group):
            named |= {*group}
            yield _anomaly(group, chance, known, ways)


def _ways(bidding: Bidding) -> Mapping[RoleName, Decimal]:
    """Return how far each bidder went from where bidding begins; nothing for those who stayed away."""
    best = bidding.best_by()
    least = max(best.values()) if bidding.auction.reverse else min(best.values())
    known = least_next(bidding.auction, None)
    floor = least if known is None or is_better(bidding.auction, known, least) else known
    return {role: abs(best[role] - floor) + bidding.step if role in best else Decimal(0) for role in bidding.auction.bidders}


def _ahead(group: tuple[RoleName, ...], ways: Mapping[RoleName, Decimal]) -> RoleName | None:
    """Return the one member that all others of the group are far behind; None where there is none."""
    ranked = sorted(group, key=lambda role: ways.get(role, Decimal(0)), reverse=True)
    first, second = (ways.get(role, Decimal(0)) for role in ranked[:2])
    return ranked[0] if first > 0 and second <= first * _COVER else None


def _chance(
    group: tuple[RoleName, ...], ways: Sequence[Mapping[RoleName, Decimal]], bidders: tuple[RoleName, ...], *, is_open: bool
) -> float:
    """Return how unusual a group is. In an open auction who comes late finds the price too high already, and is far behind.

    So there it must also be unlikely that each member went for the lot by itself.
    """
    counts = _counts(group, ways)
    if min(counts) < _TURN * len(ways):
        return 1.0
    seen = _in_turns(counts)
    unlike_others = at_least(seen, len(ways), _usual(group, ways, bidders))
    return max(unlike_others, _dependence(group, ways)) if is_open else unlike_others


def _counts(group: tuple[RoleName, ...], ways: Sequence[Mapping[RoleName, Decimal]]) -> tuple[int, ...]:
    """Return for each member in how many auctions all others were far behind it."""
    ahead = [_ahead(group, each) for each in ways]
    return tuple(ahead.count(role) for role in group)


def _in_turns(counts: tuple[int, ...]) -> int:
    """Return in how many auctions turns were taken: of two equally often, of more none above twice as often as another."""
    least = min(counts)
    return 2 * least if len(counts) == _PAIR else sum(min(count, 2 * least) for count in counts)


def _dependence(group: tuple[RoleName, ...], ways: Sequence[Mapping[RoleName, Decimal]]) -> float:
    """Return how often exactly one would go for the lot so many times, if each member did as often as it did, but by itself."""
    goes = {role: [each.get(role, Decimal(0)) > max(each.values()) * _COVER for each in ways] for role in group}
    shares = {role: sum(flags) / len(ways) for role, flags in goes.items()}
    alone = sum(shares[one] * prod(1 - shares[other] for other in group if other != one) for one in group)
    seen = sum(sum(goes[role][place] for role in group) == 1 for place in range(len(ways)))
    return at_least(seen, len(ways), min(1.0, alone))


def _usual(group: tuple[RoleName, ...], ways: Sequence[Mapping[RoleName, Decimal]], bidders: tuple[RoleName, ...]) -> float:
    """Return how often one of two bidders outside of the group is far behind the other, as far as they take turns in it."""
    pairs = tuple(combinations([role for role in bidders if role not in group], 2))
    if not pairs:
        return _EVEN
    seen = sum(_in_turns(_counts(pair, ways)) for pair in pairs)
    return (seen + 1) / (len(pairs) * len(ways) + 2)


def _anomaly(
    group: tuple[RoleName, ...], chance: float, auctions: Sequence[Bidding], ways: Sequence[Mapping[RoleName, Decimal]]
) -> Anomaly:
    places = [place for place, each in enumerate(ways) if _ahead(group, each) is not None]
    names = " and ".join(map(repr, group))
    return Anomaly(
        code="auction.ring",
        who=group,
        chance=chance,
        message=f"of {names} one alone went for the lot in {len(places)} of {len(auctions)} auctions, and they took turns",
        evidence=evidence_of(pair for place in places for pair in _bids(group, auctions[place])),
    )


def _bids(group: tuple[RoleName, ...], bidding: Bidding) -> Iterator[tuple[Bidding, Seen]]:
    """Yield the last bid of each member."""
    for role in group:
        own = [bid for bid in bidding.bids if bid.role == role]
        if own:
            yield bidding, own[-1]
