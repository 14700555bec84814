"""Which outcomes may a role sign, and what is each worth to it? All of them, listed once, the best first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType

from guards.permits import permits_of
from orchestrator.assembly import load_scenario
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Number, Terms, digest_of_terms, exact, plain
from orchestrator.messages.utility import ROUNDING
from orchestrator.messages.value import Digest
from orchestrator.models.strategy.axes import Axis, Outcome, axes_of, terms_of, worths_of

__all__ = ["Deal", "Space", "Talk", "talk_of", "talks", "terms_json"]

_FOLDER = Path(__file__).parent.parent / "talks"


@dataclass(frozen=True, slots=True)
class Deal:
    """One outcome that a role may sign."""

    worth: float
    outcome: Outcome
    terms: Terms
    text: str
    """The terms as a draft has them."""


@dataclass(frozen=True, slots=True)
class Space:
    """All that one role may sign."""

    axes: tuple[Axis, ...]
    worths: tuple[tuple[float, ...], ...]
    """By axis, what each value adds to the utility."""
    deals: tuple[Deal, ...]
    """The best first."""
    known: Mapping[Digest, Deal] = field(repr=False)
    """By the digest of the terms."""

    @property
    def best(self) -> float:
        """Return the utility of the best outcome."""
        return self.deals[0].worth


@dataclass(frozen=True, slots=True)
class Talk:
    """A negotiation between two, with all that there is to win in it."""

    negotiation: Negotiation
    spaces: tuple[Space, ...]
    """By role, in the order of the file."""

    @property
    def most(self) -> float:
        """Return the most that both together can have above their reserves."""
        first, second = self.spaces
        reserves = sum(role.mandate.reserve for role in self.negotiation.roles)
        return max(
            deal.worth + second.known[digest].worth - reserves for digest, deal in first.known.items() if digest in second.known
        )


def talks() -> tuple[str, ...]:
    """Return the names of the short talks."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


@cache
def talk_of(name: str) -> Talk:
    """Return a short talk, loaded and listed once."""
    negotiation = load_scenario(_FOLDER / f"{name}.yaml")
    return Talk(negotiation, tuple(_space(negotiation, seat) for seat in range(len(negotiation.roles))))


def _space(negotiation: Negotiation, seat: int) -> Space:
    role = negotiation.roles[seat]
    axes = axes_of(negotiation.issues)
    worths = tuple(worths_of(axis, role.mandate.worths) for axis in axes)
    permits = permits_of(negotiation)
    deals: list[Deal] = []
    for outcome in product(*(range(len(axis.terms)) for axis in axes)):
        worth = sum(own[place] for own, place in zip(worths, outcome, strict=True))
        terms = terms_of(axes, outcome)
        if worth >= role.mandate.reserve - ROUNDING and permits(role.name, terms):
            deals.append(Deal(worth, outcome, terms, terms_json(terms)))
    deals.sort(key=lambda deal: (-deal.worth, deal.outcome))
    return Space(axes, worths, tuple(deals), MappingProxyType({digest_of_terms(deal.terms): deal for deal in deals}))


def terms_json(terms: Terms) -> str:
    """Return terms as a draft has them, with exact figures."""
    values = (exact(term.value) if isinstance(term, Number) else json.dumps(plain(term)) for term in terms)
    return "{" + ", ".join(f"{json.dumps(term.issue)}: {value}" for term, value in zip(terms, values, strict=True)) + "}"
