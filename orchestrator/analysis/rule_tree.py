"""What does a rule say? A typed tree of it: numbers, texts and truths over the issues, as CEL takes them.

Numbers are doubles to CEL and are kept here as they were written too, so that whoever reckons exactly can do so.
Dates are texts (`2026-10-01`), as in CEL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, assert_never

from orchestrator.messages.value import IssueName

__all__ = [
    "Arithmetic",
    "ArithmeticSign",
    "CannotExpress",
    "Constant",
    "Every",
    "Figure",
    "FlagOf",
    "Literally",
    "Minus",
    "Negation",
    "NumberOf",
    "NumbersCompared",
    "Numeric",
    "Order",
    "PickedNumber",
    "PickedText",
    "PickedTruth",
    "Some",
    "TextOf",
    "TextsCompared",
    "Textual",
    "Tree",
    "Truth",
    "TruthsCompared",
    "branches",
    "issues_in",
]

ArithmeticSign: TypeAlias = Literal["+", "-", "*", "/"]
Order: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class CannotExpress:
    """Why a rule has no tree, with the words of it that have no place in one."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written: `2.30`."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class NumberOf:
    """The value of an issue that is a number."""

    issue: IssueName


@dataclass(frozen=True, slots=True)
class Minus:
    """A number with its sign turned."""

    of: Numeric


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum, difference, product or quotient."""

    sign: ArithmeticSign
    left: Numeric
    right: Numeric


@dataclass(frozen=True, slots=True)
class PickedNumber:
    """One number or another: `when ? then : otherwise`."""

    when: Truth
    then: Numeric
    otherwise: Numeric


@dataclass(frozen=True, slots=True)
class Literally:
    """A text as written: an option or a day."""

    value: str


@dataclass(frozen=True, slots=True)
class TextOf:
    """The value of an issue that is an option or a day."""

    issue: IssueName


@dataclass(frozen=True, slots=True)
class PickedText:
    """One text or another."""

    when: Truth
    then: Textual
    otherwise: Textual


@dataclass(frozen=True, slots=True)
class Constant:
    """`true` or `false` as written."""

    value: bool


@dataclass(frozen=True, slots=True)
class FlagOf:
    """The value of an issue that is a flag."""

    issue: IssueName


@dataclass(frozen=True, slots=True)
class Negation:
    """What is true where `of` is false."""

    of: Truth


@dataclass(frozen=True, slots=True)
class Every:
    """What is true where all parts are."""

    parts: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """What is true where one part is, or more; an empty list makes it false."""

    parts: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class NumbersCompared:
    """Two numbers in an order."""

    order: Order
    left: Numeric
    right: Numeric


@dataclass(frozen=True, slots=True)
class TextsCompared:
    """Two texts in an order: that of their characters, which for days is that of the calendar."""

    order: Order
    left: Textual
    right: Textual


@dataclass(frozen=True, slots=True)
class TruthsCompared:
    """Two truths that are alike; the negation of it says that they differ."""

    left: Truth
    right: Truth


@dataclass(frozen=True, slots=True)
class PickedTruth:
    """One truth or another."""

    when: Truth
    then: Truth
    otherwise: Truth


Numeric: TypeAlias = Figure | NumberOf | Minus | Arithmetic | PickedNumber
Textual: TypeAlias = Literally | TextOf | PickedText
Truth: TypeAlias = Constant | FlagOf | Negation | Every | Some | NumbersCompared | TextsCompared | TruthsCompared | PickedTruth
"""What a rule is."""
Tree: TypeAlias = Numeric | Textual | Truth


def branches(tree: Tree) -> tuple[Tree, ...]:
    """Return the parts of a tree, from left to right."""
    match tree:
        case Figure() | Literally() | Constant() | NumberOf() | TextOf() | FlagOf():
            return ()
        case Minus() | Negation():
            return (tree.of,)
        case Every() | Some():
            return tree.parts
        case Arithmetic() | NumbersCompared() | TextsCompared() | TruthsCompared():
            return (tree.left, tree.right)
        case PickedNumber() | PickedText() | PickedTruth():
            return (tree.when, tree.then, tree.otherwise)
        case _:
            assert_never(tree)


def issues_in(tree: Tree) -> frozenset[IssueName]:
    """Return the issues that a tree names."""
    return frozenset(_named(tree))


def _named(tree: Tree) -> Iterator[IssueName]:
    if isinstance(tree, NumberOf | TextOf | FlagOf):
        yield tree.issue
    for branch in branches(tree):
        yield from _named(branch)
