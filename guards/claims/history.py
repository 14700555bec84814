"""How far back is a talk looked at? To the last moves, and to those that words or offers name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from orchestrator.messages.move import Move
from orchestrator.messages.view import View

__all__ = ["LAST_MOVES", "move_called", "recent_moves"]

LAST_MOVES = 40
"""Moves that words are held against; who speaks of older ones names them, and a message costs the same in the longest talk."""
_MOST_NAMED = 12


def move_called(view: View, called: str) -> Move | None:
    """Return the move of that id, or of that number alone: `m12-k4xq`, `m12`; looked up where its number says it is."""
    number = _number(called.partition("-")[0])
    if number is not None and number <= len(view.moves) and _is_called(view.moves[number - 1], called):
        return view.moves[number - 1]
    return next((move for move in view.moves[-LAST_MOVES:] if _is_called(move, called)), None)


def recent_moves(view: View, named: Iterable[str] = ()) -> tuple[Move, ...]:
    """Return the last moves, oldest first; of the older ones only those whose offers stand, and those that are named."""
    first = len(view.moves) - LAST_MOVES
    if first <= 0:
        return view.moves
    found = (
        _number(called.partition("-")[0]) for called in (*(offer.id for offer in view.offers), *islice(named, _MOST_NAMED))
    )
    older = sorted({number - 1 for number in found if number is not None and number <= first})
    return (*(view.moves[place] for place in older), *view.moves[first:])


def _is_called(move: Move, called: str) -> bool:
    return called in (move.id, move.id.partition("-")[0])


@lru_cache(maxsize=1024)
def _number(called: str) -> int | None:
    """Return the number in `m12`, or None."""
    digits = called[1:9]
    return int(digits) or None if called[:1] == "m" and digits.isdecimal() else None
