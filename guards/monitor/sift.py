"""What does a message say, and what of it is new? One pass over its sentences, counted against what its sender said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple
from zlib import crc32

from guards.monitor.bearing import Bearing

__all__ = [
    "BARREN",
    "BUCKETS",
    "LAWFUL",
    "LONG",
    "ON_SUBJECT",
    "ROW",
    "TELLING",
    "Sift",
    "key_of",
    "kind_of",
    "sentences_of",
    "sift",
]

BUCKETS = 8_192
"""Of the sketch of sentences; the sketch of words and figures has as many and lies behind it."""
_MASK = BUCKETS - 1
_MOST = BUCKETS // 5
"""A sketch with so many marks would take new words for old ones, so it is begun anew."""
_KEPT = b"abcdefghijklmnopqrstuvwxyz0123456789.'-\n"
_ENDS = b"?!\n\r"


def _plain(byte: int) -> int:
    if byte in _ENDS:
        return 10
    low = byte + 32 if 65 <= byte <= 90 else byte
    return low if low in _KEPT or low > 127 else 32


_PLAIN = bytes(map(_plain, range(256)))
_DIGIT = re.compile(rb"\d")
_NO_DIGIT = bytes(byte for byte in range(256) if byte not in b"0123456789 \t\r\n")
_ROW = 14
TELLING = 0
ON_SUBJECT = 1
LAWFUL = 2
BARREN = 3
ROW = 4
LONG = 5
"""What a sentence carries."""
_LONG_ENOUGH = 240


class Sift(NamedTuple):
    """What was counted in one message. Sizes are in bytes of sentences without their punctuation."""

    size: int
    sentences: int
    words: int
    said: int
    """Words in new sentences."""
    stale: int
    """Sentences that the sender said in an earlier message."""
    doubled: int
    """Sentences that stand in this message already."""
    barren: int
    """New sentences with neither a figure nor a word that bears on the negotiation."""
    useful: float
    """New sentences with one, and rows of figures with few strange words among them."""
    telling: int
    """New sentences with a figure and a word that bears on the negotiation."""
    questions: int
    figures: int
    contents: int
    """Different words of new sentences; where there are few words, all of them."""
    adds: bool
    """Whether a figure or a subject is new, or rows of figures are."""
    classes: Sequence[str]
    seen: bytes
    marks: int
    """Marks in the sketch by now."""


def sentences_of(text: bytes) -> list[bytes]:
    """Return the sentences and lines of a text without case and punctuation."""
    return text.replace(b". ", b"\n").replace(b"; ", b"\n").translate(_PLAIN).split(b"\n")


def key_of(sentence: bytes) -> int:
    """Return the place of a sentence in the sketch: the same however it is quoted or marked as a point of a list."""
    return crc32(sentence.strip(b" -.'")) & _MASK


def sift(raw: bytes, bearing: Bearing, seen: bytes, marks: int) -> Sift:
    """Count what a message says, and mark it in the sketch."""
    kept = bool(seen) and marks < _MOST
    marked = bytearray(seen if kept else 2 * BUCKETS)
    pile = _pile(sentences_of(raw), bearing, marked)
    said = list(chain.from_iterable(pile.new))
    class_of = bearing.classes.get
    classes = list(filter(None, map(class_of, said)))
    classes += filter(None, map(class_of, pairwise(said)))
    figures = raw.translate(None, _NO_DIGIT).split()
    for key in pile.here:
        marked[key] = 1
    fresh = _mark(marked, bearing.subjects.intersection(said).union(figures))
    telling, on_subject, lawful, barren, rows, _ = pile.sizes
    strange = sum(1 for word in pile.strange if not _DIGIT.search(word)) if pile.strange else 0
    return Sift(
        pile.size,
        pile.sentences,
        pile.words,
        len(said),
        pile.stale,
        pile.doubled,
        barren,
        telling + on_subject + lawful / 2.0 + rows / (1.0 + 2.0 * strange / (pile.rows + 1.0)),
        telling,
        raw.count(b"?"),
        len(figures),
        len(set(said)) if len(said) > _LONG_ENOUGH else len(said),
        fresh > 0 or pile.rows > strange,
        classes,
        bytes(marked),
        (marks if kept else 0) + len(pile.here) + fresh,
    )


class _Pile(NamedTuple):
    """The sentences of one message, sorted by what they carry."""

    here: set[int]
    new: list[list[bytes]]
    strange: set[bytes]
    sizes: list[int]
    size: int
    sentences: int
    words: int
    stale: int
    doubled: int
    rows: int


def _pile(sentences: list[bytes], bearing: Bearing, marked: bytearray) -> _Pile:
    here: set[int] = set()
    new: list[list[bytes]] = []
    strange: set[bytes] = set()
    sizes = [0] * 6
    size = count = words = stale = doubled = rows = 0
    for sentence in sentences:
        parts = sentence.split()
        if not parts:
            continue
        key, length = key_of(sentence), len(sentence)
        size += length
        count += 1
        words += len(parts)
        if key in here:
            doubled += length
            continue
        here.add(key)
        if marked[key]:
            stale += length
            continue
        new.append(parts)
        kind = kind_of(sentence, parts, bearing)
        sizes[kind] += length
        if kind == ROW:
            rows += 1
            strange.update(parts)
    return _Pile(here, new, strange, sizes, size, count, words, stale, doubled, rows)


def kind_of(sentence: bytes, words: list[bytes], bearing: Bearing) -> int:
    """Return what a sentence carries: a subject with a figure, a subject, a word of clauses, nothing, or figures alone."""
    if not bearing.subjects.isdisjoint(words):
        return TELLING if _DIGIT.search(sentence) else ON_SUBJECT
    if not _DIGIT.search(sentence):
        return BARREN if bearing.spared.isdisjoint(words) else LAWFUL
    return ROW if len(words) <= _ROW else LONG


def _mark(marked: bytearray, words: frozenset[bytes]) -> int:
    """Mark the words and return how many were not marked before."""
    keys = {(crc32(word) & _MASK) + BUCKETS for word in words}
    fresh = len(keys) - sum(map(marked.__getitem__, keys))
    for key in keys:
        marked[key] = 1
    return fresh
