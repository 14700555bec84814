"""How are tokens summed without counting anything twice? Texts with their counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Digest
from orchestrator.roles.quoting import terms_text
from orchestrator.roles.tokens import count

__all__ = ["Counted", "Tally", "joined"]

_MOST_KEPT = 4_096
_SHAPE = str.maketrans("123456789", "000000000")
_Key = TypeVar("_Key", str, Digest)


@dataclass(frozen=True, slots=True)
class Counted:
    """A text with its tokens, cut where tokens end in any case. Such texts together have the sum of their tokens."""

    text: str
    tokens: int

    def __add__(self, other: Counted) -> Counted:
        """Return both as one."""
        return Counted(self.text + other.text, self.tokens + other.tokens)


class Tally:
    """Counts lines; a line that was counted before is looked up."""

    __slots__ = ("_lines", "_parts", "_shapes", "_terms")

    def __init__(self) -> None:
        self._lines: dict[str, Counted] = {}
        self._parts: dict[str, Counted] = {}
        self._shapes: dict[str, int] = {}
        self._terms: dict[Digest, Counted] = {}

    def line(self, line: str) -> Counted:
        """Return a line, its end added, with its tokens."""
        found = self._lines.get(line)
        if found is None:
            found = self._kept(self._lines, line, f"{line}\n")
        return found

    def part(self, part: str) -> Counted:
        """Return a part of a line that begins with a space and so has tokens of its own, wherever it stands."""
        found = self._parts.get(part)
        if found is None:
            found = self._kept(self._parts, part, part)
        return found

    def terms(self, terms: Terms, digest: Digest) -> Counted:
        """Return the end of a line with the terms that have this digest."""
        found = self._terms.get(digest)
        if found is None:
            found = self._kept(self._terms, digest, f" {terms_text(terms)}\n")
        return found

    def text(self, text: str) -> Counted:
        """Return whole lines that will not be asked for again, with their tokens."""
        return Counted(text, count(text))

    def figured(self, text: str) -> Counted:
        """Return a short text that differs from others in its figures, with its tokens.

        Up to three figures in a row are one token, whichever they are, so texts of the same shape have the same tokens.
        """
        shape = text.translate(_SHAPE)
        tokens = self._shapes.get(shape)
        if tokens is None:
            if len(self._shapes) >= _MOST_KEPT:
                self._shapes.clear()
            tokens = self._shapes[shape] = count(text)
        return Counted(text, tokens)

    def _kept(self, kept: dict[_Key, Counted], key: _Key, text: str) -> Counted:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = kept[key] = self.figured(text)
        return found


def joined(parts: Iterable[Counted]) -> Counted:
    """Return several texts as one."""
    parts = tuple(parts)
    return Counted("".join([part.text for part in parts]), sum([part.tokens for part in parts]))
