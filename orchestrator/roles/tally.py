"""How are tokens summed without counting anything twice? Texts with their counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Digest
from orchestrator.roles.quoting import terms_text
from orchestrator.roles.tokens import count

__all__ = ["Counted", "Tally", "joined"]

_MOST_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Counted:
    """A text that ends a line, and its tokens. Two such texts together have the sum of their tokens."""

    text: str
    tokens: int


class Tally:
    """Counts lines; a line that was counted before is looked up."""

    __slots__ = ("_lines", "_terms")

    def __init__(self) -> None:
        self._lines: dict[str, Counted] = {}
        self._terms: dict[Digest, Counted] = {}

    def line(self, line: str) -> Counted:
        """Return a line, its end added, with its tokens."""
        found = self._lines.get(line)
        if found is None:
            if len(self._lines) >= _MOST_KEPT:
                self._lines.clear()
            found = self._lines[line] = self.text(f"{line}\n")
        return found

    def terms(self, terms: Terms, digest: Digest) -> Counted:
        """Return the line of terms that have this digest."""
        found = self._terms.get(digest)
        if found is None:
            if len(self._terms) >= _MOST_KEPT:
                self._terms.clear()
            found = self._terms[digest] = self.text(f"  {terms_text(terms)}\n")
        return found

    def text(self, text: str) -> Counted:
        """Return whole lines that will not be asked for again, with their tokens."""
        return Counted(text, count(text))


def joined(parts: Iterable[Counted]) -> Counted:
    """Return several texts as one."""
    parts = tuple(parts)
    return Counted("".join([part.text for part in parts]), sum([part.tokens for part in parts]))
