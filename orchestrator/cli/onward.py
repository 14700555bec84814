"""Who negotiates a session that was opened just now? The server of its journal, workers, or whoever resumes it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from shlex import quote

from orchestrator.assembly import Place
from orchestrator.cli.handing import holder_says
from orchestrator.cli.record import recorded
from orchestrator.messages.value import SessionId

__all__ = ["onward"]


def onward(journal: Place, session: SessionId) -> str:
    """Return the command that drives a session on, or who does so without one."""
    if asyncio.run(holder_says(journal)) is not None:
        return "the server of the journal negotiates it"
    with recorded(journal, session) as record:
        if record.session.settings.decides:
            return "the workers of its queue negotiate it"
    where = "" if journal == Path("handfast.db") else f" --journal {quote(str(journal))}"
    return f"handfast resume {session}{where}"
