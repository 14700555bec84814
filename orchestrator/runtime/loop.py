"""Where is the world touched? Here: perform an effect, append its entry, go on until the session must wait or is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias

from orchestrator.engine import Ask, Complete, Effect, Prepare, Rules, SeekApproval, Session, pending
from orchestrator.messages.journal import Journal
from orchestrator.messages.reply import Reply
from orchestrator.runtime.behind import behind
from orchestrator.runtime.keeping import keep, refreshed
from orchestrator.runtime.perform import Clock, utc_now

__all__ = ["Perform", "run"]

Perform: TypeAlias = Callable[[Effect], Awaitable[Reply]]
"""Does what an effect asks for and returns what came back."""


async def run(session: Session, rules: Rules, journal: Journal, perform: Perform, clock: Clock = utc_now) -> Session:
    """Drive a session until it is over or waits for a person. Nothing binds before it is appended."""
    while isinstance(effect := pending(session), Prepare | Ask | Complete | SeekApproval):
        if session.request is None and (after := await refreshed(session, rules, journal, clock)) is not session:
            session, effect = after, pending(after)
        if effect is not None:
            answered = partial(keep, reply=await perform(effect), rules=rules, journal=journal)
            session = await behind(session, answered, journal)
    return session
