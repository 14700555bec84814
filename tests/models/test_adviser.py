"""Tests of `orchestrator.models.adviser`: what is advised, from what, and where it stands."""

from __future__ import annotations

from dataclasses import replace

from guards.standard import standard_guards
from orchestrator.assembly import advise_for
from orchestrator.messages.draft import Draft
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import View
from orchestrator.roles.prompt import PromptBook
from tests.corpus import Record, view_of
from tests.guards.cases import CAMPAIGN, FULL

_OFFER: Record = {"id": "m2-k4xq", "sender": "channel", "act": "propose", "terms": {**FULL, "launch_date": "2026-09-21"}}


def _advised(*names: str) -> Negotiation:
    roles = (role.model_copy(update={"adviser": role.name in names}) for role in CAMPAIGN.roles)
    return CAMPAIGN.model_copy(update={"roles": tuple(roles)})


def _view(role: str) -> View:
    return advise_for(_advised("budget"))(view_of(_advised("budget"), role, (_OFFER,)))


def test_advice_is_inside_the_mandate_and_the_policies() -> None:
    """No guard objects to a proposal that is advised, and its worth is no less than the reserve."""
    view = _view("budget")
    assert view.advice
    for advice in view.advice:
        draft = Draft(act=advice.act, terms=advice.terms if advice.offer is None else (), offer=advice.offer)
        assert [finding for guard in standard_guards(CAMPAIGN) for finding in guard(draft, view)] == []
        assert advice.worth >= view.mandate.reserve


def test_only_a_role_that_has_an_adviser_is_advised() -> None:
    """Others see what they saw; where nobody has one, the view is the very same."""
    assert _view("channel").advice == ()
    view = view_of(CAMPAIGN, "budget", (_OFFER,))
    assert advise_for(CAMPAIGN)(view) is view


def test_advice_follows_from_what_the_role_sees_alone() -> None:
    """What the others may do or what it is worth to them changes nothing."""
    others = tuple(
        role if role.name == "budget" else role.model_copy(update={"mandate": role.mandate.model_copy(update={"reserve": 0.9})})
        for role in _advised("budget").roles
    )
    changed = _advised("budget").model_copy(update={"roles": others})
    assert advise_for(changed)(view_of(changed, "budget", (_OFFER,))).advice == _view("budget").advice


def test_advice_stands_in_the_prompt() -> None:
    """Each move is a line with its worth, to be taken or left; without advice there is no line of it."""
    view = _view("budget")
    book = PromptBook((), _advised("budget"))
    heading = "moves that code has worked out for you; take one or leave them:"
    advised, plain = book.assemble(view).user, book.assemble(replace(view, advice=())).user
    assert heading in advised
    lines = advised.split(heading + "\n")[1].splitlines()[: len(view.advice)]
    assert [line.rsplit("; ", 1)[1] for line in lines] == [f"worth {advice.worth:.3f} to you" for advice in view.advice]
    assert heading not in plain
