"""Where is the world touched? Here: perform an effect, append its entry, go on until the session must wait or is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from orchestrator.engine import Ask, Complete, Effect, Prepare, Rules, SeekApproval, Session, pending, step
from orchestrator.messages.journal import Journal
from orchestrator.messages.reply import Reply

__all__ = ["Perform", "run"]

Perform: TypeAlias = Callable[[Effect], Awaitable[Reply]]
"""Does what an effect asks for and returns what came back."""


async def run(session: Session, rules: Rules, journal: Journal, perform: Perform) -> Session:
    """Drive a session until it is over or waits for a person. Nothing binds before it is appended."""
    while isinstance(effect := pending(session), Prepare | Ask | Complete | SeekApproval):
        done = step(session, await perform(effect), rules)
        await journal.append(done.entry)
        session = done.session
    return session
