"""Hostile models: mock agents that misbehave on purpose, each with the truth about what it wrote."""

from orchestrator.models.hostile.attack import Attack, Occasion
from orchestrator.models.hostile.model import Hostile
from orchestrator.models.hostile.tactics import TACTICS, Tactic

__all__ = ["TACTICS", "Attack", "Hostile", "Occasion", "Tactic"]
