"""What of a text may be kept and shown? All but keys, and what looks like one."""

from __future__ import annotations

import os
import re

__all__ = ["without_keys", "without_our_keys"]

_VARIABLES = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "HANDFAST_KEY")

_KEYLIKE = re.compile(r"\bsk-[\w-]{8,}|\bBearer\s+\S+")


def without_keys(text: str, *keys: str) -> str:
    """Return a text without these keys, and without anything that looks like one."""
    for key in filter(None, keys):
        text = text.replace(key, "[key]")
    return _KEYLIKE.sub("[key]", text)


def without_our_keys(text: str) -> str:
    """Return a text without the keys that this process was given, and without anything that looks like one."""
    return without_keys(text, *(os.environ.get(name, "").strip() for name in _VARIABLES))
