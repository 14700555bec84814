"""Which bids are unusual? Planted shills, rings, copies and snipers are named with their bids, and honest bidders are not."""

from __future__ import annotations

from decimal import Decimal
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.analysis.auctions import CODES, Bidding, Evidence, anomalies
from orchestrator.analysis.auctions.chance import as_alike, at_least, at_most, overlap_at_least
from orchestrator.messages.value import RoleName, SessionId
from tests.analysis.bids import NAMES, opened, sealed


def codes(auctions: list[Bidding]) -> list[tuple[str, tuple[RoleName, ...]]]:
    """Return who is named under which code."""
    return [(found.code, found.who) for found in anomalies(auctions)]


def values(seed: int, count: int) -> list[list[int]]:
    """Return what honest bidders would pay in each of a row of auctions."""
    random = Random(seed)
    return [[random.randrange(300, 1000) for _ in NAMES] for _ in range(count)]


@pytest.mark.parametrize("seed", range(8))
def test_honest_sealed_bids_are_not_unusual(seed: int) -> None:
    """Bids that depend on each bidder's own value alone give no finding."""
    assert codes([sealed(number, *row) for number, row in enumerate(values(seed, 24))]) == []


def test_one_that_is_always_second_is_a_shill() -> None:
    """It is among the best two in every auction and never the best one; its best bids are the evidence."""
    auctions = [opened(number, [200, 210, None, None], [220, 230, None, None], [240, None, None, None]) for number in range(10)]
    (found, *_) = [each for each in anomalies(auctions) if each.code == "auction.shill"]
    assert (found.who, found.chance) == ((NAMES[1],), 0.5**10)
    assert found.evidence[0] == Evidence(session=SessionId("row-0"), entry=6, role=NAMES[1], price=Decimal(230), round=2)
    assert len(found.evidence) == 10


def test_a_sealed_bid_that_follows_the_best_of_the_others_was_told_of_it() -> None:
    """A loser whose bids rise and fall with the best rival's knows it, beyond what the lots have in common."""
    rows = values(3, 16)
    told = [[*row[:3], max(row[:3]) * 8 // 10] for row in rows]
    assert ("auction.shill", (NAMES[3],)) in codes([sealed(number, *row) for number, row in enumerate(told)])


def test_bids_that_follow_the_worth_of_the_lot_are_honest() -> None:
    """Where lots differ, all bids rise and fall together, and nobody is named for that."""
    random = Random(5)
    lots = [random.randrange(300, 2_000) for _ in range(24)]
    auctions = [sealed(number, *(lot + random.randrange(-60, 61) for _ in NAMES)) for number, lot in enumerate(lots)]
    assert [code for code, _ in codes(auctions) if code == "auction.shill"] == []


def test_bidders_that_take_turns_are_a_ring() -> None:
    """In each auction one of two bids and the other covers it; who does changes."""
    rows = values(1, 24)
    turns = [[row[0], 110, *row[2:]] if number % 2 else [108, row[1], *row[2:]] for number, row in enumerate(rows)]
    (found,) = anomalies([sealed(number, *row) for number, row in enumerate(turns)])
    assert (found.code, found.who) == ("auction.ring", NAMES[:2])
    assert len(found.evidence) == 48
    assert found.message == "of 'ash' and 'birch' one alone went for the lot in 24 of 24 auctions, and they took turns"


def test_one_who_answers_a_single_rival_copies_it() -> None:
    """By the least step, while all others may lead."""
    rounds = (
        [200, 210, 220, None],
        [None, None, 230, 240],
        [250, 260, None, 270],
        [None, None, 280, None],
        [290, 300, 310, None],
    )
    auctions = [opened(number, *rounds) for number in range(6)]
    assert ("auction.copying", (NAMES[1],)) in codes(auctions)


def test_a_sealed_bid_one_step_above_another_was_seen() -> None:
    """Once is chance; time and again it is a leak."""
    rows = [[row[0], row[0] + 1, *row[2:]] for row in values(2, 12)]
    assert ("auction.copying", (NAMES[1],)) in codes([sealed(number, *row) for number, row in enumerate(rows)])
    assert codes([sealed(0, *rows[0])]) == []


def test_one_that_keeps_to_the_last_round_snipes() -> None:
    """Its bids in the last rounds are the evidence; who bids before as well is not named."""
    rounds = ([200, None, None, None], [None, 210, None, None], [220, None, None, None], [None, 230, 240, None])
    found = [each for each in anomalies([opened(number, *rounds) for number in range(6)]) if each.code == "auction.sniping"]
    assert [each.who for each in found] == [(NAMES[2],)]
    assert {bid.price for bid in found[0].evidence} == {Decimal(240)}


def test_nothing_is_said_of_little() -> None:
    """No auctions, an auction without bids, one auction, and all bids equal give no finding."""
    assert anomalies(()) == ()
    assert anomalies([sealed(0, None, None, None, None)]) == ()
    assert anomalies([sealed(0, 500, 400, 300, None)]) == ()
    assert codes([sealed(number, 500, 500, 500, 500) for number in range(3)]) == []


def test_every_code_is_told() -> None:
    """The four codes have a meaning in words."""
    assert sorted(CODES) == ["auction.copying", "auction.ring", "auction.shill", "auction.sniping"]


@given(st.integers(0, 12), st.integers(0, 12), st.floats(0.01, 0.99))
def test_tails_of_counts_are_exact(count: int, trials: int, chance: float) -> None:
    """What is at least so much and what is less make up everything."""
    total = at_least(count, trials, chance) + (at_most(count - 1, trials, chance) if count else 0.0)
    assert total == pytest.approx(1.0)


def test_an_overlap_is_counted() -> None:
    """Two threes of six that are the same are one of twenty."""
    assert overlap_at_least(3, 3, 3, 6) == pytest.approx(1 / comb(6, 3))
    assert overlap_at_least(0, 3, 3, 6) == pytest.approx(1.0)


def test_likeness_beyond_the_rest() -> None:
    """Equal figures are hardly chance; figures that never change, too few, or explained by the rest, are no sign."""
    random = Random(1)
    ones = [random.random() for _ in range(20)]
    rest = [random.random() for _ in range(20)]
    assert as_alike(ones, ones, rest) < 1e-9
    assert as_alike(ones, [1.0] * 20, rest) == pytest.approx(0.5, abs=0.5)
    assert as_alike(ones[:4], ones[:4], rest[:4]) == 1.0
    assert as_alike(ones, ones, ones) == 1.0
