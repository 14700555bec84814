"""Who bids in a row of auctions? Values drawn by a seed, honest bidders of all kinds, and at most one sort of abuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from types import MappingProxyType
from typing import Literal, TypeAlias

from orchestrator.messages.auction import Auction, Form
from orchestrator.messages.negotiation import (
    ChoiceIssue,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
)
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["ABUSES", "BIDDERS", "Abuse", "Row", "Sitting", "negotiation_for", "row_of"]

Abuse: TypeAlias = Literal["none", "uneven", "shill", "blind_shill", "ring", "ring_of_3", "copy", "snipe"]
ABUSES: tuple[Abuse, ...] = ("none", "uneven", "shill", "blind_shill", "ring", "ring_of_3", "copy", "snipe")
"""`none` and `uneven` are honest; in the latter some are much stronger than others. A shill knows about how far the best bidder
would go, as one does to whom the host shows its book; a blind one guesses.
"""

BIDDERS = tuple(map(RoleName, ("ash", "birch", "cedar", "elm", "fir")))
_HOST = RoleName("host")
_PRICE, _WINNER = IssueName("price"), IssueName("winner")
_LOW, _HIGH, _GRID, _STEP = 100, 1_000, 5, 50
_ROUNDS = 10
_KINDS = ("honest", "truthful", "shading", "late", "cautious", "bold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One auction: what each bidder would pay at most, and how it behaves."""

    values: Mapping[RoleName, int]
    models: Mapping[RoleName, str]
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Auctions of one host, one after the other."""

    form: Form
    abuse: Abuse
    culprits: frozenset[RoleName]
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cast:
    """Who takes part in a row, and how."""

    abuse: Abuse
    kinds: Mapping[RoleName, str]
    culprits: tuple[RoleName, ...]
    strengths: Mapping[RoleName, float]


def row_of(form: Form, abuse: Abuse, seed: int, auctions: int) -> Row:
    """Return a row of auctions. The same seed gives the same."""
    random = Random(f"auctions:{form}:{abuse}:{seed}")
    kinds = {role: random.choice(_KINDS) for role in BIDDERS}
    culprits = tuple(random.sample(BIDDERS, {"none": 0, "uneven": 0, "ring": 2, "ring_of_3": 3}.get(abuse, 1)))
    strengths = {role: random.uniform(0.5, 1.0) if abuse == "uneven" else 1.0 for role in BIDDERS}
    cast = _Cast(abuse=abuse, kinds=kinds, culprits=culprits, strengths=strengths)
    sittings = tuple(_sitting(random, cast, number, seed * 1_000 + number) for number in range(auctions))
    return Row(form=form, abuse=abuse, culprits=frozenset(culprits), sittings=sittings)


def _sitting(random: Random, cast: _Cast, number: int, seed: int) -> Sitting:
    most = {role: (_HIGH - _LOW) * random.uniform(0.25, 1.0) * cast.strengths[role] for role in BIDDERS}
    values = {role: int(_LOW + more) // _GRID * _GRID for role, more in most.items()}
    models = {role: f"bidder:{cast.kinds[role]}" for role in BIDDERS}
    honest = [role for role in BIDDERS if role not in cast.culprits]
    for role in cast.culprits:
        match cast.abuse:
            case "shill":
                upto = max(values[other] for other in honest) * random.uniform(0.65, 0.85)
                models[role], values[role] = _shill(upto), _HIGH
            case "blind_shill":
                models[role], values[role] = _shill(random.uniform(450, 800)), _HIGH
            case "ring" | "ring_of_3":
                models[role] = f"bidder:ring?with={'+'.join(cast.culprits)}&number={number}"
            case "copy":
                models[role] = f"bidder:copy?of={_before(role)}"
                values[role] = max(values[role], 800)
            case "snipe":
                models[role] = "bidder:snipe"
            case "none" | "uneven":
                pass
    return Sitting(values=MappingProxyType(values), models=MappingProxyType(models), seed=seed)


def _before(role: RoleName) -> RoleName:
    """Return who bids just before a bidder: whom it can follow."""
    return BIDDERS[BIDDERS.index(role) - 1]


def _shill(upto: float) -> str:
    return f"bidder:shill?to={int(upto) // _GRID * _GRID}"


def negotiation_for(row: Row, sitting: Sitting) -> Negotiation:
    """Return the negotiation of one auction."""
    is_sealed = row.form in ("first_price", "second_price")
    return Negotiation(
        name="row",
        title="One lot",
        pattern="auction",
        issues=(
            NumberIssue(name=_PRICE, min=Decimal(0), max=Decimal(2 * _HIGH), step=Decimal(_GRID)),
            ChoiceIssue(name=_WINNER, options=BIDDERS),
        ),
        roles=(
            Role(name=_HOST, prompt="host.md"),
            *(Role(name=role, prompt="bidder.md", mandate=_mandate(value)) for role, value in sitting.values.items()),
        ),
        stop=Stop(rounds=2 * _ROUNDS),
        pattern_rules=Auction(
            form=row.form,
            host=_HOST,
            bidders=BIDDERS,
            price=_PRICE,
            winner=_WINNER,
            reserve=Decimal(_LOW),
            increment=Decimal(_STEP),
            rounds=1 if is_sealed else _ROUNDS,
        ),
    )


def _mandate(value: int) -> Mandate:
    return Mandate(
        limits=(Rule(id="most", rule=f"price <= {value}"),),
        worths=(LinearNumber(issue=_PRICE, weight=1.0, best=Decimal(_LOW), worst=Decimal(max(value, _LOW + _GRID))),),
    )
