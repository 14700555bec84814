"""What others put on record while a model wrote goes first, and the model's answer is kept behind it."""

from __future__ import annotations

import pytest

from orchestrator.engine import Ask, Effect, begin, enter, refold
from orchestrator.errors import Conflict
from orchestrator.messages.cancelling import Cancelled
from orchestrator.messages.entry import read_row
from orchestrator.messages.reply import Interrupted, Reply, Reported
from orchestrator.messages.settings import Settings
from orchestrator.runtime.driver import drive
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.haggling import Haggling, haggle_settings, story_of, undisturbed
from orchestrator.testing.samples import SAMPLE_START, sample_fact, sample_key, sample_rules

NEWS = sample_fact()
CALLED_OFF = Cancelled(at=SAMPLE_START, by="Ada", why="The season is over.")
TAKEN_OVER = Interrupted(at=SAMPLE_START, why="the driver ended before the answer was on record")


async def driven(settings: Settings, word: Reply, at_call: int, times: int = 1) -> tuple[MemoryJournal, Haggling]:
    """Drive a session while somebody puts a word on record during one of its calls."""
    journal, haggling, rules = MemoryJournal(sample_key().sign), Haggling(settings.seed), sample_rules()
    await journal.append(begin(settings, haggling.clock(), rules))
    session = session_of(entries_of(journal, settings.session))

    async def perform(effect: Effect) -> Reply:
        reply = await haggling(effect)
        if isinstance(effect, Ask) and haggling.calls == at_call:
            for _ in range(times):
                now = refold(map(read_row, journal.rows(settings.session)))
                await journal.append(enter(now, word, rules))
        return reply

    await drive(session, rules, journal, perform, haggling.clock)
    return journal, haggling


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("costly", [False, True])
async def test_an_answer_stands_behind_the_news_that_came_meanwhile(costly: bool, times: int) -> None:  # noqa: FBT001 - a case
    """A fact told while a model wrote goes on record before its answer, and the talk ends as it would.

    Nothing is asked again but a request that the news made void: that is the engine's word, and it is on record as lapsed.
    """
    settings = haggle_settings(seed=1, costly=costly)
    whole = undisturbed(settings)
    journal, haggling = await driven(settings, NEWS, at_call=3, times=times)
    entries = entries_of(journal, settings.session)
    assert story_of(entries) == story_of(whole)
    assert [entry.reply for entry in entries if isinstance(entry.reply, Reported)] == [NEWS] * times
    lapsed = sum(event.kind == "lapsed" for entry in entries for event in entry.events)
    assert (haggling.calls, lapsed) == (sum(entry.reply.kind == "written" for entry in whole) + costly, int(costly))


async def test_an_answer_is_let_go_when_nobody_waits_for_it() -> None:
    """A session that was called off while a model wrote is over, and its answer adds nothing."""
    settings = haggle_settings(seed=1)
    journal, _ = await driven(settings, CALLED_OFF, at_call=3)
    assert entries_of(journal, settings.session)[-1].reply == CALLED_OFF


async def test_another_driver_has_the_session() -> None:
    """Where another driver wrote, this one lets go: what it heard is not put on record."""
    settings = haggle_settings(seed=1, costly=True)
    with pytest.raises(Conflict, match="already has an entry"):
        await driven(settings, TAKEN_OVER, at_call=3)
