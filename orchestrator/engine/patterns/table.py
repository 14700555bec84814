"""How does each pattern conduct its talk? A table from the settings of a pattern to its answers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from orchestrator.engine.patterns.auction import AUCTION
from orchestrator.engine.patterns.coalition import COALITION
from orchestrator.engine.patterns.conduct import Conduct
from orchestrator.engine.patterns.constraint import CONSTRAINT
from orchestrator.engine.patterns.trade_space import TRADE_SPACE
from orchestrator.engine.session import Session

__all__ = ["CONDUCTS", "conduct_of"]

_TABLE = Conduct()

CONDUCTS: Mapping[str, Conduct] = MappingProxyType(
    {"auction": AUCTION, "coalition": COALITION, "constraint": CONSTRAINT, "trade_space": TRADE_SPACE}
)
"""By the kind of the settings; a pattern that is not here, or has no settings, runs on the rules of the table."""


def conduct_of(session: Session) -> Conduct:
    """Return how the talk of a session is conducted."""
    rules = session.agenda.pattern_rules
    return _TABLE if rules is None else CONDUCTS.get(rules.kind, _TABLE)
