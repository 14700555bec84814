"""Is a text made to be read? Encodings, characters that nobody sees, letters of other scripts, nesting, invented talk."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

__all__ = ["DIALOGUE", "ENCODED", "NESTED", "ODD", "UNSEEN", "Form", "form_of"]

ENCODED = re.compile(
    r"\s{24,}|[A-Za-z0-9+/=_]{36,}|(?:\b[0-9a-f]{2}[ :]){8,}|(?:\\x[0-9a-f]{2}|%[0-9A-F]{2}|&#x?[0-9a-f]+;){6,}"
)
"""Runs that a reader would have to decode, and runs of blanks."""
UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]+")
"""Characters that nobody sees, and those that turn the order of the others."""
ODD = re.compile(
    "[\u0300-\u036f\u0370-\u058f\u0600-\u06ff\uff00-\uffef\U0001d400-\U0001d7ff]+|[\U0001f000-\U0001faff\u2600-\u27bf]{4,}"
)
"""Letters that pass for others, marks heaped on letters, and rows of pictures."""
NESTED = re.compile(
    r"[{}\[\]]+|</?\w[\w:]*|\({2,}|\){2,}|^[ \t]{8,}|^(?:[>|] ?){9,}|\d+(?:\.\d+){2,}|\w=\"|null\b|\":", re.MULTILINE
)
"""Brackets, deep margins and deep numbers."""
DIALOGUE = re.compile(r"'[A-Z][^'\n]{2,70}[.,?!]'|^[A-Z][\w' ]{0,16}:|\b[QA]:", re.MULTILINE)
"""Speech between quotation marks, and a line with a speaker before it."""
_SPEECH = re.compile(r"'[A-Z][^'\n]{2,70}[.,?!]'")
_LABEL = 18
_OPEN = 9
_ONES = bytes(49 if byte in b"0123456789" else byte for byte in range(256))
_UNMARKED = bytes(byte for byte in range(256) if byte not in b"{}[]<>:")
_FEW = 4


class Form(NamedTuple):
    """How many characters of a text are of each form, and how many lines are talk."""

    encoded: int = 0
    unseen: int = 0
    odd: int = 0
    nested: int = 0
    talk: int = 0

    @property
    def unread(self) -> int:
        """Return the characters that nobody reads, each form by what a few of them are worth."""
        return 4 * self.encoded + 20 * self.unseen + 10 * self.odd + 5 * self.nested


def form_of(text: str, raw: bytes) -> Form:
    """Return the form of a text and its bytes. Each thing is looked for only where its commonest character occurs."""
    marks = raw.translate(None, _UNMARKED)
    plain = len(text) == len(raw)
    return Form(
        _size(ENCODED, text) if _may_be_encoded(raw) else 0,
        0 if plain else _size(UNSEEN, text),
        0 if plain else _size(ODD, text),
        _nested(raw, marks) if len(marks) >= _FEW or b"    " in raw or b".1." in raw or b"((" in raw else 0,
        _talk(text) if marks.count(b":") >= _FEW or raw.count(b" '") >= _FEW else 0,
    )


def _size(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))


def _may_be_encoded(raw: bytes) -> bool:
    """Return whether a text has fewer spaces than words of common length leave, or many short ones."""
    spaces = raw.count(b" ") + raw.count(b"\n")
    return not len(raw) / _OPEN < spaces < len(raw) / _FEW


def _nested(raw: bytes, marks: bytes) -> int:
    """Return the characters of brackets, tags, null values, deep margins, deep quoting and deep numbers."""
    brackets = len(marks.translate(None, b':"<>'))
    tags = 3 * (raw.count(b"</") + raw.count(b'="')) + 2 * raw.count(b'":') + 4 * raw.count(b"null")
    margins = 8 * raw.count(b"\n        ") + 6 * raw.count(b"> > > > > > > > >") + 6 * raw.count(b">>>>>>>>>")
    numbers = 5 * raw.translate(_ONES).count(b"1.1.1") if b".1." in raw else 0
    return brackets + tags + margins + numbers + 2 * raw.count(b"((") + 2 * raw.count(b"))")


def _talk(text: str) -> int:
    """Return the lines of talk: of speakers who take turns, so that two of them speak twice, and between quotation marks."""
    lines = text.split("\n")
    labels = Counter(line[:end] for line in lines if (end := line.find(":", 0, _LABEL)) > 0 and line[:1].isupper())
    turns = [count for count in labels.values() if count > 1]
    asked = min(text.count("Q: "), text.count("A: "))
    return len(_SPEECH.findall(text)) + (sum(turns) if len(turns) > 1 else 0) + 2 * (asked if asked > 1 else 0)
