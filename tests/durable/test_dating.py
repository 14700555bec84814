"""Workers see to the dates of agreements while they live, and say what they did."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.assembly import Held, host_on, load_folder, open_journal, settings_for
from orchestrator.assembly.dating import dating
from orchestrator.messages.trigger import SpanTrigger
from orchestrator.messages.value import SessionId


async def agreed(held: Held) -> SessionId:
    """Put an agreement into a journal that is due after a second."""
    folder = load_folder("campaign")
    soon = SpanTrigger(id="soon", why="the plan is looked at again", seconds=1)
    negotiation = folder.negotiation.model_copy(update={"triggers": (soon,)})
    settings = settings_for(replace(folder, negotiation=negotiation), seed=1, models={}, key=held.key)
    host = host_on(held)
    await host.submit(settings)
    await host.join()
    await host.stop(5)
    return settings.session


@pytest.mark.slow
async def test_a_date_that_comes_while_two_look_is_seen_to_once(tmp_path: Path) -> None:
    """One successor is opened and waits; whoever was first says so, and nobody looks on when the context is left."""
    said: list[str] = []
    place = tmp_path / "handfast.db"
    async with open_journal(place) as held:
        session = await agreed(held)
        async with dating(place, held, said.append, 0.05), dating(place, held, said.append, 0.05):
            for _ in range(600):
                if said:
                    break
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.2)
        states = {summary.id: summary.state for summary in held.journal.summaries()}
    (successor,) = states.keys() - {session}
    assert states == {session: "agreed", successor: "unfinished"}
    assert set(said) == {f"session {session} is due: reopened as {successor}"}
