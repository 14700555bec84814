"""What is offered next? Leanings of others, walks to what they would like, detours, and lessons of rejections."""

from __future__ import annotations

from decimal import Decimal

from orchestrator.messages.negotiation import ByOption, ChoiceIssue, LinearNumber, Mandate, NumberIssue
from orchestrator.messages.value import IssueName, RoleName
from orchestrator.models.strategy.appeal import Party, parties_of
from orchestrator.models.strategy.axes import OPEN, Outcome, outcome_of
from orchestrator.models.strategy.detour import detour
from orchestrator.models.strategy.ground import Ground, Test
from orchestrator.models.strategy.lessons import lessons_of
from orchestrator.models.strategy.record import Rebuff, Seen
from orchestrator.models.strategy.search import Aim, aim_at, best_outcome
from tests.models.talks import priced

X, Y, KIND = IssueName("x"), IssueName("y"), IssueName("kind")
ISSUES = (
    NumberIssue(name=X, min=Decimal(0), max=Decimal(10)),
    NumberIssue(name=Y, min=Decimal(0), max=Decimal(10)),
    ChoiceIssue(name=KIND, options=("red", "green", "blue")),
)
WORTHS = (
    LinearNumber(issue=X, weight=0.6, best=Decimal(0), worst=Decimal(10)),
    LinearNumber(issue=Y, weight=0.2, best=Decimal(0), worst=Decimal(10)),
    ByOption(issue=KIND, weight=0.2, values=(("red", 1.0), ("green", 0.5), ("blue", 0.0))),
)


def _ground() -> Ground:
    return Ground(RoleName("role"), ISSUES, Mandate(worths=WORTHS), lambda _role, _terms: True, lambda _terms: frozenset())


def _seen(*proposals: Outcome) -> Seen:
    named = tuple(frozenset(outcome[axis] for outcome in proposals if outcome[axis] != OPEN) for axis in range(3))
    first = tuple(next((each[axis] for each in proposals if each[axis] != OPEN), OPEN) for axis in range(3))
    last = proposals[-1]
    return Seen(
        opening=proposals[0], first=first, last=last, backed=last, tried=frozenset(proposals), named=named, began=0.0, best=0.0
    )


def _weights(party: Party) -> list[float]:
    return [round(leaning.weight, 3) if leaning else 0.0 for leaning in party.leanings]


def _aim(target: float, others: tuple[Seen, ...], own: Seen | None = None, test: Test = lambda _outcome: True) -> Aim:
    ground = _ground()
    return aim_at(ground, parties_of(ground.axes, others, own), target, test, (1.0, 1.0, 1.0))


def test_what_a_role_gives_away_matters_little_to_it() -> None:
    """An issue on which a role has moved counts for less than one on which it stands firm."""
    (party,) = parties_of(_ground().axes, (_seen((10, 10, 2), (10, 5, 2)),), _seen((0, 0, 0)))
    assert _weights(party) == [0.444, 0.111, 0.444]


def test_what_a_role_did_not_begin_with_matters_least() -> None:
    """An issue that its opening left open counts for next to nothing, one that it never named for nothing."""
    (party,) = parties_of(_ground().axes, (_seen((10, OPEN, OPEN), (10, 10, OPEN)),), None)
    assert _weights(party) == [0.98, 0.02, 0.0]


def test_liking_falls_with_the_distance_from_the_wish() -> None:
    """A role likes best what it began with, and nothing as far away as another role began."""
    (party,) = parties_of(_ground().axes, (_seen((10, OPEN, OPEN)),), _seen((0, 0, 0)))
    assert [round(party.liking((place, 0, 0)), 3) for place in (10, 5, 0)] == [1.0, 0.5, 0.0]


def test_an_option_that_a_role_has_offered_is_half_liked() -> None:
    """Named options have no order: the first is liked best, others that it named half, the rest not at all."""
    (party,) = parties_of(_ground().axes, (_seen((OPEN, OPEN, 2), (OPEN, OPEN, 1)),), None)
    assert [party.liking((0, 0, place)) for place in (2, 1, 0)] == [1.0, 0.5, 0.0]


