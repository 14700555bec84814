"""How does a run look on a terminal? Its tables, its goals, and the cases that failed."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.harness.log import Log
from evals.harness.printed import goal_lines, table
from evals.harness.suite import Suite
from orchestrator.cli.printing import say, terminal_width, wrapped
from orchestrator.report.clean import clean

__all__ = ["print_rows", "print_run"]

_MOST_FAILED = 10
_WIDEST = 160
_VERDICT = 8
"""Where a goal begins, behind what became of it."""


def print_run(suite: Suite, log: Log, by: Sequence[str]) -> bool:
    """Print tables by these tags, the goals, and what failed. Return whether all goals are reached."""
    for tag in by or (None,):
        print_rows(list(table(suite, log.done, tag)))
        say()
    missing = log.size - len(log.done)
    if missing:
        say(f"{missing} of {log.size} cases are still to be done")
    failed = [one for one in log.done if one.is_errored]
    for one in failed[:_MOST_FAILED]:
        why = one.error or "; ".join(f"{score.metric}: {score.error}" for score in one.scores if score.error)
        say(clean(f"FAILED  {one.case}, epoch {one.epoch}: {why}"))
    if len(failed) > _MOST_FAILED:
        say(f"and {len(failed) - _MOST_FAILED} more that failed")
    lines = list(goal_lines(suite, log.done))
    for _, line in lines:
        for part in wrapped(line, later=" " * _VERDICT):
            say(part)
    return all(reached for reached, _ in lines)


def print_rows(rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their head; where the terminal is narrow, each row is a block of lines."""
    head, *others = rows
    width = min(_WIDEST, terminal_width())
    if sum(max(len(row[at]) for row in rows) + 3 for at in range(len(head))) > width:
        _print_blocks(head, others)
        return
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for at, name in enumerate(head):
        drawn.add_column(Text(name), justify="right" if at else "left", no_wrap=True)
    for row in others:
        drawn.add_row(*(Text(clean(cell)) for cell in row))
    console = Console(width=width, highlight=False, markup=False, emoji=False, color_system=None)
    with console.capture() as captured:
        console.print(drawn)
    for line in captured.get().rstrip().splitlines():
        say(line.rstrip())


def _print_blocks(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    longest = max(map(len, head))
    for row in rows:
        say(clean(f"{head[0]} {row[0]}".strip()))
        for name, cell in zip(head[1:], row[1:], strict=True):
            say(f"  {name:<{longest}}  {cell}")
