"""What in a text is not there to be read? Invisible letters, look-alikes, and text that has to be decoded first."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator

from guards.claims.plain import Oddity
from guards.claims.saying import Scan

__all__ = ["hidden_in"]

_SOFT = frozenset("\u00ad\ufeff\u200d\ufe0f\ufe0e\u200e\u200f")
"""Invisible letters that honest text holds: soft hyphens, joiners of emoji, marks of direction."""
_BLOB = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{20,}={0,2}(?![A-Za-z0-9+/=])")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}[ :]?){12,}(?![0-9A-Fa-f])")
_HEX_OF_TEXT = re.compile(r"[0-7][0-9A-Fa-f][ :]?(?:[0-7][0-9A-Fa-f][ :]?){11}")
"""Without this no digits read as text; found much faster."""
_ESCAPE = r"(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}|&#x?[0-9a-fA-F]{2,6};)[\s\w]{0,2}"
_ESCAPES = re.compile(rf"{_ESCAPE}(?:{_ESCAPE}){{5,}}")
_SPACED = re.compile(r"(?<!\w)(?:[A-Za-z][ .\-_*]){7,}[A-Za-z](?!\w)")
_ARE_SPACED = re.compile(r"[ .\-_*][A-Za-z](?:[ .\-_*][A-Za-z]){5}")
"""Without this no letters stand apart; found much faster."""
_WORD = re.compile(r"[a-z]+")
_COMMON_TEXT = (
    "the this that and you your offer accept answer reply with without ignore agent only all previous "
    "instructions system must now not reject price limit tell agree are have next message model "
    "assistant from counting they into "
)
_COMMON = frozenset(_COMMON_TEXT.split())
_REVERSED = frozenset(word[::-1] for word in _COMMON if word[::-1] not in _COMMON and word not in ("not", "now", "are", "all"))
_ROTATED = frozenset(
    word.translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm"))
    for word in _COMMON
    if len(word) > 2
)
_TURNED = _REVERSED | _ROTATED
_ENOUGH = 3


def hidden_in(text: str, said: Scan) -> Iterator[tuple[str, int, int]]:
    """Yield `hidden` or `encoded` with the place of each in the original text."""
    if not text.isascii():
        yield from _invisible(text, said)
    yield from _encoded(text)
    yield from _turned(text, said)


def _invisible(text: str, said: Scan) -> Iterator[tuple[str, int, int]]:
    first = next((oddity for oddity in said.oddities if _is_odd(text, oddity)), None)
    if first is not None:
        last = next(oddity for oddity in reversed(said.oddities) if _is_odd(text, oddity))
        yield "hidden", first.start, max(last.end, first.start + 1)


def _is_odd(text: str, oddity: Oddity) -> bool:
    return oddity.sort == "twin" or _hides(text, oddity.start)


def _hides(text: str, place: int) -> bool:
    letter = text[place]
    if "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069" or letter >= "\U000e0000":
        return True
    return letter not in _SOFT and place > 0 and place + 1 < len(text)


def _encoded(text: str) -> Iterator[tuple[str, int, int]]:
    sizes = list(map(len, text.split()))
    longest = max(sizes, default=0)
    if longest >= 20:
        yield from (("encoded", *found.span()) for found in _BLOB.finditer(text) if _is_base64(found.group()))
    if (longest >= 24 or sizes.count(2) >= 12) and _HEX_OF_TEXT.search(text):
        yield from (("encoded", *found.span()) for found in _HEX.finditer(text) if _is_hex(found.group()))
    if text.count("\\") + text.count("&#") + text.count("%") >= 6:
        yield from (("encoded", *found.span()) for found in _ESCAPES.finditer(text))
    if (longest >= 15 or sizes.count(1) >= 8) and _ARE_SPACED.search(text):
        yield from (("encoded", *found.span()) for found in _SPACED.finditer(text))


def _is_base64(blob: str) -> bool:
    bare = blob.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _reads_as_text(b64decode(bare + "=" * (-len(bare) % 4), validate=True))
    except (Error, ValueError):
        return False


def _is_hex(digits: str) -> bool:
    try:
        return _reads_as_text(bytes.fromhex(digits.replace(":", " ")))
    except ValueError:
        return False


def _reads_as_text(content: bytes) -> bool:
    return len(content) >= 12 and all(32 <= byte < 127 or byte in (9, 10, 13) for byte in content)


def _turned(text: str, said: Scan) -> Iterator[tuple[str, int, int]]:
    for words in () if said.words.isdisjoint(_TURNED) else (_REVERSED, _ROTATED):
        if len(said.words & words) >= _ENOUGH:
            hits = [found for found in _WORD.finditer(said.text) if found.group() in words]
            first, last = said.plain.at(hits[0].start(), hits[-1].end())
            yield "encoded", first, min(last, len(text))
