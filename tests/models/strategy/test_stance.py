"""What does a role do about the offers that stand? Gathering, holding, declining."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guards.gates import gate_book
from guards.permits import permits_of
from orchestrator.messages.gate import Gate
from orchestrator.messages.gates import GateReading
from orchestrator.messages.move import Backing, Fall, Move, Offer
from orchestrator.messages.negotiation import Agreement, Negotiation
from orchestrator.messages.value import OfferId, RoleName
from orchestrator.messages.view import View
from orchestrator.models.strategy.ground import Ground
from orchestrator.models.strategy.record import NOTHING, recorded
from orchestrator.models.strategy.stance import Accept, Concede, Hold, Reject, Renew, Stance, stance_of
from tests.models.talks import bargain, offer, priced, view

TALK = bargain("low", "high", "other", reserve=0.2)


def _move(made: Offer) -> Move:
    return Move(id=made.id, sender=made.sender, turn=made.turn, round=1, act="propose", terms=made.terms, digest=made.digest)


def _accepting(role: str, accepted: Offer, turn: int) -> Move:
    return Move(id=OfferId(f"m{turn + 1}-abcd"), sender=RoleName(role), turn=turn, round=1, act="accept", offer=accepted.id)


def _rejecting(role: str, rejected: Offer) -> Move:
    turn = rejected.turn
    return Move(id=OfferId(f"m{turn + 1}-abcd"), sender=RoleName(role), turn=turn, round=1, act="reject", offer=rejected.id)


def _view(talk: Negotiation, role: str, offers: tuple[Offer, ...], moves: tuple[Move, ...], **changes: object) -> View:
    backing: dict[RoleName, OfferId] = {}
    for move in moves:
        meant = move.id if move.act == "propose" else move.offer
        if meant is not None:
            backing[move.sender] = meant
    standing = tuple(Backing(role=who, offer=meant) for who, meant in backing.items())
    return view(talk, role, offers=offers, moves=moves, backing=standing, turn=len(moves), **changes)


def _stance(seen: View, talk: Negotiation, wanted: float, shunned: frozenset[str] | None = None) -> Stance:
    gates = gate_book(talk)
    every = frozenset(gate.id for gate in talk.gates)
    ground = Ground(seen.role, seen.agenda.issues, seen.mandate, permits_of(talk), lambda terms: _ids(gates(terms)))
    return stance_of(seen, ground, recorded(seen, ground, NOTHING), wanted, every if shunned is None else shunned)


def _ids(reading: GateReading) -> frozenset[str]:
    return frozenset(gate.id for gate in reading.reached)


def test_without_a_good_offer_it_goes_on_conceding() -> None:
    """An offer that is worth less than wanted is left alone; at what it is worth it is accepted."""
    made = offer("high", 60, 0)
    seen = _view(TALK, "low", (made,), (_move(made),))
    assert _stance(seen, TALK, 0.41) == Concede()
    assert _stance(seen, TALK, 0.4) == Accept(made)


def test_below_the_reserve_nothing_is_good() -> None:
    """However little is wanted, the reserve stands."""
    made = offer("high", 85, 0)
    assert _stance(_view(TALK, "low", (made,), (_move(made),)), TALK, 0.0) == Concede()


def test_the_offer_with_the_most_backers_wins() -> None:
    """Of two good offers the one that more roles back is accepted, though another is worth more."""
    better, backed = offer("high", 10, 0), offer("other", 30, 1)
    moves = (_move(better), _move(backed), _accepting("high", backed, 2))
    assert _stance(_view(TALK, "low", (better, backed), moves), TALK, 0.5) == Accept(backed)


def test_among_equals_the_oldest_wins() -> None:
    """Two good offers with one backer each: the one that came first is accepted."""
    first, second = offer("high", 30, 0), offer("other", 10, 1)
    assert _stance(_view(TALK, "low", (first, second), (_move(first), _move(second))), TALK, 0.5) == Accept(first)


def test_another_s_good_offer_comes_before_one_s_own() -> None:
    """With one backer each, one's own offer is given up for another role's, though it is older."""
    own, theirs = offer("low", 10, 0), offer("high", 30, 1)
    assert _stance(_view(TALK, "low", (own, theirs), (_move(own), _move(theirs))), TALK, 0.5) == Accept(theirs)


def test_one_s_own_offer_is_held_when_others_gather_behind_it() -> None:
    """An offer of one's own with another backer is held until who is missing has spoken."""
    own = offer("low", 10, 0)
    moves = (_move(own), _accepting("high", own, 1))
    assert _stance(_view(TALK, "low", (own,), moves), TALK, 0.5) == Hold()


def test_an_offer_that_was_passed_over_is_given_up() -> None:
    """Once all who are missing have spoken without joining, the role concedes anew."""
    own, theirs = offer("low", 10, 0), offer("other", 90, 2)
    moves = (_move(own), _accepting("high", own, 1), _move(theirs))
    assert _stance(_view(TALK, "low", (own, theirs), moves), TALK, 0.5) == Concede()


def test_a_good_offer_of_who_is_missing_comes_before_a_concession() -> None:
    """If the role that did not join has made a good offer itself, that is accepted."""
    own, theirs = offer("low", 10, 0), offer("other", 40, 2)
    moves = (_move(own), _accepting("high", own, 1), _move(theirs))
    assert _stance(_view(TALK, "low", (own, theirs), moves), TALK, 0.5) == Accept(theirs)


