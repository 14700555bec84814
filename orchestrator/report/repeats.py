"""What did a crash cost? The model calls that were on record without an answer when their driver ended, and were made again.

A call that costs something is on record before it is made. What is on record and never answered is given up at its full
price when the session goes on, so the cost here is the most that was lost: the service may have charged less, or nothing.
Calls that cost nothing, of built-in models, are not on record before they are made, and are no part of this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Held, Lapsed, Reserved, Tabled
from orchestrator.messages.reply import Interrupted
from orchestrator.messages.terms import exact
from orchestrator.messages.value import RoleName
from orchestrator.report.clean import clean
from orchestrator.report.figures import moment, plural
from orchestrator.report.printed import Json

__all__ = ["Repeat", "interruptions", "repeats", "repeats_json", "repeats_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A model call whose answer never came on record because its driver ended."""

    role: RoleName
    round: int
    asked: datetime
    tokens: int
    """The most that it may have used."""
    usd: Decimal | None
    """The most that it may have cost; None where its model has no price."""
    why: str
    """Why the driver ended, as far as it is known."""
    again: bool
    """Whether the call was made again."""


def repeats(entries: Sequence[Entry], roles: int) -> tuple[Repeat, ...]:
    """Return the calls that were given up because a driver ended, oldest first, in a talk of so many roles."""
    found: list[Repeat] = []
    turn = 0
    request: tuple[datetime, Reserved] | None = None
    for place, entry in enumerate(entries):
        for event in entry.events:
            if isinstance(event, Reserved):
                request = (entry.reply.at, event)
            elif isinstance(event, Tabled | Held):
                turn += 1
            elif isinstance(event, Lapsed) and request is not None and _is_of_driver(entry, event):
                again = _is_asked_again(entries[place + 1 :], event.role)
                found.append(_repeat(request[0], event, entry, turn // roles + 1, again=again))
    return tuple(found)


def interruptions(entries: Sequence[Entry]) -> int:
    """Return how often the session was interrupted; a person who left a seat in good order interrupts nothing."""
    return sum(isinstance(entry.reply, Interrupted) and entry.reply.seat is None for entry in entries)


def repeats_json(entries: Sequence[Entry], roles: int) -> dict[str, Json]:
    """Return the repeated calls and the count of interruptions for a receipt; nothing where there was none."""
    count = interruptions(entries)
    if not count:
        return {}
    calls: list[Json] = [
        {
            "role": each.role,
            "round": each.round,
            "asked": each.asked.isoformat(),
            "tokens": each.tokens,
            "usd": exact(each.usd) if each.usd is not None else None,
            "why": each.why,
            "again": each.again,
        }
        for each in repeats(entries, roles)
    ]
    return {"interruptions": count, "repeated": calls}


def repeats_lines(entries: Sequence[Entry], roles: int) -> Iterator[str]:
    """Yield how often the session was interrupted, and what each repeated call may have cost at most."""
    count = interruptions(entries)
    if not count:
        return
    calls = repeats(entries, roles)
    none = "" if calls else "; no call on record was repeated"
    yield f"interrupted  {count} {plural(count, 'time')}{none}"
    for each in calls:
        usd = f"{exact(each.usd)} USD, " if each.usd is not None else ""
        done = "repeated" if each.again else "given up"
        lost = f"at most {usd}{each.tokens:,} tokens lost"
        yield f"{done}     {each.role} in round {each.round}, asked {moment(each.asked)}, {lost}: {clean(each.why, 200)}"


def _is_of_driver(entry: Entry, event: Lapsed) -> bool:
    """Return whether nobody knows what became of the call; tries that failed are known, and a person left in good order."""
    return isinstance(entry.reply, Interrupted) and entry.reply.tries is None and not event.left


def _is_asked_again(entries: Sequence[Entry], role: RoleName) -> bool:
    return any(isinstance(event, Reserved) and event.role == role for entry in entries for event in entry.events)


def _repeat(asked: datetime, event: Lapsed, entry: Entry, number: int, *, again: bool) -> Repeat:
    why = entry.reply.why if isinstance(entry.reply, Interrupted) else ""
    return Repeat(role=event.role, round=number, asked=asked, tokens=event.tokens, usd=event.cost, why=why, again=again)
