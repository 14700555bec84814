"""Is there any agreement to be had? `handfast feasible` tells it before a token is spent."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.assembly import load_folder, load_scenario
from orchestrator.assembly.feasible import SECONDS, examine_negotiation, has_solver
from orchestrator.cli.exits import AGREED, NO_AGREEMENT, STOPPED
from orchestrator.cli.options import json_option
from orchestrator.cli.printing import as_json, complain, say, wrapped
from orchestrator.errors import UsageError
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.value import RoleName
from orchestrator.report.feasible import feasible_json, feasible_lines

__all__ = ["WITHOUT_SOLVER", "feasible", "fitted"]

WITHOUT_SOLVER = "hint: the extra 'solver' decides more: pip install 'handfast[solver]'"

_CODES = {"feasible": AGREED, "hopeless": STOPPED, "undecided": NO_AGREEMENT}


@click.command
@click.argument("path")
@click.option("--as", "seat", metavar="ROLE", help="Tell only what this role may know: others' limits have no content.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1, max=3_600),
    default=SECONDS,
    show_default=True,
    metavar="N",
    help="Tell what is known after so long.",
)
@json_option
def feasible(path: str, *, seat: str | None, seconds: float, as_object: bool) -> int:
    """Tell whether PATH, a folder or a negotiation file, leaves room for any agreement, before a token is spent.

    If so: how many outcomes keep every policy, limit and reserve, and one of them. If not: the smallest set of rules that
    contradict each other, and what would have to give way. Exits with 0 if an agreement is possible, 4 if none is, 3 if
    that is undecided. The extra 'solver' decides more files, and faster.
    """
    negotiation = load_scenario(Path(path)) if Path(path).is_file() else load_folder(path).negotiation
    role = _role(negotiation, seat)
    known = examine_negotiation(negotiation, seconds)
    if as_object:
        say(as_json(feasible_json(negotiation, known, role)))
        return _CODES[known.answer]
    for line in feasible_lines(negotiation, known, role):
        for part in fitted(line):
            say(part)
    if known.answer == "undecided" and not has_solver():
        complain(WITHOUT_SOLVER)
    return _CODES[known.answer]


def fitted(line: str) -> list[str]:
    """Return a line in as many as the terminal needs, under its own indent."""
    indent = line[: len(line) - len(line.lstrip())]
    return wrapped(line.strip(), indent, f"{indent}  ")


def _role(negotiation: Negotiation, seat: str | None) -> RoleName | None:
    roles = [role.name for role in negotiation.roles]
    if seat is None or seat in roles:
        return None if seat is None else RoleName(seat)
    raise UsageError(f"there is no role {seat!r} in {negotiation.name!r}", hint=f"its roles: {', '.join(roles)}")
