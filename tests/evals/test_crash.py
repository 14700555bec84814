"""Does the harness of crashes count rightly? Its service, its talk, and whole scenes in small."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from evals.crash.counting import Count, count_all
from evals.crash.killing import Killed, Plan
from evals.crash.openings import openings, talk_of
from evals.crash.scene import Scene, play
from evals.crash.service import Service
from evals.crash.talk import State, draft_for, read_state, write_folder
from orchestrator.assembly import load_folder, performer_for, rules_for
from orchestrator.messages.settings import Settings
from orchestrator.runtime.driver import drive, open_session
from orchestrator.storage.keys import load_key
from orchestrator.storage.memory import MemoryJournal
from orchestrator.storage.postgres_place import PostgresPlace

_PROMPT = """\
STATE
round 3 of 14; it is your turn, buyer
standing offers:
- m2-jdm3 by seller {"price": 172, "hours": 100}
  backed by seller; falls after 6 turns, this one counted
- m3-jdm3 by buyer {"price": 128, "hours": 100}
you back m3-jdm3, your own offer
"""


def test_prompt_says_where_the_talk_stands() -> None:
    """Role, round, and the other's standing offer are read from the words of a prompt."""
    assert read_state(_PROMPT) == State(role="buyer", round=3, offer="m2-jdm3", price=172)
    with pytest.raises(ValueError, match="no state"):
        read_state("nothing of the kind")


def test_draft_follows_from_the_prompt_alone() -> None:
    """A step a round; what is no worse than the next step is taken."""
    assert json.loads(draft_for(read_state(_PROMPT)))["terms"] == {"price": 128, "hours": 100}
    assert json.loads(draft_for(State(role="buyer", round=7, offer="m9-aaaa", price=150))) == {
        "act": "accept",
        "offer": "m9-aaaa",
    }
    assert json.loads(draft_for(State(role="seller", round=7, offer="m9-aaaa", price=147)))["act"] == "propose"


def test_calls_are_counted_by_talk(tmp_path: Path) -> None:
    """An undisturbed talk makes as many calls as it has answers on record; a call too many, or too few, is a flaw."""
    count, service, journal = asyncio.run(_undisturbed(tmp_path))
    assert (count.flaws, dict(count.ends), count.answers, count.lost) == ([], {"agreed": 1}, 14, 0)
    assert (service.asked.total(), service.repeats) == (14, 0)
    (call, *_) = service.asked
    service.asked[call] += 1
    assert count_all(journal, 1, service).flaws == ["haggle-000000: 15 calls were made for 14 answers and 0 lost requests"]
    service.asked[call] -= 2
    assert count_all(journal, 2, service).flaws == [
        "1 sessions of 2",
        "haggle-000000: 13 calls were made for 14 answers and 0 lost requests",
    ]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("with_pot", [False, True])
def test_server_of_a_file_is_killed(tmp_path: Path, with_pot: bool) -> None:  # noqa: FBT001 - a case of the table
    """Killed six times while forty sessions run, every session ends, nothing is doubled, and the pot is not overspent."""
    killed, count = _play(tmp_path, str(tmp_path / "crash.db"), with_pot=with_pot)
    assert (killed.kills, count.flaws, sum(count.ends.values())) == (6, [], 40)
    assert count.hours <= (2_400 if with_pot else 4_000)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_workers_on_postgres_are_killed(tmp_path: Path, postgres: PostgresPlace) -> None:
    """Three workers, killed six times while forty sessions run: every session ends, and nothing is doubled."""
    joint = "&" if "?" in postgres.address else "?"
    killed, count = _play(tmp_path, f"{postgres.address}{joint}schema={postgres.schema}", with_pot=False)
    assert (killed.kills, count.flaws, dict(count.ends)) == (6, [], {"agreed": 40})


def _play(folder: Path, place: str, *, with_pot: bool) -> tuple[Killed, Count]:
    scene = Scene(
        folder=folder,
        place=place,
        sessions=40,
        workers=3,
        plan=Plan(kills=6, gap=1.5, seed=3),
        with_pot=with_pot,
    )
    return asyncio.run(play(scene, Service(delay=1.0)))


async def _undisturbed(folder: Path) -> tuple[Count, Service, MemoryJournal]:
    key = load_key()
    journal, service = MemoryJournal(key.sign), Service(delay=0.0)
    files = write_folder(folder)
    async with service.running() as address:
        (settings,) = openings(files, address, 1, key.public)
        assert talk_of(settings.session) == 0
        await _drive(settings, files, journal)
    return count_all(journal, 1, service), service, journal


async def _drive(settings: Settings, files: Path, journal: MemoryJournal) -> None:
    rules = rules_for(load_folder(str(files)).negotiation)
    performer = performer_for(settings)
    await drive(await open_session(settings, rules, journal), rules, journal, performer)
    await performer.aclose()
