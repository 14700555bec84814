"""How much is asked for over time? Curves as a table, and what others' concessions and the last round change."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.messages.value import RoleName
from orchestrator.models.strategy.concession import CURVES, STRATEGIES, StrategyName, answered, clock, curve, wanted
from orchestrator.models.strategy.record import NOTHING, Record, Seen
from orchestrator.models.strategy.temper import Temper, temper_of
from tests.models.talks import bargain, view

TABLE = Path(__file__).parents[2] / "tables" / "models-curves.jsonl"
ROWS: list[dict[str, float]] = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
EVEN = Temper(modesty=0.0, eagerness=1.0, moods=(1.0,), voice=0)


def _seen(began: float | None, best: float) -> Seen:
    nothing = (0,)
    return Seen(
        opening=nothing,
        first=nothing,
        last=nothing,
        backed=nothing,
        tried=frozenset((nothing,)),
        named=(frozenset((0,)),),
        began=began,
        best=best,
    )


def _wanted(name: StrategyName, round_: int, record: Record = NOTHING, *, temper: Temper = EVEN, turn: int = 0) -> float:
    seen = view(bargain("a", "b", reserve=0.3, rounds=20), "a", round=round_, turn=turn)
    return wanted(name, temper, seen, record, 0.9)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['exponent']} at {row['time']}")
def test_curves_lead_from_the_top_to_the_floor(row: dict[str, float]) -> None:
    """From 0.9 down to 0.3, below the exponent 1 late and above it early."""
    assert curve(row["time"], row["exponent"], 0.9, 0.3) == pytest.approx(row["asked"])


@pytest.mark.parametrize(
    ("round_", "rounds", "time"),
    [
        (1, 20, 0.0),
        (2, 20, 1 / 17),
        (18, 20, 1.0),
        (20, 20, 1.0),
        (1, 1, 1.0),
        (1, 2, 0.0),
        (2, 2, 1.0),
        (3, 4, 1.0),
        (50, 100, 49 / 97),
    ],
)
def test_the_clock_leaves_rounds_to_settle_in(round_: int, rounds: int, time: float) -> None:
    """Time is 0 in the first round and 1 before the last rounds, as far as there are so many."""
    assert clock(round_, rounds) == pytest.approx(time)


def test_strategies_differ_in_when_they_concede() -> None:
    """Halfway, a boulware asks for most, then the even one, then the conceder."""
    asked = [_wanted(name, 9) for name in ("boulware", "linear", "conceder")]
    assert asked == sorted(asked, reverse=True)
    assert len(set(asked)) == 3


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_last_round_takes_anything_above_the_reserve(name: StrategyName) -> None:
    """Whatever was asked for before, in the last round it is the reserve."""
    assert _wanted(name, 20) == 0.3


@given(st.sampled_from(STRATEGIES), st.integers(0, 10_000))
def test_nobody_asks_for_more_later_when_the_table_moves(name: StrategyName, seed: int) -> None:
    """By the clock alone the asked utility never rises, and stays between the reserve and the best there is."""
    temper = temper_of(seed, RoleName("a"), 1)
    asked = [_wanted(name, round_, temper=temper) for round_ in range(1, 21)]
    assert asked == sorted(asked, reverse=True)
    assert all(0.3 <= each <= 0.9 for each in asked)


@pytest.mark.parametrize(
    ("gains", "time", "asked"),
    [
        ((), 0.0, 0.9),
        ((), 0.5, 0.75),
        ((0.2,), 0.0, 0.7),
        ((0.1, 0.3), 0.2, 0.7),
        ((-0.2,), 0.0, 0.9),
        ((0.9,), 0.0, 0.3),
    ],
)
def test_tit_for_tat_gives_what_it_got(gains: tuple[float, ...], time: float, asked: float) -> None:
    """It gives as much as the others gave on average, at least a little with time, and never below its floor."""
    others = tuple(_seen(0.1, 0.1 + gain) for gain in gains)
    assert answered(others, time, 0.9, 0.3) == pytest.approx(asked)


def test_tit_for_tat_waits_for_a_complete_offer() -> None:
    """An opening that leaves issues open is no measure of what was given since."""
    assert answered((_seen(None, 0.8),), 0.0, 0.9, 0.3) == 0.9


def test_tit_for_tat_reads_the_others_and_not_itself() -> None:
    """Its own offers don't count as given to it."""
    record = replace(NOTHING, seen={RoleName("a"): _seen(0.1, 0.5), RoleName("b"): _seen(0.1, 0.2)})
    assert _wanted("tit-for-tat", 1, record) == pytest.approx(0.8)


def test_tit_for_tat_yields_to_time_in_the_end() -> None:
    """Even if the others give nothing, it comes down to its reserve before the last round."""
    assert _wanted("tit-for-tat", 18) == pytest.approx(0.3)


def test_a_talk_about_to_stall_gets_a_little_more() -> None:
    """When nothing has changed for all but two of the rounds that end a talk, two hundredths of the room are given."""
    assert _wanted("linear", 1, turn=5) == pytest.approx(0.9)
    assert _wanted("linear", 1, turn=6) == pytest.approx(0.9 - 0.02 * 0.6)


def test_every_strategy_has_a_curve() -> None:
    """The names of strategies are those of the curves, in alphabetical order."""
    assert (list(CURVES), list(STRATEGIES)) == (sorted(STRATEGIES), sorted(STRATEGIES))


def test_a_temper_is_drawn_from_seed_and_role() -> None:
    """The same seed and role give the same temper; another seed or role another one."""
    assert temper_of(1, RoleName("a"), 3) == temper_of(1, RoleName("a"), 3)
    assert len({temper_of(1, RoleName("a"), 3), temper_of(2, RoleName("a"), 3), temper_of(1, RoleName("b"), 3)}) == 3
