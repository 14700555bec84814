"""How do bidders bid? Within their limits whatever their manner, by the form of the auction, and never outside of one."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal

import pytest

from guards.permits import permits_of
from orchestrator.engine import Ask, Session, pending
from orchestrator.errors import UsageError
from orchestrator.messages.model import Model, Prompt, Request
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Number, Terms
from orchestrator.models.bidding.manners import HONEST, MANNERS
from orchestrator.models.registry import make_model
from tests.engine.bidding import BIDDERS, HOST, Run, auctioned, begun, written
from tests.models.talks import bargain, view

_PROMPT = Prompt(system="", user="", tokens=0, reply=0)
_LIMITS = {BIDDERS[0]: "price <= 12", BIDDERS[1]: "price <= 8", BIDDERS[2]: "price <= 15", HOST: "price >= 2"}
_FORMS: dict[str, dict[str, object]] = {
    "first_price": {"reserve": Decimal(2), "rounds": 2},
    "second_price": {"reserve": Decimal(2), "commission": Decimal("0.1"), "commission_by": "winner"},
    "ascending": {"rounds": 8, "quiet": 2, "increment": Decimal(2)},
    "descending": {"start": Decimal(18), "rounds": 20, "reserve": Decimal(2)},
}


def played(negotiation: Negotiation, spec: str = "bidder:honest", seed: int = 1) -> Run:
    """Run an auction in which everybody bids in one manner."""
    run = begun(negotiation)
    model = make_model(spec, permits=permits_of(negotiation), reaches=lambda _: frozenset())
    while isinstance(effect := pending(run.session), Ask):
        completion = asyncio.run(_asked(model, Request(view=effect.view, prompt=_PROMPT, seed=seed)))
        run.take(written(run, effect.role, completion))
    return run


async def _asked(model: Model, request: Request) -> str:
    return (await model(request)).text


def price_of(terms: Terms) -> Decimal:
    """Return the price that terms name."""
    return next(term.value for term in terms if isinstance(term, Number))


def ending(session: Session) -> tuple[str | None, str]:
    """Return who won and at which price."""
    return (session.backers[1], str(price_of(session.terms))) if session.backers else (None, "")


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("manner", [name for name in MANNERS if name not in ("ring", "copy")])
def test_no_bid_is_refused_in_any_form(form: str, manner: str) -> None:
    """Bidders know the rules and their limits: nothing that they write has to be mended."""
    run = played(auctioned(_LIMITS, None, stop=24, gate="", form=form, **_FORMS[form]), f"bidder:{manner}")
    assert run.session.phase == "over"
    assert run.session.refusals == 0


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("first_price", ("cedar", "10")),
        ("second_price", ("cedar", "10")),
        ("ascending", ("cedar", "14")),
        ("descending", ("cedar", "10")),
    ],
)
def test_the_one_who_values_it_most_wins(form: str, expected: tuple[str, str]) -> None:
    """With honest bidders the lot goes to the highest value, and the price is what the form makes of it."""
    run = played(auctioned(_LIMITS, None, stop=24, gate="", form=form, **_FORMS[form]))
    assert ending(run.session) == expected


def test_a_reverse_auction_goes_to_the_cheapest() -> None:
    """Suppliers bid downwards to what they must have at least."""
    limits = {BIDDERS[0]: "price >= 12", BIDDERS[1]: "price >= 8", BIDDERS[2]: "price >= 15", HOST: "price <= 18"}
    run = played(auctioned(limits, None, form="second_price", reverse=True, reserve=Decimal(17)))
    assert ending(run.session) == ("birch", "12")
    run = played(
        auctioned(
            limits, None, stop=9, gate="", form="ascending", reverse=True, start=Decimal(18), increment=Decimal(2), rounds=9
        )
    )
    assert ending(run.session) == ("birch", "12")


def test_a_bidder_without_room_waits() -> None:
    """Whose limit is below every price that counts bids nothing."""
    run = played(auctioned(dict.fromkeys((*BIDDERS, HOST), "price <= 1"), None, form="second_price", reserve=Decimal(5)))
    assert (run.session.reason, run.session.proposals) == ("unsold", ())


def test_strategies_bid_in_auctions() -> None:
    """Every strategy has a manner of bidding, so that an auction runs with default models."""
    for name in ("boulware", "linear", "conceder", "tit-for-tat"):
        run = played(auctioned(_LIMITS, None, stop=9, gate="", form="ascending", **_FORMS["ascending"]), f"strategy:{name}")
        assert run.session.status == "agreed"


def test_a_ring_covers_the_one_whose_turn_it_is() -> None:
    """One of two bids, the other stays low; next time it is the other way round."""
    rules = auctioned(_LIMITS, None, form="first_price", reserve=Decimal(2))
    bids = [
        [int(price_of(move.terms)) for move in run.session.moves if move.act == "propose"]
        for run in (played(rules, f"bidder:ring?with=ash+birch+cedar&number={number}") for number in range(3))
    ]
    assert [row.index(max(row)) for row in bids] == [0, 1, 2]


def test_a_copier_needs_somebody_to_follow() -> None:
    """It bids only after the one that it follows."""
    run = played(auctioned(_LIMITS, None, stop=9, gate="", form="ascending", **_FORMS["ascending"]), "bidder:copy?of=ash")
    assert run.session.proposals == ()


def test_what_a_bidder_cannot_be_is_said() -> None:
    """A manner that is none, a ring without the role, and a talk that is no auction are usage errors."""
    with pytest.raises(UsageError, match="there is no manner of bidding 'sly'"):
        make_model("bidder:sly", permits=lambda _role, _terms: True, reaches=lambda _: frozenset())
    with pytest.raises(UsageError, match="has no place for 'ash'"):
        played(auctioned(_LIMITS), "bidder:ring?with=birch+cedar")
    model = make_model("bidder:honest", permits=lambda _role, _terms: True, reaches=lambda _: frozenset())
    with pytest.raises(UsageError, match="no auction"):
        asyncio.run(_asked(model, Request(view=view(bargain("buyer", "seller"), "buyer"), prompt=_PROMPT, seed=1)))


def test_honest_manners_are_among_all() -> None:
    """The honest ones are named apart, since no finding should name them."""
    assert set(HONEST) < set(MANNERS)


def test_a_host_and_an_onlooker_never_bid() -> None:
    """They say a word or wait."""
    run = played(auctioned(_LIMITS, None, form="first_price", bidders=BIDDERS[:2]))
    told = {move.sender: move.act for move in run.session.moves if move.sender in (HOST, BIDDERS[2])}
    assert told == {HOST: "inform", BIDDERS[2]: "inform"}
    assert json.dumps([move.text for move in run.session.moves if move.sender == HOST]).count("lot") == 1
