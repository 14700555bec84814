"""Do auctions keep their rules, whatever bidders, hosts and approvers do? Properties over random ones, and single cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from orchestrator.engine import Session, advance, enter, fresh, refold, view_of
from orchestrator.engine.patterns.bidding import is_closed
from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import is_better, lands, paid, received
from orchestrator.messages.event import Refused
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.step import Placed
from orchestrator.messages.terms import Number, Terms, spoken
from orchestrator.messages.value import RoleName
from tests.engine.bidding import BIDDERS, HOST, Run, auctioned, negotiation_by, run_by, run_drafts

T = TypeVar("T")
FREE = dict.fromkeys((*BIDDERS, HOST), "price >= 0")


@given(st.data())
def test_promises_hold_in_any_auction(data: st.DataObject) -> None:
    """It ends; its award keeps both sides' limits, the reserve and the price rule; its record tells and decides it again."""

    def pick(options: Sequence[T], /) -> T:
        return data.draw(st.sampled_from(options))

    check(run_by(pick, negotiation_by(pick)))


@pytest.mark.timeout(120)
@pytest.mark.slow
@settings(max_examples=400)
@given(st.integers(0, 2**64))
def test_promises_hold_in_many_auctions(seed: int) -> None:
    """The same over some hundreds of auctions with many more turns."""
    pick = Random(seed).choice
    check(run_by(pick, negotiation_by(pick)))


def check(run: Run) -> None:
    """Check everything that is promised of an auction."""
    event(f"{rules_in(run).form}: {run.session.reason}")
    assert run.session.phase == "over"
    check_seals(run)
    check_award(run)
    assert refold(run.entries) == run.session
    session = fresh(run.settings)
    for entry in run.entries:
        assert enter(session, entry.reply, run.rules) == entry
        session = advance(session, entry)


def rules_in(run: Run) -> Auction:
    """Return the rules of a run's auction."""
    rules = run.settings.negotiation.pattern_rules
    assert isinstance(rules, Auction)
    return rules


def price_of(terms: Terms) -> Decimal:
    """Return the price that terms name."""
    return next(term.value for term in terms if isinstance(term, Number))


def check_seals(run: Run) -> None:
    """Check that before the closing nobody sees anything of a sealed bidder's, and in open auctions no rival's words."""
    auction = rules_in(run)
    session = fresh(run.settings)
    for entry in run.entries:
        session = advance(session, entry)
        if is_closed(session, auction):
            return
        for role in (HOST, *BIDDERS):
            view = view_of(session, role)
            rivals = {*BIDDERS} - {role}
            if auction.is_sealed:
                seen = {move.sender for move in view.moves} | {offer.sender for offer in view.offers}
                assert not seen & rivals
                assert not {backing.role for backing in view.backing} & rivals
                assert not {fall.sender for fall in view.falls} & rivals
            elif role != HOST:
                assert not any(move.text for move in view.moves if move.sender in rivals)
            known = view.agenda.pattern_rules
            assert isinstance(known, Auction)
            assert (known.reserve is None) or not auction.secret_reserve or role == HOST


def check_award(run: Run) -> None:
    """Check who was bound, to what, and by whose right."""
    session, auction = run.session, rules_in(run)
    if session.status != "agreed":
        assert session.terms == ()
        assert session.backers == ()
        return
    told = {str(term.issue): spoken(term) for term in session.terms}
    winner, price = RoleName(told["buyer"]), price_of(session.terms)
    assert session.reason == "award"
    assert session.backers == (HOST, winner)
    assert told["lot"] == "red"
    assert price != 13
    assert lands(auction, price)
    check_limits(session, auction, winner, price)
    bids = {move.sender: price_of(move.terms) for move in session.moves if move.act == "propose"}
    assert not is_better(auction, price, bids[winner])
    assert auction.form == "second_price" or price == bids[winner]
    passed_over = {placed.backers[1] for placed in placed_in(run)} - {winner}
    better = {role for role, bid in bids.items() if is_better(auction, bid, bids[winner])}
    assert better <= passed_over
    assert not session.unruled
    if run.settings.negotiation.gates and price > 9:
        assert any(ruling.approved and ruling.digest == session.digest for ruling in session.rulings)


