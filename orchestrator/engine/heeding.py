"""What does the monitor make of words that pass? It hears each sender's messages once, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.engine.changes import Heeded
from orchestrator.engine.gist import gist_of
from orchestrator.engine.rules import Rules
from orchestrator.engine.session import Session
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.move import Move
from orchestrator.messages.suspicion import Heard, Memory, Monitor, Observed, Suspicion
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName

__all__ = ["Heeding", "heed"]

_WORTH_SHORTENING = 100
"""Tokens of a message. Of a shorter one hardly more is saved than the line takes that says what is missing."""

_WORTH_TELLING = 1_000
"""Tokens of all that a sender said. Before that many, its short messages have taken nothing that anybody could miss."""

_FAILED = Observed(Suspicion(), Memory())


@dataclass(frozen=True, slots=True)
class Heeding:
    """What the monitor says of a message, and what is new in it where it is flagged and long enough to be shortened."""

    suspicion: Suspicion
    gist: str | None


def heed(unfolding: Unfolding, text: str, tokens: int, terms: Terms, rules: Rules) -> Heeding | None:
    """Let the monitor hear the speaker's words. None where nothing worth telling is flagged."""
    if rules.monitor is None or not text:
        return None
    session = unfolding.session
    role = session.speaker.name
    before = _before(session, role, rules.monitor)
    heard = Heard(
        text=text,
        tokens=tokens,
        terms=terms,
        round=session.round,
        at=session.millis / 1000,
        asked=_asked(session.moves, len(session.moves), role),
    )
    observed = _observe(rules.monitor, heard, before.memory)
    after = Heeded(role=role, moves=len(session.moves) + 1, tokens=before.tokens + tokens, memory=observed.memory)
    heeded = (*(each for each in session.heeded if each.role != role), after)
    unfolding.session = session.but(heeded=heeded)
    if not observed.suspicion.flagged or not (tokens >= _WORTH_SHORTENING or after.tokens >= _WORTH_TELLING):
        return None
    gist = gist_of(text, session.moves, session.agenda, role) if tokens >= _WORTH_SHORTENING else None
    return Heeding(observed.suspicion, gist)


def _before(session: Session, role: RoleName, monitor: Monitor) -> Heeded:
    """Return what the monitor remembers of a role: as it was left, then every message since."""
    left = next((each for each in session.heeded if each.role == role), Heeded(role=role, moves=0, tokens=0, memory=Memory()))
    tokens, memory = left.tokens, left.memory
    for place in range(left.moves, len(session.moves)):
        move = session.moves[place]
        if move.sender == role and move.text:
            heard = Heard(
                text=move.text,
                tokens=move.tokens - move.cut,
                terms=move.terms,
                round=move.round,
                at=session.times[place] / 1000,
                asked=_asked(session.moves, place, role),
            )
            tokens += heard.tokens
            memory = _observe(monitor, heard, memory).memory
    return Heeded(role=role, moves=len(session.moves), tokens=tokens, memory=memory)


def _observe(monitor: Monitor, heard: Heard, memory: Memory) -> Observed:
    """Ask the monitor. One that raises suspects nobody: words bind nothing, and the bounds hold in any case."""
    try:
        return monitor(heard, memory)
    except Exception:  # noqa: BLE001 - whatever a monitor raises, no typed move may depend on it
        return _FAILED


def _asked(moves: tuple[Move, ...], end: int, role: RoleName) -> tuple[str, ...]:
    """Return the questions of others since the role's last move before `end`."""
    asked: list[str] = []
    for place in range(end - 1, -1, -1):
        move = moves[place]
        if move.sender == role:
            break
        if move.act == "query" and move.text:
            asked.append(move.text)
    return tuple(reversed(asked))
