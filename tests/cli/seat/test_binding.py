"""Can a person bind more than their role may? Whatever they type, in whatever order, at the shipped guards."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from guards.permits import permits_of
from orchestrator.errors import SeatLeft
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import spoken
from orchestrator.messages.utility import reaches_reserve
from tests.cli.seat.sitting import BUYER, SUPPLIER, Talk, procurement

_FULL = {"volume": 300000, "payment_days": 30, "delivery_days": 20, "warranty_months": 12, "first_delivery": "2027-02-01"}
_VALUES = st.sampled_from(
    ["1.80", "2.10", "2.15", "2.45", "2.90", "400000", "330000", "300000", "3", "7", "20", "14", "30", "90", "0", "12"]
)
_ISSUES = st.sampled_from(["unit_price", "volume", "payment_days", "delivery_days", "warranty_months", "first_delivery"])
_PAIRS = st.lists(st.builds("{}={}".format, _ISSUES, _VALUES), max_size=6).map(" ".join)
_RAW = st.sampled_from(
    [
        '{"act": "propose", "terms": {"unit_price": 1.9, "volume": 400000}}',
        '{"act": "accept", "offer": "m1-seat"}',
        (
            '{"act": "propose", "terms": {"unit_price": 2.15, "volume": 320000, "payment_days": 14, "delivery_days": 28, '
            '"warranty_months": 12, "first_delivery": "2027-02-01"}, "as": "buyer"}'
        ),
        "{",
    ]
)
_LINES = st.lists(
    st.one_of(
        st.builds("offer {}".format, _PAIRS),
        st.builds("offer m1 {}".format, _PAIRS),
        st.sampled_from(
            ["accept", "accept m1", "accept m2 fine", "reject", "withdraw", "pass", "ask why?", "?", "table", "rules", "said"]
        ),
        st.sampled_from(["y", "yes", "", "n", "stop", "<", "-", "facts", "record", "offer"]),
        _VALUES,
        _RAW,
        st.text(max_size=30),
    ),
    max_size=40,
)


@cache
def _ungated() -> Negotiation:
    return procurement().model_copy(update={"gates": ()})


@settings(max_examples=40, deadline=None)
@given(_LINES, st.sampled_from(["1.80", "2.10", "2.30", "2.60"]))
def test_nothing_that_a_person_types_binds_beyond_their_mandate(lines: list[str], price: str) -> None:
    """Every offer of theirs, everything that they accept, and the agreement, if there is one, lie inside limits and reserve."""
    talk = Talk(negotiation=_ungated())
    typed = iter(lines)
    try:
        while talk.waits_for is not None:
            if talk.waits_for == BUYER:
                _buy(talk, price)
            elif not talk.person(typed):
                break
    except SeatLeft:
        pass
    permits, mandate = permits_of(talk.negotiation), talk.negotiation.roles[1].mandate
    bound = [move.terms for move in talk.session.moves if move.sender == SUPPLIER and move.act == "propose"]
    bound += [offer.terms for offer in talk.session.offers if SUPPLIER in talk.session.backers_of(offer.id)]
    bound += [talk.session.terms] if talk.session.digest else []
    assert [terms for terms in bound if not (permits(SUPPLIER, terms) and reaches_reserve(mandate, terms))] == []
    assert talk.session.phase != "impossible"


def _buy(talk: Talk, price: str) -> None:
    """Let the buyer take whatever the person offers whole, or offer again what may be too little."""
    offer = next((offer for offer in talk.session.offers if offer.sender == SUPPLIER and len(offer.terms) == 6), None)
    if offer is not None and talk.session.attempt == 0:
        talk.write(BUYER, {"act": "accept", "offer": offer.id})
    else:
        talk.write(BUYER, {"act": "propose", "terms": {"unit_price": float(price), **_FULL}})


def test_a_person_can_bind_what_they_may() -> None:
    """What the property above would miss if nobody ever agreed: an offer inside the mandate, taken by the other side, binds."""
    talk = Talk(negotiation=_ungated())
    _buy(talk, "2.10")
    assert talk.person(iter(["offer m1 unit_price=2.30", "", "y"]))
    _buy(talk, "2.10")
    assert (talk.session.status, [spoken(term) for term in talk.session.terms][:2]) == ("agreed", ["2.3", "300000"])
