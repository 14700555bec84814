"""What do traders say that they would pay or take? The truth, the best answer to a rival, or an equilibrium.

The rule is always the same: trade where the bid is at least the ask, at the middle of the two. Against reports of equal
likelihood a best ask is one of the bids (raising it to the next bid loses no trade and raises the price), and a best bid
is one of the asks, so that all candidates can be compared: figures are exact for the reports that stand for the rival.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestrator.analysis.mechanisms.market import Floats, Market

__all__ = ["Reports", "answers", "equilibrium", "honest", "lie_worth"]

_ROUNDS = 60
"""Of answering each other, ever more slowly, in search of an equilibrium of listed values."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reports:
    """What each buyer bids and each seller asks, in the order of the market's values."""

    bids: Floats
    asks: Floats


def honest(market: Market) -> Reports:
    """Return reports of the true values."""
    return Reports(bids=market.buyers, asks=market.sellers)


def answers(market: Market, rivals: Reports) -> Reports:
    """Return each side's best reports to what the other side says; who cannot gain says the truth."""
    asks, earned = _best_asks(market.sellers, np.sort(rivals.bids))
    bids, saved = _best_bids(market.buyers, np.sort(rivals.asks))
    return Reports(
        bids=np.where(saved > 0, bids, market.buyers),
        asks=np.where(earned > 0, asks, market.sellers),
    )


def equilibrium(market: Market) -> Reports:
    """Return reports from which nobody gains much by departing.

    For uniform values it is Chatterjee and Samuelson's linear equilibrium, exact. For listed values reports are moved
    towards the best answers in ever smaller steps, which need not end in an equilibrium: `lie_worth` says how near it is.
    """
    if market.is_uniform:
        return Reports(
            bids=np.where(market.buyers >= 1 / 4, market.buyers * 2 / 3 + 1 / 12, market.buyers),
            asks=np.where(market.sellers <= 3 / 4, market.sellers * 2 / 3 + 1 / 4, market.sellers),
        )
    found, least = honest(market), np.inf
    said = found
    for step in range(1, _ROUNDS + 1):
        left = max(lie_worth(market, said))
        if left < least:
            found, least = said, left
        better, pace = answers(market, said), 1 / (1 + step / 4)
        said = Reports(bids=said.bids + pace * (better.bids - said.bids), asks=said.asks + pace * (better.asks - said.asks))
    return found


def lie_worth(market: Market, said: Reports) -> tuple[float, float]:
    """Return what a buyer and what a seller gains, on average over its values, by its best departure from these reports."""
    bids, asks = np.sort(said.bids), np.sort(said.asks)
    _, earned = _best_asks(market.sellers, bids)
    _, saved = _best_bids(market.buyers, asks)
    now_earned = _profits(market.sellers, said.asks, bids)
    now_saved = _profits(-market.buyers, -said.bids, np.sort(-asks))
    return (
        float(np.mean(np.maximum(saved, 0) - now_saved)),
        float(np.mean(np.maximum(earned, 0) - now_earned)),
    )


def _best_asks(costs: Floats, bids: Floats) -> tuple[Floats, Floats]:
    """Return the best ask for each cost, of all bids, and what it earns."""
    likely = np.arange(len(bids), 0, -1) / len(bids)
    paid = np.cumsum(bids[::-1])[::-1] / len(bids)
    income = (paid + bids * likely) / 2
    earned = income[None, :] - costs[:, None] * likely[None, :]
    best = np.argmax(earned, axis=1)
    return bids[best], earned[np.arange(len(costs)), best]


def _best_bids(values: Floats, asks: Floats) -> tuple[Floats, Floats]:
    """Return the best bid for each value: a buyer is a seller in a mirror."""
    mirrored, saved = _best_asks(-values, np.sort(-asks))
    return -mirrored, saved


def _profits(costs: Floats, asks: Floats, bids: Floats) -> Floats:
    """Return what each ask earns at its cost, against these bids in rising order."""
    first = np.searchsorted(bids, asks, side="left")
    paid = np.append(np.cumsum(bids[::-1])[::-1], 0.0)[first] / len(bids)
    likely = (len(bids) - first) / len(bids)
    return (paid + asks * likely) / 2 - costs * likely
