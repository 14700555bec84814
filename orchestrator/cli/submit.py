"""What does `handfast submit` do? It hands sessions to the server of a journal; without one, it stores them for the next."""

from __future__ import annotations

import asyncio
from pathlib import Path
from shlex import quote

import click

from orchestrator.assembly import Place, enrolling, load_folder, new_session_id, settings_for
from orchestrator.cli.handing import hand, holder_says, refused
from orchestrator.cli.hopeless import refused as hopeless_at_all
from orchestrator.cli.options import (
    approvals_of,
    bounds_of,
    models_of,
    prices_of,
    spend_option,
    submit_options,
    with_address,
)
from orchestrator.cli.printing import as_json, complain, say
from orchestrator.messages.command import Answered, Submit
from orchestrator.messages.settings import Settings
from orchestrator.messages.spend import NO_BOUNDS

__all__ = ["submit"]

_MOST = 100_000
_BATCH = 50
"""Sessions that are handed over through one connection, or stored with one lock."""


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@submit_options
@spend_option
@click.option(
    "--count",
    type=click.IntRange(1, _MOST),
    default=1,
    show_default=True,
    metavar="N",
    help="Open so many sessions on each PATH, the seed of each one higher than that of the one before.",
)
@click.option("--even-if-hopeless", "hopeless", is_flag=True, help="Negotiate although no agreement is possible.")
@click.option("--queue", metavar="NAME", help="The queue whose workers are to drive them, where the journal is in Postgres.")
def submit(
    paths: tuple[str, ...],
    *,
    count: int,
    hopeless: bool,
    queue: str | None,
    seed: int,
    rounds: int | None,
    models: tuple[str, ...],
    approvals: tuple[str, ...],
    base_url: str | None,
    prices: tuple[str, ...],
    bounds: tuple[str, ...],
    journal: Place,
    as_object: bool,
) -> int:
    """Open sessions on each PATH, which the server of the journal drives, and print their ids at once.

    Where no server runs the sessions are stored: the next 'handfast serve' drives them, or 'handfast resume' one of them.
    On a journal in Postgres, --queue gives them to the workers of a queue.
    """
    folders = [load_folder(path) for path in paths]
    if not hopeless:
        for folder in folders:
            if code := hopeless_at_all(folder.negotiation, as_object=as_object):
                return code
    spend = bounds_of(bounds)
    opened = _Opened(journal=journal, queue=queue, as_object=as_object)
    code = 0
    for folder in folders:
        settings = settings_for(
            folder,
            seed=seed,
            models=with_address(models_of(models), base_url),
            rounds=rounds,
            approvals=approvals_of(approvals),
            spend=spend.get("*", NO_BOUNDS),
            role_spend={role: most for role, most in spend.items() if role != "*"},
            prices=prices_of(prices),
        )
        if code := opened.hand_all(settings, count):
            break
    return opened.told(code)


class _Opened:
    """What was handed over so far."""

    def __init__(self, *, journal: Place, queue: str | None, as_object: bool) -> None:
        self.journal = journal
        self.queue = queue
        self.as_object = as_object
        self.ids: list[str] = []

    def hand_all(self, settings: Settings, count: int) -> int:
        """Hand over so many sessions of one kind; return the code of the first that was refused, 0 where none was."""
        for first in range(0, count, _BATCH):
            batch = [_another(settings, each) for each in range(first, min(first + _BATCH, count))]
            for answered in hand(self.journal, *self._enrolled(batch)):
                if code := refused(answered):
                    return code
                self._take(answered)
        return 0

    def _enrolled(self, batch: list[Submit]) -> list[Submit]:
        """Note for the workers of the queue, where there is one, that the sessions are theirs."""
        if self.queue is None:
            return batch
        with enrolling(self.journal, self.queue) as enrol:
            return [each.model_copy(update={"settings": enrol(each.settings)}) for each in batch]

    def told(self, code: int) -> int:
        """Say what was opened and who drives it; return the code."""
        served = self.queue is not None or asyncio.run(holder_says(self.journal)) is not None
        if self.as_object:
            say(as_json({"sessions": self.ids, "driven": served}))
        if not served and self.ids:
            where = "" if self.journal == Path("handfast.db") else f" --journal {quote(str(self.journal))}"
            complain(f"handfast: no server runs on this journal; {len(self.ids)} stored")
            complain(f"hint: drive them with: handfast serve{where}  or one with: handfast resume SESSION{where}")
        return code

    def _take(self, answered: Answered) -> None:
        self.ids.append(answered.session or "")
        if not self.as_object:
            say(answered.session or "")


def _another(settings: Settings, number: int) -> Submit:
    changes = {"session": new_session_id(settings.negotiation.name), "seed": settings.seed + number}
    return Submit(settings=settings.model_copy(update=changes))
