"""Who carries out what a command asks? Whoever holds the journal, where somebody does; else this process, at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from orchestrator.assembly import Place, Wake, desk_on, handing_over, open_journal, waking
from orchestrator.cli.printing import complain, say, wrapped
from orchestrator.cli.record import recorded
from orchestrator.errors import Conflict, Unwritable
from orchestrator.messages.command import Answered, Cancel, Command, Revise, Rule, Unfreeze, Watch
from orchestrator.report.words import why
from orchestrator.runtime.desk import Desk, handle
from orchestrator.runtime.hosting.client import ask_holder
from orchestrator.runtime.hosting.place import read_holder

__all__ = ["hand", "hand_and_tell", "holder_says", "refused"]

_TRIES = 4
_PAUSE = 0.5
"""Seconds; a server that is about to open its socket, or to close it, is given a moment."""

_RACES = 20
_BREATH = 0.02
"""Seconds; whoever drives a session in a database may write to it in the same instant, again and again."""


def hand(journal: Place, *commands: Command) -> tuple[Answered, ...]:
    """Return the answers to commands, in their order. What cannot be done here raises; a holder's refusal is an answer."""
    return asyncio.run(_hand(journal, commands))


def hand_and_tell(journal: Place, command: Cancel | Revise | Rule | Unfreeze) -> int:
    """Hand on a command about a session, say what came of it and why the session stands so; return the exit code."""
    (answered,) = hand(journal, command)
    if code := refused(answered):
        return code
    say(answered.says)
    with recorded(journal, command.session) as after:
        for line in wrapped(why(after.session, after.entries)):
            say(line)
    return 0


async def holder_says(journal: Place) -> Answered | None:
    """Return what the holder of a journal does now; None where nobody listens. A database is held by nobody."""
    holder = read_holder(journal) if isinstance(journal, Path) else None
    answers = await ask_holder(holder, (Watch(),), within=5.0) if holder else None
    return answers[0] if answers else None


def refused(answered: Answered) -> int:
    """Say what a holder refused, as a failure here would be said; return its exit code, 0 where it was done."""
    if answered.code:
        complain(f"handfast: {answered.says}")
        if answered.hint:
            complain(f"hint: {answered.hint}")
    return answered.code


async def _hand(journal: Place, commands: tuple[Command, ...]) -> tuple[Answered, ...]:
    if not isinstance(journal, Path):
        return await _beside_others(journal, commands)
    for left in reversed(range(_TRIES)):
        holder = read_holder(journal)
        if holder is not None and (answers := await ask_holder(holder, commands)) is not None:
            return answers
        opened = False
        try:
            async with open_journal(journal) as held:
                opened = True
                desk = desk_on(held)
                return tuple([await handle(command, desk) for command in commands])
        except Unwritable:
            if opened or holder is None or not left:
                raise
        await asyncio.sleep(_PAUSE)
    raise AssertionError


async def _beside_others(journal: Place, commands: tuple[Command, ...]) -> tuple[Answered, ...]:
    """Put commands on record in a database that others write to as well, and wake the workers that drive the sessions."""
    async with open_journal(journal) as held:
        with waking(journal) as wake, handing_over(journal, wake) as handover:
            desk = replace(desk_on(held), handover=handover)
            return tuple([await _at_last(command, desk, wake) for command in commands])


async def _at_last(command: Command, desk: Desk, wake: Wake) -> Answered:
    """Handle a command; where another process wrote in the same instant, anew against what is on record now."""
    for _ in range(_RACES):
        with suppress(Conflict):
            return await handle(command, desk, wake)
        await asyncio.sleep(_BREATH)
    return await handle(command, desk, wake)
