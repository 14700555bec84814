"""Which models are there? A table of providers, each with what it can make and which options it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from orchestrator.errors import UsageError
from orchestrator.messages.model import AsksPerson, Model
from orchestrator.models.bidding import BIDS_AS, MANNERS, Either, make_bidder
from orchestrator.models.delayed import Delayed
from orchestrator.models.endpoint import OPTIONS
from orchestrator.models.hostile import TACTICS, Hostile
from orchestrator.models.person import Person
from orchestrator.models.real import real_model
from orchestrator.models.scripted import load_script
from orchestrator.models.seeded import Seeded
from orchestrator.models.spec import ModelSpec, parse_spec
from orchestrator.models.strategy import STRATEGIES, Permits, Reaches, Strategy, StrategyName
from orchestrator.models.tape import load_tape

__all__ = ["PROVIDERS", "Maker", "Means", "Provider", "make_model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a maker is given beside the name: what a role may bind, which terms need an approval, and how people are asked."""

    permits: Permits
    reaches: Reaches
    person: AsksPerson | None = None
    """How a person is asked, where that can be done."""


Maker: TypeAlias = Callable[[ModelSpec, Means], Model]
"""Raises UsageError where it has no model of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A kind of model."""

    make: Maker
    names: str
    """What may stand after the colon, said for people."""
    options: frozenset[str]


def make_model(spec: str, *, permits: Permits, reaches: Reaches, person: AsksPerson | None = None) -> Model:
    """Return the model that a text names. Raises UsageError, saying what there is, where it names none."""
    parsed = parse_spec(spec)
    provider = PROVIDERS.get(parsed.provider)
    if provider is None:
        raise UsageError(f"there is no provider {parsed.provider!r}", hint=f"providers: {', '.join(PROVIDERS)}")
    unknown = [key for key, _ in parsed.options if key not in provider.options]
    if unknown:
        known = ", ".join(sorted(provider.options))
        raise UsageError(f"models of {parsed.provider!r} have no option {unknown[0]!r}", hint=f"options: {known}")
    delay, seed = parsed.seconds("delay"), parsed.whole("seed")
    model = provider.make(parsed, Means(permits=permits, reaches=reaches, person=person))
    model = model if seed is None else Seeded(model, seed)
    return Delayed(model, delay) if delay else model


def _strategy(spec: ModelSpec, means: Means) -> Model:
    name: StrategyName | None = next((name for name in STRATEGIES if name == spec.name), None)
    if name is None:
        raise UsageError(f"there is no strategy {spec.name!r}", hint=f"strategies: {', '.join(STRATEGIES)}")
    return _either(name, means)


def _either(name: StrategyName, means: Means) -> Either:
    bids = make_bidder(BIDS_AS[name], {}, means.permits)
    return Either(Strategy(name, means.permits, means.reaches), bids)


def _bidder(spec: ModelSpec, means: Means) -> Model:
    return make_bidder(spec.name, dict(spec.options), means.permits)


def _hostile(spec: ModelSpec, means: Means) -> Model:
    if spec.name not in TACTICS:
        raise UsageError(f"there is no hostile model {spec.name!r}", hint=f"hostile models: {', '.join(TACTICS)}")
    variants = [name for name in TACTICS[spec.name].spoils if name]
    only = spec.option("only")
    if only is not None and only not in variants:
        raise UsageError(
            f"model {str(spec)!r}: there is no {only!r} to {spec.name}", hint=f"there are: {', '.join(variants) or 'none'}"
        )
    return Hostile(
        spec.name,
        _either("linear", means),
        means.permits,
        only=only,
        rate=spec.share("rate", 1.0),
        mends=spec.share("mends", 0.5),
        obeys=spec.share("obeys", 0.02),
    )


def _scripted(spec: ModelSpec, _: Means) -> Model:
    return load_script(spec.name)


def _human(spec: ModelSpec, means: Means) -> Model:
    return Person(spec.name, means.person)


def _openai(spec: ModelSpec, _: Means) -> Model:
    return real_model("openai", spec.name, dict(spec.options))


def _anthropic(spec: ModelSpec, _: Means) -> Model:
    return real_model("anthropic", spec.name, dict(spec.options))


def _recorded(spec: ModelSpec, _: Means) -> Model:
    return load_tape(spec.name)


_BUILT_IN = frozenset(("delay", "seed"))
_HOSTILE = _BUILT_IN | {"mends", "obeys", "only", "rate"}

PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        "anthropic": Provider(make=_anthropic, names="any model of Anthropic", options=frozenset(OPTIONS)),
        "bidder": Provider(make=_bidder, names=", ".join(MANNERS), options=_BUILT_IN | {"number", "of", "to", "with"}),
        "hostile": Provider(make=_hostile, names=", ".join(TACTICS), options=_HOSTILE),
        "human": Provider(make=_human, names="the name of a person", options=frozenset()),
        "openai": Provider(make=_openai, names="any model of OpenAI, or of a compatible server", options=frozenset(OPTIONS)),
        "recorded": Provider(make=_recorded, names="the path of a tape", options=_BUILT_IN),
        "scripted": Provider(make=_scripted, names="the path of a script", options=_BUILT_IN),
        "strategy": Provider(make=_strategy, names=", ".join(STRATEGIES), options=_BUILT_IN),
    }
)
"""By name, in alphabetical order."""
