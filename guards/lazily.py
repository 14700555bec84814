"""When is a property worked out? When it is first asked for, and kept on its object from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

__all__ = ["Lazily"]

_Holder = TypeVar("_Holder")
_Value = TypeVar("_Value")


class Lazily(Generic[_Holder, _Value]):
    """A property of an object with a dict. It takes no lock, as that of `functools` does before Python 3.12 and pays for."""

    def __init__(self, work: Callable[[_Holder], _Value]) -> None:
        """Hold the work; two threads that ask at once both do it, and get the same."""
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, holder: None, kind: type[_Holder]) -> Self: ...

    @overload
    def __get__(self, holder: _Holder, kind: type[_Holder]) -> _Value: ...

    def __get__(self, holder: _Holder | None, kind: type[_Holder]) -> Self | _Value:
        """Work the value out and keep it where the next look finds it first."""
        if holder is None:
            return self
        value = holder.__dict__[self._name] = self._work(holder)
        return value
