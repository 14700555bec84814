"""What does a model cost? From a list with its date, or as the user says; an unknown price is an error, never nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from orchestrator.errors import UsageError
from orchestrator.messages.spend import Price
from orchestrator.models.endpoint import Endpoint
from orchestrator.models.local import is_loopback

__all__ = ["FREE", "known_prices", "price_of", "read_price"]

FREE = Price(input=Decimal(0), output=Decimal(0))


@cache
def known_prices() -> Mapping[str, Price]:
    """Return the prices of the list that comes with the installation, by `provider:name`."""
    content = json.loads((files("orchestrator.models") / "prices.json").read_text("utf-8"))
    as_of = date.fromisoformat(content["as_of"])
    return {name: Price.model_validate({**price, "as_of": as_of}) for name, price in content["models"].items()}


def price_of(endpoint: Endpoint, given: Mapping[str, Price]) -> Price:
    """Return what a model costs: as given, from the list, or nothing on this machine. Raises UsageError where nobody knows."""
    price = given.get(endpoint.model)
    if price is None and is_loopback(endpoint.address):
        price = FREE
    if price is None and endpoint.own:
        price = known_prices().get(endpoint.model)
    if price is None:
        hint = f"give it in US dollars for a million tokens: --price {endpoint.model}=INPUT/OUTPUT"
        raise UsageError(f"the price of {endpoint.model!r} at {endpoint.host} is not known", hint=hint)
    return price


def read_price(text: str) -> Price:
    """Return the price that `INPUT/OUTPUT` says, with `/CACHED` where reading a cache has a price of its own."""
    try:
        figures = [Decimal(part) for part in text.split("/")]
    except InvalidOperation:
        figures = []
    if len(figures) not in (2, 3) or any(not figure.is_finite() or figure < 0 for figure in figures):
        raise UsageError(f"{text!r} is no price", hint="write INPUT/OUTPUT, such as 2/10, in US dollars for a million tokens")
    return Price(input=figures[0], output=figures[1], cached=figures[2] if len(figures) == 3 else None)
