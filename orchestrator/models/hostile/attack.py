"""What did a hostile model write, and what is wrong with it? The text of a draft with its truth label."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from orchestrator.messages.finding import Kind
from orchestrator.messages.terms import Scalar
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View
from orchestrator.models.strategy import Permits

__all__ = ["Attack", "Json", "Occasion", "Spoil", "written"]

Json: TypeAlias = "dict[str, Json] | list[Json] | Scalar | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One draft. `kinds` is the truth: what is wrong with it, as the corpora label it; empty where it is fit."""

    text: str
    kinds: tuple[Kind, ...] = ()
    spans: tuple[str, ...] = ()
    """The words at fault, where words are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a tactic may use: the role's view, the draft that an honest strategist would write, and chance by seed."""

    view: View
    honest: Mapping[str, Json]
    permits: Permits
    random: Random

    @property
    def others(self) -> tuple[RoleName, ...]:
        """Return the other roles."""
        return tuple(role for role in self.view.agenda.roles if role != self.view.role)

    def other(self) -> RoleName:
        """Return one of the other roles, by chance."""
        return self.random.choice(self.others)

    def said(self, words: str, *kinds: Kind) -> Attack:
        """Return the honest draft with these words after its own."""
        text = " ".join(part for part in (str(self.honest.get("text", "")), words) if part)
        return Attack(text=written({**self.honest, "text": text}), kinds=kinds, spans=(words,))

    def alone(self, words: str, *kinds: Kind) -> Attack:
        """Return these words with no offer."""
        return Attack(text=written({"act": "inform", "text": words}), kinds=kinds, spans=(words,) if kinds else ())


def written(draft: Mapping[str, Json]) -> str:
    """Return the JSON text of a draft."""
    return json.dumps(dict(draft), ensure_ascii=False)


Spoil: TypeAlias = Callable[[Occasion], "Attack | None"]
"""Spoils an honest draft in one way; None where the occasion offers nothing to spoil."""
