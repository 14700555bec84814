"""Where do tests drive many sessions? On a host over a journal in memory, with models that say what they are told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from orchestrator.approval.beforehand import Beforehand
from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.model import Completion, Prompt, Request
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.runtime.burst import Means
from orchestrator.runtime.desk import Desk
from orchestrator.runtime.hosting.host import Host
from orchestrator.runtime.hosting.limits import Limits
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_key, sample_rules, sample_settings

__all__ = ["Talk", "Time", "hosted", "settings", "stored", "until"]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Time:
    """A clock that goes when it is told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def goes_on(self, seconds: float) -> None:
        """Let time go by."""
        self.now += timedelta(seconds=seconds)


@dataclass(slots=True)
class Talk:
    """A model of all roles: the buyer offers a price, the seller takes it, as soon as it may."""

    price: int = 40
    may: asyncio.Event = field(default_factory=asyncio.Event)
    """Each call waits until it is set."""
    asked: list[str] = field(default_factory=list[str])
    at_once: int = 0
    most_at_once: int = 0
    words: str = ""
    fails: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.may.set()

    async def __call__(self, request: Request, /) -> Completion:
        """Return the draft of whoever is asked."""
        self.asked.append(request.view.role)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.may.wait()
            await asyncio.sleep(0)
            self.fails()
        finally:
            self.at_once -= 1
        offers = request.view.offers
        term = {"kind": "number", "issue": "price", "value": str(self.price)}
        draft: dict[str, object] = {"act": "propose", "text": self.words, "terms": [term]}
        if request.view.role == "seller" and offers:
            draft = {"act": "accept", "offer": offers[0].id, "text": self.words}
        return Completion(text=json.dumps(draft))


def settings(session: str = "sample-0001") -> Settings:
    """Return the settings of a session whose roles are written for by `test:talk`."""
    models = tuple(SeatModel(role=RoleName(role), model="test:talk") for role in ("buyer", "seller"))
    return sample_settings(session).model_copy(update={"models": models})


def hosted(
    talk: Talk,
    journal: Journal | None = None,
    *,
    at_once: int = 10,
    limits: Limits | None = None,
    time: Time | None = None,
    said: list[str] | None = None,
) -> tuple[Host, Journal]:
    """Return a host and its journal."""
    journal = journal or MemoryJournal(sample_key().sign)
    clock = time or Time()
    seat = Seat(name="test:talk", model=talk)
    rules = sample_rules()

    def performer(session: Session) -> Performer:
        return Performer(
            seats={role.name: seat for role in session.roles},
            fallback=seat,
            assemble=lambda _: Prompt(system="", user="", tokens=1, reply=100),
            count=len,
            approver=Beforehand(()),
            seed=0,
            clock=clock,
        )

    means = Means(rules_for=lambda _: rules, performer_for=performer, key=sample_key().public, clock=clock)
    desk = Desk(journal=journal, key=means.key, rules_for=means.rules_for, clock=clock)
    say = (said if said is not None else []).append
    return Host(desk, means, at_once=at_once, limits=limits, say=say), journal


def stored(journal: Journal, session: str = "sample-0001") -> tuple[Session, tuple[Entry, ...]]:
    """Return a session as it is on record, with its entries."""
    entries = entries_of(journal, SessionId(session))
    return session_of(entries), entries


async def until(condition: Callable[[], bool]) -> None:
    """Let others go on until something is so, at most ten seconds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - nothing tells a test of it
            await asyncio.sleep(0.001)
