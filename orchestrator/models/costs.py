"""Which model writes for a role, where is it, and does its call cost anything? Part of it stands in a session's first entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from orchestrator.messages.settings import PERSON, SeatModel
from orchestrator.messages.spend import Price
from orchestrator.messages.value import RoleName
from orchestrator.models.endpoint import Provider, endpoint_of
from orchestrator.models.prices import price_of
from orchestrator.models.spec import parse_spec

__all__ = ["Named", "named", "seat_model"]

_PROVIDERS: tuple[Provider, ...] = ("openai", "anthropic")

_ESTIMATE = Decimal("1.25")
"""Tokens of a vocabulary that is not known here for one that is counted here."""


_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A model by its names, and where it answers."""

    provider: str
    name: str
    host: str | None = None
    """None for a model of this process."""
    port: int | None = None


def named(model: str) -> Named:
    """Return what `provider:name?key=value` names. Raises UsageError where it has another form."""
    spec = parse_spec(model)
    provider = _provider(spec.provider)
    if provider is None:
        return Named(provider=spec.provider, name=spec.name)
    parts = urlsplit(endpoint_of(provider, spec.name, dict(spec.options)).address)
    return Named(provider=provider, name=spec.name, host=parts.hostname, port=parts.port or _PORTS[parts.scheme])


def seat_model(role: RoleName, model: str, prices: Mapping[str, Price]) -> SeatModel:
    """Return what goes on record about a role's model. Raises UsageError where its price is not known."""
    spec = parse_spec(model)
    provider = _provider(spec.provider)
    if provider is None:
        return SeatModel(role=role, model=model, costly=model.startswith(PERSON))
    endpoint = endpoint_of(provider, spec.name, dict(spec.options))
    known = endpoint.provider == "openai" and endpoint.own
    estimate = None if known else _ESTIMATE
    return SeatModel(role=role, model=model, price=price_of(endpoint, prices), costly=True, estimate=estimate)


def _provider(name: str) -> Provider | None:
    return next((provider for provider in _PROVIDERS if provider == name), None)
