"""What does `handfast amend` do? It reopens an agreement under new facts or files, with the old terms standing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from orchestrator.assembly import Place, handing_over, load_folder, open_journal, renewal, settings_for, waking
from orchestrator.cli.driving import Shown, conduct
from orchestrator.cli.options import (
    approvals_of,
    bounds_of,
    models_of,
    otel_options,
    pairs_of,
    prices_of,
    record_option,
    run_options,
    seats_of,
    spend_option,
    tracing_of,
    with_address,
    with_people,
)
from orchestrator.cli.record import recorded
from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.spend import NO_BOUNDS
from orchestrator.messages.value import SessionId
from orchestrator.roles.amending import amended
from orchestrator.runtime.record import check_ours
from orchestrator.runtime.reopening import announce

__all__ = ["amend"]


@click.command
@click.argument("session")
@click.argument("path", required=False)
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="Give a fact a new value. Repeat for more facts.")
@run_options
@spend_option
@record_option
@otel_options
def amend(
    session: str,
    path: str | None,
    *,
    facts: tuple[str, ...],
    seed: int,
    rounds: int | None,
    models: tuple[str, ...],
    seats: tuple[str, ...],
    approvals: tuple[str, ...],
    base_url: str | None,
    prices: tuple[str, ...],
    bounds: tuple[str, ...],
    tape: Path | None,
    journal: Place,
    as_object: bool,
    plain: bool,
    moves: Path | None,
    otel: bool,
    otel_content: bool,
) -> int:
    """Reopen SESSION, which must have ended in an agreement, as a new session that supersedes it.

    The old terms stand as an offer that all may accept, unless the rules of now forbid them. Files are those of PATH,
    or without it those that SESSION was opened with; --fact changes what has changed since. Exits as 'run' does.
    """
    tracing = tracing_of(otel=otel, otel_content=otel_content)
    with recorded(journal, session) as record:
        old = record.session
    if old.status != "agreed":
        raise UsageError(f"session {old.id!r} has no agreement to amend", hint="'handfast sessions' shows which have one")
    folder = amended(old, load_folder(path) if path else None, pairs_of("--fact", facts, "NAME=VALUE"))
    spend = bounds_of(bounds)
    settings = settings_for(
        folder,
        seed=seed,
        models=_models(old, with_people(with_address(models_of(models), base_url), seats_of(seats)), keep=path is None),
        rounds=rounds,
        approvals=approvals_of(approvals),
        supersedes=old,
        spend=spend.pop("*", NO_BOUNDS),
        role_spend=spend,
        prices=prices_of(prices),
    )
    asyncio.run(_announced(journal, old, settings.session))
    shown = Shown(as_object=as_object, plain=plain, moves=moves)
    return conduct(journal, settings, shown, tape=tape, tracing=tracing)


async def _announced(path: Place, old: Session, successor: SessionId) -> None:
    async with open_journal(path) as held:
        check_ours(old, held.key)
        with waking(path) as wake, handing_over(path, wake) as handover:
            await announce(held.journal, old.id, successor, renewal(held.key, handover))


def _models(old: Session, given: dict[str, str], *, keep: bool) -> dict[str, str]:
    if not keep or "*" in given:
        return given
    return {seat.role: seat.model for seat in old.settings.models} | given
