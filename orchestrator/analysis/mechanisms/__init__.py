"""What does each way to trade give up? Markets with private values, and the figures of real designs in them."""

from __future__ import annotations

from orchestrator.analysis.mechanisms.crowd import sizes_up_to
from orchestrator.analysis.mechanisms.figures import Figures, best_gains, compare
from orchestrator.analysis.mechanisms.market import MOST_LISTED, Market, listed_market, uniform_market

__all__ = ["MOST_LISTED", "Figures", "Market", "best_gains", "compare", "listed_market", "sizes_up_to", "uniform_market"]
