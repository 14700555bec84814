"""How does a person approve or deny? By name, at one gate, about exactly the offer that waits there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from orchestrator.assembly import open_journal, rules_for
from orchestrator.cli.ending import windows
from orchestrator.cli.options import journal_option
from orchestrator.cli.printing import say, wrapped
from orchestrator.cli.record import Record, check_ours, pick, read_record, recorded
from orchestrator.errors import UsageError
from orchestrator.messages.move import Offer
from orchestrator.messages.reply import Ruled
from orchestrator.messages.value import SessionId
from orchestrator.report.words import why
from orchestrator.runtime.driver import rule_on
from orchestrator.runtime.perform import utc_now

__all__ = ["approve", "deny"]

F = TypeVar("F", bound=Callable[..., Any])


def _ruling_options(command: F) -> F:
    for option in (
        journal_option,
        click.option("--note", default="", metavar="TEXT", help="A reason, kept on record; all roles are told of a denial's."),
        click.option("--by", required=True, metavar="NAME", help="Who rules: the gate's approver."),
        click.option("--gate", required=True, metavar="ID", help="The gate to rule on."),
        click.argument("session"),
    ):
        command = option(command)
    return command


@click.command
@_ruling_options
def approve(session: str, *, gate: str, by: str, note: str, journal: Path) -> int:
    """Approve the offer of SESSION that waits at a gate. The last approval makes it the agreement.

    The approval is of exactly these terms, by their digest. 'handfast resume SESSION' prints them, before and after.
    """
    return _rule(journal, session, gate, by, note, approved=True)


@click.command
@_ruling_options
def deny(session: str, *, gate: str, by: str, note: str, journal: Path) -> int:
    """Deny the offer of SESSION that waits at a gate. It falls; 'handfast resume SESSION' lets the talk go on."""
    return _rule(journal, session, gate, by, note, approved=False)


def _rule(journal: Path, words: str, gate: str, by: str, note: str, *, approved: bool) -> int:
    with recorded(journal, words) as before:
        _waiting_offer(before, gate, by)
        for line in windows(before):
            say(line)
        say()
    after = asyncio.run(_append(journal, before.session.id, gate, by, note, approved=approved))
    say(f"Gate {gate!r} is {'approved' if approved else 'denied'} by {by!r} in session {after.session.id}.")
    for line in wrapped(why(after.session, after.entries)):
        say(line)
    return 0


async def _append(path: Path, session: SessionId, gate: str, by: str, note: str, *, approved: bool) -> Record:
    async with open_journal(path) as held:
        record = read_record(held.journal, pick(held.journal, session))
        check_ours(record.session, held.key)
        offer = _waiting_offer(record, gate, by)
        ruled = Ruled(at=utc_now(), gate=gate, by=by, approved=approved, offer=offer.id, digest=offer.digest, note=note)
        await rule_on(record.session, ruled, rules_for(record.session.settings.negotiation), held.journal)
        return read_record(held.journal, session)


def _waiting_offer(record: Record, gate: str, by: str) -> Offer:
    """Return the offer that waits at a gate. Raises UsageError with the reason where none does, or for somebody else."""
    session, stands = record.session, record.standing
    approvers = {known.id: known.approver for known in session.agenda.gates}
    if gate not in approvers:
        raise UsageError(f"session {session.id!r} has no gate {gate!r}", hint=f"its gates: {', '.join(approvers) or 'none'}")
    if by != approvers[gate]:
        raise UsageError(f"gate {gate!r} is ruled on by {approvers[gate]!r}, not by {by!r}")
    if stands.offer is not None and gate in {waiting.id for waiting in stands.gates}:
        return stands.offer
    ruled = next((ruling for ruling in reversed(session.rulings) if ruling.gate == gate), None)
    if ruled is not None:
        done = "approved" if ruled.approved else "denied"
        raise UsageError(f"gate {gate!r} was {done} by {ruled.by!r} already", hint=f"'handfast resume {session.id}' goes on")
    raise UsageError(f"session {session.id!r} does not wait at gate {gate!r}", hint=f"it stands at: {stands.status}")
