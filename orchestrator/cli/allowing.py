"""How does a person approve for sessions to come? In terms, until a time, so often: a leave, which can be revoked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any

import click

from orchestrator.approval.leaves import new_leave_id
from orchestrator.assembly import Place, mistaken_leave
from orchestrator.cli.handing import hand, refused
from orchestrator.cli.printing import say, wrapped
from orchestrator.errors import UsageError
from orchestrator.messages.command import Allow
from orchestrator.messages.leave import Leave

__all__ = ["Given", "allow", "standing_options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What bounds an approval of sessions to come."""

    when: str = ""
    until: str = ""
    negotiation: str = ""
    uses: int | None = None


def standing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of an approval for sessions to come; it gets them as one `given`."""

    @wraps(command)
    def bound(*, when: str, until: str, negotiation: str, uses: int | None, **others: Any) -> Any:
        return command(given=Given(when=when, until=until, negotiation=negotiation, uses=uses), **others)

    found: Callable[..., Any] = bound
    for option in (
        click.option("--uses", type=click.IntRange(min=1), metavar="N", help="For --standing: how many offers it approves."),
        click.option("--negotiation", default="", metavar="NAME", help="For --standing: the one negotiation that it is for."),
        click.option(
            "--until", default="", metavar="DAY", help="For --standing: the last day, as 2026-11-27, or a time in UTC."
        ),
        click.option("--when", default="", metavar="RULE", help="For --standing: what must be true, as 'spend <= 120000'."),
        click.option("--standing", is_flag=True, help="Approve beforehand what sessions to come will agree on."),
    ):
        found = option(found)
    return found


def allow(journal: Place, gate: str, by: str, note: str, given: Given) -> int:
    """Put an approval for sessions to come on record, and say how it is taken back."""
    if not given.when or not given.until:
        raise click.UsageError("--standing needs --when and --until: what may be agreed, and how long that holds")
    leave = Leave(
        id=new_leave_id(),
        gate=gate,
        by=by,
        when=given.when,
        until=_until(given.until),
        negotiation=given.negotiation,
        uses=given.uses,
        note=note,
    )
    if mistake := mistaken_leave(leave):
        raise UsageError(mistake, hint="'handfast validate NAME' shows what a negotiation knows")
    (answered,) = hand(journal, Allow(leave=leave))
    if code := refused(answered):
        return code
    for line in wrapped(answered.says):
        say(line)
    say(f"It holds until {leave.until:%Y-%m-%d %H:%M} UTC. 'handfast approvals revoke {leave.id} --by {by}' takes it back.")
    return 0


def _until(text: str) -> datetime:
    """Return the first instant after a day, or a time; a time without a zone is in UTC."""
    try:
        if len(text) == len("2026-11-27"):
            return datetime.combine(date.fromisoformat(text) + timedelta(days=1), datetime.min.time(), UTC)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise click.UsageError(f"--until {text!r} is no day as 2026-11-27 and no time as 2026-11-27T18:00") from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
