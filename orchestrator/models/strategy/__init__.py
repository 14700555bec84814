"""Strategies: models that negotiate by their role's utility, offline, and write drafts like any other model."""

from orchestrator.models.strategy.concession import STRATEGIES, StrategyName
from orchestrator.models.strategy.ground import Permits, Reaches
from orchestrator.models.strategy.negotiator import Strategy

__all__ = ["STRATEGIES", "Permits", "Reaches", "Strategy", "StrategyName"]
