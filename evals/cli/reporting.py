"""How does a run become a page? `eval report` writes it, as one file that any browser opens."""

from __future__ import annotations

from pathlib import Path

import click

from evals.harness.log import read_log
from evals.harness.page import page
from evals.suites.registry import load_suite
from orchestrator.cli.printing import say

__all__ = ["reporting"]


@click.command(name="report")
@click.argument("log", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="LOG with .html by default.")
def reporting(log: Path, *, out: Path | None) -> int:
    """Write LOG as one HTML page: figures with their intervals, and each failed case with its transcript."""
    read = read_log(log)
    path = out or log.with_suffix(".html")
    path.write_text(page(load_suite(read.head.suite), read), encoding="utf-8")
    say(str(path))
    return 0