def check_limits(session: Session, auction: Auction, winner: RoleName, price: Decimal) -> None:
    """Check that what each side really pays or receives is inside its own limit, and that its reserve is reached."""
    seller, buyer = (winner, HOST) if auction.reverse else (HOST, winner)
    sides = ((seller, received(auction, price)), (buyer, paid(auction, price)))
    for role, real in sides:
        mandate = next(seat.mandate for seat in session.roles if seat.name == role)
        sign, _, bound = mandate.limits[0].rule.removeprefix("price ").partition(" ")
        assert real <= int(bound) if sign == "<=" else real >= int(bound)
        worth = float(real) / 20 if role == seller else 1 - float(real) / 20
        assert worth >= mandate.reserve - 1e-9


def placed_in(run: Run) -> Iterator[Placed]:
    """Yield the awards that code tabled."""
    return (each for entry in run.entries for each in entry.events if isinstance(each, Placed))


def codes(run: Run) -> list[str]:
    """Return the codes of all findings that refused a draft."""
    refused = (each for entry in run.entries for each in entry.events if isinstance(each, Refused))
    return [finding.code for each in refused for finding in each.findings]


def sealed(**rules: object) -> Negotiation:
    """Return a sealed auction of one round, without limits but the grid."""
    return auctioned(FREE, None, **{"form": "second_price", "reserve": Decimal(2), **rules})  # pyright: ignore[reportArgumentType] - rules of an auction only


def test_the_second_price_is_what_the_others_force() -> None:
    """The best bidder wins and pays the second best bid; nobody else backs the award."""
    run = run_drafts(sealed(), (None, 9, 12, 7))
    assert (run.session.backers, price_of(run.session.terms)) == ((HOST, "birch"), Decimal(9))


def test_without_a_rival_the_second_price_is_the_reserve() -> None:
    """One bidder is enough for a sale."""
    assert price_of(run_drafts(sealed(), (None, None, 12, None)).session.terms) == Decimal(2)


def test_the_lowest_bid_wins_a_reverse_auction() -> None:
    """The price is the second lowest, at most the reserve."""
    run = run_drafts(sealed(reverse=True, reserve=Decimal(15)), (None, 9, 12, 7))
    assert (run.session.backers, price_of(run.session.terms)) == ((HOST, "cedar"), Decimal(9))


def test_nothing_is_sold_below_the_reserve() -> None:
    """A reserve above every bid leaves the lot unsold, and the talk ends there."""
    run = run_drafts(sealed(reserve=Decimal(19), secret_reserve=True), (None, 9, 12, 7))
    assert (run.session.status, run.session.reason) == ("no_agreement", "unsold")


def test_all_bids_equal_are_decided_by_the_tie_rule() -> None:
    """The earliest wins; by lot the seed decides, and the award names all who bid the same."""
    assert run_drafts(sealed(), (None, 9, 9, 9)).session.backers == (HOST, "ash")
    run = run_drafts(sealed(tie="lot"), (None, 9, 9, 9))
    says = next(placed_in(run)).says
    assert "bid the same, the lot decides" in says
    assert {name for name in BIDDERS if name in says} == {*BIDDERS}


def test_an_award_that_falls_passes_the_lot_to_the_next_best() -> None:
    """The host would not sell so dear, for once: the best bid falls, and the second best binds."""
    run = run_drafts(sealed(form="first_price"), (None, 9, 12, 7))
    assert run.session.backers == (HOST, "birch")
    run = run_drafts(auctioned({**FREE, HOST: "price <= 10"}, form="first_price"), (None, 9, 12, 7))
    assert (run.session.backers, [placed.backers[1] for placed in placed_in(run)]) == ((HOST, "ash"), ["birch", "ash"])


def test_an_open_auction_closes_when_nobody_goes_higher() -> None:
    """Each bid must be better by the increment; who leads may not bid against itself."""
    rules = auctioned(FREE, form="ascending", increment=Decimal(2), rounds=5, quiet=1)
    first = (None, 4, 5, 6, None)
    second = (None, 8, None, None)
    third = (None, 10, None, None, None)
    run = run_drafts(rules, (*first, *second, *third))
    assert (run.session.backers, price_of(run.session.terms)) == ((HOST, "ash"), Decimal(8))
    assert codes(run) == ["auction.increment", "auction.leading"]


