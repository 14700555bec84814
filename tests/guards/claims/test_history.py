"""Is a long talk looked back at as far as it must be, and no farther?"""

from __future__ import annotations

from guards.claims.history import LAST_MOVES, move_called, recent_moves
from tests.corpus import Record, view_of
from tests.guards.cases import CAMPAIGN, FULL

_OFFERS: tuple[Record, ...] = (
    {"id": "m1", "sender": "budget", "act": "propose", "terms": {**FULL, "creative_hours": 150}},
    {"id": "m2", "sender": "capacity", "act": "propose", "terms": {**FULL, "creative_hours": 170}},
    {"id": "m3", "sender": "capacity", "act": "propose", "terms": {**FULL, "creative_hours": 180}},
)
_TALK: tuple[Record, ...] = tuple(
    {"id": f"m{number}", "sender": "channel", "act": "inform", "text": "Still here."} for number in range(4, 100)
)
_VIEW = view_of(CAMPAIGN, "channel", (*_OFFERS, *_TALK))


def test_a_short_talk_is_looked_at_in_whole() -> None:
    """A talk of no more moves than are looked at is all of them."""
    view = view_of(CAMPAIGN, "channel", _OFFERS)
    assert recent_moves(view) == view.moves


def test_a_long_talk_is_its_last_moves_and_the_offers_that_stand() -> None:
    """Old moves are left out, but for those whose offers stand."""
    standing = [offer.id for offer in _VIEW.offers]
    last = [move.id for move in _VIEW.moves[-LAST_MOVES:]]
    assert standing == ["m1", "m3"]
    assert [move.id for move in recent_moves(_VIEW)] == [*standing, *last]


def test_an_old_move_that_is_named_is_looked_at() -> None:
    """Words that name an old move, or a number that nobody used, find what there is."""
    last = [move.id for move in _VIEW.moves[-LAST_MOVES:]]
    assert [move.id for move in recent_moves(_VIEW, ("m2-k4xq", "m900", "mx"))] == ["m1", "m2", "m3", *last]


def test_a_move_is_found_by_its_id_or_number() -> None:
    """A move is found wherever it stands; an id of another session or a number too high is none."""
    called = ("m1", "m50", "m99", "m50-k4xq", "m0", "m100", "precedent", "m")
    found = [move.id if (move := move_called(_VIEW, name)) else None for name in called]
    assert found == ["m1", "m50", "m99", None, None, None, None, None]
