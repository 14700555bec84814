"""Does the guard of shared pots let through what is left for, and nothing more?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from guards.permits import permits_of
from guards.pots import LeavesEnough, leaves_enough
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import FlagIssue, Mandate, Negotiation
from orchestrator.messages.pot import Budgets, Pot, Room, Take
from orchestrator.messages.terms import Flag, Number, Terms, digest_of_terms
from orchestrator.messages.value import IssueName, OfferId, RoleName, SessionId
from orchestrator.messages.view import View, agenda_of
from orchestrator.testing.samples import sample_negotiation

_BUYER, _SELLER = RoleName("buyer"), RoleName("seller")


def _negotiation(amount: str = "price") -> Negotiation:
    pot = Pot(name="purse", title="what all talks may spend", unit="EUR", size=Decimal(100))
    sample = sample_negotiation()
    return sample.model_copy(
        update={
            "issues": (*sample.issues, FlagIssue(name=IssueName("rush"))),
            "budgets": Budgets(file="budgets.yaml", pots=(pot,), takes=(Take(pot="purse", amount=amount),)),
        }
    )


def _guard(negotiation: Negotiation) -> LeavesEnough:
    guard = leaves_enough(negotiation)
    assert guard is not None
    return guard


def _terms(price: int, *, whole: bool = True) -> Terms:
    rush = (Flag(issue=IssueName("rush"), value=True),) if whole else ()
    return (Number(issue=IssueName("price"), value=Decimal(price)), *rush)


def _view(negotiation: Negotiation, most: int | None, offers: tuple[Offer, ...] = ()) -> View:
    rooms = () if most is None else (Room(pot="purse", size=Decimal(100), most=Decimal(most)),)
    return View(
        session=SessionId("s"),
        role=_BUYER,
        agenda=agenda_of(negotiation),
        mandate=Mandate(),
        words="grounded",
        facts=(),
        offers=offers,
        rooms=rooms,
    )


def _exhausted(message: str, path: str, amount: str, left: str) -> Finding:
    return Finding(
        code="budget.exhausted",
        kind="policy",
        severity="refuse",
        path=path,
        words=amount,
        message=message,
        allowed=f"at most {left}",
    )


@pytest.mark.parametrize("price", [0, 39, 40])
def test_what_is_left_may_be_taken(price: int) -> None:
    """An offer passes up to the very last of what is left."""
    negotiation = _negotiation()
    assert _guard(negotiation)(Draft(act="propose", terms=_terms(price)), _view(negotiation, 40)) == ()


def test_more_than_is_left_is_refused() -> None:
    """A proposal that takes more is told how much it takes, of what, and how much is left."""
    negotiation = _negotiation()
    message = "the offer takes 41 EUR of 'purse' (what all talks may spend); 40 EUR is left for this talk"
    findings = _guard(negotiation)(Draft(act="propose", terms=_terms(41)), _view(negotiation, 40))
    assert findings == (_exhausted(message, "terms", "41", "40 EUR"),)


def test_an_acceptance_is_judged_by_the_offer() -> None:
    """Accepting an offer for which too little is left is refused too."""
    negotiation = _negotiation()
    terms = _terms(41)
    offer = Offer(id=OfferId("m1"), sender=_SELLER, terms=terms, digest=digest_of_terms(terms), turn=0, falls=9)
    message = "offer 'm1' takes 41 EUR of 'purse' (what all talks may spend); 40 EUR is left for this talk"
    findings = _guard(negotiation)(Draft(act="accept", offer=OfferId("m1")), _view(negotiation, 40, (offer,)))
    assert findings == (_exhausted(message, "offer", "41", "40 EUR"),)


def test_nothing_is_left_where_nobody_looked() -> None:
    """Undecided means no: without a look at the pots, whatever takes something is refused."""
    negotiation = _negotiation()
    message = "the offer takes 1 EUR of 'purse' (what all talks may spend); 0 EUR is left for this talk"
    findings = _guard(negotiation)(Draft(act="propose", terms=_terms(1)), _view(negotiation, None))
    assert findings == (_exhausted(message, "terms", "1", "0 EUR"),)


def test_a_partial_offer_is_judged_by_what_it_says() -> None:
    """An amount that is known is judged, also of a partial offer; one that depends on an open issue is not yet."""
    known, unknown = _negotiation(), _negotiation("rush ? price : 0")
    draft = Draft(act="propose", terms=_terms(41, whole=False))
    assert [finding.code for finding in _guard(known)(draft, _view(known, 40))] == ["budget.exhausted"]
    assert _guard(unknown)(draft, _view(unknown, 40)) == ()


def test_a_whole_offer_without_an_amount_is_refused() -> None:
    """Where all is known and the amount cannot be worked out, undecided means no."""
    negotiation = _negotiation("price / (price - 40)")
    findings = _guard(negotiation)(Draft(act="propose", terms=_terms(40)), _view(negotiation, 40))
    assert findings == (
        Finding(
            code="budget.undecided",
            kind="policy",
            severity="refuse",
            path="terms",
            message="what the offer takes of 'purse' cannot be decided: it divides by 0; undecided means no",
        ),
    )


def test_acts_without_terms_take_nothing() -> None:
    """Words draw on no pot."""
    negotiation = _negotiation()
    assert _guard(negotiation)(Draft(act="inform", text="Good morning."), _view(negotiation, 0)) == ()


def test_without_pots_there_is_no_guard() -> None:
    """A negotiation that draws on none is judged as ever."""
    assert leaves_enough(sample_negotiation()) is None


def test_strategies_are_told_what_the_pots_bear() -> None:
    """Terms are permitted as far as the rooms go; where nobody asks for rooms, pots are no matter."""
    negotiation = _negotiation()
    rooms = (Room(pot="purse", size=Decimal(100), most=Decimal(40)),)
    asked = [permits_of(negotiation, rooms)(_BUYER, _terms(price)) for price in (40, 41)]
    assert (asked, permits_of(negotiation, ())(_BUYER, _terms(1)), permits_of(negotiation)(_BUYER, _terms(99))) == (
        [True, False],
        False,
        True,
    )
