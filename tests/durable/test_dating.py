"""Workers see to the dates and pots of agreements while they live, and say what they did."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from orchestrator.assembly import Held, host_on, load_folder, open_journal, settings_for
from orchestrator.assembly.dating import dating
from orchestrator.messages.pot import Budgets, Pot, PotsApplied, Take
from orchestrator.messages.trigger import PotTrigger, SpanTrigger, Trigger
from orchestrator.messages.value import SessionId
from orchestrator.runtime.potbook import apply_pots

SOON = SpanTrigger(id="soon", why="the plan is looked at again", seconds=1)
SHORT = PotTrigger(id="short", why="little is left", pot="media", when="free < 20")


async def agreed(held: Held, trigger: Trigger, budgets: Budgets | None = None) -> SessionId:
    """Put an agreement under a trigger into a journal."""
    folder = load_folder("campaign")
    negotiation = folder.negotiation.model_copy(update={"triggers": (trigger,), "budgets": budgets})
    settings = settings_for(replace(folder, negotiation=negotiation), seed=1, models={}, key=held.key)
    host = host_on(held)
    await host.submit(settings)
    await host.join()
    await host.stop(5)
    return settings.session


async def until_said(said: list[str]) -> None:
    """Wait until somebody has said something, and for what comes right behind it."""
    for _ in range(600):
        if said:
            break
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.2)


def media(size: int) -> Pot:
    """Return a pot of which the campaign takes 10."""
    return Pot(name="media", title="media money", unit="EUR", size=Decimal(size), why="of the house")


@pytest.mark.slow
async def test_a_pot_that_falls_below_its_bound_is_seen_once(tmp_path: Path) -> None:
    """Made smaller by another process, a pot reopens the agreement that watches it; a second worker finds nothing to do."""
    said: list[str] = []
    place = tmp_path / "handfast.db"
    budgets = Budgets(file="budgets.yaml", pots=(media(1000),), takes=(Take(pot="media", amount="10"),))
    async with open_journal(place) as held:
        session = await agreed(held, SHORT, budgets)
        async with dating(place, held, said.append, 0.05), dating(place, held, said.append, 0.05):
            await asyncio.sleep(0.2)
            assert said == []
            applied = PotsApplied(at=datetime.now(UTC), by="Kim", file="budgets.yaml", pots=(media(25),), key=held.key)
            await apply_pots(applied, held.journal)
            await until_said(said)
        states = {summary.id: summary.state for summary in held.journal.summaries()}
    (successor,) = states.keys() - {session}
    assert states == {session: "agreed", successor: "unfinished"}
    assert set(said) == {f"session {session}: a pot crossed its bound; reopened as {successor}"}


@pytest.mark.slow
async def test_a_date_that_comes_while_two_look_is_seen_to_once(tmp_path: Path) -> None:
    """One successor is opened and waits; whoever was first says so, and nobody looks on when the context is left."""
    said: list[str] = []
    place = tmp_path / "handfast.db"
    async with open_journal(place) as held:
        session = await agreed(held, SOON)
        async with dating(place, held, said.append, 0.05), dating(place, held, said.append, 0.05):
            await until_said(said)
        states = {summary.id: summary.state for summary in held.journal.summaries()}
    (successor,) = states.keys() - {session}
    assert states == {session: "agreed", successor: "unfinished"}
    assert set(said) == {f"session {session} is due: reopened as {successor}"}
