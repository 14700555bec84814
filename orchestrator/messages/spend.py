"""How much may be spent, and what does a call cost? Bounds, prices, and money as exact decimals."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_UP, Decimal
from typing import Annotated

from pydantic import Field

from orchestrator.messages.usage import Usage
from orchestrator.messages.value import Value

__all__ = ["NO_BOUNDS", "LongRate", "Price", "Rate", "Spend", "cost"]

_MICRO = Decimal("0.000001")
_MILLION = 1_000_000

_Amount = Annotated[Decimal, Field(ge=0)]


class Spend(Value):
    """The most that may be used; what is not named has no bound."""

    usd: _Amount | None = None
    tokens: Annotated[int, Field(ge=0)] | None = None
    """Read and written together."""
    calls: Annotated[int, Field(ge=0)] | None = None
    seconds: Annotated[int, Field(ge=0)] | None = None
    """Of waiting for models."""

    def over(self, other: Spend) -> Spend:
        """Return these bounds, and those of `other` where this one has none."""
        return other.model_copy(update=self.model_dump(exclude_none=True))


NO_BOUNDS = Spend()


class Rate(Value):
    """What tokens cost, in US dollars for a million."""

    input: _Amount
    output: _Amount
    cached: _Amount | None = None
    """Read from the service's cache; as `input` where it is not named."""
    stored: _Amount | None = None
    """Written to the service's cache; as `input` where it is not named."""


class LongRate(Rate):
    """What tokens cost in a call with a long prompt."""

    above: int
    """Tokens of such a prompt, at least one more."""


class Price(Rate):
    """What a model costs."""

    long: LongRate | None = None
    as_of: date | None = None
    """When the price was looked up; None where the user gave it."""


def cost(price: Price, usage: Usage) -> Decimal:
    """Return what a call costs in US dollars, rounded up to a millionth."""
    rate = price.long if price.long is not None and usage.prompt > price.long.above else price
    cached = min(usage.cached, usage.prompt)
    stored = min(usage.stored, usage.prompt - cached)
    parts = (
        (usage.prompt - cached - stored, rate.input),
        (cached, rate.input if rate.cached is None else rate.cached),
        (stored, rate.input if rate.stored is None else rate.stored),
        (usage.reply, rate.output),
    )
    return (sum((tokens * each for tokens, each in parts), Decimal(0)) / _MILLION).quantize(_MICRO, ROUND_UP)
