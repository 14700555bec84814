"""Which values do the buyers and sellers of a market have? Two lists, from a CSV or YAML file.

CSV has a line for each trader, its side and its value, under the header `side,value`. YAML has the lists `buyers` and
`sellers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestrator.errors import ConfigError
from orchestrator.roles.files import read_text
from orchestrator.roles.nodes import Listing, Mapping, Node, Word
from orchestrator.roles.pieces import Notes
from orchestrator.roles.yaml import read_yaml

__all__ = ["Listed", "read_market"]

_LARGEST = 20_000_000
"""Bytes."""
_HIGHEST = 1e12
_MOST_SHOWN = 20
_EXPECTED = "a number from 0 to 1e12"
_SIDES = {"buyer": "buyers", "seller": "sellers"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What each buyer would pay at most, and what each seller would take at least."""

    buyers: tuple[float, ...]
    sellers: tuple[float, ...]


def read_market(path: Path) -> Listed:
    """Read a file of values. Raises ConfigError with the first mistakes."""
    notes = Notes(file=str(path))
    text = read_text(path, _LARGEST, notes)
    sides: dict[str, list[float]] = {"buyers": [], "sellers": []}
    if text is not None:
        found = _from_yaml(text, notes) if path.suffix.lower() in (".yaml", ".yml") else _from_csv(text, notes)
        for side, line, written in found:
            _take(sides[side], side, line, written, notes)
    for side, values in sides.items():
        if not values and not notes.mistakes:
            notes.add(0, side, "there are none", "at least one value")
    if notes.mistakes:
        raise ConfigError(tuple(notes.mistakes[:_MOST_SHOWN]), hint="'handfast mechanisms --help' tells what the file holds")
    return Listed(buyers=tuple(sides["buyers"]), sellers=tuple(sides["sellers"]))


def _take(values: list[float], side: str, line: int, written: str, notes: Notes) -> None:
    try:
        value = float(written) if "_" not in written else -1.0
    except ValueError:
        value = -1.0
    if 0 <= value <= _HIGHEST:
        values.append(value)
    else:
        notes.add(line, side, f"is {written[:40]!r}", _EXPECTED)


def _from_csv(text: str, notes: Notes) -> Iterator[tuple[str, int, str]]:
    first, *lines = text.split("\n")
    header = [word.strip().lower() for word in first.split(",")]
    if header != ["side", "value"]:
        notes.add(1, "header", f"is {','.join(header)[:40]!r}", "side,value")
        return
    for line, row in enumerate((written.split(",") for written in lines), 2):
        if not any(word.strip() for word in row):
            continue
        side = _SIDES.get(row[0].strip().lower())
        if side is None or len(row) != len(header):
            notes.add(line, "line", f"is {','.join(row)[:40]!r}", "buyer or seller, a comma and a value")
        else:
            yield side, line, row[1].strip()


def _from_yaml(text: str, notes: Notes) -> Iterator[tuple[str, int, str]]:
    document = read_yaml(text, notes.file)
    notes.mistakes.extend(document.mistakes)
    root = document.root
    if not isinstance(root, Mapping):
        if not notes.mistakes:
            notes.add(1, "YAML", "is no mapping", "the lists buyers and sellers")
        return
    for key, node in root.values.items():
        if key not in _SIDES.values():
            notes.add(node.line, key, "is unknown", "buyers or sellers")
        elif not isinstance(node, Listing):
            notes.add(node.line, key, "is no list", "a list of values")
        else:
            yield from ((key, item.line, _written(item)) for item in node.items)


def _written(node: Node) -> str:
    return node.text if isinstance(node, Word) else "no single value"
