"""Who is at the market? Buyers with tastes and sellers with goods, drawn by a seed; and the talk of one with several."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from orchestrator.messages.negotiation import (
    Agreement,
    ByOption,
    ChoiceIssue,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
)
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["GRADES", "ROUNDS", "SPEEDS", "Buyer", "Seller", "World", "talk_between", "world_of"]

GRADES = (1, 2, 3, 4, 5)
ROUNDS = 6
SPEEDS = (1, 2, 3)
"""In which round of a talk a seller makes its first offer."""

_RESERVE = 0.3
_DEAREST = 100


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who wants one thing."""

    name: RoleName
    keen: float
    """The weight of the grade; the rest is the weight of the price."""

    @property
    def mandate(self) -> Mandate:
        """Return what a deal is worth to the buyer."""
        values = tuple((str(grade), (grade - 1) / (len(GRADES) - 1)) for grade in GRADES)
        price = LinearNumber(issue=IssueName("price"), weight=1 - self.keen, best=Decimal(0), worst=Decimal(_DEAREST))
        return Mandate(reserve=_RESERVE, worths=(price, ByOption(issue=IssueName("grade"), weight=self.keen, values=values)))

    def surplus(self, grade: int, price: float) -> float:
        """Return what a deal is worth in money beyond what the buyer has without one."""
        worth = self.keen * (grade - 1) / (len(GRADES) - 1) + (1 - self.keen) * (1 - price / _DEAREST)
        return (worth - _RESERVE) / (1 - self.keen) * _DEAREST


@dataclass(frozen=True, slots=True)
class Seller:
    """Somebody who has one thing to sell."""

    name: RoleName
    grade: int
    cost: int
    asks: int
    """Its first price, and that of its advertisement."""
    speed: int

    @property
    def mandate(self) -> Mandate:
        """Return what the seller may bind where the deal is its own: the grade that it has, at no price below its cost.

        The limits of all roles bind, whoever settles, so they are about its own deals alone.
        """
        limits = (
            Rule(id="grade", rule=f'seller != "{self.name}" || grade == {self.grade}.0', why="what it has"),
            Rule(id="cost", rule=f'seller != "{self.name}" || price >= {self.cost}.0', why="what it cost"),
        )
        worth = LinearNumber(issue=IssueName("price"), weight=1.0, best=Decimal(_DEAREST), worst=Decimal(0))
        return Mandate(limits=limits, worths=(worth,))


@dataclass(frozen=True, slots=True)
class World:
    """Everybody, the buyers in the order in which they come."""

    buyers: tuple[Buyer, ...]
    sellers: tuple[Seller, ...]

    def welfare(self) -> list[list[float]]:
        """Return for each buyer and seller what a deal between them creates."""
        return [[buyer.surplus(seller.grade, seller.cost) for seller in self.sellers] for buyer in self.buyers]


def world_of(seed: int, buyers: int, sellers: int) -> World:
    """Return the market that a seed draws. Speed has nothing to do with grade or cost."""
    random = Random(f"market/{seed}")  # noqa: S311 - to be repeated, not to be secret
    return World(
        tuple(Buyer(RoleName(f"buyer-{at:03d}"), random.uniform(0.3, 0.7)) for at in range(buyers)),
        tuple(_seller(at, random) for at in range(sellers)),
    )


def _seller(at: int, random: Random) -> Seller:
    grade = random.choice(GRADES)
    cost = 10 + 8 * grade + random.randrange(0, 21)
    asks = min(_DEAREST, round(cost * random.uniform(1.1, 1.6)))
    return Seller(RoleName(f"seller-{at:03d}"), grade, cost, asks, random.choice(SPEEDS))


def talk_between(buyer: Buyer, sellers: tuple[Seller, ...], min_offers: int) -> Negotiation:
    """Return the talk of a buyer with the sellers that it has found; the buyer and one of them settle it."""
    return Negotiation(
        name="enquiry",
        title="An enquiry",
        pattern="trade_space",
        currency="EUR",
        issues=(
            NumberIssue(name=IssueName("price"), unit="EUR", min=Decimal(0), max=Decimal(_DEAREST)),
            ChoiceIssue(name=IssueName("grade"), options=tuple(map(str, GRADES)), numeric=True),
            ChoiceIssue(name=IssueName("seller"), options=tuple(seller.name for seller in sellers)),
        ),
        roles=(
            Role(name=buyer.name, prompt="buyer.md", mandate=buyer.mandate),
            *(Role(name=seller.name, prompt="seller.md", mandate=seller.mandate) for seller in sellers),
        ),
        agreement=Agreement(needs="quorum", quorum=2, always=(buyer.name,), min_offers=min_offers),
        stop=Stop(rounds=ROUNDS, offer_ttl_rounds=ROUNDS, unchanged_rounds=ROUNDS),
    )
