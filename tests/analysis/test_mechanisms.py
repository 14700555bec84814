"""Are the figures of designs right? Held against exact values, brute force and plain reference code."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orchestrator.analysis.mechanisms import (
    MOST_LISTED,
    Figures,
    best_gains,
    compare,
    listed_market,
    sizes_up_to,
    uniform_market,
)
from orchestrator.analysis.mechanisms.crowd import book, mcafee, mcafee_sums
from orchestrator.analysis.mechanisms.deals import auction, best_posted, best_subsidised, pivot, pooled, posted
from orchestrator.analysis.mechanisms.exact import EXACT
from orchestrator.analysis.mechanisms.reports import answers, equilibrium, honest, lie_worth

VALUES = st.lists(st.integers(0, 20).map(float), min_size=1, max_size=7)
WITHIN = 0.005


@pytest.fixture(scope="module")
def uniform() -> dict[str, Figures]:
    """Return the figures of all designs for one buyer and one seller."""
    return {each.design: each for each in islice(compare(uniform_market(), (), 7), len(EXACT))}


def _close(found: float, exact: Fraction, whole: float) -> bool:
    return abs(found - float(exact)) <= WITHIN * (abs(float(exact)) or whole)


@pytest.mark.parametrize("design", EXACT)
def test_simulated_figures_are_within_half_a_percent_of_the_exact_ones(design: str, uniform: dict[str, Figures]) -> None:
    """Gains, the platform's balance and what a lie earns are within 0.5 % of the fractions."""
    found, exact = uniform[design], EXACT[design]
    assert found.exact == exact
    assert [
        (name, value, str(fraction))
        for name, value, fraction in (
            ("gains", found.gains, exact.gains),
            ("balance", found.balance, exact.balance),
            ("lie", found.lie, exact.lie),
        )
        if not _close(value, fraction, found.best)
    ] == []


def test_the_figures_that_everybody_knows() -> None:
    """Best 1/6, posted price 1/8, linear equilibrium 9/64, a subsidy of 1/6 for the second price."""
    assert (EXACT["pivot"].gains, EXACT["posted"].gains, EXACT["split-equilibrium"].gains, EXACT["pivot"].balance) == (
        Fraction(1, 6),
        Fraction(1, 8),
        Fraction(9, 64),
        Fraction(-1, 6),
    )


def test_each_design_gives_up_what_theory_says(uniform: dict[str, Figures]) -> None:
    """No line for one buyer and one seller gives up nothing, and each gives up the right things."""
    assert {design: uniform[design].gives_up for design in EXACT} == {
        "posted": ("gains",),
        "subsidised": ("gains", "balance"),
        "commission": ("gains", "truth"),
        "premium": ("gains", "truth"),
        "pivot": ("balance",),
        "split-honest": ("truth",),
        "split-equilibrium": ("gains", "truth"),
        "nash-honest": ("truth",),
        "nash-answer": ("gains", "truth"),
        "pooled": ("choice",),
    }


def test_the_fund_loses_what_the_integral_says(uniform: dict[str, Figures]) -> None:
    """With uniform values each side expects to lose 1 / (18 sqrt 6) in the pooled fund, which is balanced."""
    found = uniform["pooled"]
    assert found.losses == pytest.approx(1 / (9 * 6**0.5), rel=WITHIN)
    assert found.balance == pytest.approx(0, abs=1e-12)


def test_who_is_charged_makes_no_difference() -> None:
    """A premium of 1/9 for the buyer leaves the same trades and the same prices as a commission of 1/10 for the seller."""
    market = uniform_market()
    values, costs = next(market.pairs(3))
    one = auction(market, commission=0.1, premium=0.0)(values, costs)
    other = auction(market, commission=0.0, premium=1 / 9)(values, costs)
    assert np.array_equal(one.trades, other.trades)
    assert one.pays == pytest.approx(other.pays)
    assert one.gets == pytest.approx(other.gets)


def test_mcafees_loss_falls_as_the_market_thickens() -> None:
    """Each larger market loses a smaller share of its gains, and below 1 % from 20 a side on."""
    lost = [1 - found.gains / found.best for found in (mcafee(uniform_market(), size, 1) for size in (2, 5, 10, 20, 50))]
    assert all(more > less for more, less in pairwise(lost))
    assert lost[3] < 0.01


def test_a_book_of_random_speakers_finds_most_gains() -> None:
    """At random prices at which nobody loses, more than nine tenths and less than all is gained, and lying pays."""
    found = book(uniform_market(), 10, 1)
    assert 0.9 < found.gains / found.best < 1
    assert (found.balance, found.lie > 0.002) == (0.0, True)


