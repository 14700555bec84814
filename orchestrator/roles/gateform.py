"""How does a person write a gate? What reaches it, who must say yes, how many of them, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, TypeAlias

from pydantic import WithJsonSchema

from orchestrator.messages.gate import Gate
from orchestrator.messages.value import Value
from orchestrator.roles.fit import Expression, Name, Seats, fitting, words
from orchestrator.roles.nodes import Atom
from orchestrator.roles.sectionform import Fault

__all__ = ["GateForm", "People", "Span", "faults_of", "gate_of"]

_SPAN = re.compile(r"([1-9][0-9]{0,4}) ?(d|h|min|m|s)", re.ASCII)
_SECONDS = {"d": 86_400, "h": 3_600, "min": 60, "m": 60, "s": 1}
_MOST_PEOPLE = 20


def _people(value: Atom) -> list[str] | None:
    given = value if isinstance(value, list) else [value]
    names = [words(name) for name in given]
    return [name for name in names if name is not None] if 0 < len(names) <= _MOST_PEOPLE and None not in names else None


def _span(value: Atom) -> int | None:
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) * _SECONDS[found[2]] if found else None


People: TypeAlias = Annotated[
    tuple[str, ...],
    fitting("a name, or a list of names", _people),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
    ),
]
Span: TypeAlias = Annotated[
    int,
    fitting("a time as 3d, 36h or 90m", _span),
    WithJsonSchema({"type": "string", "pattern": f"^{_SPAN.pattern}$"}),
]


class GateForm(Value):
    """A CEL expression over the issues; where it is true, people must approve the agreement before it binds."""

    id: Name
    when: Expression
    approver: People
    """Who approves; of a list all must, or as many as `approvers` says."""
    approvers: Seats | None = None
    """How many different people of the list must approve; one denial denies."""
    within: Span | None = None
    """How long after it was asked the answer is no, as 3d, 36h or 90m; without it, it waits for as long as it takes."""


def gate_of(name: str, when: str, people: tuple[str, ...], approvers: int | None, within: int | None) -> Gate:
    """Return the gate that a form says."""
    return Gate(
        id=name,
        when=when,
        approver=people[0],
        others=people[1:],
        approvers=len(people) if approvers is None else approvers,
        within=within,
    )


def faults_of(key: str, people: tuple[str, ...], approvers: int | None) -> Iterator[Fault]:
    """Yield what does not fit: the same name twice, or more approvers than there are people."""
    for name in dict.fromkeys(name for name in people if people.count(name) > 1):
        yield Fault(key=key, problem=f"{name!r} is there twice", expected="each person once")
    if approvers is not None and approvers > len(set(people)):
        named = "1 person is named" if len(people) == 1 else f"{len(people)} people are named"
        yield Fault(
            key="approvers",
            problem=f"is {approvers}, but {named} in {key!r}",
            expected=f"a list of {approvers} or more in {key!r}",
        )
