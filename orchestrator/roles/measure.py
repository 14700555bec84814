"""How many tokens do words take from whoever reads them? Those of the form in which prompts quote them."""

from __future__ import annotations

from orchestrator.roles.quoting import quoted
from orchestrator.roles.tokens import count, estimate

__all__ = ["measure"]


def measure(words: str, /, *, estimated: bool = False) -> int:
    """Return the tokens of words in a prompt; `estimated` where the record says that they were estimated then."""
    return estimate(quoted(words)) if estimated else count(quoted(words))
