"""Are the points what their definitions say, however they are found?"""

from __future__ import annotations

from dataclasses import replace
from math import prod

from hypothesis import assume, given, settings

from orchestrator.analysis.appraisal import appraise
from orchestrator.analysis.prospect import Prospect, prospect
from orchestrator.analysis.survey import Survey, survey
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.utility import utility
from tests.analysis.spaces import Tried, asking_of, negotiations, tried

_SAME = 1e-7


def _signable(negotiation: Negotiation, found: Tried) -> list[tuple[float, ...]]:
    reserves = [role.mandate.reserve for role in negotiation.roles]
    return [
        utilities
        for utilities in found.utilities
        if all(one >= reserve - 1e-9 for one, reserve in zip(utilities, reserves, strict=True))
    ]


def _values(negotiation: Negotiation, signable: list[tuple[float, ...]]) -> dict[str, float]:
    """Return the value of each point by its definition, over every outcome."""
    reserves = [role.mandate.reserve for role in negotiation.roles]
    most = [max(column) - reserve for column, reserve in zip(zip(*signable, strict=True), reserves, strict=True)]
    can = [place for place, gain in enumerate(most) if gain > 1e-9]
    gains = [[one - reserve for one, reserve in zip(row, reserves, strict=True)] for row in signable]
    return {
        "nash": max(prod(max(row[place], 0.0) for place in can) for row in gains),
        "kalai-smorodinsky": max(min((row[place] / most[place] for place in can), default=1.0) for row in gains),
        "egalitarian": max(min(row) for row in gains),
        "utilitarian": max(sum(row) for row in gains),
    }


def _reached(negotiation: Negotiation, seen: Prospect) -> dict[str, float]:
    """Return the same values at the points that were found."""
    found: dict[str, float] = {}
    for point in seen.points:
        gains = [one - role.mandate.reserve for one, role in zip(point.best.utilities, negotiation.roles, strict=True)]
        most = [ideal - reserve for ideal, reserve in zip(seen.ideals, seen.reserves, strict=True)]
        can = [place for place, gain in enumerate(most) if gain > 1e-9]
        found[point.name] = {
            "nash": prod(max(gains[place], 0.0) for place in can),
            "kalai-smorodinsky": min((gains[place] / most[place] for place in can), default=1.0),
            "egalitarian": min(gains),
            "utilitarian": sum(gains),
        }[point.name]
    return found


def _close(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    return ours.keys() == theirs.keys() and all(abs(ours[name] - theirs[name]) < _SAME for name in ours)


def _unswept(ground: Survey) -> Survey:
    """Return the ground of the same space as if it were too large to look at every outcome."""
    return replace(ground, swept=None, utilities=None)


@settings(max_examples=20, deadline=None)
@given(negotiation=negotiations(beyond=True))
def test_points_have_the_values_of_their_definitions(negotiation: Negotiation) -> None:
    """Swept or within bounds, each point reaches what trying every outcome reaches, and is exact."""
    found = tried(negotiation)
    signable = _signable(negotiation, found)
    ground = survey(negotiation, asking_of(negotiation))
    for seen in (prospect(ground), prospect(_unswept(ground))):
        assert seen.permitted == len(found.terms)
        if not signable:
            assert (seen.points, seen.ideals, seen.front.utilities) == ((), (), ())
            continue
        assert _close(_reached(negotiation, seen), _values(negotiation, signable))
        assert {point.best.how for point in seen.points} <= {"sweep", "bounds"}
        assert all(
            abs(ideal - max(column)) < _SAME for ideal, column in zip(seen.ideals, zip(*signable, strict=True), strict=True)
        )


@settings(max_examples=15, deadline=None)
@given(negotiation=negotiations())
def test_no_point_and_no_deal_on_the_front_can_be_bettered(negotiation: Negotiation) -> None:
    """Each point lies on the front: nobody can have more there without a loss for somebody."""
    found = tried(negotiation)
    signable = _signable(negotiation, found)
    assume(signable)
    ground = survey(negotiation, asking_of(negotiation))
    seen = prospect(ground)
    rounded = {tuple(round(one, 9) + 0.0 for one in row) for row in signable}
    brute = {row for row in rounded if not any(_beats(other, row) for other in rounded)}
    assert set(seen.front.utilities) == brute
    for point in seen.points:
        assert any(all(abs(a - b) < 1e-8 for a, b in zip(point.best.utilities, row, strict=True)) for row in brute)


@settings(max_examples=15, deadline=None)
@given(negotiation=negotiations(roles=2))
def test_two_ways_find_the_same_front(negotiation: Negotiation) -> None:
    """For two roles the front within bounds is that of the sweep."""
    ground = survey(negotiation, asking_of(negotiation))
    swept, bounded = prospect(ground).front, prospect(_unswept(ground)).front
    assert len(swept.utilities) == len(bounded.utilities)
    pairs = zip(swept.utilities, bounded.utilities, strict=True)
    assert all(abs(a - b) < 1e-8 for one, other in pairs for a, b in zip(one, other, strict=True))


@settings(max_examples=15, deadline=None)
@given(negotiation=negotiations())
def test_what_is_left_on_the_table_is_what_all_could_have_had(negotiation: Negotiation) -> None:
    """It is the most that all can gain at nobody's cost; and a deal that is better for all is found where there is one."""
    found = tried(negotiation)
    assume(found.terms)
    terms, here = found.terms[len(found.terms) // 2], found.utilities[len(found.terms) // 2]
    better = [row for row in found.utilities if all(a >= b - 1e-9 for a, b in zip(row, here, strict=True))]
    most = max(sum(row) for row in better) - sum(here)
    least = max(min(a - b for a, b in zip(row, here, strict=True)) for row in better)
    ground = survey(negotiation, asking_of(negotiation))
    for way in (ground, _unswept(ground)):
        seen = appraise(way, prospect(way), terms)
        assert seen.utilities == here
        assert abs(seen.left - most) < _SAME
        assert (seen.better is None, seen.is_better_for_all) == (most < 1e-9, least > 1e-9)
        if seen.better is not None:
            assert seen.better.terms in found.terms
            assert seen.better.utilities == tuple(utility(role.mandate, seen.better.terms) for role in negotiation.roles)
            gained = [a - b for a, b in zip(seen.better.utilities, here, strict=True)]
            assert abs((min(gained) if least > 1e-9 else sum(gained)) - (least if least > 1e-9 else most)) < _SAME


def _beats(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one != other and all(mine >= theirs for mine, theirs in zip(one, other, strict=True))
