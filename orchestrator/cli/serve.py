"""What does `handfast serve` do? It holds a journal, drives all its sessions, and answers whoever asks through its socket."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from orchestrator.assembly import AT_ONCE, Place, host_on, open_journal
from orchestrator.cli.options import journal_option
from orchestrator.cli.pace import calls_of, grace_option, pace_options, rates_of
from orchestrator.cli.printing import complain
from orchestrator.errors import UsageError
from orchestrator.runtime.hosting.collecting import collect_seldom
from orchestrator.runtime.hosting.serving import Server

__all__ = ["serve"]


@click.command
@journal_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Of health and metrics, on loopback; 0 for any.",
)
@click.option(
    "--at-once",
    type=click.IntRange(min=1),
    default=AT_ONCE,
    show_default=True,
    metavar="N",
    help="Drive at most so many sessions at a time; more wait as rows.",
)
@pace_options
@grace_option(10.0)
def serve(*, journal: Place, port: int, at_once: int, calls: tuple[str, ...], rates: tuple[str, ...], grace: float) -> int:
    """Drive the sessions of a journal, any number of them, until told to stop.

    It goes on with what was under way, wakes sessions at their times, and takes what 'submit', 'approve', 'cancel' and the
    like hand it through a socket beside the journal. A session that waits for a person costs nothing but its rows.
    SIGTERM or Ctrl-C stops it in good order, with exit code 0; a second one at once, with 130.
    """
    bounds, speeds = calls_of(calls), rates_of(rates)
    if not isinstance(journal, Path):
        raise UsageError(
            "a server holds a journal in a file; a database is driven by workers", hint="'handfast worker --queue NAME'"
        )

    async def serving() -> int:
        async with open_journal(journal) as held:
            collect_seldom()
            host = host_on(held, at_once=at_once, calls=bounds, per_second=speeds, say=_say)
            return await Server(journal=journal, host=host, port=port, grace=grace, say=_say).serve()

    return asyncio.run(serving())


def _say(line: str) -> None:
    complain(f"handfast: {line}")
