"""Who hears that people are waited for? The user's own command, where the environment or the configuration names one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import platformdirs

from orchestrator.messages.journal import Journal
from orchestrator.runtime.notices import Hook
from orchestrator.runtime.notices import noticed as told_of

__all__ = ["NOTIFY", "hook_of", "noticed"]

NOTIFY = "HANDFAST_NOTIFY"
"""The environment variable that may name the command."""


@asynccontextmanager
async def noticed(journal: Journal) -> AsyncGenerator[Journal]:
    """Yield a journal of whose entries people are told, if they want to be; at the end what was begun is told to its end."""
    hook = hook_of()
    if hook is None:
        yield journal
        return
    try:
        yield told_of(journal, hook)
    finally:
        await asyncio.to_thread(hook.close)


def hook_of() -> Hook | None:
    """Return what runs the command for notices, where there is one. Raises UsageError where it cannot be read."""
    command = os.environ.get(NOTIFY, "").strip() or _configured()
    return Hook(command) if command else None


def _configured() -> str:
    """Return the command in the file `notify` of the user's configuration folder, if there is one."""
    path = platformdirs.user_config_path("handfast") / "notify"
    try:
        return path.read_text("utf-8").strip() if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""
