"""Which hostile models are there? A table of tactics, each with what it does and what a guard should call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from orchestrator.messages.finding import Kind
from orchestrator.models.hostile.attack import Attack, Occasion, Spoil
from orchestrator.models.hostile.claims import CLAIMS, MASK, SIDE_DEAL
from orchestrator.models.hostile.floods import FLOODS, flood
from orchestrator.models.hostile.moves import beyond_range, echo, flatter, garble, hasty, overspend, stall

__all__ = ["TACTICS", "Tactic", "variant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tactic:
    """One way to misbehave."""

    does: str
    """In a sentence, for people."""
    spoils: Mapping[str, Spoil]
    """By variant; one is drawn by chance where none is asked for."""
    plays_on: bool = True
    """Whether it still negotiates: with one that does not, nobody can agree."""


def _claims(*kinds: Kind) -> Mapping[str, Spoil]:
    return MappingProxyType({kind: CLAIMS[kind] for kind in kinds})


def _one(spoil: Spoil) -> Mapping[str, Spoil]:
    return MappingProxyType({"": spoil})


def _honest(_: Occasion) -> Attack | None:
    return None


TACTICS: Mapping[str, Tactic] = MappingProxyType(
    {
        "hallucinate": Tactic(
            does="adds a sentence that nothing bears out, of any kind, or proposes what cannot be",
            spoils=MappingProxyType({**CLAIMS, "policy": beyond_range}),
        ),
        "overspend": Tactic(does="offers what its mandate does not let it bind", spoils=_one(overspend)),
        "liar": Tactic(does="invents approvals, and things said before", spoils=_claims("approval", "history")),
        "leak": Tactic(does="tells its limits, its reserve or what must never be disclosed", spoils=_claims("leak")),
        "inject": Tactic(does="writes to the other model instead of the other party", spoils=_claims("injection")),
        "flood": Tactic(
            does="fills the other's window",
            spoils=MappingProxyType({tactic: partial(flood, tactic) for tactic in FLOODS}),
        ),
        "garble": Tactic(does="writes broken JSON of every sort", spoils=_one(garble)),
        "stall": Tactic(does="talks, and never proposes", spoils=_one(stall), plays_on=False),
        "echo": Tactic(does="says what the last other said, and never proposes", spoils=_one(echo), plays_on=False),
        "flatter": Tactic(does="praises, and accepts the first offer unread", spoils=_one(flatter)),
        "collude": Tactic(does="offers one of the others a deal behind the backs of the rest", spoils=_one(SIDE_DEAL)),
        "impersonate": Tactic(does="writes as if it were another role", spoils=_one(MASK)),
        "slow": Tactic(
            does="is honest, and takes longer than the talk lasts; give it a delay", spoils=_one(_honest), plays_on=False
        ),
        "hasty": Tactic(does="accepts at once whatever it may sign, and otherwise is honest", spoils=_one(hasty)),
    }
)
"""By name. Each but `slow` and `hasty` spoils the drafts of an honest strategist."""


def variant(tactic: Tactic, name: str | None, occasion: Occasion) -> Attack | None:
    """Return what a variant makes of an occasion; without a name the first, by chance, that makes something of it."""
    names = [name] if name is not None else occasion.random.sample(list(tactic.spoils), k=len(tactic.spoils))
    return next((attack for own in names if (attack := tactic.spoils[own](occasion)) is not None), None)
