"""How does a session become a case? `eval add` keeps its record, as it stands in the journal."""

from __future__ import annotations

from pathlib import Path

import click

from evals.suites.recorded import FOLDER, keep
from evals.suites.registry import suite_names
from orchestrator.assembly import Place, read_journal
from orchestrator.cli.options import journal_option
from orchestrator.cli.printing import say
from orchestrator.cli.record import pick
from orchestrator.errors import UsageError

__all__ = ["adding"]


@click.command(name="add")
@click.argument("suite")
@click.option("--from", "session", required=True, metavar="SESSION", help="Its id, the beginning of its id, or 'last'.")
@click.option("--cases", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, show_default=True, metavar="DIR")
@journal_option
def adding(suite: str, *, session: str, cases: Path, journal: Place) -> int:
    """Keep SESSION as a case of SUITE, which is 'recorded': whenever it runs, the session is decided again."""
    if suite != "recorded":
        known = suite in suite_names()
        what = f"suite {suite!r} makes its cases itself" if known else f"there is no suite {suite!r}"
        raise UsageError(what, hint="sessions become cases of 'recorded'")
    with read_journal(journal) as held:
        path = keep(held.rows(pick(held, session)), cases)
    say(str(path))
    return 0
