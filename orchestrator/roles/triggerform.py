"""How does a person write when an agreement is talked about again? A bound of a fact or a pot, a day, or a time after it."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import WithJsonSchema

from orchestrator.messages.value import Value
from orchestrator.roles.fit import Day, Expression, IssueNames, Line, Name, fitting
from orchestrator.roles.nodes import Atom

__all__ = ["Span", "TriggerForm"]

_SPAN = re.compile(r"([1-9][0-9]{0,4}) ?(min|h|d|w)", re.ASCII)
_SECONDS = {"min": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def _span(value: Atom) -> int | None:
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) * _SECONDS[found[2]] if found else None


Span: TypeAlias = Annotated[
    int,
    fitting("a time as 90d, 6w, 12h or 30min", _span),
    WithJsonSchema({"type": "string", "pattern": f"^{_SPAN.pattern}$"}),
]


class TriggerForm(Value):
    """What reopens an agreement by itself: one of `when`, `on` and `after`."""

    id: Name
    why: Line
    """The reason that roles and people are told."""
    when: Expression | None = None
    """A CEL expression over the facts, or the figures of `pot`; it fires when it becomes true, not while it is."""
    pot: Name | None = None
    """The pot, one of `budgets.takes`, whose figures `when` is about: free, committed, reserved and size."""
    on: Day | None = None
    """The day on which it fires, in UTC, where the agreement was made before."""
    after: Span | None = None
    """How long after the agreement it fires."""
    changes: IssueNames = ("all",)
    """The issues that are reopened; the others keep their old terms."""
    by: Line | None = None
    """The person who is told."""
