"""Which share of one issue is another said to be? `Email gets half of what social gets`, `rent is 20 % of the fee`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from guards.claims.arithmetic import near
from guards.claims.context import Context, finding
from guards.claims.fractions import fractions_in
from guards.claims.known import Offered
from guards.claims.saying import Named, Quantity
from guards.claims.words import PARTS
from orchestrator.messages.finding import Finding

__all__ = ["Proportion", "proportions_in", "proportions_that_are_so"]

_OF = re.compile(r"(?: as much)? of (?:what |that of |the |our |your )?(?:[a-z]+ )?$| (?:what |as much as )$")
_IS = re.compile(
    r" (?:[a-z]+ ){0,3}?(?:is|are|gets?|takes?|costs?|makes?|comes to|stays at|at|be|now|has|have|with) "
    r"(?:about |roughly |just |only )?$"
)
_CLOSE = 0.005
"""How far a share that is not announced as rounded may be off, as a part of the whole."""


class Proportion(NamedTuple):
    """A share that the words name between two issues."""

    found: Quantity
    issue: Named
    of: Named
    is_so: bool


def proportions_in(context: Context, own: Offered) -> Iterator[Proportion]:
    """Yield the shares that are named between two issues which both have a term."""
    if not any(one.unit == "percent" for one in context.scan.quantities) and context.scan.words.isdisjoint(PARTS):
        return
    shares = (*(one for one in context.scan.quantities if one.unit == "percent"), *fractions_in(context.scan))
    text = context.scan.text
    for found in shares:
        clause = context.clause(found.clause)
        issues = [
            one for one in context.scan.named_from(clause.start, clause.end) if one.sort == "issue" and one.issue in own.figures
        ]
        before = [one for one in issues if one.end <= found.start and _IS.fullmatch(text, one.end, found.start)]
        behind = [one for one in issues if one.start >= found.end and _OF.fullmatch(text, found.end, one.start)]
        if not before or not behind or before[-1].issue is None or behind[0].issue is None:
            continue
        part, whole = own.figures[before[-1].issue], own.figures[behind[0].issue]
        share = found.values[0] / 100
        is_near = context.ground.is_announced(found) and near(share * whole, part)
        yield Proportion(found, before[-1], behind[0], is_near or abs(share * whole - part) <= _CLOSE * whole)


def proportions_that_are_so(context: Context) -> Iterator[Finding]:
    """Find a share of one term in another that is not so."""
    own = context.known.own
    if own is None or not context.reports:
        return
    for one in proportions_in(context, own):
        if not one.is_so and not context.is_weighed(one.found):
            quoted = context.scan.quote(one.found.start, one.found.end)
            yield finding(
                context, "terms.figure", "terms", one.found.start, one.found.end,
                f"{one.issue.issue!r} is not {quoted!r} of {one.of.issue!r} by the terms", "a share that the terms make",
            )  # fmt: skip
