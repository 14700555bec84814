"""How is a named tuple made without much ado? From a plain tuple of its values, in half the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar, cast

__all__ = ["maker"]

_Made = TypeVar("_Made", bound=tuple[object, ...])


def maker(kind: type[_Made]) -> Callable[[Iterable[object]], _Made]:
    """Return what makes a named tuple of all its values, in order; who calls it answers for their types."""
    made = partial(tuple.__new__, kind)  # pyright: ignore[reportUnknownMemberType] - a plain tuple may hold anything
    return cast("Callable[[Iterable[object]], _Made]", made)
