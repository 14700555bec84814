"""Is an address of this machine? Tests reach no other, and servers here cost nothing and need no key."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from orchestrator.errors import UsageError

__all__ = ["FUSE", "check_fuse", "is_loopback"]

FUSE = "HANDFAST_LOOPBACK_ONLY"
"""Environment variable that, when set, keeps every model on this machine: tests set it."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_loopback(address: str) -> bool:
    """Return whether an address is of this machine."""
    return urlsplit(address).hostname in _LOOPBACK


def check_fuse(address: str) -> None:
    """Raise UsageError where the fuse is in and the address is not of this machine."""
    if os.environ.get(FUSE) and not is_loopback(address):
        raise UsageError(f"{address!r} is not on this machine, and {FUSE} is set", hint=f"unset {FUSE} to reach it")
