r"""How is a pattern of many phrases read quickly? With those that begin with the same letter side by side.

A pattern such as `\b(?:at cost|for free|at no charge)` is tried phrase after phrase at both ends of every word. Written as
`\b(?:a(?:t cost|t no charge)|for free)` it finds the very same, because phrases of different letters cannot both stand at one
place and those of one letter keep their order; but each place is done with after one look at its letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["by_letter", "end_of", "parted"]

_EDGE = r"\b"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_COUNTS = frozenset("?*+{")
"""What may stand behind a part to say how often it comes."""
_KEPT = re.compile(r"(?<!\\)\((?!\?[:=!<])|\(\?<(?![=!])|\\\d")
"""Groups that are counted or named, and what refers to them."""
_SIGNS = re.compile(r"\[[-+=*/<>%x]+\]| ")
"""A part that begins with a sign or a blank; it can't stand where a phrase does."""


class _Otherwise(Exception):
    """The pattern is written otherwise than as phrases between the edges of words."""


def by_letter(written: str) -> str:
    """Return the pattern with its phrases by their first letters; as it is written where it is no list of phrases."""
    if _KEPT.search(written):
        return written
    parts = list(parted(written))
    signs = [part for part in parts if _SIGNS.match(part)]
    try:
        found = _sorted([_behind_edge(part) for part in parts if part not in signs])
    except _Otherwise:
        return written
    if any(letter in found for sign in signs for letter in sign.partition("]")[0]):
        return written
    phrases = "|".join(f"{letter}{_any_of(tails)}" for letter, tails in found.items())
    return "|".join((f"{_EDGE}(?:{phrases})", *signs))


def _behind_edge(part: str) -> str:
    if not part.startswith(_EDGE):
        raise _Otherwise
    return part.removeprefix(_EDGE)


def _any_of(tails: list[str]) -> str:
    return tails[0] if len(tails) == 1 else f"(?:{'|'.join(tails)})"


def _sorted(phrases: list[str]) -> dict[str, list[str]]:
    """Return what follows each first letter, in the order of the phrases."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        for letter, tail in _begun(phrase):
            found.setdefault(letter, []).append(tail)
    return found


def _begun(phrase: str) -> Iterator[tuple[str, str]]:
    """Yield the letters with which a phrase may begin, and what follows each."""
    if phrase.startswith("(?:"):
        end = end_of(phrase)
        rest = phrase[end + 1 :]
        if rest[:1] == "?" and rest[1:2] not in _COUNTS:
            yield from _begun(phrase[: end + 1] + rest[1:])
            yield from _begun(rest[1:])
            return
        if rest[:1] in _COUNTS:
            raise _Otherwise
        for letter, tails in _sorted(list(parted(phrase[3:end]))).items():
            yield letter, _any_of(tails) + rest
    elif phrase[:1] in _LETTERS and phrase[1:2] not in _COUNTS:
        yield phrase[0], phrase[1:]
    else:
        raise _Otherwise


def parted(written: str) -> Iterator[str]:
    """Yield the parts of a pattern between the strokes that lie in no brackets."""
    depth = begun = 0
    for place, mark in _marks(written):
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and not depth:
            yield written[begun:place]
            begun = place + 1
    yield written[begun:]


def end_of(phrase: str) -> int:
    """Return where the bracket is closed with which a phrase begins."""
    depth = 0
    for place, mark in _marks(phrase):
        depth += (mark == "(") - (mark == ")")
        if mark == ")" and not depth:
            return place
    raise _Otherwise


def _marks(written: str) -> Iterator[tuple[int, str]]:
    """Yield each bracket and stroke with its place, but those that are escaped or stand in a set of letters."""
    place = 0
    while place < len(written):
        mark = written[place]
        if mark == "[":
            place += 2 + (written[place + 1] == "^")
            while written[place] != "]":
                place += 1 + (written[place] == "\\")
        elif mark == "\\":
            place += 1
        elif mark in "()|":
            yield place, mark
        place += 1
