"""What was worked out for a thing before? Things are told apart by identity: to hash a record costs more than it saves."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

__all__ = ["Once", "OnceForAll", "OnceForBoth"]

_Item = TypeVar("_Item")
_Other = TypeVar("_Other")
_Result = TypeVar("_Result")
_Key = TypeVar("_Key")
_Held = TypeVar("_Held")
_Work = TypeVar("_Work")


class _Kept(Generic[_Work, _Key, _Held, _Result]):
    """Results with the things that they were worked out for, which are held so that no others take their places in memory."""

    __slots__ = ("_kept", "_work")
    most: ClassVar[int] = 4096

    def __init__(self, work: _Work) -> None:
        """Hold the work."""
        self._work = work
        self._kept: dict[_Key, tuple[_Held, _Result]] = {}

    def _keep(self, key: _Key, held: _Held, result: _Result) -> _Result:
        if len(self._kept) >= self.most:
            self._kept.clear()
        self._kept[key] = (held, result)
        return result


class Once(_Kept[Callable[[_Item], _Result], int, _Item, _Result], Generic[_Item, _Result]):
    """Work on one frozen thing that is done once for it."""

    __slots__ = ()

    def __call__(self, item: _Item) -> _Result:
        """Return what the work gives."""
        kept = self._kept.get(id(item))
        return kept[1] if kept else self._keep(id(item), item, self._work(item))


class OnceForBoth(
    _Kept[Callable[[_Item, _Other], _Result], tuple[int, int], tuple[_Item, _Other], _Result], Generic[_Item, _Other, _Result]
):
    """Work on two frozen things that is done once for each pair of them."""

    __slots__ = ()

    def __call__(self, item: _Item, other: _Other) -> _Result:
        """Return what the work gives."""
        kept = self._kept.get((id(item), id(other)))
        return kept[1] if kept else self._keep((id(item), id(other)), (item, other), self._work(item, other))


class OnceForAll(
    _Kept[Callable[[tuple[_Item, ...], _Other], _Result], tuple[int, ...], tuple[tuple[_Item, ...], _Other], _Result],
    Generic[_Item, _Other, _Result],
):
    """Work on a row of frozen things and one other that is done once for the very same ones, in whatever tuple they come."""

    __slots__ = ()
    most = 512

    def __call__(self, items: tuple[_Item, ...], other: _Other) -> _Result:
        """Return what the work gives."""
        key = (id(other), *map(id, items))
        kept = self._kept.get(key)
        return kept[1] if kept else self._keep(key, (items, other), self._work(items, other))
