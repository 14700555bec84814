"""Which names and literals does the text of a rule contain? Its tokens, read without CEL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Comparison", "compared_with", "loops_in", "names_in", "paths_in", "tokens_of", "unquoted", "with_doubles"]

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*)
    |(?P<string>(?:[bB]?[rR][bB]?(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"[^"\n]*"|'[^'\n]*'))
        |[bB]?(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<whole>[0-9]+(?![0-9A-Za-z_.]))
    |(?P<number>\.?[0-9][0-9A-Za-z_.]*(?:(?<=[eE])[+-][0-9]+)?)
    |(?P<space>\s+)
    |(?P<sign>==|!=|<=|>=|&&|\|\||.)""",
    re.VERBOSE | re.DOTALL,
)
_LOOPS = frozenset({"all", "exists", "exists_one", "filter", "map"})
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Comparison:
    """An issue beside a string literal: `creative_format != "video"`, `region in ["eu-west"]`."""

    name: str
    sign: str
    literal: str


def with_doubles(source: str) -> str:
    """Return the source with whole numbers as doubles: `spend <= 180000` becomes `spend <= 180000.0`."""
    return "".join(text + ".0" if kind == "whole" else text for kind, text in _tokens(source))


def names_in(source: str) -> frozenset[str]:
    """Return the bare names in a rule: no fields, no functions' dots, nothing inside strings."""
    found: set[str] = set()
    before = ""
    for kind, text in tokens_of(source):
        if kind == "name" and before != ".":
            found.add(text)
        before = text
    return frozenset(found)


def paths_in(source: str) -> frozenset[str]:
    """Return the names in a rule with the fields behind them: `record.refused`, `records.buyer.kept`."""
    found: set[str] = set()
    path = before = ""
    for kind, text in tokens_of(source):
        if kind == "name":
            path = f"{path}.{text}" if before == "." and path else text
        elif text != "." or not path:
            found.update((path,) if path else ())
            path = ""
        before = text
    return frozenset((*found, path) if path else found)


def loops_in(source: str) -> int:
    """Return how many macros of the rule go over a list or a map."""
    neighbours = pairwise(tokens_of(source))
    return sum(text in _LOOPS and before == "." for (_, before), (_, text) in neighbours)


def compared_with(source: str) -> tuple[Comparison, ...]:
    """Return the comparisons of names with string literals, as far as they stand side by side."""
    tokens = list(tokens_of(source))
    found: list[Comparison] = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "string":
            found.extend(_beside(tokens, place, text))
    return tuple(found)


def _beside(tokens: list[tuple[str, str]], place: int, text: str) -> Iterator[Comparison]:
    before = tokens[max(0, place - 2) : place]
    after = tokens[place + 1 : place + 3]
    if len(before) == 2 and before[0][0] == "name" and _is_comparing(before[1][1]):
        yield Comparison(before[0][1], before[1][1], unquoted(text))
    elif len(after) == 2 and after[1][0] == "name" and _is_comparing(after[0][1]):
        yield Comparison(after[1][1], _MIRRORED.get(after[0][1], after[0][1]), unquoted(text))
    elif (name := _name_before_list(tokens, place)) is not None:
        yield Comparison(name, "in", unquoted(text))


def _name_before_list(tokens: list[tuple[str, str]], place: int) -> str | None:
    while place > 0 and (tokens[place][0] == "string" or tokens[place][1] == ","):
        place -= 1
    if place < 2 or tokens[place][1] != "[" or tokens[place - 1][1] != "in" or tokens[place - 2][0] != "name":
        return None
    return tokens[place - 2][1]


def _is_comparing(sign: str) -> bool:
    return sign in ("==", "!=") or sign in _MIRRORED


def unquoted(text: str) -> str:
    """Return what a literal says, without its quotation marks."""
    bare = text.lstrip("rRbB")
    return bare[3:-3] if bare[:3] in ('"""', "'''") else bare[1:-1]


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    return ((found.lastgroup or "sign", found.group()) for found in _TOKEN.finditer(source))


def tokens_of(source: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each token that means something."""
    return ((kind, text) for kind, text in _tokens(source) if kind not in ("space", "comment"))
