"""What do the rules say of each combination of the issues that they name? One table of yes and no for each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from orchestrator.analysis.arrays import Booleans, Places
from orchestrator.analysis.rule_array import Column, where_true
from orchestrator.analysis.rule_reader import read_rule
from orchestrator.analysis.rule_tree import CannotExpress, Every, Truth, issues_in
from orchestrator.analysis.space import Space
from orchestrator.analysis.sums import Sum, sum_of
from orchestrator.messages.negotiation import Negotiation, Rule
from orchestrator.messages.terms import Terms, in_rules

__all__ = ["Asking", "RuleSum", "RuleTable", "Tables", "rules_of", "tables_of"]

_MOST_CELLS = 1 << 22
"""Of one rule's table."""
_MOST_ASKED = 100_000
"""Combinations at which a rule that arrays cannot say is asked one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How a rule is read as the guards read it, one combination at a time."""

    names: Callable[[Rule], frozenset[str]]
    """Which issues it names."""
    holds: Callable[[Rule, Terms], bool]
    """Whether it is true of terms for all of them."""


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A rule over several axes: `allowed` has a dimension for each, in the order of the file, over the values left."""

    rule: Rule
    axes: tuple[int, ...]
    allowed: Booleans


@dataclass(frozen=True, slots=True)
class RuleSum:
    """A rule that compares a sum over several axes, of which the table would be too large."""

    rule: Rule
    axes: tuple[int, ...]
    sum: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What the rules leave: the values of each axis that rules over it alone allow, and the tables and sums of all others."""

    values: tuple[Places, ...]
    rules: tuple[RuleTable | RuleSum, ...]
    unread: tuple[Rule, ...]
    """Those over more combinations than a table holds."""


def rules_of(negotiation: Negotiation) -> tuple[Rule, ...]:
    """Return what no agreement may break: the policies, and the limits of every role."""
    limits = (limit for role in negotiation.roles for limit in role.mandate.limits)
    return (*negotiation.policies, *limits)


def tables_of(space: Space, rules: tuple[Rule, ...], asking: Asking) -> Tables:
    """Return the rules as tables; those over one issue first, so that the others are read over what is left."""
    read = [part for rule in rules for part in _read(space, rule, asking)]
    values: tuple[Places, ...] = tuple(np.arange(size, dtype=np.int32) for size in space.shape)
    for each in read:
        if len(each.axes) <= 1:
            values = _narrowed(space, values, each, asking)
    tables: list[RuleTable | RuleSum] = []
    unread: dict[Rule, None] = {}
    for each in read:
        if len(each.axes) > 1:
            found = _table(space, values, each, asking)
            if found is None:
                unread[each.rule] = None
            elif isinstance(found, RuleSum) or not found.allowed.all():
                tables.append(found)
    return Tables(values=values, rules=tuple(tables), unread=tuple(unread))


@dataclass(frozen=True, slots=True)
class _Read:
    rule: Rule
    axes: tuple[int, ...]
    tree: Truth | None


def _read(space: Space, rule: Rule, asking: Asking) -> Iterator[_Read]:
    """Yield the rule, or each of its parts where all of them must be true."""
    tree = read_rule(rule.rule, tuple(axis.issue for axis in space.axes))
    if isinstance(tree, CannotExpress):
        yield _Read(rule, _axes(space, asking.names(rule)), None)
        return
    for part in tree.parts if isinstance(tree, Every) else (tree,):
        yield _Read(rule, _axes(space, frozenset(issues_in(part))), part)


def _axes(space: Space, names: frozenset[str]) -> tuple[int, ...]:
    return tuple(number for number, axis in enumerate(space.axes) if axis.issue.name in names)


def _table(space: Space, values: tuple[Places, ...], read: _Read, asking: Asking) -> RuleTable | RuleSum | None:
    allowed = _allowed(space, values, read, asking)
    if allowed is not None:
        return RuleTable(read.rule, read.axes, allowed)
    if read.tree is None or not all(len(values[axis]) for axis in read.axes):
        return None
    columns = {space.axes[axis].issue.name: _column(space, values, (axis,), axis) for axis in read.axes}
    figures = {name: column.astype(np.float64) for name, column in columns.items() if column.dtype.kind == "f"}
    found = sum_of(read.tree, figures) if len(figures) == len(columns) else None
    widest = max(len(values[axis]) for axis in read.axes)
    return None if found is None or found.span * widest > _MOST_CELLS else RuleSum(read.rule, read.axes, found)


def _narrowed(space: Space, values: tuple[Places, ...], read: _Read, asking: Asking) -> tuple[Places, ...]:
    allowed = _allowed(space, values, read, asking)
    if allowed is None or not read.axes:
        nothing = tuple(places[:0] for places in values)
        return values if allowed is None or bool(allowed) else nothing
    axis = read.axes[0]
    return tuple(places[allowed] if number == axis else places for number, places in enumerate(values))


def _allowed(space: Space, values: tuple[Places, ...], read: _Read, asking: Asking) -> Booleans | None:
    """Return the table of a rule over the values that are left; None where it has too many cells."""
    shape = tuple(len(values[axis]) for axis in read.axes)
    if read.tree is not None and prod(shape) <= _MOST_CELLS:
        columns = {space.axes[axis].issue.name: _column(space, values, read.axes, axis) for axis in read.axes}
        return np.broadcast_to(where_true(read.tree, columns), shape).copy()
    if read.tree is None and prod(shape) <= _MOST_ASKED:
        choices = [_terms(space, values, axis) for axis in read.axes]
        answers = [asking.holds(read.rule, terms) for terms in product(*choices)]
        return np.array(answers, dtype=np.bool_).reshape(shape)
    return None


def _column(space: Space, values: tuple[Places, ...], axes: tuple[int, ...], axis: int) -> Column:
    """Return the values of an axis as rules take them, along a dimension of their own."""
    found = np.array([in_rules(term) for term in _terms(space, values, axis)])
    return found.reshape(tuple(-1 if other == axis else 1 for other in axes))


def _terms(space: Space, values: tuple[Places, ...], axis: int) -> Terms:
    places: list[int] = values[axis].tolist()
    return tuple(space.axes[axis].terms[place] for place in places)
