"""Which model writes for a role, and does its call cost anything? What of it stands in a session's first entry."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from orchestrator.messages.settings import SeatModel
from orchestrator.messages.spend import Price
from orchestrator.messages.value import RoleName
from orchestrator.models.endpoint import Provider, endpoint_of
from orchestrator.models.prices import price_of
from orchestrator.models.spec import parse_spec

__all__ = ["seat_model"]

_PROVIDERS: tuple[Provider, ...] = ("openai", "anthropic")

_ESTIMATE = Decimal("1.25")
"""Tokens of a vocabulary that is not known here for one that is counted here."""


def seat_model(role: RoleName, model: str, prices: Mapping[str, Price]) -> SeatModel:
    """Return what goes on record about a role's model. Raises UsageError where its price is not known."""
    spec = parse_spec(model)
    provider = _provider(spec.provider)
    if provider is None:
        return SeatModel(role=role, model=model)
    endpoint = endpoint_of(provider, spec.name, dict(spec.options))
    known = endpoint.provider == "openai" and endpoint.own
    estimate = None if known else _ESTIMATE
    return SeatModel(role=role, model=model, price=price_of(endpoint, prices), costly=True, estimate=estimate)


def _provider(name: str) -> Provider | None:
    return next((provider for provider in _PROVIDERS if provider == name), None)
