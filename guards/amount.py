"""How much do terms take of a pot? An expression over the issues, worked out exactly, in fractions and never in floats.

CEL is asked whether an expression is one and gives a number; CEL itself counts in doubles, which money must not. So the
value is worked out here, for the part of CEL that an amount needs: numbers, issues, `+ - * /`, brackets, comparisons,
`&& || !`, and `condition ? this : that`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import TypeAlias

from guards.rulesource import tokens_of, unquoted

__all__ = ["MAX_DEPTH", "Amount", "CannotRead", "Known", "read_amount"]

Known: TypeAlias = bool | str | Fraction
"""What is known of an issue: a figure, an option or day as text, a yes or no."""

MAX_DEPTH = 40
"""Brackets and conditions inside each other."""

_Value: TypeAlias = Callable[[Mapping[str, Known]], Known]


class CannotRead(Exception):
    """Why an expression is no amount, or why it has no value for these terms."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An expression that can be worked out."""

    names: frozenset[str]
    """The issues that it names."""
    units: frozenset[str]
    """Those whose figures are added to each other as they are, so that their units must be that of the pot."""
    _value: _Value

    def of(self, known: Mapping[str, Known]) -> Fraction:
        """Return the exact value. Raises CannotRead where it is no number, or there is none."""
        value = self._value(known)
        if not isinstance(value, Fraction):
            raise CannotRead("it gives no number")
        return value


def read_amount(source: str) -> Amount:
    """Read an expression. Raises CannotRead with the reason where it has what an amount cannot have."""
    reader = _Reader(source)
    part = reader.choice(0)
    reader.end()
    return Amount(frozenset(reader.names), part.summed, part.value)


@dataclass(frozen=True, slots=True)
class _Part:
    value: _Value
    summed: frozenset[str] = frozenset()
    """Issues that stand in it as plain addends."""


class _Reader:
    """Reads by falling precedence: a condition, or, and, comparison, sum, product, sign, atom."""

    __slots__ = ("_at", "_tokens", "names")

    def __init__(self, source: str) -> None:
        self._tokens = tuple(tokens_of(source))
        self._at = 0
        self.names: set[str] = set()

    def choice(self, depth: int) -> _Part:
        if depth > MAX_DEPTH:
            raise CannotRead("it is nested too deeply")
        condition = self._or(depth)
        if not self._took("?"):
            return condition
        first = self.choice(depth + 1)
        self._need(":")
        second = self.choice(depth + 1)

        def chosen(known: Mapping[str, Known]) -> Known:
            return (first if _truth(condition.value(known)) else second).value(known)

        return _Part(chosen, first.summed | second.summed)

    def end(self) -> None:
        if self._at < len(self._tokens):
            raise CannotRead(f"it has {self._tokens[self._at][1]!r}, which an amount cannot have there")

    def _or(self, depth: int) -> _Part:
        part = self._and(depth)
        while self._took("||"):
            part = _Part(_either(part.value, self._and(depth).value))
        return part

    def _and(self, depth: int) -> _Part:
        part = self._comparison(depth)
        while self._took("&&"):
            part = _Part(_both(part.value, self._comparison(depth).value))
        return part

    def _comparison(self, depth: int) -> _Part:
        part = self._sum(depth)
        for sign in ("==", "!=", "<=", ">=", "<", ">"):
            if self._took(sign):
                return _Part(_compared(sign, part.value, self._sum(depth).value))
        return part

    def _sum(self, depth: int) -> _Part:
        part = self._product(depth)
        while sign := self._one_of("+", "-"):
            other = self._product(depth)
            part = _Part(_worked(sign, part.value, other.value), part.summed | other.summed)
        return part

    def _product(self, depth: int) -> _Part:
        part = self._signed(depth)
        while sign := self._one_of("*", "/"):
            part = _Part(_worked(sign, part.value, self._signed(depth).value))
        return part

    def _signed(self, depth: int) -> _Part:
        if depth > MAX_DEPTH:
            raise CannotRead("it is nested too deeply")
        if self._took("-"):
            part = self._signed(depth + 1)
            return _Part(_worked("-", _constant(Fraction(0)), part.value), part.summed)
        if self._took("!"):
            return _Part(_negated(self._signed(depth + 1).value))
        if self._took("("):
            part = self.choice(depth + 1)
            self._need(")")
            return part
        return self._atom()

    def _atom(self) -> _Part:
        kind, text = self._next()
        if kind in ("whole", "number"):
            return _Part(_constant(_figure(text)))
        if kind == "string":
            return _Part(_constant(unquoted(text)))
        if kind != "name":
            raise CannotRead(f"it has {text!r}, which an amount cannot have there")
        if text in ("true", "false"):
            return _Part(_constant(text == "true"))
        if self._at < len(self._tokens) and self._tokens[self._at][1] in ("(", ".", "[", "in"):
            raise CannotRead(f"it has {text + self._tokens[self._at][1]!r}, which an amount cannot have")
        self.names.add(text)
        return _Part(_named(text), frozenset((text,)))

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise CannotRead("it ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _took(self, sign: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == ("sign", sign):
            self._at += 1
            return True
        return False

    def _one_of(self, *signs: str) -> str:
        return next((sign for sign in signs if self._took(sign)), "")

    def _need(self, sign: str) -> None:
        if not self._took(sign):
            raise CannotRead(f"a {sign!r} is missing")


_COMPARE = {"==": eq, "!=": ne, "<=": le, ">=": ge, "<": lt, ">": gt}


def _figure(text: str) -> Fraction:
    try:
        return Fraction(text)
    except ValueError as error:
        raise CannotRead(f"it has {text!r}, which is no figure") from error


def _constant(value: Known) -> _Value:
    return lambda _: value


def _named(name: str) -> _Value:
    def value(known: Mapping[str, Known]) -> Known:
        if name not in known:
            raise CannotRead(f"open: {name}")
        return known[name]

    return value


def _truth(value: Known) -> bool:
    if not isinstance(value, bool):
        raise CannotRead("a condition is neither true nor false")
    return value


def _negated(value: _Value) -> _Value:
    return lambda known: not _truth(value(known))


def _either(left: _Value, right: _Value) -> _Value:
    return lambda known: _truth(left(known)) or _truth(right(known))


def _both(left: _Value, right: _Value) -> _Value:
    return lambda known: _truth(left(known)) and _truth(right(known))


def _compared(sign: str, left: _Value, right: _Value) -> _Value:
    def value(known: Mapping[str, Known]) -> Known:
        one, other = left(known), right(known)
        if type(one) is not type(other):
            raise CannotRead("it compares values of different types")
        return bool(_COMPARE[sign](one, other))

    return value


def _worked(sign: str, left: _Value, right: _Value) -> _Value:
    def value(known: Mapping[str, Known]) -> Known:
        one, other = left(known), right(known)
        if not isinstance(one, Fraction) or not isinstance(other, Fraction):
            raise CannotRead("it works with what is no number")
        match sign:
            case "+":
                return one + other
            case "-":
                return one - other
            case "*":
                return one * other
            case _:
                return _divided(one, other)

    return value


def _divided(one: Fraction, other: Fraction) -> Fraction:
    if not other:
        raise CannotRead("it divides by 0")
    return one / other