def test_the_same_seed_gives_the_same_figures() -> None:
    """Figures depend on the market, the sizes and the seed, and on nothing else."""
    once, again, other = (tuple(compare(listed_market([3, 5, 8], [1, 4, 6]), (4,), seed)) for seed in (5, 5, 6))
    assert once == again
    assert once[:10] == other[:10]
    assert once[10:] != other[10:]


def test_long_lists_are_stood_for_by_quantiles() -> None:
    """Up to a thousand values are taken as they are; more are stood for by quantiles with nearly the same gains."""
    source = np.random.default_rng(2)
    buyers, sellers = source.random(5000).tolist(), source.random(5000).tolist()
    short, long = listed_market(buyers[:MOST_LISTED], sellers[:10]), listed_market(buyers, sellers)
    assert (short.shortened, len(short.buyers), len(short.sellers)) == (False, MOST_LISTED, 10)
    assert (long.shortened, len(long.buyers)) == (True, MOST_LISTED)
    exact = float(np.maximum(np.subtract.outer(buyers[:2000], sellers[:2000]), 0).mean())
    assert best_gains(long, 0) == pytest.approx(exact, rel=0.05)


def test_sizes_rise_in_steps_of_about_two() -> None:
    """The largest size is always the one that was asked for."""
    assert (sizes_up_to(2), sizes_up_to(50), sizes_up_to(7)) == ((2,), (2, 5, 10, 20, 50), (2, 5, 7))


@given(VALUES, VALUES)
@settings(max_examples=60, deadline=None)
def test_the_best_prices_are_the_best_of_all(buyers: list[float], sellers: list[float]) -> None:
    """Where there is something to gain, no price gains more than the posted one, no two more than the subsidised ones."""
    assume(max(buyers) > min(sellers))
    market = listed_market(buyers, sellers)

    def gains(price: float, wage: float) -> float:
        return sum(value - cost for value in buyers for cost in sellers if value >= price and cost <= wage)

    known = sorted({*buyers, *sellers})
    price, (low, high) = best_posted(market), best_subsidised(market)
    assert gains(price, price) == pytest.approx(max(gains(each, each) for each in known))
    assert gains(low, high) == pytest.approx(max(gains(one, other) for one in known for other in known))
    assert (low == high) is (gains(low, high) == pytest.approx(gains(price, price)))


@given(VALUES, VALUES)
@settings(max_examples=60, deadline=None)
def test_best_answers_are_the_best_of_a_fine_grid(buyers: list[float], sellers: list[float]) -> None:
    """No ask on a fine grid earns a seller more against honest bids, no bid saves a buyer more against honest asks."""
    market = listed_market(buyers, sellers)
    said = answers(market, honest(market))
    grid = np.arange(-1, 21.01, 0.25).tolist()

    def earned(cost: float, ask: float) -> float:
        return sum((bid + ask) / 2 - cost for bid in buyers if bid >= ask)

    def saved(value: float, bid: float) -> float:
        return sum(value - (bid + ask) / 2 for ask in sellers if bid >= ask)

    for cost, ask in zip(market.sellers.tolist(), said.asks.tolist(), strict=True):
        assert earned(cost, ask) >= max(earned(cost, each) for each in grid) - 1e-9
    for value, bid in zip(market.buyers.tolist(), said.bids.tolist(), strict=True):
        assert saved(value, bid) >= max(saved(value, each) for each in grid) - 1e-9


@given(VALUES, VALUES)
@settings(max_examples=40, deadline=None)
def test_what_a_lie_earns_is_what_brute_force_finds(buyers: list[float], sellers: list[float]) -> None:
    """From honest reports the gain of the best departure is the difference that plain sums give."""
    market = listed_market(buyers, sellers)
    said, best = honest(market), answers(market, honest(market))

    def earned(cost: float, ask: float) -> float:
        return sum((bid + ask) / 2 - cost for bid in buyers if bid >= ask) / len(buyers)

    pairs = zip(market.sellers.tolist(), said.asks.tolist(), best.asks.tolist(), strict=True)
    gain = sum(earned(cost, lie) - earned(cost, truth) for cost, truth, lie in pairs) / len(sellers)
    assert lie_worth(market, said)[1] == pytest.approx(gain)


@given(VALUES, VALUES)
@settings(max_examples=40, deadline=None)
def test_the_search_for_an_equilibrium_never_ends_worse_than_honesty(buyers: list[float], sellers: list[float]) -> None:
    """Where it ends, a lie earns at most what it earns among the honest, and nobody trades at a loss."""
    market = listed_market(buyers, sellers)
    found = equilibrium(market)
    assert max(lie_worth(market, found)) <= max(lie_worth(market, honest(market))) + 1e-12
    assert np.all(found.bids <= market.buyers + 1e-9)
    assert np.all(found.asks >= market.sellers - 1e-9)


