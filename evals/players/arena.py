"""How do many mock negotiators talk at once? Over one journal, through the same text-to-guard path as any model.

One thing is left out, and no other: since the mocks read their views alone, no prompt is assembled for them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache

from evals.players.space import Talk, talk_of
from orchestrator.approval.automatic import AutomaticApprover
from orchestrator.assembly import advise_for, rules_for
from orchestrator.assembly.advice import Advise
from orchestrator.engine import Rules, Session
from orchestrator.errors import UsageError
from orchestrator.messages.journal import Journal
from orchestrator.messages.model import Model, Prompt
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.terms import digest_of_terms
from orchestrator.messages.value import SessionId
from orchestrator.messages.view import View
from orchestrator.runtime.driver import drive, open_session
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Match", "Result", "play", "result_of", "rules_of"]

_AT_ONCE = 32
"""Sessions that share commits."""

_UNREAD = Prompt(system="", user="", tokens=0, reply=1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Who sits in the seats of a short talk, in the order of its file, and with which seeds they talk."""

    talk: str
    names: tuple[str, ...]
    """Of the models, for the record."""
    models: tuple[Model, ...]
    sessions: tuple[tuple[SessionId, int], ...]
    """Each with its seed."""
    advised: frozenset[int] = frozenset()
    """The seats that have an adviser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one talk."""

    worths: tuple[float, ...]
    """By seat, above the reserve; 0 without an agreement."""
    reason: str
    """Why it ended: `all`, `rounds`, `escalated` and so on."""
    turns: int
    refusals: int
    withheld: int
    is_fit: bool
    """Whether what was agreed, if anything, is inside the rules and worth each reserve."""

    @property
    def agreed(self) -> bool:
        """Return whether there is an agreement."""
        return self.reason in ("all", "quorum")


@cache
def rules_of(talk: str) -> Rules:
    """Return the rules of a short talk: the very ones that a run has."""
    return rules_for(talk_of(talk).negotiation)


async def play(match: Match, journal: Journal, key: str = "") -> tuple[Result, ...]:
    """Hold the sessions of a match. One that the journal holds already is read, or gone on with, and not begun again."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(name: SessionId, seed: int) -> Result:
        async with gate:
            return await _one(match, name, seed, journal, key)

    return tuple(await asyncio.gather(*(one(name, seed) for name, seed in match.sessions)))


def result_of(session: Session, talk: Talk) -> Result:
    """Return what came of a session that is over."""
    deals = [space.known.get(digest_of_terms(session.terms)) for space in talk.spaces] if session.status == "agreed" else []
    reserves = [role.mandate.reserve for role in talk.negotiation.roles]
    worths = [deal.worth - reserve if deal else 0.0 for deal, reserve in zip(deals, reserves, strict=True)] if deals else None
    return Result(
        worths=tuple(worths or [0.0] * len(reserves)),
        reason=session.reason or session.phase,
        turns=session.turn,
        refusals=session.refusals,
        withheld=sum(move.withheld for move in session.moves),
        is_fit=all(deal is not None for deal in deals),
    )


async def _one(match: Match, name: SessionId, seed: int, journal: Journal, key: str) -> Result:
    talk, rules = talk_of(match.talk), rules_of(match.talk)
    seats = zip(talk.negotiation.roles, match.names, strict=True)
    models = tuple(SeatModel(role=role.name, model=model) for role, model in seats)
    settings = Settings(session=name, negotiation=_advised(talk.negotiation, match.advised), models=models, seed=seed, key=key)
    session = _earlier(journal, settings)
    if session is None:
        session = await open_session(settings, rules, journal)
    return result_of(await drive(session, rules, journal, _performer(match, talk, seed)), talk)


@cache
def _advice_of(talk: str, advised: frozenset[int]) -> Advise:
    return advise_for(_advised(talk_of(talk).negotiation, advised))


def _advised(negotiation: Negotiation, advised: frozenset[int]) -> Negotiation:
    if not advised:
        return negotiation
    roles = (role.model_copy(update={"adviser": seat in advised}) for seat, role in enumerate(negotiation.roles))
    return negotiation.model_copy(update={"roles": tuple(roles)})


def _unread(_: View) -> Prompt:
    return _UNREAD


def _earlier(journal: Journal, settings: Settings) -> Session | None:
    """Return the session as the journal holds it, if it does. Raises UsageError where it was opened with something else."""
    if not journal.rows(settings.session):
        return None
    session = session_of(entries_of(journal, settings.session))
    if session.settings.model_copy(update={"key": settings.key}) != settings:
        raise UsageError(
            f"session {settings.session!r} was opened with other files or other models",
            hint="another folder of journals, or an empty one",
        )
    return session


def _performer(match: Match, talk: Talk, seed: int) -> Performer:
    seats = {
        role.name: Seat(name=name, model=model)
        for role, name, model in zip(talk.negotiation.roles, match.names, match.models, strict=True)
    }
    first = next(iter(seats.values()))
    return Performer(
        seats=seats,
        fallback=Seat(name="strategy:linear", model=first.model),
        assemble=_unread,
        advise=_advice_of(match.talk, match.advised),
        count=len,
        approver=AutomaticApprover(approved=True),
        seed=seed,
    )
