"""Strategies: models that negotiate by their role's utility, offline, and write drafts like any other model."""

from orchestrator.models.strategy.concession import STRATEGIES, StrategyName
from orchestrator.models.strategy.ground import Gated, Permits
from orchestrator.models.strategy.negotiator import Strategy

__all__ = ["STRATEGIES", "Gated", "Permits", "Strategy", "StrategyName"]