def test_the_clock_sells_to_the_first_who_takes_its_price() -> None:
    """Any other price is refused, and the first bid ends it at once."""
    rules = auctioned(FREE, form="descending", start=Decimal(16), increment=Decimal(3), rounds=5)
    run = run_drafts(rules, (None, 15, None, None, None))
    assert codes(run) == ["auction.clock"]
    rules = auctioned(FREE, form="descending", start=Decimal(16), increment=Decimal(4), rounds=5)
    run = run_drafts(rules, (None, None, None, None, None, None, 12))
    assert (run.session.backers, price_of(run.session.terms)) == ((HOST, "birch"), Decimal(12))


def test_a_soft_close_gives_time_to_answer_a_last_bid() -> None:
    """A bid in the last round moves the closing a round beyond it."""
    rules = auctioned(FREE, form="ascending", rounds=1, soft_close=1)
    run = run_drafts(rules, (None, 4, None, None))
    assert run.session.phase == "asking"
    run = run_drafts(rules, (None, 4, None, None, None, None, 6, None, None, None, None, None))
    assert run.session.backers == (HOST, "birch")
    run = run_drafts(auctioned(FREE, form="ascending", rounds=1), (None, 4, None, None))
    assert run.session.backers == (HOST, "ash")


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        ({"act": "propose", "terms": {"price": 9, "buyer": "birch", "lot": "red"}}, "auction.winner"),
        ({"act": "propose", "terms": {"price": 9, "buyer": "ash", "lot": "blue"}}, "auction.lot"),
        ({"act": "propose", "terms": {"price": 9, "lot": "red"}}, "auction.open"),
        ({"act": "propose", "terms": {"price": 1, "buyer": "ash", "lot": "red"}}, "auction.reserve"),
        ({"act": "propose", "terms": {"price": 9, "buyer": "ash", "lot": "red"}, "expires": 2}, "auction.expires"),
        ({"act": "escalate"}, "auction.act"),
    ],
)
def test_what_is_no_bid_is_refused(draft: object, code: str) -> None:
    """By one who bids for another, for another lot, below the reserve, for a time, or who would end it for all."""
    assert codes(run_drafts(sealed(), (None, draft))) == [code]


def test_the_host_may_not_bid() -> None:
    """Nor may anybody who is no bidder."""
    run = run_drafts(sealed(), ({"act": "propose", "terms": {"price": 9, "buyer": "ash", "lot": "red"}},))
    assert codes(run) == ["auction.act"]


def test_who_bears_a_commission_must_be_able_to_pay_it() -> None:
    """A bid whose price with commission is outside the limit is refused; so is an award that leaves the host too little."""
    limits = {**FREE, BIDDERS[0]: "price <= 10", HOST: "price >= 9"}
    run = run_drafts(auctioned(limits, commission=Decimal("0.1"), commission_by="winner"), (None, 10))
    assert codes(run) == ["mandate.limit"]
    run = run_drafts(auctioned(limits, commission=Decimal("0.2")), (None, 10, None, None))
    assert (run.session.status, run.session.reason) == ("no_agreement", "unsold")


def test_a_double_auction_trades_where_two_meet() -> None:
    """At the price that stood first; both sides are bound, and the terms name them."""
    rules = auctioned(
        FREE,
        form="double",
        host=None,
        bidders=("ash", "birch"),
        sellers=("cedar",),
        seller="seller",
        rounds=3,
    )
    seller = rules.issues[1].model_copy(update={"name": "seller"})
    rules = rules.model_copy(update={"issues": (*rules.issues, seller)})
    ask = {"act": "propose", "terms": {"price": 7, "seller": "cedar", "lot": "red"}}
    run = run_drafts(rules, (None, 4, 5, ask, None, 8))
    told = {term.issue: spoken(term) for term in run.session.terms}
    assert told == {"price": "7", "buyer": "ash", "lot": "red", "seller": "cedar"}
    assert (run.session.backers, run.session.reason) == (("ash", "cedar"), "award")
