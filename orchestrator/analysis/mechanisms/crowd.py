"""What do many buyers and sellers of one thing each make of their market? McAfee's auction, and a book that never closes.

McAfee's auction ranks bids and asks. Where the next bid and ask, which do not trade, have a middle that suits all who would
trade, that is the price; else the last pair is left out and its bid and ask are the prices, which nobody who trades can
move. In the book one trader at a time, at random, names a price at which it does not lose, at random too (Gode and Sunder);
where a price meets the best standing one of the other side the two trade at the older price.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from orchestrator.analysis.mechanisms.market import Floats, Market

__all__ = ["Crowd", "Whole", "book", "mcafee", "mcafee_sums", "sizes_up_to"]

Whole: TypeAlias = npt.NDArray[np.int64]

_TRADERS = 1 << 20
"""In memory at once."""
_AUCTIONS = 400_000
"""Traders a side that McAfee's figures rest on, in markets of any size."""
_BOOKS = 24_000
"""The same for books, which are slower."""
_FEWEST = 240
"""Markets at least, however large each is."""
_PATIENCE = 60
"""How often each trader of a book may speak, on average."""
_SHADES = (0.25, 0.5, 0.75)
"""How far a trader who wants more than a little may stay away from its value, as a share of the way to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Means of one pair of traders in markets of one size."""

    traders: int
    """On each side."""
    gains: float
    best: float
    """What could be gained."""
    balance: float
    """Of the platform."""
    lie: float
    """What one trader gains by departing from what all do."""


def sizes_up_to(most: int) -> tuple[int, ...]:
    """Return sizes of markets in steps of about two: 2, 5, 10, 20, 50, ... and the largest itself."""
    steps = [lead * 10**power for power in range(7) for lead in (1, 2, 5)]
    return (*(step for step in steps if 2 <= step < most), most)


