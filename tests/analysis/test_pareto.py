"""Is a front what it should be: what no point beats, found fast?"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.analysis.dominance import undominated
from orchestrator.analysis.pareto import front

_GRID = st.integers(0, 6).map(lambda part: part / 6)


def _points(count: int) -> st.SearchStrategy[list[list[float]]]:
    return st.lists(st.lists(_GRID, min_size=count, max_size=count), min_size=1, max_size=40)


def _beats(one: list[float], other: list[float]) -> bool:
    return one != other and all(mine >= theirs for mine, theirs in zip(one, other, strict=True))


@given(points=st.integers(1, 5).flatmap(_points))
def test_a_front_is_what_no_point_beats(points: list[list[float]]) -> None:
    """For one to five utilities, with ties and equal points, the front is that of trying all pairs."""
    brute = [row for row, point in enumerate(points) if not any(_beats(other, point) for other in points)]
    assert front(np.array(points)).tolist() == brute


def test_a_front_of_nothing_is_empty() -> None:
    """Without points there is no front."""
    assert front(np.zeros((0, 3))).tolist() == []


def test_points_that_all_trade_off_are_all_on_the_front() -> None:
    """Nothing is lost where nobody beats anybody, for two, three and four utilities."""
    draws = np.random.default_rng(3)
    for count in (2, 3, 4):
        points = draws.dirichlet(np.ones(count), 700)
        points[:, -1] = 1.0 - points[:, :-1].sum(axis=1)
        assert len(front(np.round(points, 12))) >= 690


@given(points=st.integers(1, 4).flatmap(_points), keys=st.lists(st.integers(0, 2), min_size=40, max_size=40))
def test_what_is_dropped_at_a_node_has_a_better_one_there(points: list[list[float]], keys: list[int]) -> None:
    """Every row that goes is beaten or equalled by one of its key that stays; up to three utilities none such stays."""
    sums = np.rint(np.array(points) * 60).astype(np.int64)
    kept = undominated(np.array(keys[: len(points)]), sums).tolist()
    for row in range(len(points)):
        others = [other for other in kept if keys[other] == keys[row] and (row not in kept or other != row)]
        beaten = any((sums[other] >= sums[row]).all() for other in others)
        assert beaten or row in kept
        if len(points[0]) <= 3 and row in kept:
            assert not beaten
