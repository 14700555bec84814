r"""With which words does a pattern begin? So that it is tried only where one of them stands, and not at every letter.

`\b(?:at cost|for (?:free|nothing))` begins with `at` or `for`. A pattern that may begin with a mark, within a word or with any
word has no such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guards.byletter import end_of, parted

__all__ = ["first_words"]

_MOST = 400
"""Words of a pattern; with more of them little is won."""
_NOWHERE, _EDGE = "^", ""
"""Where nothing of a pattern was read yet, and where only the edge of its first word was."""
_WHOLE = " "
"""The last letter of a first word that has ended."""
_COUNT = re.compile(r"(?:[?*+]|\{[^}]*\})\??")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?")
_LOOKS = ("(?=", "(?!", "(?<")
_MARKS = frozenset(" ,;:'\"!%/=<>-&") | {r"\.", r"\s", r"\n", r"\?", r"\(", r"\)", r"\["}
_SET = re.compile(r"\[[a-z]+\]")


class _Otherwise(Exception):
    """The pattern may begin with something else than a word that is written out."""


def first_words(written: str) -> frozenset[str] | None:
    """Return the words with one of which a pattern begins, each from edge to edge; none where it may begin otherwise."""
    try:
        begun = _any_of(written, {_NOWHERE})
    except _Otherwise:
        return None
    if len(begun) > _MOST or not all(map(_is_whole, begun)):
        return None
    return frozenset(word.removesuffix(_WHOLE) for word in begun)


def _any_of(written: str, begun: Iterable[str]) -> set[str]:
    """Return how words that are begun go on with one of the parts of a pattern."""
    return {word for part in parted(written) for word in _all_of(part, set(begun))}


def _all_of(part: str, begun: set[str]) -> set[str]:
    for element, count in _elements(part):
        if all(map(_is_whole, begun)):
            break
        behind = _with(element, begun)
        if count[:1] in ("*", "+", "{") and not all(map(_is_whole, behind)):
            raise _Otherwise
        begun = behind | begun if count[:1] in ("?", "*") or count.startswith("{0") else behind
    return begun


def _with(element: str, begun: set[str]) -> set[str]:
    """Return how words that are begun go on with one element: an edge, a letter, a mark or a group."""
    if element.startswith(_LOOKS):
        return begun
    if element.startswith("("):
        return _any_of(_GROUP.sub("", element, count=1)[:-1], begun)
    whole = {word for word in begun if _is_whole(word)}
    return whole.union(*(_behind(word, element) for word in begun - whole))


def _behind(word: str, element: str) -> Iterator[str]:
    if element == r"\b":
        yield _EDGE if word in (_NOWHERE, _EDGE) else word + _WHOLE
    elif word == _NOWHERE:
        raise _Otherwise
    elif element.isalnum():
        yield word + element
    elif _SET.fullmatch(element):
        yield from (word + letter for letter in element[1:-1])
    elif element in _MARKS and word != _EDGE:
        yield word + _WHOLE
    else:
        raise _Otherwise


def _elements(part: str) -> Iterator[tuple[str, str]]:
    """Yield each element of a part with what says how often it comes."""
    place = 0
    while place < len(part):
        element = part[place : _end(part, place)]
        place += len(element)
        count = _COUNT.match(part, place)
        place = count.end() if count else place
        yield element, count.group() if count else ""


def _end(part: str, place: int) -> int:
    """Return where the element ends that begins at a place."""
    if part[place] == "(":
        return place + end_of(part[place:]) + 1
    if part[place] == "[":
        return part.index("]", place + 2) + 1
    return place + 2 if part[place] == "\\" else place + 1


def _is_whole(word: str) -> bool:
    return word.endswith(_WHOLE)
