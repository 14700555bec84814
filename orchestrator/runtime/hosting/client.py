"""How is a command handed to the process that holds a journal? Through its socket, where the note beside the journal leads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from pydantic import ValidationError

from orchestrator.errors import Unwritable, UsageError
from orchestrator.messages.command import Answered, Command
from orchestrator.runtime.hosting.place import Holder
from orchestrator.runtime.hosting.wire import LONGEST_LINE, Asked, read_line, write_line

__all__ = ["ANSWERED_WITHIN", "ask_holder"]

ANSWERED_WITHIN = 630.0
"""Seconds; a command to a session waits for the model call that is under way, which may take ten minutes."""

_CONNECTED_WITHIN = 5.0


async def ask_holder(
    holder: Holder, commands: Sequence[Command], *, within: float = ANSWERED_WITHIN
) -> tuple[Answered, ...] | None:
    """Return the answers, in order; None where nobody listens there. Raises Unwritable where it stops answering."""
    try:
        async with asyncio.timeout(_CONNECTED_WITHIN):
            reader, writer = await _connect(holder)
    except (OSError, TimeoutError):
        return None
    try:
        return tuple([await _ask(reader, writer, Asked(command=each, token=holder.token), within) for each in commands])
    except (OSError, TimeoutError, UsageError, ValidationError) as error:
        raise Unwritable(
            f"the process that holds the journal (process {holder.pid}) did not answer",
            hint="'handfast sessions' shows what is on record; ask again",
        ) from error
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _connect(holder: Holder) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if holder.socket:
        return await asyncio.open_unix_connection(holder.socket, limit=LONGEST_LINE)
    return await asyncio.open_connection("127.0.0.1", holder.port, limit=LONGEST_LINE)


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: Asked, within: float) -> Answered:
    await write_line(writer, asked, within)
    line = await read_line(reader, within)
    if not line:
        raise ConnectionResetError
    return Answered.model_validate_json(line)
