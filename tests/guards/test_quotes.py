"""Tests of `guards.quotes`: nothing is accepted before enough offers were made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guards.quotes import waits_for_offers
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.quotes import quoting_roles
from orchestrator.messages.value import OfferId
from orchestrator.messages.view import View
from tests.corpus import Record, view_of
from tests.guards.cases import CAMPAIGN, FULL

_ACCEPT = Draft(act="accept", offer=OfferId("m1-k4xq"))
_BUDGET: Record = {"id": "m1-k4xq", "sender": "budget", "act": "propose", "terms": FULL}
_CHANNEL: Record = {"id": "m2-k4xq", "sender": "channel", "act": "propose", "terms": FULL}
_PART: Record = {"id": "m2-k4xq", "sender": "channel", "act": "propose", "terms": {"flight_weeks": 6}}
_OWN: Record = {"id": "m3-k4xq", "sender": "capacity", "act": "propose", "terms": FULL}


def _view(*history: Record, wanted: int = 2) -> View:
    view = view_of(CAMPAIGN, "capacity", history)
    agreement = view.agenda.agreement.model_copy(update={"min_offers": wanted})
    return replace(view, agenda=replace(view.agenda, agreement=agreement))


def test_an_acceptance_after_one_of_two_offers_is_refused() -> None:
    """The finding says how many are asked for and who has made one."""
    assert waits_for_offers(_ACCEPT, _view(_BUDGET)) == (
        Finding(
            code="policy.min_offers",
            kind="policy",
            severity="refuse",
            path="offer",
            words="m1-k4xq",
            message="nothing may be accepted before 2 other roles have made a whole offer; so far only budget has",
            allowed="query, inform or propose until then",
        ),
    )


@pytest.mark.parametrize("other", [_PART, _OWN])
def test_partial_offers_and_own_ones_do_not_count(other: Record) -> None:
    """A role cannot open the door with an offer of its own, nor with one of a single issue."""
    assert waits_for_offers(_ACCEPT, _view(_BUDGET, other))


def test_an_offer_that_stands_no_more_was_still_a_quote() -> None:
    """What counts is that it was made: a role that improves its offer is counted once."""
    again = {**_BUDGET, "id": "m3-k4xq"}
    assert quoting_roles(_view(_BUDGET, _CHANNEL, again)) == ("budget", "channel")


def test_with_enough_offers_or_without_the_setting_nothing_is_said() -> None:
    """The honest twin: the same acceptance, when both others have quoted; and all other acts at any time."""
    assert waits_for_offers(_ACCEPT, _view(_BUDGET, _CHANNEL)) == ()
    assert waits_for_offers(_ACCEPT, _view(_BUDGET, wanted=0)) == ()
    assert waits_for_offers(Draft(act="reject", offer=OfferId("m1-k4xq")), _view(_BUDGET)) == ()
