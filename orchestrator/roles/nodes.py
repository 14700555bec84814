"""What does a structured text consist of? Words, lists and mappings, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from orchestrator.messages.terms import exact

__all__ = ["Atom", "Listing", "Mapping", "Node", "Scalar", "Word", "plain_of"]

Scalar: TypeAlias = bool | Decimal | date | str | None
Atom: TypeAlias = Scalar | list["Atom"] | dict[str, "Atom"]
"""A node without its lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A single value."""

    line: int
    value: Scalar
    text: str
    """As it is written, without quotation marks."""

    @property
    def key(self) -> str:
        """Return its text as the key of a mapping: equal numbers and equal flags are equal keys."""
        match self.value:
            case bool():
                return "true" if self.value else "false"
            case Decimal():
                return exact(self.value)
            case _:
                return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Nodes one after the other."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Nodes by their keys; of two equal keys the first counts."""

    line: int
    keys: dict[str, Word]
    values: dict[str, Node]


Node: TypeAlias = Word | Listing | Mapping


def plain_of(node: Node) -> Atom:
    """Return what a node says, without lines."""
    match node:
        case Word():
            return node.value
        case Listing():
            return [plain_of(item) for item in node.items]
        case Mapping():
            return {key: plain_of(value) for key, value in node.values.items()}
