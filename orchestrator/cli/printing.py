"""How does something reach the terminal? As text that steers nothing, in the terminal's own encoding, and quietly to nobody."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from typing import TextIO

__all__ = ["as_json", "complain", "fitted", "say", "silence", "terminal_width", "wrapped"]

_WIDEST = 100
_NARROWEST = 20
_ENDLESS = 100_000
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def say(text: str = "") -> None:
    """Print a line on standard output. Where nobody reads on, what is left is dropped."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """Print a line on standard error."""
    _write(sys.stderr, text)


def as_json(value: object) -> str:
    """Return JSON that any terminal and any reader takes: ASCII, two spaces deep."""
    return json.dumps(value, indent=2, ensure_ascii=True)


def wrapped(text: str, first: str = "", later: str = "", *, width: int | None = None, breaking: bool = False) -> list[str]:
    """Return the text in lines that fit the terminal; words that are longer than a line stay whole, unless `breaking`."""
    room = width or min(_WIDEST, terminal_width())
    return textwrap.wrap(
        text,
        max(_NARROWEST, room),
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=breaking,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    ) or [first.rstrip()]


def fitted(text: str, width: int) -> list[str]:
    """Return a line as it is where it fits, else in lines that keep its margin."""
    if len(text) <= width:
        return [text]
    margin = " " * (len(text) - len(text.lstrip()))
    return wrapped(text.strip(), margin, f"{margin}  ", width=width)


def terminal_width() -> int:
    """Return how wide the terminal is; where there is none, lines need not end."""
    return shutil.get_terminal_size((_ENDLESS, 24)).columns


def silence(stream: TextIO) -> None:
    """Send what is still to come to nowhere, so that closing the stream does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)


def _write(stream: TextIO, text: str) -> None:
    shown = _STEERING.sub("?", text).encode(stream.encoding or "utf-8", "replace").decode(stream.encoding or "utf-8", "replace")
    try:
        stream.write(shown + "\n")
        stream.flush()
    except BrokenPipeError:
        silence(stream)
