"""What does `handfast run` do? It opens a session on the files of a negotiation and drives it."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.assembly import Place, load_folder, settings_for
from orchestrator.cli.driving import Shown, conduct
from orchestrator.cli.hopeless import refused
from orchestrator.cli.newer import tell_newer_facts
from orchestrator.cli.options import (
    approvals_of,
    bounds_of,
    models_of,
    otel_options,
    prices_of,
    record_option,
    run_options,
    seats_of,
    spend_option,
    tracing_of,
    with_address,
    with_people,
)
from orchestrator.messages.spend import NO_BOUNDS

__all__ = ["run"]


@click.command
@click.argument("path")
@run_options
@spend_option
@record_option
@otel_options
@click.option("--even-if-hopeless", "hopeless", is_flag=True, help="Negotiate although no agreement is possible.")
def run(
    path: str,
    *,
    hopeless: bool,
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
    """Negotiate PATH: a folder with a negotiation.yaml, or the name of one that handfast carries, such as campaign.

    Without --model the built-in strategies negotiate, offline. Exits with 0 when agreed, 3 without agreement, 5 when a
    person must approve first, 4 at a bound of spending or when no agreement is possible at all, 6 when a model or the disk
    failed, 130 when interrupted.
    """
    tracing = tracing_of(otel=otel, otel_content=otel_content)
    spend = bounds_of(bounds)
    settings = settings_for(
        load_folder(path),
        seed=seed,
        models=with_people(with_address(models_of(models), base_url), seats_of(seats)),
        rounds=rounds,
        approvals=approvals_of(approvals),
        spend=spend.pop("*", NO_BOUNDS),
        role_spend=spend,
        prices=prices_of(prices),
    )
    if not hopeless and (code := refused(settings.negotiation, as_object=as_object)):
        return code
    tell_newer_facts(journal, settings.negotiation)
    shown = Shown(as_object=as_object, plain=plain, moves=moves)
    return conduct(journal, settings, shown, tape=tape, tracing=tracing)
