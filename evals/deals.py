"""Do the shipped negotiations come to agreements? Whole sessions of built-in models over many seeds, in this process.

Each session runs as `handfast run` runs it, with prompts, guards and monitor, over a journal in memory. Whoever is asked at a
gate says yes, and how often that was is told. Below the table stands what a folder's `case.yaml` expects and was not reached.
Run `python -m evals.deals [NAME ...] [--seeds 100] [--model strategy:linear]`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterable

from evals.deal import Deal, deal_of
from evals.expected import CASE_FILE, misses, read_expected
from evals.harness.table import folder_of, full_rules, hold
from orchestrator.assembly import DEFAULT_MODEL
from orchestrator.errors import UsageError
from orchestrator.report.scores import Share
from orchestrator.roles.find import find, shipped

__all__ = ["deals_of", "main", "share_of"]

_HEAD = f"{'':<12}{'agreed':<26}{'rounds':<14}{'refused':<9}{'least worth':<13}{'sum':<7}gates asked"


def deals_of(name: str, seeds: Iterable[int], models: tuple[str, ...] = (DEFAULT_MODEL,)) -> tuple[Deal, ...]:
    """Return what comes of a negotiation with each seed; models are dealt to the roles in turn."""
    folder, rules = folder_of(name), full_rules(name)
    given: dict[str, str] = {role.name: models[at % len(models)] for at, role in enumerate(folder.negotiation.roles)}
    return tuple(
        deal_of(hold(folder, rules, seed=seed, seats={}, name=f"{folder.negotiation.name}-{seed:010d}", models=given).session)
        for seed in seeds
    )


def share_of(deals: tuple[Deal, ...]) -> Share:
    """Return the share of sessions that agreed."""
    return Share(sum(deal.is_agreed for deal in deals), len(deals))


def _line(name: str, deals: tuple[Deal, ...]) -> str:
    """Return how many agreed, with the interval, how soon, what was refused, the worths, and the gates."""
    share = share_of(deals)
    done = [deal for deal in deals if deal.is_agreed]
    rounds = [deal.rounds for deal in done] or [0]
    told = f"{share.part}/{share.whole} ({share.interval.low:.1%} to {share.interval.high:.1%})"
    asked = [gate for deal in deals for gate in deal.gates]
    gates = ", ".join(f"{gate} {asked.count(gate)}" for gate in sorted(set(asked))) or "none"
    least = statistics.mean(min(deal.worths) for deal in done) if done else 0.0
    total = statistics.mean(sum(deal.worths) for deal in done) if done else 0.0
    how_soon = f"{statistics.median(rounds):.0f}, most {max(rounds)}"
    refused = sum(deal.refused for deal in deals)
    return f"{name:<12}{told:<26}{how_soon:<14}{refused:<9}{least:<13.2f}{total:<7.2f}{gates}"


def main() -> int:
    """Print the table, then what was missed; return 1 where anything was."""
    parser = argparse.ArgumentParser(prog="python -m evals.deals", description="Do the shipped negotiations agree?")
    parser.add_argument("names", nargs="*", metavar="NAME", help="negotiations; all that are shipped if none is named")
    parser.add_argument("--seeds", type=int, default=100, metavar="N", help="sessions of each (100)")
    parser.add_argument("--model", action="append", metavar="MODEL", help="for the roles in turn; may be repeated")
    arguments = parser.parse_args()
    try:
        folders = {name: find(name) for name in arguments.names or shipped()}
    except UsageError as unknown:
        parser.error(f"{unknown.message}; {unknown.hint}")
    missed: list[str] = []
    print(_HEAD)  # noqa: T201 - it prints its figures
    for name, folder in folders.items():
        deals = deals_of(name, range(arguments.seeds), tuple(arguments.model or (DEFAULT_MODEL,)))
        print(_line(name, deals), flush=True)  # noqa: T201 - as above
        if (folder / CASE_FILE).is_file() and not arguments.model:
            missed += [f"{name}: {miss}" for miss in misses(read_expected(folder), deals)]
    for miss in missed:
        print(miss)  # noqa: T201 - as above
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
