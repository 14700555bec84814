"""How far back is a talk looked at, and what does each move of it hold? Bounded, and worked out once for each move."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import islice
from typing import Generic, TypeVar

from orchestrator.messages.move import Move
from orchestrator.messages.view import View

__all__ = ["LAST_MOVES", "Kept", "Once", "Same", "move_called", "recent_moves"]

LAST_MOVES = 40
"""Moves that words are held against; who speaks of older ones names them, and a message costs the same in the longest talk."""
_MOST_NAMED = 12

_MOST_KEPT = 4096

_Item = TypeVar("_Item")
_Other = TypeVar("_Other")
_Result = TypeVar("_Result")


class Same(Generic[_Item]):
    """A frozen thing as the key of a cache: compared by identity, because to hash a record costs more than it saves."""

    __slots__ = ("item", "place")

    def __init__(self, item: _Item) -> None:
        """Hold the thing, so that nothing else can take its place in memory."""
        self.item = item
        self.place = id(item)

    def __hash__(self) -> int:
        """Return a hash of where the thing is."""
        return self.place

    def __eq__(self, other: object) -> bool:
        """Return whether the other key holds the very same thing."""
        return isinstance(other, Same) and self.place == other.place


class Kept(Generic[_Item, _Other, _Result]):
    """Work on two frozen things that is done once for each pair of them; they are told apart by identity."""

    __slots__ = ("_kept", "_work")

    def __init__(self, work: Callable[[_Item, _Other], _Result]) -> None:
        """Hold the work."""
        self._work = work
        self._kept: dict[tuple[int, int], tuple[_Item, _Other, _Result]] = {}

    def __call__(self, item: _Item, other: _Other) -> _Result:
        """Return what the work gives; the things are held with it, so that no others take their places in memory."""
        key = (id(item), id(other))
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            kept = self._kept[key] = (item, other, self._work(item, other))
        return kept[2]


class Once(Generic[_Item, _Result]):
    """Work on one frozen thing that is done once for it; things are told apart by identity."""

    __slots__ = ("_kept", "_work")

    def __init__(self, work: Callable[[_Item], _Result]) -> None:
        """Hold the work."""
        self._work = work
        self._kept: dict[int, tuple[_Item, _Result]] = {}

    def __call__(self, item: _Item) -> _Result:
        """Return what the work gives; the thing is held with it, so that no other takes its place in memory."""
        kept = self._kept.get(id(item))
        if kept is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            kept = self._kept[id(item)] = (item, self._work(item))
        return kept[1]


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
