"""What is known exactly, for values that are uniform on [0, 1]? Fractions, to hold simulated figures against.

With d = value - cost, which has the density 1 - d on [0, 1]: all trades with d > 0 gain 1/6; the linear equilibrium of
Chatterjee and Samuelson loses those with d < 1/4, which leaves 9/64; best answers to an honest rival lose those with
d < 1/2, which leaves 1/12. A price in the middle keeps (1/2)(1/2)(3/4 - 1/4) = 1/8; prices 1/3 and 2/3 trade with likelihood
4/9 and gain 1/3 each time, all of which the platform pays. A seller whose cost is c names the reserve (1 + c / (1 - s)) / 2
under a commission s; integrating over c gives (1 - s)(3 + 2s) / 24 and s (1 - s) / 6. A premium b is a commission
b / (1 + b).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["COMMISSION", "EXACT", "Exact"]

COMMISSION = Fraction(1, 10)
"""Of the hammer price, on either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """Figures of one pair of traders."""

    gains: Fraction
    balance: Fraction = Fraction()
    lie: Fraction = Fraction()


def _auction(share: Fraction) -> Exact:
    return Exact(gains=(1 - share) * (3 + 2 * share) / 24, balance=share * (1 - share) / 6)


EXACT: dict[str, Exact] = {
    "posted": Exact(gains=Fraction(1, 8)),
    "subsidised": Exact(gains=Fraction(4, 27), balance=Fraction(-4, 27)),
    "commission": _auction(COMMISSION),
    "premium": _auction(COMMISSION / (1 + COMMISSION)),
    "pivot": Exact(gains=Fraction(1, 6), balance=Fraction(-1, 6)),
    "split-honest": Exact(gains=Fraction(1, 6), lie=Fraction(1, 36)),
    "split-equilibrium": Exact(gains=Fraction(9, 64)),
    "nash-honest": Exact(gains=Fraction(1, 6), lie=Fraction(1, 36)),
    "nash-answer": Exact(gains=Fraction(1, 12), lie=Fraction(5, 648)),
    "pooled": Exact(gains=Fraction(1, 6)),
}
"""By design, for one buyer and one seller."""
