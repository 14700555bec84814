"""Who trades, who pays, who is paid? What a design makes of one buyer and one seller who meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from orchestrator.analysis.mechanisms.market import Floats, Market
from orchestrator.analysis.mechanisms.reports import Reports

__all__ = ["Deal", "Rule", "auction", "best_posted", "best_subsidised", "pivot", "pooled", "posted", "split"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deal:
    """What happens to each pair, in arrays of one shape."""

    trades: npt.NDArray[np.bool_]
    pays: Floats
    """By the buyer to the platform; below 0 the buyer is paid."""
    gets: Floats
    """By the seller from the platform."""
    buyer_expects: Floats
    """What taking part is worth to the buyer when it decides, knowing its own value."""
    seller_expects: Floats


Rule: TypeAlias = Callable[[Floats, Floats], Deal]
"""From what the thing is worth to each pair, to what happens to them."""

_EQUAL = 1e-12
"""Gains that differ by a smaller share of the top price are equal."""


def posted(price: float, wage: float) -> Rule:
    """Return the rule by which buyers pay one price and sellers get another, and whoever likes takes it."""

    def rule(values: Floats, costs: Floats) -> Deal:
        trades = (values >= price) & (costs <= wage)
        return _deal(values, costs, trades, np.full_like(values, price), np.full_like(values, wage))

    return rule


def best_posted(market: Market) -> float:
    """Return the one price that gains most; of several the middle one."""
    if market.is_uniform:
        return 1 / 2
    prices = np.unique(np.concatenate((market.buyers, market.sellers)))
    sold, cost = _below(market.sellers, prices)
    bought, worth = _above(market.buyers, prices)
    gains = worth * sold - cost * bought
    best = np.flatnonzero(gains >= gains.max() - _EQUAL * market.top)
    return float(prices[best[len(best) // 2]])


def best_subsidised(market: Market) -> tuple[float, float]:
    """Return the buyers' price and the sellers' wage that gain most; they are one where one price gains as much."""
    if market.is_uniform:
        return 1 / 3, 2 / 3
    bought, worth = _above(market.buyers, market.buyers)
    sold, cost = _below(market.sellers, market.sellers)
    gains = worth[:, None] * sold[None, :] - cost[None, :] * bought[:, None]
    row, column = np.unravel_index(np.argmax(gains), gains.shape)
    one = best_posted(market)
    (likely, bought_at), (offered, sold_at) = _above(market.buyers, np.array([one])), _below(market.sellers, np.array([one]))
    if float((bought_at * offered - sold_at * likely)[0]) >= gains[row, column] - _EQUAL * market.top:
        return one, one
    return float(market.buyers[row]), float(market.sellers[column])


def auction(market: Market, *, commission: float, premium: float) -> Rule:
    """Return the rule of an auction whose seller names the reserve that earns it most.

    The seller gives up a commission of the hammer price, the buyer pays a premium on it. With one bidder the hammer falls
    at the reserve; the bidder does best to bid what the thing is worth to it.
    """
    reserves = market.buyers / (1 + premium)
    likely = np.arange(len(reserves), 0, -1) / len(reserves)

    def rule(values: Floats, costs: Floats) -> Deal:
        hammer = _reserve(costs, market.top)
        trades = values >= hammer * (1 + premium)
        return _deal(values, costs, trades, hammer * (1 + premium), hammer * (1 - commission))

    def _reserve(costs: Floats, top: float) -> Floats:
        if market.is_uniform:
            keep = costs / (1 - commission)
            return np.maximum((1 / (1 + premium) + keep) / 2, keep)
        known = market.sellers
        earned = (reserves[None, :] * (1 - commission) - known[:, None]) * likely[None, :]
        best = np.argmax(earned, axis=1)
        chosen = np.where(earned[np.arange(len(known)), best] >= 0, reserves[best], top + 1)
        return np.interp(costs, known, chosen)

    return rule


def pivot(market: Market) -> Rule:
    """Return the rule by which each side pays or gets what its report changes for the other: truth is always best."""

    def rule(values: Floats, costs: Floats) -> Deal:
        return _deal(
            values, costs, values >= costs, np.maximum(costs, market.least_bought), np.minimum(values, market.most_sold)
        )

    return rule


def split(market: Market, said: Reports) -> Rule:
    """Return the rule by which a bid that reaches the ask trades at the middle of the two."""

    def rule(values: Floats, costs: Floats) -> Deal:
        bids = np.interp(values, market.buyers, said.bids)
        asks = np.interp(costs, market.sellers, said.asks)
        middle = (bids + asks) / 2
        return _deal(values, costs, bids >= asks, middle, middle)

    return rule


def pooled(market: Market) -> Rule:
    """Return the rule of a fund into which all must pay: each gets what its report is expected to bring to the other.

    This is d'Aspremont and Gerard-Varet's design: nothing is lost, nobody gains by a lie, and money only changes sides; but
    whoever must buy or sell badly would rather stay away. The side payment that evens out the worst place of both sides is
    in it.
    """
    worth_if = _above(market.buyers, market.sellers)[1]
    cost_if = _below(market.sellers, market.buyers)[1]
    bought_if = _above(market.buyers, market.sellers)[0]
    sold_if = _below(market.sellers, market.buyers)[0]
    mean_worth, mean_cost = float(np.mean(worth_if)), float(np.mean(cost_if))
    hopes_buying = market.buyers * sold_if - cost_if - mean_worth
    hopes_selling = worth_if - market.sellers * bought_if + mean_cost
    even = (float(np.min(hopes_selling)) - float(np.min(hopes_buying))) / 2

    def rule(values: Floats, costs: Floats) -> Deal:
        pays = np.interp(values, market.buyers, cost_if) + np.interp(costs, market.sellers, worth_if) - even
        return Deal(
            trades=values >= costs,
            pays=pays,
            gets=pays,
            buyer_expects=np.interp(values, market.buyers, hopes_buying + even),
            seller_expects=np.interp(costs, market.sellers, hopes_selling - even),
        )

    return rule


def _deal(values: Floats, costs: Floats, trades: npt.NDArray[np.bool_], pays: Floats, gets: Floats) -> Deal:
    """Return a deal in which money flows only where there is trade, and all that is expected is what happens."""
    pays, gets = np.where(trades, pays, 0.0), np.where(trades, gets, 0.0)
    return Deal(
        trades=trades,
        pays=pays,
        gets=gets,
        buyer_expects=np.where(trades, values - pays, 0.0),
        seller_expects=np.where(trades, gets - costs, 0.0),
    )


def _above(values: Floats, bounds: Floats) -> tuple[Floats, Floats]:
    """Return how likely a value reaches each bound, and the mean of the values that do, times that."""
    first = np.searchsorted(values, bounds, side="left")
    sums = np.append(np.cumsum(values[::-1])[::-1], 0.0)
    return (len(values) - first) / len(values), sums[first] / len(values)


def _below(values: Floats, bounds: Floats) -> tuple[Floats, Floats]:
    """Return how likely a value stays within each bound, and the mean of the values that do, times that."""
    after = np.searchsorted(values, bounds, side="right")
    sums = np.append(0.0, np.cumsum(values))
    return after / len(values), sums[after] / len(values)
