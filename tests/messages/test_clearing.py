"""Who wins an auction, and at which price? Against brute force, and by the rules that every clearing must keep."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import (
    Bid,
    best_of,
    called,
    clear,
    drawn,
    is_better,
    lands,
    least_next,
    paid,
    received,
)
from orchestrator.messages.value import IssueName, RoleName

NAMES = tuple(map(RoleName, ("ash", "birch", "cedar", "date", "elm")))
SELLER = RoleName("seller")


def auction(**changes: object) -> Auction:
    """Return the rules of a small auction, changed where a test says so."""
    rules: dict[str, object] = {
        "form": "first_price",
        "host": SELLER,
        "bidders": NAMES,
        "price": IssueName("price"),
        "winner": IssueName("buyer"),
    }
    return Auction.model_validate({**rules, **changes})


def bid(name: int, price: int, place: int) -> Bid:
    """Return a bid of one of the names."""
    return Bid(role=NAMES[name], price=Decimal(price), place=place)


AUCTIONS = st.builds(
    auction,
    form=st.sampled_from(("first_price", "second_price", "ascending")),
    reverse=st.booleans(),
    reserve=st.none() | st.integers(0, 12).map(Decimal),
    tie=st.sampled_from(("earliest", "lot")),
)
BIDS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12)), max_size=8).map(
    lambda pairs: tuple(bid(name, price, place) for place, (name, price) in enumerate(pairs))
)


@given(AUCTIONS, BIDS, st.integers(0, 99))
def test_nobody_bid_better_than_the_winner(rules: Auction, bids: tuple[Bid, ...], seed: int) -> None:
    """Of all bids that reach the reserve none is better, and of the equal ones the tie rule names the winner's."""
    found = clear(rules, bids, seed)
    landing = [each for each in bids if lands(rules, each.price)]
    if found is None:
        assert landing == []
        return
    equal = [each for each in landing if each.price == found.bid.price]
    assert not any(is_better(rules, each.price, found.bid.price) for each in landing)
    first = min(equal, key=lambda each: (drawn(seed, each.role), each.place)) if rules.tie == "lot" else equal[0]
    assert found.bid == first
    assert set(found.tied) == ({each.role for each in equal} if len({each.role for each in equal}) > 1 else set())


@given(AUCTIONS, BIDS, st.integers(0, 99))
def test_the_price_is_that_of_the_rules(rules: Auction, bids: tuple[Bid, ...], seed: int) -> None:
    """It is the winner's own, or with a second price the best that the others force: never worse than its own."""
    found = clear(rules, bids, seed)
    if found is None:
        return
    others = [each.price for each in bids if each.role != found.bid.role and lands(rules, each.price)]
    if rules.form != "second_price":
        expected = found.bid.price
    elif others:
        expected = min(others) if rules.reverse else max(others)
    else:
        expected = found.bid.price if rules.reserve is None else rules.reserve
    assert found.price == expected
    assert not is_better(rules, found.price, found.bid.price)
    assert lands(rules, found.price)


@given(BIDS, st.integers(0, 99))
def test_a_lot_depends_on_the_seed_and_not_on_the_order(bids: tuple[Bid, ...], seed: int) -> None:
    """With ties by lot, nobody gains by bidding first."""
    rules = auction(tie="lot")
    backwards = tuple(Bid(role=each.role, price=each.price, place=place) for place, each in enumerate(reversed(bids)))
    one, other = clear(rules, bids, seed), clear(rules, backwards, seed)
    assert (one and one.bid.role) == (other and other.bid.role)


def test_equal_bids_go_to_the_earliest_or_are_drawn() -> None:
    """All bids equal: the earliest wins and all are named as tied; by lot, another seed draws another winner."""
    bids = tuple(bid(name, 7, name) for name in range(3))
    first = clear(auction(), bids, 0)
    assert first is not None
    assert (first.bid.role, first.price, first.tied) == ("ash", Decimal(7), ("ash", "birch", "cedar"))
    winners = {found.bid.role for seed in range(20) if (found := clear(auction(tie="lot"), bids, seed))}
    assert winners == {"ash", "birch", "cedar"}


def test_no_bid_reaches_a_reserve_above_them_all() -> None:
    """Then nobody wins."""
    assert clear(auction(reserve=Decimal(9)), (bid(0, 7, 0), bid(1, 8, 1)), 0) is None


def test_an_open_bid_must_be_better_by_the_increment() -> None:
    """The first must reach the start and a reserve that is known; in a reverse auction all runs downwards."""
    rules = auction(form="ascending", increment=Decimal(5), start=Decimal(20), reserve=Decimal(30))
    assert (least_next(rules, None), least_next(rules, Decimal(40))) == (Decimal(30), Decimal(45))
    secret = rules.model_copy(update={"secret_reserve": True})
    assert least_next(secret, None) == Decimal(20)
    assert least_next(auction(), None) is None
    down = auction(form="ascending", reverse=True, increment=Decimal(5), start=Decimal(90), reserve=Decimal(80))
    assert (least_next(down, None), least_next(down, Decimal(70))) == (Decimal(80), Decimal(65))


def test_the_clock_falls_to_the_reserve_and_not_below() -> None:
    """In a reverse auction it rises; it ends with its rounds."""
    rules = auction(form="descending", start=Decimal(50), increment=Decimal(10), reserve=Decimal(25), rounds=9)
    assert [called(rules, round_) for round_ in range(1, 5)] == [Decimal(50), Decimal(40), Decimal(30), None]
    up = auction(form="descending", start=Decimal(50), increment=Decimal(10), reverse=True, rounds=2)
    assert [called(up, round_) for round_ in range(1, 4)] == [Decimal(50), Decimal(60), None]


def test_commission_is_borne_by_one_side() -> None:
    """The host sells, or buys in a reverse auction: either pays its commission out of its own pocket."""
    tenth = Decimal("0.1")
    sides = [
        (paid(rules, Decimal(100)), received(rules, Decimal(100)))
        for rules in (
            auction(commission=tenth),
            auction(commission=tenth, commission_by="winner"),
            auction(commission=tenth, reverse=True),
            auction(commission=tenth, reverse=True, commission_by="winner"),
        )
    ]
    assert sides == [(100, 90), (110, 100), (110, 100), (100, 90)]


@given(BIDS)
def test_the_best_bid_is_the_earliest_of_the_highest(bids: tuple[Bid, ...]) -> None:
    """That is what an open auction stands at."""
    best = best_of(auction(tie="lot"), bids)
    assert best == (max(bids, key=lambda each: (each.price, -each.place)) if bids else None)
