"""Which bytes stand for a value, so that equal values have equal digests everywhere? Its canonical JSON."""

from __future__ import annotations

import hashlib
import json

from orchestrator.messages.value import Digest

__all__ = ["JSON", "canonical", "digest_of", "sha256"]

JSON = None | bool | int | str | list["JSON"] | tuple["JSON", ...] | dict[str, "JSON"]
"""What a digest may cover. No floats: a number with a fraction travels as decimal text."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False)


def canonical(value: JSON) -> bytes:
    """Return the UTF-8 JSON of `value` with sorted keys, no spaces and no escapes that are not needed."""
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def sha256(data: bytes) -> Digest:
    """Return the SHA-256 of `data` in hexadecimal."""
    return Digest(hashlib.sha256(data).hexdigest())


def digest_of(value: JSON) -> Digest:
    """Return the digest of the canonical JSON of `value`."""
    return sha256(canonical(value))
