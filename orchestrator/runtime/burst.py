"""What does a session do until it must wait? It is read from its journal, driven, and left on record: one burst."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.engine import Ask, Effect, Hold, Rules, Session, Wait, pending
from orchestrator.messages.journal import Journal
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reply import Interrupted, Reply
from orchestrator.messages.value import SessionId
from orchestrator.runtime.driver import BY_OPERATOR, drive
from orchestrator.runtime.perform import Clock, Performer, utc_now
from orchestrator.runtime.record import check_ours, entries_of, session_of

__all__ = ["Admit", "Means", "burst", "goes_on", "is_drivable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """With what sessions are driven: rules for a negotiation, and what performs the effects of a session."""

    rules_for: Callable[[Negotiation], Rules]
    performer_for: Callable[[Session], Performer]
    key: str
    """The public half of the key that signs heads."""
    clock: Clock = utc_now


Admit: TypeAlias = Callable[[str], AbstractAsyncContextManager[None]]
"""Entered while a model of a provider is called; may wait before."""


class _Called(Exception):
    """Somebody wants to put something else on record first."""


async def burst(
    session: SessionId,
    journal: Journal,
    means: Means,
    *,
    called: Callable[[], bool] = lambda: False,
    admit: Admit = lambda _: nullcontext(),
    stopped: str = BY_OPERATOR,
) -> Session:
    """Drive a session until it is over or must wait, or until `called` says so between two effects; return it as it stands.

    Cancelled, it puts the interruption on record with `stopped` as the reason. Raises what `drive` raises, UsageError where
    this handfast cannot go on with the session.
    """
    entries = entries_of(journal, session)
    state = session_of(entries)
    check_ours(state, means.key)
    if not is_drivable(state):
        return state
    performer = means.performer_for(state)
    performer.go_on(entries)
    rules = means.rules_for(state.settings.negotiation)
    try:
        return await drive(state, rules, journal, _Between(performer, called, admit), means.clock, stopped=stopped)
    except _Called:
        return session_of(entries_of(journal, session))
    finally:
        await performer.aclose()


def is_drivable(session: Session) -> bool:
    """Return whether there is something to do for a session that no person must say first."""
    effect = pending(session)
    return effect is not None and not isinstance(effect, Wait | Hold)


def goes_on(last: Reply) -> bool:
    """Return whether a session whose record ends so goes on by itself, and not when the person who left it wants it to."""
    return not (isinstance(last, Interrupted) and (last.why == BY_OPERATOR or last.seat is not None))


@dataclass(frozen=True, slots=True)
class _Between:
    """Performs effects, each when its model may be called, and none once somebody wants the session."""

    performer: Performer
    called: Callable[[], bool]
    admit: Admit

    async def __call__(self, effect: Effect) -> Reply:
        self._check()
        if not isinstance(effect, Ask) or effect.by == "strategy":
            return await self.performer(effect)
        async with self.admit(self.performer.seats[effect.role].name.partition(":")[0]):
            self._check()
            return await self.performer(effect)

    def _check(self) -> None:
        if self.called():
            raise _Called
