"""What goes on in a journal? Its sessions as they stand, again and again, with what a server does with them now."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from orchestrator.assembly import Place, read_journal
from orchestrator.cli.handing import holder_says
from orchestrator.cli.printing import say
from orchestrator.errors import UsageError
from orchestrator.messages.command import Answered
from orchestrator.messages.journal import Summary
from orchestrator.report.clean import clean
from orchestrator.runtime.perform import utc_now

__all__ = ["Look", "Told", "lines_of", "watch"]

_PAUSE = 1.0
"""Seconds between two looks; a look at a large journal that takes long is taken less often."""
_SHARE = 5
_STATES = ("running", "ready", "waiting", "unfinished", "interrupted", "stopped", "agreed", "no_agreement")
_WIDEST_ID = 40
_WITH_TIME = 24
_WITH_ENTRIES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A journal at one moment."""

    sessions: Sequence[Summary]
    doing: Mapping[str, str]
    """What a server does with those that it has in hand."""
    holder: str
    """Who that is, in words; empty where there is no server."""

    def state(self, summary: Summary) -> str:
        """Return where a session stands."""
        return self.doing.get(summary.id, summary.state)


class Told(Protocol):
    """Shows one look after the other."""

    def show(self, look: Look) -> None:
        """Show what is to be seen now."""
        ...

    def close(self) -> None:
        """Leave the terminal as it was found."""
        ...


def watch(journal: Place) -> int:
    """Show the sessions of a journal until Ctrl-C."""
    told = _table() if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else _Changes()
    try:
        while True:
            began = time.monotonic()
            told.show(_look(journal))
            time.sleep(max(_PAUSE, _SHARE * (time.monotonic() - began)))
    except KeyboardInterrupt:
        return 0
    finally:
        told.close()


def lines_of(look: Look, width: int, height: int) -> Iterator[str]:
    """Yield the lines of a table that fits: who serves, how many are in which state, and the newest sessions."""
    counts = Counter(look.state(summary) for summary in look.sessions)
    shown = ", ".join(f"{counts[state]:,} {state.replace('_', ' ')}" for state in _STATES if counts[state])
    yield _cut(look.holder or "no server", width)
    yield _cut(shown or "no sessions yet", width)
    rows = look.sessions[: max(0, height - 3)]
    room = min(_WIDEST_ID, max((len(summary.id) for summary in rows), default=0), max(8, width - 14))
    for summary in rows:
        line = f"{_cut(clean(summary.id), room):<{room}}  {look.state(summary).replace('_', ' '):<12}"
        if width >= room + _WITH_TIME:
            line += f"  {summary.at[11:19]}"
        if width >= room + _WITH_ENTRIES:
            line += f"  {summary.entries:>6,} entries"
        yield _cut(line.rstrip(), width)


class _Changes:
    """A line for each session whose state is another than before."""

    def __init__(self) -> None:
        self._before: dict[str, str] | None = None

    def show(self, look: Look) -> None:
        states = {str(summary.id): look.state(summary) for summary in look.sessions}
        before = self._before or {}
        at = f"{utc_now():%H:%M:%S}"
        if self._before is None:
            say(f"{at}  {look.holder or 'no server'}")
        for summary in reversed(look.sessions):
            state = states[summary.id]
            if before.get(summary.id) != state:
                say(f"{at}  {clean(summary.id)}  {state.replace('_', ' ')}  {summary.entries:,} entries")
        self._before = states

    def close(self) -> None:
        return


def _table() -> Told:
    # Rich takes longer to import than a list takes to print; only a live table needs it.
    from orchestrator.cli.watchtable import LiveTable  # noqa: PLC0415 - see above

    return LiveTable()


def _look(journal: Place) -> Look:
    try:
        with read_journal(journal) as reader:
            sessions = reader.summaries()
    except UsageError:
        # The file comes with the first session.
        sessions = ()
    answered = asyncio.run(holder_says(journal))
    return Look(sessions=sessions, doing=_doing(answered), holder=_holder(answered))


def _doing(answered: Answered | None) -> dict[str, str]:
    data = answered.data if answered else None
    if not isinstance(data, dict):
        return {}
    return {str(each): state for state in ("ready", "running") for each in _listed(data.get(state))}


def _listed(value: object) -> list[object]:
    return [*value] if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType] - of JSON, made text above


def _holder(answered: Answered | None) -> str:
    data = answered.data if answered else None
    if answered is None or not isinstance(data, dict):
        return ""
    since = datetime.fromisoformat(str(data.get("since")))
    return f"server {data.get('pid')} since {since:%Y-%m-%d %H:%M:%S} UTC: {answered.says}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(0, width - 1)]}…"
