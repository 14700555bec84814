"""How does a journal move between a file and a database? Copied as it is, checked on both sides; killed, it goes on later."""

from __future__ import annotations

import asyncio
from time import monotonic

import click

from orchestrator.assembly import Place
from orchestrator.assembly.migrating import Progress, migrate
from orchestrator.cli.options import PlaceType, json_option
from orchestrator.cli.printing import as_json, complain, say
from orchestrator.messages.value import SessionId
from orchestrator.report.figures import plural

__all__ = ["migrate_journal"]

_EVERY = 3.0
"""Seconds between two lines about how far it has come."""


@click.command("migrate")
@click.argument("source", metavar="FROM", type=PlaceType())
@click.argument("target", metavar="TO", type=PlaceType())
@click.option("--session", "sessions", multiple=True, metavar="ID", help="Copy this session only. Repeat for more sessions.")
@json_option
def migrate_journal(*, source: Place, target: Place, sessions: tuple[str, ...], as_object: bool) -> int:
    """Copy the journal at FROM to TO: files, or postgresql:// addresses.

    Entries are copied exactly as they are stored, with their digests and signatures, and checked before and after. FROM is
    left as it is. Killed or interrupted, run it again: it goes on where it stopped. Let nobody drive the sessions meanwhile.

    Exits with 1 where a record does not hold, 2 where TO has other entries of the same sessions, 6 where a place cannot be
    read or written now, or a session went on while it was copied.
    """
    done = asyncio.run(migrate(source, target, tuple(map(SessionId, sessions)), _Telling()))
    if as_object:
        told = {"from": str(source), "to": str(target)}
        say(as_json({**told, "sessions": done.sessions, "entries": done.entries, "copied": done.copied, "verified": True}))
        return 0
    are = "is" if done.sessions == 1 else "are"
    say(f"{_count(done.sessions, 'session')} with {_count(done.entries, 'entry')} {are} the same in both places.")
    say(f"Copied now: {_count(done.copied, 'entry')}.")
    return 0


def _count(number: int, unit: str) -> str:
    return f"{number:,} {plural(number, unit)}"


class _Telling:
    """Says every few seconds how far it has come, where it takes that long."""

    def __init__(self) -> None:
        self._said = monotonic()

    def __call__(self, progress: Progress) -> None:
        if monotonic() - self._said >= _EVERY:
            self._said = monotonic()
            complain(f"{progress.done:,} of {progress.sessions:,} sessions, {progress.copied:,} entries copied")
