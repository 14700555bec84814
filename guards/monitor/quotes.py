"""Which words show it? The first exact span of a message that a reason is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from guards.monitor.bearing import Bearing
from guards.monitor.form import DIALOGUE, ENCODED, NESTED, ODD, UNSEEN
from guards.monitor.sift import BARREN, key_of, kind_of, sentences_of
from guards.monitor.words import PAIRS, SINGLES

__all__ = ["quote_for"]

_SENTENCE = re.compile(r"[^\n]+?(?:[.?!;](?= )|$)", re.MULTILINE)
_MOST = 120
_LONG = 25


def quote_for(reason: str, text: str, bearing: Bearing, seen: bytes) -> str:
    """Return the span, cut to what a line holds; the beginning where no span stands for the whole."""
    if reason == "unreadable":
        return _formed(text)
    if reason == "dialogue":
        return _line_of(DIALOGUE.search(text), text)
    if reason == "repeats" and not seen:
        return _doubled(text)
    fits = _fitting(reason, bearing, seen)
    return _first(text, fits) or _cut(text)


def _fitting(reason: str, bearing: Bearing, seen: bytes) -> Callable[[bytes, list[bytes]], bool]:
    tests: dict[str, Callable[[bytes, list[bytes]], bool]] = {
        "repeats": lambda plain, _: bool(seen[key_of(plain)]),
        "empty": lambda plain, words: kind_of(plain, words, bearing) == BARREN,
        "off-topic": lambda _, words: bearing.subjects.isdisjoint(words),
        "wordy": lambda _, words: _is_wordy(words),
    }
    return tests.get(reason, lambda plain, _: bool(plain))


def _sentences(text: str) -> Iterator[tuple[str, bytes]]:
    for match in _SENTENCE.finditer(text):
        span = match.group().strip()
        for plain in sentences_of(span.encode("utf-8", "replace"))[:1]:
            yield span, plain


def _first(text: str, fits: Callable[[bytes, list[bytes]], bool]) -> str:
    short = ""
    for span, plain in _sentences(text):
        words = plain.split()
        if words and fits(plain, words):
            if len(span) >= _LONG:
                return _cut(span)
            short = short or span
    return short


def _doubled(text: str) -> str:
    here: set[int] = set()
    for span, plain in _sentences(text):
        key = key_of(plain)
        if key in here and len(span) >= _LONG:
            return _cut(span)
        here.add(key)
    return _cut(text)


def _is_wordy(words: list[bytes]) -> bool:
    plain = [word.decode("utf-8", "replace") for word in words]
    pairs = sum(PAIRS.get(pair) in ("padding", "excuse") for pair in pairwise(plain))
    return pairs + sum(SINGLES.get(word) == "vague" for word in plain) > 1


def _formed(text: str) -> str:
    for pattern in (ENCODED, UNSEEN, ODD, NESTED):
        found = pattern.search(text)
        if found:
            return _cut(found.group()) if pattern is not NESTED else _line_of(found, text)
    return _cut(text)


def _line_of(found: re.Match[str] | None, text: str) -> str:
    if found is None:
        return ""
    begin = max(text.rfind("\n", 0, found.start()) + 1, found.start() - _MOST // 2)
    end = text.find("\n", found.end())
    return _cut(text[begin : end if end >= 0 else len(text)])


def _cut(span: str) -> str:
    return span.strip()[:_MOST].strip()