def test_a_role_gives_first_what_costs_it_least() -> None:
    """Of two issues on which another stands equally firm, it gives the cheaper one, as far as the target allows."""
    other = _seen((10, 10, OPEN))
    assert best_outcome(_aim(0.9, (other,), _seen((0, 0, 0))), ((0, 0, 0),)) == (0, 5, 0)
    assert best_outcome(_aim(0.5, (other,), _seen((0, 0, 0))), ((0, 0, 0),)) == (5, 10, 0)


def test_nobody_is_left_behind() -> None:
    """Between two others who want opposite things, the one who is further from being content is pleased first."""
    firm, content = _seen((10, OPEN, OPEN)), _seen((OPEN, 10, OPEN), (OPEN, 0, OPEN))
    assert best_outcome(_aim(0.76, (firm, content), _seen((0, 0, 0))), ((0, 0, 0),)) == (4, 0, 0)


def test_it_climbs_from_an_offer_that_is_worth_too_little() -> None:
    """From another's offer it takes back what hurts the other least until it has what it asks for."""
    other = _seen((10, 10, 2), (10, 5, 2))
    found = best_outcome(_aim(0.5, (other,), _seen((0, 0, 0))), ((10, 5, 2),))
    assert found is not None
    assert _ground().worth(found) >= 0.5 - 1e-9
    assert found[2] == 2


def test_what_may_not_be_proposed_is_stepped_over() -> None:
    """A gap that no short step crosses is crossed by a longer one."""
    aim = _aim(0.0, (_seen((10, OPEN, OPEN)),), _seen((0, 0, 0)), lambda outcome: outcome[0] in (0, 8, 9, 10))
    assert best_outcome(aim, ((0, 0, 0),)) == (10, 0, 0)


def test_without_a_way_to_the_target_there_is_nothing() -> None:
    """If no permitted outcome is worth enough, none is returned."""
    assert best_outcome(_aim(0.9, (), None, lambda outcome: outcome[0] > 8), ((10, 10, 2),)) is None


def test_a_detour_takes_over_a_value_of_another_and_makes_room() -> None:
    """One value that the other named is taken over outright; another issue gives way so that the outcome is permitted."""
    aim = _aim(0.2, (_seen((8, 10, 2)),), _seen((0, 8, 0)), lambda outcome: outcome[0] + outcome[1] <= 10)
    found = detour(aim, (0, 8, 2), (_seen((8, 10, 2)),), _seen((0, 8, 2)))
    assert found is not None
    assert (found[0], found[0] + found[1] <= 10) == (8, True)


def test_a_detour_never_returns_to_what_was_tried() -> None:
    """Where all that could be taken over was proposed before, there is no detour."""
    others = (_seen((OPEN, OPEN, 2)),)
    own = _seen((0, 0, 0), (0, 0, 2))
    assert detour(_aim(0.0, others, own), (0, 0, 0), others, own) is None


def test_a_rejection_teaches_what_was_odd() -> None:
    """What a role rejects, and what lies further from all it ever asked for, is not tried again; the rest is."""
    seen = {RoleName("other"): _seen((8, 5, 2), (6, 5, 2))}
    (lesson,) = lessons_of(_ground().axes, (Rebuff((4, 5, 2), RoleName("other")),), seen)
    forbidden = [lesson.forbids(outcome) for outcome in ((4, 5, 2), (3, 9, 0), (5, 5, 2), (9, 5, 2))]
    assert forbidden == [True, True, False, False]


def test_a_rejection_that_shows_nothing_odd_forbids_only_itself() -> None:
    """Where every value was the role's own, or the role is unknown, only the very outcome is not tried again."""
    seen = {RoleName("other"): _seen((4, 5, 2))}
    for role in ("other", "stranger"):
        (lesson,) = lessons_of(_ground().axes, (Rebuff((4, 5, 2), RoleName(role)),), seen)
        assert [lesson.forbids(outcome) for outcome in ((4, 5, 2), (3, 5, 2))] == [True, False]


def test_terms_of_other_issues_are_no_outcome() -> None:
    """Terms that name none of the issues leave all of them open."""
    assert outcome_of(_ground().axes, priced(3)) == (OPEN, OPEN, OPEN)
