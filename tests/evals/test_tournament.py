"""Tests of the suite `tournament`: batches of guarded, journaled talks that are never held twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from evals.harness.log import read_log
from evals.harness.printed import story
from evals.harness.running import Job, done_of, plan
from evals.harness.suite import Options, Suite
from evals.players.arena import Match, play
from evals.players.player import Player
from evals.players.space import talk_of, talks
from evals.players.style import STYLES
from evals.suites.registry import load_suite
from orchestrator.assembly import check_heads, open_journal, read_journal, rules_for
from orchestrator.errors import UsageError
from orchestrator.messages.entry import Row
from orchestrator.messages.value import SessionId
from orchestrator.runtime.record import entries_of, redecide
from tests.cli.desk import Desk, desk_at

_SMALL = {"talks": "8", "talk": "delivery", "style": "warm-even-patient,dominant-late-brisk"}
_NAMES = ("warm-even-patient", "dominant-late-brisk")


def _match(size: int, first: str = _NAMES[0]) -> Match:
    talk = talk_of("delivery")
    names = (first, _NAMES[1])
    return Match(
        talk="delivery",
        names=names,
        models=tuple(Player(STYLES[name], talk) for name in names),
        sessions=tuple((SessionId(f"small-{seed}"), seed) for seed in range(size)),
    )


async def _play(path: Path, match: Match) -> tuple[object, tuple[Row, ...]]:
    async with open_journal(path) as held:
        results = await play(match, held.journal, held.key)
        return results, tuple(row for name, _ in match.sessions for row in held.journal.rows(name))


def _suite(folder: Path) -> tuple[Suite, Options]:
    return load_suite("tournament"), Options(given={**_SMALL, "journals": str(folder)})


def test_all_talks_are_dealt_out_to_the_pairs_of_styles() -> None:
    """The whole has 182,812 talks in 432 batches, every style against every other in both seats."""
    cases = load_suite("tournament").cases(Options())
    assert (len(cases), sum(int(case.tag("size")) for case in cases)) == (len(talks()) * 144, 182_812)


def test_a_batch_that_was_stopped_goes_on_and_repeats_no_talk(tmp_path: Path) -> None:
    """What the journal holds is read, not held again; what comes of all is the same as in one go."""
    parts, _ = tmp_path / "parts.db", asyncio.run(_play(tmp_path / "parts.db", _match(1)))
    results, rows = asyncio.run(_play(parts, _match(3)))
    again, same = asyncio.run(_play(parts, _match(3)))
    whole, _ = asyncio.run(_play(tmp_path / "whole.db", _match(3)))
    assert results == again == whole
    assert rows == same


def test_a_journal_of_other_styles_is_not_taken_for_this_batch(tmp_path: Path) -> None:
    """Sessions of the same name between others are refused with a hint."""
    asyncio.run(_play(tmp_path / "one.db", _match(1)))
    with pytest.raises(UsageError, match="was opened with other files or other models"):
        asyncio.run(_play(tmp_path / "one.db", _match(1, "level-even-patient")))


def test_the_journals_verify(tmp_path: Path) -> None:
    """Every session is a signed chain, and deciding it again gives what was recorded."""
    suite, options = _suite(tmp_path)
    case = suite.cases(options)[1]
    assert done_of(suite, options, Job(case, 1)).error == ""
    (file,) = tmp_path.glob("*.db")
    with read_journal(file) as journal:
        for summary in journal.summaries():
            assert check_heads(journal.rows(summary.id)).entries
            assert redecide(entries_of(journal, summary.id), rules_for).status in ("agreed", "no_agreement")


@pytest.mark.slow
def test_a_small_tournament_says_beforehand_what_it_takes_and_prints_its_tables(tmp_path: Path) -> None:
    """From the command line: need, run, the tables as markdown; run again, nothing is done anew."""
    desk: Desk = desk_at(tmp_path)
    given = [f"-T{key}={value}" for key, value in _SMALL.items()]
    log = tmp_path / "log.jsonl"
    command = (
        "eval",
        "run",
        "tournament",
        *given,
        "-T",
        f"journals={tmp_path / 'j'}",
        "--max-parallel",
        "1",
        "--log",
        str(log),
    )
    first = desk.do(*command)
    assert first.code == 0, first
    assert "8 talks in 4 batches" in first.err
    before = log.read_bytes()
    assert desk.do(*command).code == 0
    assert log.read_bytes() == before
    lines = list(story(load_suite("tournament"), read_log(log)))
    assert lines[0] == "| style | talks | deals | claimed | in a deal | created | walked away | ran out of rounds | turns |"
    assert [line.split(" | ")[0] for line in lines[2:4]] == ["| warm-even-patient", "| dominant-late-brisk"]


def test_a_disk_that_is_too_small_is_told_before_anything_is_done(tmp_path: Path) -> None:
    """The need is compared with what is free."""
    suite, options = _suite(tmp_path)
    huge = tuple(case.model_copy(update={"tags": (*case.tags[:3], ("size", "9" * 15))}) for case in suite.cases(options)[:1])
    assert suite.forecast is not None
    with pytest.raises(UsageError, match="GB left"):
        list(suite.forecast(options, huge, 1))
    assert plan(suite, options).left(()) == plan(suite, options).cases


@pytest.mark.parametrize("name", ["fairness", "marketplace", "tournament"])
def test_suites_that_compare_mocks_take_no_other_model(name: str) -> None:
    """A model that would be left out silently is a mistake of the caller."""
    with pytest.raises(UsageError, match="compares mocks with each other"):
        load_suite(name).cases(Options(model="openai:x"))
