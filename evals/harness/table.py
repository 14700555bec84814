"""How is one talk held for a case? Over memory, under rules of the suite's making, with hostile models in some seats."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import MappingProxyType

from guards.permits import permits_of
from orchestrator.approval.automatic import AutomaticApprover
from orchestrator.assembly import load_folder, performer_for, reaches_of, rules_for, settings_for
from orchestrator.engine import Rules, Session
from orchestrator.errors import ProviderError
from orchestrator.messages.entry import Entry
from orchestrator.messages.model import Completion, Model, Request
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.models.bidding import BIDS_AS, Either, make_bidder
from orchestrator.models.hostile import Attack, Hostile
from orchestrator.models.strategy import Strategy, StrategyName
from orchestrator.roles.load import Folder
from orchestrator.runtime.driver import drive, open_session
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.storage.memory import MemoryJournal

__all__ = ["Attacker", "Clock", "Held", "folder_of", "full_rules", "hold", "hostile", "strategist"]


@cache
def folder_of(name: str) -> Folder:
    """Return a shipped negotiation, loaded once."""
    return load_folder(name)


@cache
def full_rules(name: str) -> Rules:
    """Return the rules of a shipped negotiation as a run has them."""
    return rules_for(folder_of(name).negotiation)


def strategist(negotiation: Negotiation, name: StrategyName = "linear") -> Either:
    """Return an honest strategist for any role of a negotiation, which bids in auctions."""
    permits = permits_of(negotiation)
    return Either(Strategy(name, permits, reaches_of(negotiation)), make_bidder(BIDS_AS[name], {}, permits))


def hostile(negotiation: Negotiation, tactic: str, only: str | None = None) -> Hostile:
    """Return a hostile model for any role of a negotiation."""
    return Hostile(tactic, strategist(negotiation), permits_of(negotiation), only=only)


@dataclass(slots=True)
class Clock:
    """A clock that an answer can put forward, so that nobody has to wait for a slow one."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Return the time in UTC, as far ahead as it was put."""
        return datetime.now(UTC) + self.ahead


@dataclass(slots=True)
class Attacker:
    """A hostile model that keeps what it wrote, with the truth about it: by turn and attempt."""

    model: Hostile
    told: bool = True
    """Whether its prompt states the rules."""
    takes: timedelta = timedelta()
    """How long each answer takes, by the clock of the talk."""
    clock: Clock = field(default_factory=Clock)
    wrote: dict[tuple[int, int], Attack] = field(default_factory=dict)

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft."""
        self.clock.ahead += self.takes
        attack = self.model.write(request.view, request.seed, told=self.told)
        self.wrote[request.view.turn, request.view.attempt] = attack
        return Completion(text=attack.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A talk that is over, or can't go on."""

    session: Session
    entries: tuple[Entry, ...]
    resumed: int = 0
    """How often it was resumed after a model's service had failed."""


def hold(
    folder: Folder,
    rules: Rules,
    *,
    seed: int,
    seats: Mapping[str, Model],
    name: str = "",
    models: Mapping[str, str] = MappingProxyType({}),
    resumes: int = 0,
) -> Held:
    """Hold a talk of default models, but for some seats. Every gate is approved by its approver.

    A talk that a failing service stops is resumed at most so many times.
    """
    settings = settings_for(folder, seed=seed, models=models)
    settings = settings.model_copy(update={"session": SessionId(name)}) if name else settings
    performer = performer_for(settings, AutomaticApprover(approved=True, note="inside all rules"))
    for role, model in seats.items():
        performer = _seated(performer, RoleName(role), model)
        if isinstance(model, Attacker):
            performer = replace(performer, clock=model.clock)
    return asyncio.run(_driven(settings, rules, performer, resumes))


async def _driven(settings: Settings, rules: Rules, performer: Performer, resumes: int) -> Held:
    journal = MemoryJournal(lambda _: "")
    session = await open_session(settings, rules, journal)
    resumed = 0
    try:
        while True:
            try:
                session = await drive(session, rules, journal, performer)
                break
            except ProviderError:
                if resumed == resumes:
                    raise
                resumed += 1
                session = session_of(entries_of(journal, session.id))
    finally:
        await performer.aclose()
    return Held(session=session, entries=entries_of(journal, session.id), resumed=resumed)


def _seated(performer: Performer, role: RoleName, model: Model) -> Performer:
    return replace(performer, seats={**performer.seats, role: Seat(name="hostile", model=model)})
