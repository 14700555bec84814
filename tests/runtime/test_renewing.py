"""Does a server keep agreements up to date? It fires what is due, drives what it opened, and comes to rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from orchestrator.assembly import Held, host_on, load_folder, open_journal, settings_for
from orchestrator.messages.command import SizePots, Tell
from orchestrator.messages.journal import Summary
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import Budgets, Pot, Take
from orchestrator.messages.trigger import FactTrigger, PotTrigger, SpanTrigger
from orchestrator.messages.value import SessionId
from orchestrator.runtime.agreementdates import come_due
from orchestrator.runtime.lineage import lineage

pytestmark = [pytest.mark.slow, pytest.mark.timeout(90)]


@pytest.fixture
async def held(tmp_path: Path) -> AsyncGenerator[Held]:
    """Hold an empty journal."""
    async with open_journal(tmp_path / "handfast.db") as held:
        yield held


def triggered(*, seconds: int, reopens: int) -> Negotiation:
    """Return the shipped campaign, reopened by a fact and after so many seconds."""
    shipped = load_folder("campaign").negotiation
    return shipped.model_copy(
        update={
            "stop": shipped.stop.model_copy(update={"reopens": reopens}),
            "triggers": (
                SpanTrigger(id="soon", why="time has passed", seconds=seconds),
                FactTrigger(id="drop", why="there is less", when="budget_ceiling < 150000"),
            ),
        }
    )


async def opened(held: Held, negotiation: Negotiation) -> SessionId:
    """Let a server open a session on a journal, and return its id; it is not driven yet."""
    folder = replace(load_folder("campaign"), negotiation=negotiation)
    settings = settings_for(folder, seed=1, models={}, key=held.key)
    host = host_on(held)
    await host.submit(settings)
    await host.join()
    await host.stop(5)
    return settings.session


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so, at most 30 seconds."""
    for _ in range(600):
        if condition():
            return
        await asyncio.sleep(0.05)
    pytest.fail("it never came")


def states(summaries: tuple[Summary, ...]) -> list[str]:
    """Return where all sessions stand."""
    return [summary.state for summary in summaries]


async def test_a_date_is_seen_to_by_a_server_that_was_started_later(held: Held) -> None:
    """What came due while no server ran is opened at the start, driven to its end, and the chain stops at its bound."""
    session = await opened(held, triggered(seconds=1, reopens=2))
    await asyncio.sleep(1.1)
    host = host_on(held)
    await host.start()
    await until(lambda: states(held.journal.summaries()) == ["agreed"] * 3)
    await host.stop(5)
    chain = lineage(held.journal, session)
    assert [member.session.settings.cause is None for member in chain] == [True, False, False]
    assert list(come_due(held.journal, chain[-1].entries[-1].reply.at)) == []


async def test_a_fact_that_is_handed_to_a_server_is_negotiated_at_once(held: Held) -> None:
    """`Tell` opens the successor, and the server drives it without being asked."""
    session = await opened(held, triggered(seconds=86_400, reopens=1))
    host = host_on(held)
    await host.start()
    answered = await host.handle(Tell(name="budget_ceiling", value="140000", source="memo", by="Dana"))
    assert answered.says == "Fact 'budget_ceiling' is 140000 from now on, in 1 session."
    await host.join()
    await host.stop(5)
    assert states(held.journal.summaries()) == ["agreed", "agreed"]
    assert [member.session.settings.supersedes for member in lineage(held.journal, session)] == [None, session]


def _media(size: int) -> Pot:
    return Pot(name="media", title="media money", size=Decimal(size))


def _watchful(when: str) -> Negotiation:
    budgets = Budgets(file="budgets.yaml", pots=(_media(1000),), takes=(Take(pot="media", amount="10"),))
    trigger = PotTrigger(id="short", why="little is left", pot="media", when=when)
    return load_folder("campaign").negotiation.model_copy(update={"budgets": budgets, "triggers": (trigger,)})


async def test_a_smaller_pot_is_seen_by_a_server_and_negotiated(held: Held) -> None:
    """New sizes open the successor of an agreement that has too little left now, and the server drives it, once."""
    session = await opened(held, _watchful("free < 20"))
    host = host_on(held)
    await host.start()
    await host.join()
    await host.handle(SizePots(pots=(_media(25),), file="budgets.yaml", by="Kim"))
    await host.join()
    await host.stop(5)
    assert states(held.journal.summaries()) == ["agreed", "agreed"]
    assert [member.session.settings.supersedes for member in lineage(held.journal, session)] == [None, session]


async def test_what_another_talk_of_a_server_commits_is_seen(held: Held) -> None:
    """When a talk is over, the agreements that share its pot look at it; only those for which it is news are reopened."""
    host = host_on(held)
    await host.start()
    sessions: list[SessionId] = []
    for seed in (1, 2):
        folder = replace(load_folder("campaign"), negotiation=_watchful("committed > 10"))
        settings = settings_for(folder, seed=seed, models={}, key=held.key)
        sessions.append(await host.submit(settings))
        await host.join()
    await host.stop(5)
    first, second = (lineage(held.journal, session) for session in sessions)
    assert [member.session.status for member in first] == ["agreed", "agreed"]
    assert [member.session.id for member in second] == [sessions[1]]
