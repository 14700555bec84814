"""What of somebody else's words may reach a terminal? Printable text within a bound, and nothing that steers the terminal."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean", "clean_lines"]

_ESCAPE = re.compile(
    r"""
      (?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?                       # control sequences: colours, cursor, screen
    | (?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*     # strings for the terminal itself: titles, links, clipboard
      (?:\x07|\x1b\\|\x9c)?
    | \x1b[ -/]*[0-~]?                                        # everything else that begins with an escape
    """,
    re.VERBOSE,
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = frozenset({"\u200c", "\u200d"})
_MOST_MARKS = 4
"""Marks in a row over one letter; more would be drawn over the lines around it."""


def clean(text: str, most: int | None = None) -> str:
    """Return the text as one printable line of at most `most` characters; what is cut is shown by an ellipsis."""
    return _bounded(_SPACES.sub(" ", _printable(_BREAKS.sub(" ", _cut(text, most)))).strip(), most)


def clean_lines(text: str, most: int | None = None) -> tuple[str, ...]:
    """Return the text as printable lines, none of them empty at the ends, of at most `most` characters in all."""
    lines = [_printable(line).rstrip() for line in _BREAKS.split(_cut(text, most))]
    return tuple(_bounded("\n".join(lines).strip("\n"), most).split("\n"))


def _cut(text: str, most: int | None) -> str:
    # Escapes may be longer than what is left of them; ten times the bound keeps the work small and hardly ever shows.
    return text if most is None else text[: most * 10]


def _bounded(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else text[: max(0, most - 1)].rstrip() + "…"


def _printable(text: str) -> str:
    shown: list[str] = []
    marks = 0
    for character in _ESCAPE.sub("", text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if character == "\t":
            shown.append(" ")
        elif marks <= _MOST_MARKS and (category not in _HIDDEN or character in _JOINERS):
            shown.append(character)
    return "".join(shown)
