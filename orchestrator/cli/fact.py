"""What is known has changed: who must hear of it? A fact's new value goes to the sessions that rest on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click
from pydantic import TypeAdapter

from orchestrator.assembly import Place, read_journal
from orchestrator.cli.handing import hand, refused
from orchestrator.cli.onward import onward
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, wrapped
from orchestrator.cli.record import pick
from orchestrator.errors import UsageError
from orchestrator.messages.command import Tell
from orchestrator.messages.reopening import FactTold
from orchestrator.report.clean import clean
from orchestrator.report.figures import listed, short_id, stated

if TYPE_CHECKING:
    from orchestrator.engine import Session

__all__ = ["fact"]

_session_option = click.option(
    "--session", "words", metavar="ID", help="Only in this session: an id, its beginning, or 'last'."
)
_negotiation_option = click.option("--negotiation", metavar="NAME", default="", help="Only in sessions of this negotiation.")


@click.group
def fact() -> None:
    """Tell what has changed: offers that rest on an old value fall, and agreements whose trigger fires are reopened."""


@fact.command("set")
@click.argument("name")
@click.argument("value")
@click.option("--source", required=True, metavar="S", help="Where the value comes from, such as finance-memo-120.")
@_session_option
@_negotiation_option
@click.option("--by", default="operator", show_default=True, metavar="NAME", help="Who says so; kept on record.")
@click.option(
    "--date", "as_of", metavar="D", help="The day on which it is true, such as 2026-10-01; today where none is given."
)
@click.option("--confidence", type=click.FloatRange(0, 1), metavar="C", help="How sure it is, from 0 to 1.")
@journal_option
@json_option
def _set_fact(
    name: str,
    value: str,
    *,
    source: str,
    words: str | None,
    negotiation: str,
    by: str,
    as_of: str | None,
    confidence: float | None,
    journal: Place,
    as_object: bool,
) -> int:
    """Give the fact NAME a new VALUE in all sessions that have it and are live, or agreed under triggers.

    In a live session the offers that assume the old value fall, and the talk goes on. An agreement stands, and is reopened
    as a new session with its old terms standing where one of its triggers fires; 'handfast resume' negotiates that one.
    The file of the negotiation is not changed: mend it too, or new sessions begin with the old value.
    """
    with read_journal(journal) as reader:
        session = pick(reader, words) if words else None
    tell = Tell(
        name=name,
        value=value,
        by=by,
        source=source,
        session=session,
        negotiation=negotiation,
        as_of=_day(as_of),
        confidence=confidence,
    )
    (answered,) = hand(journal, tell)
    if code := refused(answered):
        return code
    told = _read(answered.data)
    if as_object:
        say(as_json({"fact": name, "value": value, "sessions": [each.model_dump(mode="json") for each in told]}))
        return 0
    for each in told:
        for line in _told_lines(each, journal):
            say(line)
    return 0


@fact.command("list")
@_session_option
@_negotiation_option
@journal_option
@json_option
def _list_facts(*, words: str | None, negotiation: str, journal: Place, as_object: bool) -> int:
    """List the facts that a new value could still change: those of live sessions and of agreements under triggers."""
    from orchestrator.runtime.facts import hearers  # noqa: PLC0415 - brings the engine, which 'fact set' may leave to a holder

    with read_journal(journal) as reader:
        session = pick(reader, words) if words else None
        found = tuple(hearers(reader, None, session=session, negotiation=negotiation))
    if as_object:
        say(as_json([_facts_json(each) for each in found]))
        return 0
    for each in found:
        say(f"{each.id}  {'agreed' if each.status == 'agreed' else 'live'}")
        for line in _fact_lines(each):
            say(line)
    if not found:
        say("No session that is live, or agreed under triggers, has facts.")
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--date {text!r} is no day", hint="such as 2026-10-01") from error


def _read(data: object) -> tuple[FactTold, ...]:
    return TypeAdapter(tuple[FactTold, ...]).validate_python(data)


def _told_lines(told: FactTold, journal: Place) -> Iterator[str]:
    yield from wrapped(f"{told.session}: {_did(told)}", "", "  ")
    if told.reopened is not None:
        yield f"  {onward(journal, told.reopened.successor)}"


def _did(told: FactTold) -> str:
    was = f"was {clean(told.was, 80)}"
    match told.did:
        case "told":
            fallen = listed([short_id(offer) for offer in told.fallen])
            return f"told, {was}; {fallen} fell" if fallen else f"told, {was}; no offer rested on it"
        case "unchanged":
            return "knows it already"
        case "noted":
            return f"its agreement stands, {was}; no trigger fires"
        case "absorbed":
            return f"its agreement stands, {was}; it is being renegotiated already"
        case "exhausted":
            return f"its agreement stands, {was}; triggers have reopened it as often as the file allows: 'handfast amend' does"
        case "reopened":
            return f"reopened as {_reopened(told)}"


def _reopened(told: FactTold) -> str:
    if told.reopened is None or told.reopened.cause is None:
        return "another session"
    cause = told.reopened.cause
    people = f"; tell {listed([clean(name, 80) for name in cause.by])}" if cause.by else ""
    names = listed([repr(name) for name in cause.triggers])
    return f"{told.reopened.successor}, {names}: {clean(cause.why, 300)} (was {clean(told.was, 80)}){people}"


def _fact_lines(session: Session) -> Iterator[str]:
    opened = {known.name: known.value for known in session.settings.negotiation.facts}
    for known in session.facts:
        was = f", was {clean(opened[known.name], 80)} when it opened" if opened.get(known.name) != known.value else ""
        source = f"{clean(known.source, 80)}, {known.as_of.isoformat()}"
        yield from wrapped(f"{known.name}: {clean(stated(known), 200)} ({source}){was}", "  ", "    ")


def _facts_json(session: Session) -> dict[str, object]:
    return {
        "session": session.id,
        "status": session.status or "live",
        "facts": [known.model_dump(mode="json") for known in session.facts],
    }
