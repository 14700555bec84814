"""What happened in a session? Its transcript for a person, or its entries as they are on record."""

from __future__ import annotations

from collections.abc import Iterator

import click

from orchestrator.assembly import Place
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, fitted, say, terminal_width, wrapped
from orchestrator.cli.record import Record, recorded
from orchestrator.cli.seat.seen import seen
from orchestrator.errors import UsageError
from orchestrator.messages.value import RoleName
from orchestrator.report.clean import clean
from orchestrator.report.explain import explanation_json, explanation_lines
from orchestrator.report.figures import moment
from orchestrator.report.repeats import repeats_lines
from orchestrator.report.telling import Line
from orchestrator.report.transcript import Scene, entry_json, entry_lines, transcript
from orchestrator.report.words import why

__all__ = ["show"]

_MARGIN = 6
_WIDEST = 100


@click.command
@click.argument("session")
@click.option("--entry", "seq", type=click.IntRange(min=0), metavar="N", help="Print entry N in full, as it is on record.")
@click.option("--role", metavar="NAME", help="Only what this role wrote, and what was found in it.")
@click.option("--as", "eyes", metavar="NAME", help="What this role can see now: table, words, mandate, facts, records.")
@click.option(
    "--why", "explains", is_flag=True, help="Why each term is as it is: who moved it when, by which move, citing what."
)
@journal_option
@json_option
def show(
    session: str, *, seq: int | None, role: str | None, eyes: str | None, explains: bool, journal: Place, as_object: bool
) -> int:
    """Print what happened in SESSION: who proposed, accepted or rejected what, in which words, and what was refused.

    For the operator: it holds what the roles did not see of each other, that is refused drafts and withheld words.
    """
    with recorded(journal, session) as record:
        scenes = tuple(scene for scene in transcript(record.entries) if seq is None or scene.entry.seq == seq)
    _check(record, seq, role or eyes)
    if eyes is not None:
        return _show_as(record, RoleName(eyes), as_object=as_object)
    if explains:
        return _explain(record, as_object=as_object)
    if as_object:
        say(as_json({"session": record.session.id, "entries": [entry_json(scene.entry) for scene in scenes]}))
        return 0
    for line in _lines(record, scenes, role) if seq is None else entry_lines(scenes[0]):
        say(line)
    return 0


def _show_as(record: Record, role: RoleName, *, as_object: bool) -> int:
    if as_object:
        raise click.UsageError("--as prints lines for people, and no JSON")
    width = min(_WIDEST, terminal_width())
    for line in seen(record.session, role, width):
        for part in fitted(line, width):
            say(part)
    return 0


def _explain(record: Record, *, as_object: bool) -> int:
    """Print how each term came about that binds, or that waits for a person."""
    offer = record.standing.offer
    terms = record.session.terms or (offer.terms if offer else ())
    if not terms:
        raise UsageError(f"session {record.session.id!r} has settled nothing", hint="'handfast show' prints what happened")
    if as_object:
        say(as_json({"session": record.session.id, "terms": explanation_json(record.session, terms)}))
        return 0
    for line in explanation_lines(record.session, terms):
        for part in wrapped(line, "", "  "):
            say(part)
    return 0


def _check(record: Record, seq: int | None, role: str | None) -> None:
    if seq is not None and seq >= len(record.entries):
        raise UsageError(f"session {record.session.id!r} has no entry {seq}", hint=f"its last is {len(record.entries) - 1}")
    roles = [seat.name for seat in record.session.roles]
    if role is not None and role not in roles:
        raise UsageError(f"session {record.session.id!r} has no role {role!r}", hint=f"its roles: {', '.join(roles)}")


def _lines(record: Record, scenes: tuple[Scene, ...], role: str | None) -> Iterator[str]:
    settings = record.session.settings
    yield clean(f"{record.session.id} · {settings.negotiation.title}")
    yield f"opened {moment(record.entries[0].reply.at)}, seed {settings.seed}, {len(record.entries):,} entries"
    for seat in settings.models:
        yield clean(f"{seat.role} is written by {seat.model}")
    yield ""
    for scene in scenes:
        number = str(scene.entry.seq)
        for line in scene.lines:
            if role is None or line.role == role:
                yield from _placed(number, line)
                number = ""
    yield ""
    yield from wrapped(why(record.session, record.entries))
    for line in repeats_lines(record.entries, len(record.session.roles)):
        yield from wrapped(line, "", "  ")


def _placed(number: str, line: Line) -> list[str]:
    inner = {"words": "  ", "finding": "  ! ", "fall": "  "}.get(line.tone, "")
    first = f"{number:>{_MARGIN - 2}}  {inner}"
    return wrapped(line.text, first, " " * len(first))
