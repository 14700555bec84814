"""What of a text may be kept and shown? All but keys, and what looks like one."""

from __future__ import annotations

import re

__all__ = ["without_keys"]

_KEYLIKE = re.compile(r"\bsk-[\w-]{8,}|\bBearer\s+\S+")


def without_keys(text: str, *keys: str) -> str:
    """Return a text without these keys, and without anything that looks like one."""
    for key in filter(None, keys):
        text = text.replace(key, "[key]")
    return _KEYLIKE.sub("[key]", text)
