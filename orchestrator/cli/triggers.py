"""Which agreements are due to be talked about again? Listed, and reopened where a date has come or a pot crossed a bound."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime

import click

from orchestrator.assembly import Place, handing_over, open_journal, read_journal, renewal, waking
from orchestrator.cli.handing import holder_says
from orchestrator.cli.onward import onward
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, wrapped
from orchestrator.engine import Session
from orchestrator.engine.reopening import armed
from orchestrator.messages.reopening import Reopened
from orchestrator.messages.trigger import FactTrigger, PotTrigger, Trigger
from orchestrator.messages.value import SessionId
from orchestrator.report.clean import clean
from orchestrator.report.figures import listed, moment
from orchestrator.runtime.reopening import bound_by_triggers, wake_due

__all__ = ["triggers"]


@click.group
def triggers() -> None:
    """See to agreements that are to be talked about again."""


@triggers.command("run")
@journal_option
@json_option
def _run_triggers(*, journal: Place, as_object: bool) -> int:
    """Reopen every agreement for which a date of its triggers has come, or a pot crossed a bound.

    For cron, once a day or once an hour. Each is reopened once, however often this runs.
    The new sessions wait: 'handfast resume' negotiates them.
    """
    if asyncio.run(holder_says(journal)) is not None:
        say("The server of this journal sees to its triggers by itself.")
        return 0
    woken = asyncio.run(_wake(journal))
    if as_object:
        say(as_json([{"session": old, **reopened.model_dump(mode="json")} for old, reopened in woken]))
        return 0
    for old, reopened in woken:
        for line in wrapped(f"{old}: reopened as {_said(reopened)}", "", "  "):
            say(line)
        say(f"  {onward(journal, reopened.successor)}")
    if not woken:
        say("No agreement is due.")
    return 0


@triggers.command("list")
@journal_option
@json_option
def _list_triggers(*, journal: Place, as_object: bool) -> int:
    """List the triggers of all agreements that bind: when each is due, or on which fact or pot it waits."""
    with read_journal(journal) as reader:
        bound = tuple(bound_by_triggers(reader))
    if as_object:
        say(as_json([_json(session) for session in bound]))
        return 0
    for session in bound:
        say(session.id)
        for line in _lines(session):
            say(line)
    if not bound:
        say("No agreement of this journal has triggers.")
    return 0


async def _wake(journal: Place) -> tuple[tuple[SessionId, Reopened], ...]:
    async with open_journal(journal) as held:
        with waking(journal) as wake, handing_over(journal, wake) as handover:
            return await wake_due(held.journal, renewal(held.key, handover))


def _said(reopened: Reopened) -> str:
    cause = reopened.cause
    if cause is None:
        return reopened.successor
    people = f"; tell {listed([clean(name, 80) for name in cause.by])}" if cause.by else ""
    return f"{reopened.successor}, {listed([repr(name) for name in cause.triggers])}: {clean(cause.why, 300)}{people}"


def _lines(session: Session) -> Iterator[str]:
    waiting = armed(session)
    if not waiting:
        yield "  none may fire any more: 'handfast amend' reopens it"
    for trigger, due in waiting:
        yield from wrapped(f"{trigger.id}: {clean(_awaits(trigger, due), 300)}: {clean(trigger.why, 300)}", "  ", "    ")


def _awaits(trigger: Trigger, due: datetime | None) -> str:
    match trigger:
        case FactTrigger():
            return f"when {trigger.when}"
        case PotTrigger():
            return f"when {trigger.when} of pot {trigger.pot!r}"
        case _:
            return f"on {moment(due)}" if due else ""


def _json(session: Session) -> dict[str, object]:
    waiting = [{**trigger.model_dump(mode="json"), "due": _iso(due)} for trigger, due in armed(session)]
    return {"session": session.id, "triggers": waiting}


def _iso(due: datetime | None) -> str | None:
    return due.isoformat() if due else None
