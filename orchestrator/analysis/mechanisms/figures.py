"""What does each design make of a market, and what does it give up? One line of figures for each.

All figures are means over one pair of traders: what is gained, what the platform is left with, what those lose who would
rather have stayed away, and the most that one side earns by departing alone from the reports that the line assumes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from orchestrator.analysis.mechanisms.crowd import Crowd, book, mcafee
from orchestrator.analysis.mechanisms.deals import Rule, auction, best_posted, best_subsidised, pivot, pooled, posted, split
from orchestrator.analysis.mechanisms.exact import COMMISSION, EXACT, Exact
from orchestrator.analysis.mechanisms.market import Market
from orchestrator.analysis.mechanisms.reports import Reports, answers, equilibrium, honest, lie_worth

__all__ = ["Figures", "best_gains", "compare"]

_NEGLIGIBLE = 0.001
"""Of the best gains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How one design does."""

    design: str
    """A stable name."""
    title: str
    reports: str = "honest"
    """What traders say in this line."""
    traders: int = 1
    """On each side."""
    gains: float
    best: float
    """What could be gained."""
    balance: float
    """Of the platform: below 0 it pays."""
    losses: float = 0.0
    """Of those who expect less than nothing when they take part, by what they know of themselves."""
    lie: float = 0.0
    exact: Exact | None = None

    @property
    def share(self) -> float:
        """Return what is gained as a share of the best; where markets that were drawn had nothing to gain, all of it."""
        return self.part(self.gains) if self.best else 1.0

    def part(self, amount: float) -> float:
        """Return an amount as a share of what could be gained, 0 where that was nothing."""
        return amount / self.best if self.best else 0.0

    @property
    def gives_up(self) -> tuple[str, ...]:
        """Return which of the four good things this design goes without, beyond a thousandth of the best gains."""
        least = _NEGLIGIBLE * self.best
        lost = {
            "gains": self.gains < self.best - least,
            "truth": self.lie > least or self.reports not in ("honest", "at random"),
            "choice": self.losses > least,
            "balance": self.balance < -least,
        }
        return tuple(name for name, is_lost in lost.items() if is_lost)


def best_gains(market: Market, seed: int) -> float:
    """Return what a pair would gain on average if all that is worth trading were traded."""
    sums = count = 0.0
    for values, costs in market.pairs(seed):
        sums += float(np.maximum(values - costs, 0.0).sum())
        count += values.size
    return sums / count


def compare(market: Market, sizes: Sequence[int], seed: int) -> Iterator[Figures]:
    """Yield the figures of every design: first for one buyer and one seller, then for markets of these sizes."""
    best = best_gains(market, seed)
    for line, rule in _of_pairs(market):
        yield _measured(line, rule, market, seed, best)
    for size in sizes:
        yield _of_crowd("mcafee", "McAfee's auction", "honest", mcafee(market, size, seed))
    for size in sizes:
        yield _of_crowd("book", "continuous auction", "at random", book(market, size, seed))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    design: str
    title: str
    reports: str = "honest"
    lie: float = 0.0


def _of_pairs(market: Market) -> Iterator[tuple[_Line, Rule]]:
    price = best_posted(market)
    yield _Line(design="posted", title="posted price (listing site)"), posted(price, price)
    yield _Line(design="subsidised", title="subsidised match (ride service)"), posted(*best_subsidised(market))
    part = float(COMMISSION)
    paid = f"{part:.0%}"
    line = _Line(design="commission", title=f"auction, seller pays {paid}", reports="best reserve")
    yield line, auction(market, commission=part, premium=0.0)
    line = _Line(design="premium", title=f"auction, buyer pays {paid}", reports="best reserve")
    yield line, auction(market, commission=0.0, premium=part)
    yield _Line(design="pivot", title="second price (pivot)"), pivot(market)
    yield from _of_splits(market)
    yield _Line(design="pooled", title="pooled fund"), pooled(market)


def _of_splits(market: Market) -> Iterator[tuple[_Line, Rule]]:
    true = honest(market)
    named = (
        ("split-honest", "split the difference", "honest", true),
        ("split-equilibrium", "split the difference", "equilibrium", equilibrium(market)),
        ("nash-honest", "neutral Nash deal", "honest", true),
        ("nash-answer", "neutral Nash deal", "best response", answers(market, true)),
    )
    for design, title, reports, said in named:
        yield _split_line(market, said, _Line(design=design, title=title, reports=reports))


def _split_line(market: Market, said: Reports, line: _Line) -> tuple[_Line, Rule]:
    earned = 0.0 if market.is_uniform and line.reports == "equilibrium" else max(lie_worth(market, said))
    return _Line(design=line.design, title=line.title, reports=line.reports, lie=earned), split(market, said)


def _measured(line: _Line, rule: Rule, market: Market, seed: int, best: float) -> Figures:
    sums, count = np.zeros(3), 0
    for values, costs in market.pairs(seed):
        deal = rule(values, costs)
        lost = np.maximum(-deal.buyer_expects, 0.0) + np.maximum(-deal.seller_expects, 0.0)
        sums += [((values - costs) * deal.trades).sum(), (deal.pays - deal.gets).sum(), lost.sum()]
        count += values.size
    gains, balance, losses = (sums / count).tolist()
    return Figures(
        design=line.design,
        title=line.title,
        reports=line.reports,
        gains=gains,
        best=best,
        balance=balance,
        losses=losses,
        lie=line.lie,
        exact=EXACT[line.design] if market.is_uniform else None,
    )


def _of_crowd(design: str, title: str, reports: str, crowd: Crowd) -> Figures:
    return Figures(
        design=design,
        title=f"{title}, {crowd.traders} a side",
        reports=reports,
        traders=crowd.traders,
        gains=crowd.gains,
        best=crowd.best,
        balance=crowd.balance,
        lie=crowd.lie,
    )
