"""What does `handfast worker` do? It drives the sessions of a queue, one worker of as many as there are."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import click

from orchestrator.assembly import Place
from orchestrator.cli.options import journal_option
from orchestrator.cli.pace import calls_of, grace_option, pace_options, rates_of
from orchestrator.cli.printing import complain
from orchestrator.errors import UsageError
from orchestrator.messages.burst import Load
from orchestrator.runtime.hosting.collecting import collect_seldom

if TYPE_CHECKING:
    from orchestrator.durable.worker import Worker

__all__ = ["worker"]


@click.command
@click.option("--queue", required=True, metavar="NAME", help="The queue whose sessions are driven.")
@click.option("--name", metavar="NAME", help="The name of this worker on this host, where several work here.")
@click.option(
    "--at-once",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    metavar="N",
    help="Sessions that each worker of the queue drives at once; the worker started last says it for all.",
)
@click.option(
    "--in-all",
    type=click.IntRange(min=1),
    metavar="N",
    help="Sessions that all workers of the queue drive at once, together; the worker started last says it for all.",
)
@click.option(
    "--also-version",
    "also",
    multiple=True,
    metavar="VERSION",
    help="Drive sessions of this version too, each after its record was decided again without a difference.",
)
@pace_options
@grace_option(30.0)
@click.option(
    "--lease",
    type=click.FloatRange(min=1, max=3600),
    default=15.0,
    show_default=True,
    metavar="SECONDS",
    help="After so many seconds without a word of this worker, others take over what it had begun.",
)
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Tell health and metrics on loopback; 0 for any port.")
@journal_option
def worker(
    queue: str,
    *,
    name: str | None,
    at_once: int,
    in_all: int | None,
    also: tuple[str, ...],
    calls: tuple[str, ...],
    rates: tuple[str, ...],
    grace: float,
    lease: float,
    port: int | None,
    journal: Place,
) -> int:
    """Drive the sessions that 'handfast submit --queue' put on a queue, until Ctrl-C or SIGTERM.

    Start it on as many machines as wanted, with the same --journal and the same HANDFAST_KEY. What a worker had begun when
    it died is taken over by the others. Stopped, it lets calls under way come back and leaves the rest to them.
    """
    try:
        from orchestrator.assembly.working import Work, work_on  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise UsageError("workers need the extra 'postgres'", hint="pip install 'handfast[postgres]'") from missing
    work = Work(
        queue=queue,
        name=name,
        load=Load(each=at_once, in_all=in_all),
        also=also,
        calls=calls_of(calls),
        per_second=rates_of(rates),
        port=port,
        lease=lease,
        grace=grace,
        say=_say,
        ready=_ready,
    )
    collect_seldom()
    asyncio.run(work_on(journal, work))
    return 0


def _ready(working: Worker) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, working.stopping.set)


def _say(line: str) -> None:
    complain(f"handfast: {line}")
