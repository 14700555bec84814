"""What is said of a reference that is unfit? How the offer fell, what it is instead, and what could be named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guards.reference import refers_to_what_stands
from orchestrator.messages.draft import Act, Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, WhyFallen
from orchestrator.messages.value import OfferId, RoleName
from tests.corpus import Record, view_of
from tests.guards.cases import CAMPAIGN, FULL

HISTORY: tuple[Record, ...] = (
    {"id": "m1-k4xq", "sender": "budget", "act": "propose", "terms": FULL},
    {"id": "m2-k4xq", "sender": "capacity", "act": "propose", "terms": FULL},
    {"id": "m3-k4xq", "sender": "budget", "act": "inform", "text": "We wait."},
    {"id": "m4-k4xq", "sender": "capacity", "act": "query", "text": "For what?"},
    {"id": "m5-k4xq", "sender": "channel", "act": "propose", "terms": FULL},
)
VIEW = view_of(CAMPAIGN, "channel", HISTORY)
STANDING = "m1-k4xq of budget, m2-k4xq of capacity, m5-k4xq of channel"


def _found(code: str, offer: str, message: str, allowed: str) -> tuple[Finding, ...]:
    return (
        Finding(code=code, kind="reference", severity="refuse", path="offer", words=offer, message=message, allowed=allowed),
    )


def _fall(why: WhyFallen, by: str, reason: str) -> Fall:
    return Fall(offer=OfferId("m0-k4xq"), sender=RoleName("budget"), why=why, by=by, reason=reason, turn=2)


@pytest.mark.parametrize(
    ("why", "by", "reason", "said"),
    [
        ("superseded", "budget", "", "its sender made a new one"),
        ("withdrawn", "budget", "too late", "its sender withdrew it (too late)"),
        ("rejected", "capacity", "", "it was rejected by capacity"),
        ("rejected", "", "", "it was rejected"),
        ("expired", "", "", "its rounds were over"),
        ("fact_changed", "", "email_list", "a fact that it assumes has changed (email_list)"),
        ("denied", "cmo", "over budget", "its approval was denied by cmo (over budget)"),
        ("unfit", "capacity", "", "it was unfit to be agreed"),
    ],
)
def test_fallen_offer_says_how_it_fell(why: WhyFallen, by: str, reason: str, said: str) -> None:
    """An offer that fell is named with the cause, who rejected or denied it, and the reason given."""
    view = replace(VIEW, falls=(_fall(why, by, reason),))
    found = refers_to_what_stands(Draft(act="accept", offer=OfferId("m0-k4xq")), view)
    assert found == _found("reference.fallen", "m0-k4xq", f"offer 'm0-k4xq' stands no more: {said}", STANDING)


def test_last_fall_is_the_one_that_is_told() -> None:
    """Of two falls of one offer the later is told, whatever fell in between."""
    other = Fall(offer=OfferId("m9-k4xq"), sender=RoleName("budget"), why="expired", turn=3)
    view = replace(VIEW, falls=(_fall("denied", "cmo", ""), _fall("withdrawn", "budget", ""), other))
    (finding,) = refers_to_what_stands(Draft(act="accept", offer=OfferId("m0-k4xq")), view)
    assert finding.message == "offer 'm0-k4xq' stands no more: its sender withdrew it"


def test_move_that_is_no_offer_is_called_what_it_is() -> None:
    """The id of a move that proposed nothing is answered with its sender and act, and with what stands."""
    message = f"'m4-k4xq' is no offer but a move of capacity's ('query'); these stand: {STANDING}"
    found = refers_to_what_stands(Draft(act="reject", offer=OfferId("m4-k4xq")), VIEW)
    assert found == _found("reference.unknown", "m4-k4xq", message, STANDING)


def test_proposal_that_neither_stands_nor_fell_is_unknown() -> None:
    """A proposal that is not on the table is no other kind of move: there is no such offer, and nothing stands."""
    found = refers_to_what_stands(Draft(act="reject", offer=OfferId("m1-k4xq")), replace(VIEW, offers=()))
    message = "there is no offer 'm1-k4xq' in this talk; these stand: none"
    assert found == _found("reference.unknown", "m1-k4xq", message, "none")


def test_long_id_is_cut_in_the_quoted_words() -> None:
    """An id without end is quoted with its first 80 characters."""
    (finding,) = refers_to_what_stands(Draft(act="reject", offer=OfferId("m" * 79 + "xyz")), VIEW)
    assert finding.words == "m" * 79 + "x"


def test_own_offers_are_what_can_be_withdrawn() -> None:
    """Withdrawing another's offer is answered with the offers that are the sender's own."""
    message = "offer 'm1-k4xq' is budget's; only its sender can withdraw it"
    found = refers_to_what_stands(Draft(act="withdraw", offer=OfferId("m1-k4xq")), VIEW)
    assert found == _found("reference.not_own", "m1-k4xq", message, "m5-k4xq of channel")


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_others_offers_are_what_can_be_answered(act: Act) -> None:
    """Answering an own offer is answered with the offers of the others."""
    message = f"offer 'm5-k4xq' is your own, and you back it already; {act!r} is for offers of others"
    found = refers_to_what_stands(Draft(act=act, offer=OfferId("m5-k4xq")), VIEW)
    assert found == _found("reference.own", "m5-k4xq", message, "m1-k4xq of budget, m2-k4xq of capacity")


@pytest.mark.parametrize(
    ("act", "offer"), [("accept", None), ("reject", None), ("withdraw", None), ("inform", "m9-k4xq"), ("propose", "m1-k4xq")]
)
def test_missing_or_needless_offer_is_left_to_the_shape(act: Act, offer: str | None) -> None:
    """An act without its offer, or with one that it may not have, has no fault of reference; facts still count."""
    draft = Draft(act=act, offer=OfferId(offer) if offer else None, evidence=("weather",))
    assert [finding.code for finding in refers_to_what_stands(draft, VIEW)] == ["reference.unknown_fact"]