def mcafee(market: Market, traders: int, seed: int) -> Crowd:
    """Return what McAfee's auction makes of markets with so many traders on each side."""
    source = np.random.default_rng((seed, 1, traders))
    left = total = max(_FEWEST, _AUCTIONS // traders)
    sums = np.zeros(3)
    while left:
        markets = min(left, max(1, _TRADERS // traders))
        sums += mcafee_sums(*market.draw(markets, traders, source))
        left -= markets
    gains, best, balance = (sums / (total * traders)).tolist()
    return Crowd(traders=traders, gains=gains, best=best, balance=balance, lie=0.0)


def mcafee_sums(values: Floats, costs: Floats) -> Floats:
    """Return, summed over markets of a row each: what is gained, what could be, and what the platform keeps."""
    bids: Floats = np.sort(values, axis=1)[:, ::-1]
    asks: Floats = np.sort(costs, axis=1)
    markets, traders = len(values), len(values[0])
    pairs = np.count_nonzero(bids >= asks, axis=1)
    rows: Whole = np.arange(markets)
    last = np.maximum(pairs - 1, 0)
    last_bid, last_ask = bids[rows, last], asks[rows, last]
    after = np.minimum(pairs, traders - 1)
    middle = (bids[rows, after] + asks[rows, after]) / 2
    suits = (pairs > 0) & (pairs < traders) & (last_ask <= middle) & (middle <= last_bid)
    sold: Whole = last + (suits & (pairs > 0))
    gained = np.concatenate((np.zeros((markets, 1)), np.cumsum(bids - asks, axis=1)), axis=1)
    kept = np.where(suits, 0.0, sold * (last_bid - last_ask))
    return np.array([gained[rows, sold].sum(), gained[rows, pairs].sum(), kept.sum()])


def book(market: Market, traders: int, seed: int) -> Crowd:
    """Return what a continuous double auction makes of markets with so many traders on each side.

    The same markets are run once as they are and once for each way in which one buyer or one seller could hold out for
    more; the best of these ways is what a lie earns, approximately.
    """
    source = np.random.default_rng((seed, 2, traders))
    markets = max(_FEWEST, _BOOKS // traders)
    values, costs = market.draw(markets, traders, source)
    ways = [(0.0, 0.0), *((shade, 0.0) for shade in _SHADES), *((0.0, shade) for shade in _SHADES)]
    floor, ceiling = min(0.0, float(market.sellers[0])), market.top
    shaded = [_Shaded.of(values, costs, way, (floor, ceiling)) for way in ways]
    talk = _Book(
        caps=np.concatenate([each.caps for each in shaded]),
        floors=np.concatenate([each.floors for each in shaded]),
        low=floor,
        high=ceiling,
    )
    for _ in range(_PATIENCE * traders):
        talk.hear(source, markets)
    parts = np.split(talk.open, len(ways))
    paid, got = np.split(talk.first_paid, len(ways)), np.split(talk.first_got, len(ways))
    gains = float(((values * ~parts[0][:, :traders]).sum() - (costs * ~parts[0][:, traders:]).sum()) / (markets * traders))
    bought = [float(np.mean(np.where(part[:, 0], 0.0, values[:, 0] - price))) for part, price in zip(parts, paid, strict=True)]
    sold = [
        float(np.mean(np.where(part[:, traders], 0.0, price - costs[:, 0]))) for part, price in zip(parts, got, strict=True)
    ]
    best = float(mcafee_sums(values, costs)[1]) / (markets * traders)
    count = len(_SHADES) + 1
    lie = max(max(bought[1:count]) - bought[0], max(sold[count:]) - sold[0], 0.0)
    return Crowd(traders=traders, gains=gains, best=best, balance=0.0, lie=lie)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shaded:
    """The ends of what each trader may say."""

    caps: Floats
    floors: Floats

    @classmethod
    def of(cls, values: Floats, costs: Floats, way: tuple[float, float], ends: tuple[float, float]) -> _Shaded:
        """Return the ends when the first buyer and the first seller hold out for more."""
        caps, floors = values.copy(), costs.copy()
        caps[:, 0] -= way[0] * (caps[:, 0] - ends[0])
        floors[:, 0] += way[1] * (ends[1] - floors[:, 0])
        return cls(caps=caps, floors=floors)


class _Book:
    """Standing bids and asks of many markets at once; the traders of a market are its buyers, then its sellers."""

    def __init__(self, *, caps: Floats, floors: Floats, low: float, high: float) -> None:
        self.ends = np.concatenate((caps, floors), axis=1)
        self.low, self.high = low, high
        self.markets, self.traders = len(caps), len(caps[0])
        self.rows: Whole = np.arange(self.markets)
        self.open: npt.NDArray[np.bool_] = np.ones(self.ends.shape, dtype=np.bool_)
        """Who has not traded yet."""
        self.first_paid = np.zeros(self.markets)
        """By the first buyer."""
        self.first_got = np.zeros(self.markets)
        """By the first seller."""
        self.bid, self.ask = np.full(self.markets, -np.inf), np.full(self.markets, np.inf)
        self.bidder, self.asker = np.zeros(self.markets, dtype=np.int64), np.full(self.markets, self.traders)

    def hear(self, source: np.random.Generator, each: int) -> None:
        """Let one trader of every market speak: the same one, as loudly, in all the copies of a market."""
        copies = self.markets // each
        who = np.tile(source.integers(0, 2 * self.traders, each), copies)
        part = np.tile(source.random(each), copies)
        end = self.ends[self.rows, who]
        buys = who < self.traders
        price = np.where(buys, self.low + part * (end - self.low), end + part * (self.high - end))
        able = self.open[self.rows, who]
        self._better(able & buys & (price > self.bid), able & ~buys & (price < self.ask), who, price)

    def _better(self, bids: npt.NDArray[np.bool_], asks: npt.NDArray[np.bool_], who: Whole, price: Floats) -> None:
        meets = (bids & (price >= self.ask)) | (asks & (price <= self.bid))
        at = np.where(bids, self.ask, self.bid)
        self.bid, self.bidder = np.where(bids, price, self.bid), np.where(bids, who, self.bidder)
        self.ask, self.asker = np.where(asks, price, self.ask), np.where(asks, who, self.asker)
        rows = np.flatnonzero(meets)
        if len(rows):
            self._trade(rows, at[rows])

    def _trade(self, rows: Whole, price: Floats) -> None:
        self.open[rows, self.bidder[rows]] = False
        self.open[rows, self.asker[rows]] = False
        self.first_paid[rows] = np.where(self.bidder[rows] == 0, price, self.first_paid[rows])
        self.first_got[rows] = np.where(self.asker[rows] == self.traders, price, self.first_got[rows])
        self.bid[rows], self.ask[rows] = -np.inf, np.inf
