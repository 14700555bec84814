"""Do strategies come to agreements worth having? The shipped negotiations over some seeds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from guards.rulecheck import check_rules
from orchestrator.messages.negotiation import Negotiation, Role
from orchestrator.messages.utility import utility
from orchestrator.models.strategy import STRATEGIES, StrategyName
from orchestrator.roles.find import find
from orchestrator.roles.load import load
from tests.models.talks import Talk, strategy_for, talk

SEEDS = 20
SHIPPED = ("campaign", "cloud", "procurement")

pytestmark = pytest.mark.slow


@lru_cache
def _negotiation(name: str) -> Negotiation:
    return load(find(name), check_rules).negotiation


def _talks(negotiation: Negotiation, names: tuple[StrategyName, ...], seeds: int = SEEDS) -> Iterator[Talk]:
    models = [strategy_for(negotiation, name) for name in names]
    for seed in range(seeds):
        yield talk(negotiation, {role.name: models[at % len(models)] for at, role in enumerate(negotiation.roles)}, seed)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_default_strategy_agrees(name: str) -> None:
    """With `linear` for every role at least nineteen of twenty talks agree, without a gate, and not at once."""
    negotiation = _negotiation(name)
    talks = list(_talks(negotiation, ("linear",)))
    agreed = [over.session for over in talks if over.session.status == "agreed"]
    assert len(agreed) >= 0.95 * SEEDS
    assert [over.gates for over in talks if over.gates] == []
    assert min(session.round for session in agreed) > 3
    assert len({session.digest for session in agreed}) > SEEDS / 2


@pytest.mark.parametrize("name", SHIPPED)
def test_offers_move(name: str) -> None:
    """Over a talk every role proposes, none ends with more than it began with, and some come down a good way."""
    negotiation = _negotiation(name)
    for over in _talks(negotiation, ("linear",), 5):
        drops = [_asked(over, role)[0] - _asked(over, role)[-1] for role in negotiation.roles]
        assert min(drops) >= 0
        assert max(drops) > 0.2


def _asked(over: Talk, role: Role) -> list[float]:
    """Return what each complete proposal of a role was worth to it, or of all if none was complete."""
    moves = [move for move in over.session.moves if move.sender == role.name and move.act == "propose"]
    complete = [move for move in moves if len(move.terms) == len(over.session.agenda.issues)]
    return [utility(role.mandate, move.terms) for move in complete or moves]


@pytest.mark.parametrize("names", [*((name,) for name in STRATEGIES), STRATEGIES], ids="-and-".join)
def test_every_strategy_mostly_agrees(names: tuple[StrategyName, ...]) -> None:
    """Each strategy with itself, and all of them mixed, agree in at least nine of ten talks."""
    for name in SHIPPED:
        talks = list(_talks(_negotiation(name), names, 10))
        assert len([over for over in talks if over.session.status == "agreed"]) >= 9


def test_who_concedes_early_is_sooner_done_and_gets_less() -> None:
    """Two conceders agree before two boulwares do; against each other the boulware comes out better."""
    negotiation = _negotiation("procurement")
    buyer = negotiation.roles[0].mandate

    def worth_to_buyer(names: tuple[StrategyName, ...]) -> float:
        return sum(utility(buyer, over.session.terms) for over in _talks(negotiation, names, 10)) / 10

    def rounds(names: tuple[StrategyName, ...]) -> int:
        return sum(over.session.round for over in _talks(negotiation, names, 10))

    assert rounds(("conceder",)) < rounds(("linear",)) < rounds(("boulware",))
    assert worth_to_buyer(("boulware", "conceder")) > worth_to_buyer(("conceder", "boulware"))


def test_a_talk_that_cannot_agree_ends() -> None:
    """If the limits of two roles exclude each other, all rounds are used, and no draft is refused."""
    negotiation = _negotiation("procurement")
    roles = list(negotiation.roles)
    rule = roles[0].mandate.limits[0].model_copy(update={"rule": "unit_price <= 2.10"})
    mandate = roles[0].mandate.model_copy(update={"limits": (rule,)})
    apart = negotiation.model_copy(update={"roles": (roles[0].model_copy(update={"mandate": mandate}), *roles[1:])})
    for over in _talks(apart, ("linear",), 3):
        assert (over.session.status, over.session.refusals) == ("no_agreement", 0)
