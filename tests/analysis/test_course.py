"""Is it told who gave what for what?"""

from __future__ import annotations

from decimal import Decimal

from orchestrator.analysis.course import Balance, Change, Step, balances, steps
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import ByOption, LinearNumber, Mandate, Role
from orchestrator.messages.terms import Choice, Number, Terms
from orchestrator.messages.value import IssueName, OfferId, RoleName

PRICE, COLOUR = IssueName("price"), IssueName("colour")
BUYER, SELLER = RoleName("buyer"), RoleName("seller")


def _role(name: RoleName, best: int, values: tuple[float, float]) -> Role:
    price = LinearNumber(issue=PRICE, weight=0.5, best=Decimal(best), worst=Decimal(10 - best))
    colour = ByOption(issue=COLOUR, weight=0.5, values=(("red", values[0]), ("blue", values[1])))
    return Role(name=name, prompt="x.md", mandate=Mandate(worths=(price, colour)))


ROLES = (_role(BUYER, 0, (1.0, 0.0)), _role(SELLER, 10, (0.5, 0.5)))


def _move(turn: int, sender: str, price: int | None, colour: str | None = None, act: str = "propose") -> Move:
    terms: Terms = (
        *(() if price is None else (Number(issue=PRICE, value=Decimal(price)),)),
        *(() if colour is None else (Choice(issue=COLOUR, value=colour),)),
    )
    return Move.model_validate(
        {"id": f"m{turn}", "sender": sender, "turn": turn, "round": turn // 2 + 1, "act": act, "terms": terms}
    )


def test_steps_say_what_an_offer_gives_and_what_it_gets() -> None:
    """Each offer is set against its sender's one before, and against what the others' have become worth since."""
    moves = (
        _move(0, "buyer", 0, "red"),
        _move(1, "seller", 10),
        _move(2, "buyer", None, act="inform"),
        _move(3, "seller", 6, "red"),
        _move(4, "buyer", 2, "red"),
        _move(6, "buyer", 2, "blue"),
    )
    found = steps(ROLES, ["price", "colour"], moves)
    assert [(step.role, step.is_first, step.is_complete) for step in found] == [
        (BUYER, True, True),
        (SELLER, True, False),
        (SELLER, False, True),
        (BUYER, False, True),
        (BUYER, False, True),
    ]
    assert [tuple(round(worth, 6) for worth in step.utilities) for step in found] == [
        (1.0, 0.25),
        (0.0, 0.75),
        (0.7, 0.55),
        (0.9, 0.35),
        (0.4, 0.35),
    ]
    figures = [tuple(round(part, 6) for part in (step.gave, step.others, step.got)) for step in found]
    assert figures == [(0, 0, 0), (0, 0, 0), (0.2, 0.7, 0), (0.1, 0.1, 0), (0.5, 0.0, 0)]
    assert found[-1] == Step(
        round=4,
        role=BUYER,
        offer=OfferId("m6"),
        is_first=False,
        is_complete=True,
        utilities=found[-1].utilities,
        gave=found[-1].gave,
        others=found[-1].others,
        got=found[-1].got,
        changes=(
            Change(
                issue=COLOUR,
                before=Choice(issue=COLOUR, value="red"),
                after=Choice(issue=COLOUR, value="blue"),
                worth=(-0.5, 0.0),
            ),
        ),
    )
    assert found[0].changes == ()


def test_what_is_got_is_what_others_have_moved_since() -> None:
    """An offer counts as having got what the others' offers gained, in its sender's eyes, since its last one."""
    moves = (_move(0, "buyer", 0, "red"), _move(1, "seller", 10, "blue"), _move(2, "buyer", 1, "red"))
    later = (*moves, _move(3, "seller", 8, "blue"), _move(4, "buyer", 3, "red"))
    assert [round(step.got, 6) for step in steps(ROLES, ["price", "colour"], later)] == [0, 0, 0, 0.05, 0.1]


def test_balances_sum_up() -> None:
    """What a role gave and got in all is the sum of its steps; who offered nothing has nothing."""
    moves = (_move(0, "buyer", 0, "red"), _move(2, "buyer", 2, "red"), _move(4, "buyer", 4, "red"))
    first, second = balances(ROLES, steps(ROLES, ["price", "colour"], moves))
    assert (first.role, first.offers, round(first.gave, 6), first.got) == (BUYER, 3, 0.2, 0)
    assert second == Balance(role=SELLER, offers=0, gave=0, got=0)


def test_a_precedent_is_nobody_s_offer() -> None:
    """Offers of nobody at the table are no steps."""
    assert steps(ROLES, ["price", "colour"], (_move(0, "precedent", 0, "red"),)) == ()