def test_the_search_finds_the_linear_equilibrium() -> None:
    """From evenly spread values the search ends within 2 % of 9/64, though nobody told it the formula."""
    even = ((np.arange(300) + 0.5) / 300).tolist()
    split = {each.design: each for each in compare(listed_market(even, even), (2,), 0)}["split-equilibrium"]
    assert split.gains == pytest.approx(9 / 64, rel=0.02)
    assert split.lie < 0.001


@given(VALUES, VALUES)
@settings(max_examples=60, deadline=None)
def test_the_fund_is_balanced_and_treats_both_worst_places_alike(buyers: list[float], sellers: list[float]) -> None:
    """All that buyers pay sellers get; the worst-placed buyer and seller expect the same."""
    market = listed_market(buyers, sellers)
    values, costs = next(market.pairs(0))
    deal = pooled(market)(values, costs)
    assert np.array_equal(deal.pays, deal.gets)
    assert deal.buyer_expects.min() == pytest.approx(deal.seller_expects.min(), abs=1e-9)
    gained = float(np.maximum(values - costs, 0).mean())
    assert float(deal.buyer_expects.mean() + deal.seller_expects.mean()) == pytest.approx(gained, abs=1e-9)


def _mcafee_plainly(bids: list[float], asks: list[float]) -> tuple[float, float]:
    """Return what is gained and what the platform keeps, by the rule as it is written in the paper."""
    bids, asks = sorted(bids, reverse=True), sorted(asks)
    pairs = sum(bid >= ask for bid, ask in zip(bids, asks, strict=True))
    if pairs == 0:
        return 0.0, 0.0
    if pairs < len(bids):
        price = (bids[pairs] + asks[pairs]) / 2
        if asks[pairs - 1] <= price <= bids[pairs - 1]:
            return sum(bids[:pairs]) - sum(asks[:pairs]), 0.0
    left = pairs - 1
    return sum(bids[:left]) - sum(asks[:left]), left * (bids[left] - asks[left])


@given(st.integers(2, 6), st.integers(0, 50))
@settings(max_examples=15, deadline=None)
def test_mcafees_auction_is_that_of_the_paper(size: int, seed: int) -> None:
    """Over the same markets, gains and what is kept equal those of plain code."""
    market = uniform_market()
    values, costs = market.draw(50, size, np.random.default_rng(seed))
    plain = [_mcafee_plainly(*map(np.ndarray.tolist, pair)) for pair in zip(values, costs, strict=True)]
    gains, best, kept = mcafee_sums(values, costs).tolist()
    assert (gains, kept) == (pytest.approx(sum(each[0] for each in plain)), pytest.approx(sum(each[1] for each in plain)))
    assert best >= gains


@given(VALUES, VALUES)
@settings(max_examples=40, deadline=None)
def test_no_lie_pays_where_none_should(buyers: list[float], sellers: list[float]) -> None:
    """Under posted prices and the pivot no misreport helps in any pair, in the pooled fund none helps on average."""
    assume(max(buyers) > min(sellers))
    market = listed_market(buyers, sellers)
    values, costs = next(market.pairs(0))
    price = best_posted(market)
    for rule in (posted(price, price), posted(*best_subsidised(market)), pivot(market), pooled(market)):
        honestly = rule(values, costs)
        true_buyer = honestly.trades * values - honestly.pays
        true_seller = honestly.gets - honestly.trades * costs
        for lie in set(buyers):
            said = rule(np.full_like(values, lie), costs)
            assert np.all((said.trades * values - said.pays).mean(axis=1) <= true_buyer.mean(axis=1) + 1e-9)
        for lie in set(sellers):
            said = rule(values, np.full_like(costs, lie))
            assert np.all((said.gets - said.trades * costs).mean(axis=0) <= true_seller.mean(axis=0) + 1e-9)


@given(VALUES, VALUES)
@settings(max_examples=40, deadline=None)
def test_a_seller_names_the_reserve_that_earns_it_most(buyers: list[float], sellers: list[float]) -> None:
    """No reserve on a fine grid earns any seller more, after commission and premium, and no bidder overpays."""
    market = listed_market(buyers, sellers)
    values, costs = next(market.pairs(0))
    deal = auction(market, commission=0.1, premium=0.25)(values, costs)
    earned = (deal.gets - deal.trades * costs).mean(axis=0)
    for place, cost in enumerate(market.sellers.tolist()):
        best = max(
            sum((value >= reserve * 1.25) * (reserve * 0.9 - cost) for value in buyers) / len(buyers)
            for reserve in [*(value / 1.25 for value in buyers), *np.arange(0, 21, 0.5).tolist()]
        )
        assert earned[place] >= max(best, 0.0) - 1e-9
    assert np.all(deal.trades * values - deal.pays >= -1e-9)
