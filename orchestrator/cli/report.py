"""Whose words filled whose window? The figures of a session for a person, for machines, or as a chart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from orchestrator.assembly import Place
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, wrapped
from orchestrator.cli.record import Record, recorded
from orchestrator.errors import UsageError
from orchestrator.report.chart import chart
from orchestrator.report.clean import clean
from orchestrator.report.context import context, sent, use_lines, warnings
from orchestrator.report.figures import plural
from orchestrator.report.words import why

__all__ = ["report"]


@click.command
@click.argument("session")
@click.option(
    "--svg",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw tokens by sender and round for each role, and write the chart to FILE.",
)
@journal_option
@json_option
def report(session: str, *, svg: Path | None, journal: Place, as_object: bool) -> int:
    """Print whose words filled whose window in SESSION: tokens by role, how fast they came, what was cut and flagged."""
    with recorded(journal, session) as record:
        found = record
    if svg is not None:
        _write(svg, chart(found.session, found.entries))
    if as_object:
        say(as_json({"session": found.session.id, **context(found.session, found.entries)}))
        return 0
    for line in _lines(found):
        say(line)
    if svg is not None:
        say()
        say(f"The chart is in {svg}.")
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be written: {error.strerror}") from error


def _lines(record: Record) -> Iterator[str]:
    session = record.session
    yield clean(f"{session.id} · {session.settings.negotiation.title}")
    yield from wrapped(why(session, record.entries))
    yield ""
    yield "What was said"
    for each in sent(session):
        pace = "" if each.per_second is None else f", {each.per_second:,.1f} a second"
        left = f"; {each.cut:,} tokens were cut or withheld" if each.cut else ""
        flagged = f"; {len(each.flagged)} flagged" if each.flagged else ""
        said = f"{each.messages} {plural(each.messages, 'message')}{pace}, {each.tokens:,} tokens, {each.size:,} bytes"
        yield from wrapped(f"{each.role}: {said}{left}{flagged}", "  ", "    ")
    yield ""
    yield "Whose words are in whose window, at its last prompt"
    yield from (part for line in use_lines(session, record.entries) for part in wrapped(line, "  ", "    "))
    offer = session.offer(session.settled)
    notes = list(warnings(session, offer)) if offer else []
    if notes:
        yield ""
        yield "To know before approving"
        yield from (part for line in notes for part in wrapped(line, "  ", "    "))