def test_one_s_own_standing_offer_is_renewed_rather_than_accepted() -> None:
    """Nobody accepts an own offer; after backing another that fell, the own one is proposed again."""
    own, theirs = offer("low", 10, 0), offer("high", 20, 1)
    moves = (_move(own), _move(theirs), _accepting("low", theirs, 2))
    seen = _view(TALK, "low", (own,), moves)
    assert _stance(replace(seen, backing=()), TALK, 0.5) == Renew(own)


def test_a_partial_offer_is_never_accepted() -> None:
    """An offer that leaves an issue open cannot be backed."""
    made = offer("high", 10, 0).model_copy(update={"terms": ()})
    assert _stance(_view(bargain("low", "high", reserve=0.0), "low", (made,), (_move(made),)), TALK, 0.0) == Concede()


def test_what_was_turned_down_is_not_backed_again() -> None:
    """Terms that fell as unfit are no good, whoever proposes them anew."""
    first, again = offer("high", 10, 0), offer("other", 10, 1)
    fall = Fall(offer=first.id, sender=first.sender, why="unfit", turn=1)
    seen = _view(TALK, "low", (again,), (_move(first), _move(again)), falls=(fall,))
    assert _stance(seen, TALK, 0.5) == Concede()


def test_after_a_denial_gated_offers_are_no_good() -> None:
    """Once an approver has said no, only offers without a gate are accepted, as far as the role can do without it."""
    talk = TALK.model_copy(update={"gates": (Gate(id="dear", when="price > 50", approver="Ada"),)})
    denied, gated, free = offer("high", 60, 0), offer("other", 55, 1), offer("high", 45, 2)
    moves = (_move(denied), _move(gated), _move(free))
    fall = Fall(offer=denied.id, sender=denied.sender, why="denied", by="Ada", turn=1)
    assert _stance(_view(talk, "low", (gated,), moves[:2]), talk, 0.4) == Accept(gated)
    assert _stance(_view(talk, "low", (gated,), moves[:2], falls=(fall,)), talk, 0.4) == Concede()
    assert _stance(_view(talk, "low", (gated, free), moves, falls=(fall,)), talk, 0.4) == Accept(free)
    assert _stance(_view(talk, "low", (gated,), moves[:2], falls=(fall,)), talk, 0.4, frozenset()) == Accept(gated)


def test_what_all_others_back_and_its_limits_forbid_is_ended_now_and_then() -> None:
    """An offer that would do but for its own limits is rejected once all others wait for it, and not twice in a row."""
    talk = bargain("low", "high", "other", reserve=0.2, limits={"low": "price <= 50.0"})
    made, better = offer("high", 60, 1), offer("high", 55, 4)
    moves = (_move(made), _accepting("other", made, 2))
    assert _stance(_view(talk, "low", (made,), moves), talk, 0.4) == Reject(made)
    assert _stance(_view(talk, "low", (made,), moves), talk, 0.5) == Concede()
    assert _stance(_view(talk, "low", (made,), moves[:1]), talk, 0.4) == Concede()
    rejected = made.model_copy(update={"turn": 3})
    after = (*moves, _rejecting("low", rejected), _move(better), _accepting("other", better, 5))
    assert _stance(_view(talk, "low", (better,), after), talk, 0.4) == Concede()


QUORUM = bargain("low", "high", "other", quorum=2, limits={"low": "price <= 70.0"})


def test_under_a_quorum_an_offer_against_own_limits_is_declined() -> None:
    """When others gather behind what the role may not sign, it ends the offer before it settles and falls."""
    made = offer("high", 80, 0)
    moves = (_move(made), _accepting("other", made, 1))
    three = bargain("low", "high", "other", "last", quorum=3, limits={"low": "price <= 70.0"})
    assert _stance(_view(three, "low", (made,), moves), three, 0.5) == Reject(made)
    assert _stance(_view(three, "low", (made,), moves[:1]), three, 0.5) == Concede()


def test_when_all_must_agree_nothing_is_declined() -> None:
    """An offer that cannot be settled without the role is left alone."""
    talk = bargain("low", "high", "other", limits={"low": "price <= 70.0"})
    made = offer("high", 80, 0)
    assert _stance(_view(talk, "low", (made,), (_move(made), _accepting("other", made, 1))), talk, 0.5) == Concede()


@pytest.mark.parametrize(("round_", "stance"), [(1, "waits"), (6, "waits"), (7, "settles"), (10, "settles")])
def test_a_quorum_is_patient_with_those_it_could_leave_out(round_: int, stance: str) -> None:
    """For most of the time no offer is settled over another role's head; then it is."""
    made = offer("high", 50, 0)
    seen = _view(QUORUM, "low", (made,), (_move(made),), round=round_)
    assert _stance(seen, QUORUM, 0.4) == (Concede() if stance == "waits" else Accept(made))


def test_a_quorum_with_everyone_aboard_needs_no_patience() -> None:
    """The last role that was missing accepts at once."""
    made = offer("high", 50, 0)
    both = bargain("low", "high").model_copy(update={"agreement": Agreement(needs="quorum", quorum=2)})
    assert _stance(_view(both, "low", (made,), (_move(made),)), both, 0.4) == Accept(made)


def test_a_precedent_is_accepted_like_any_offer() -> None:
    """The terms of a superseded agreement have nobody at the table as their sender and can be backed."""
    made = offer("precedent", 30, 0).model_copy(update={"id": OfferId("m0-abcd"), "terms": priced(30)})
    assert _stance(_view(TALK, "low", (made,), ()), TALK, 0.5) == Accept(made)
