"""How does a talk with a person go on, whoever takes down the lines? Questions out, lines in, and a draft at the end."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

__all__ = ["Asking", "Question", "chosen", "is_yes"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is shown, and the words before the line that they write."""

    lines: tuple[str, ...]
    prompt: str


Asking: TypeAlias = Generator[Question, str, T]
"""Asks until it has what it returns. It touches no terminal: whoever drives it sends each line."""

_YES = frozenset(("y", "yes"))
_NO = frozenset(("n", "no"))


def is_yes(line: str, *, otherwise: bool) -> bool | None:
    """Return a yes or a no, `otherwise` for an empty line, and None for anything else."""
    word = line.strip().casefold()
    return otherwise if not word else True if word in _YES else False if word in _NO else None


def chosen(question: str, *, otherwise: bool, lines: tuple[str, ...] = ()) -> Asking[bool]:
    """Ask until there is a yes or a no."""
    prompt = f"{question} [{'Y/n' if otherwise else 'y/N'}] "
    while True:
        answer = is_yes((yield Question(lines, prompt)), otherwise=otherwise)
        if answer is not None:
            return answer
        lines = ("Please answer yes or no, or press Enter for " + ("yes." if otherwise else "no."),)
