"""How does a hostile model answer? With the draft of an honest strategist, spoilt by its tactic, by chance from the seed."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Protocol

from orchestrator.messages.model import Completion, Prompt, Request
from orchestrator.messages.view import View
from orchestrator.models.hostile.attack import Attack, Occasion
from orchestrator.models.hostile.tactics import TACTICS, Tactic, variant
from orchestrator.models.strategy import Permits

__all__ = ["Hostile", "Writes", "states_rules"]


class Writes(Protocol):
    """An honest model that writes by view and seed alone."""

    def write(self, view: View, seed: int) -> str:
        """Return the text of a draft."""
        ...


class Hostile:
    """An honest strategist in whose drafts a tactic has its way.

    `rate` is the share of turns in which it attacks, `mends` the share of refusals after which it writes the honest draft, and
    `obeys` the share of turns in which it follows rules that its prompt states: an assumption about models, not a measurement.
    What it writes follows from the view, the seed and whether its prompt states the rules, so that `write` also tells, later
    and without a judge, what was wrong with any draft of a record.
    """

    __slots__ = ("_honest", "_mends", "_obeys", "_permits", "_rate", "_variant", "name", "tactic")

    def __init__(
        self,
        name: str,
        honest: Writes,
        permits: Permits,
        *,
        only: str | None = None,
        rate: float = 1.0,
        mends: float = 0.5,
        obeys: float = 0.02,
    ) -> None:
        self.name = name
        self.tactic: Tactic = TACTICS[name]
        self._honest = honest
        self._permits = permits
        self._variant = only
        self._rate = rate
        self._mends = mends
        self._obeys = obeys

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft."""
        told = states_rules(request.prompt, request.view)
        return Completion(text=self.write(request.view, request.seed, told=told).text)

    def write(self, view: View, seed: int, *, told: bool = True) -> Attack:
        """Return a draft for the role whose view it is, with the truth about it."""
        honest = self._honest.write(replace(view, attempt=0, findings=()), seed)
        random = Random(f"{seed}/{self.name}/{self._variant}/{view.role}/{view.turn}/{view.attempt}")  # noqa: S311 - no secret
        behaves = random.random() >= self._rate
        obeys = random.random() < self._obeys and told
        mends = random.random() < self._mends and view.attempt > 0
        attack = None
        if not (behaves or obeys or mends):
            occasion = Occasion(view=view, honest=json.loads(honest), permits=self._permits, random=random)
            attack = variant(self.tactic, self._variant, occasion)
        return Attack(text=honest) if attack is None else attack


def states_rules(prompt: Prompt, view: View) -> bool:
    """Return whether a prompt states every policy and every limit of the role."""
    words = prompt.system + prompt.user
    return all(rule.rule in words for rule in (*view.agenda.policies, *view.mandate.limits))
