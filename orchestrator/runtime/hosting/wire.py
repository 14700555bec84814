"""How do commands travel over a socket? As lines of JSON, bounded in size, depth and time; an answer for each, in order."""

from __future__ import annotations

import asyncio
import re

from pydantic import Field, ValidationError

from orchestrator.errors import UsageError
from orchestrator.messages.command import Answered, Command
from orchestrator.messages.value import Value

__all__ = ["DEEPEST", "LONGEST_LINE", "SLOWEST", "Asked", "read_asked", "read_line", "write_line"]

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes of a command with all its files, or of an answer."""

DEEPEST = 40
"""Brackets within brackets; a negotiation has about ten."""

SLOWEST = 30.0
"""Seconds that a line may take to come."""

_MOST_SAID = 200
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


class Asked(Value):
    """One line: a command, and the token where one is asked for."""

    command: Command = Field(discriminator="kind")
    token: str = ""


async def read_line(reader: asyncio.StreamReader, seconds: float) -> bytes:
    """Return the next line; empty at the end. Raises UsageError where it is too long, comes too slowly, or is cut."""
    try:
        async with asyncio.timeout(seconds):
            return await reader.readuntil(b"\n")
    except TimeoutError as error:
        raise UsageError(f"no whole line came within {seconds:g} s") from error
    except asyncio.LimitOverrunError as error:
        raise UsageError(f"a line has more than {LONGEST_LINE} bytes") from error
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise UsageError("the last line is cut") from error
        return b""


async def write_line(writer: asyncio.StreamWriter, value: Asked | Answered, seconds: float) -> None:
    """Send a line. Raises TimeoutError where nobody reads it."""
    writer.write(value.model_dump_json().encode() + b"\n")
    async with asyncio.timeout(seconds):
        await writer.drain()


def read_asked(line: bytes) -> Asked:
    """Return what a line asks. Raises UsageError where it asks nothing that is known."""
    if _depth(line) > DEEPEST:
        raise UsageError(f"a command has brackets more than {DEEPEST} deep")
    try:
        return Asked.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:_MOST_SAID]
        raise UsageError(f"this is no command: {place or 'the line'}: {first['msg'][:_MOST_SAID]}") from error


def _depth(line: bytes) -> int:
    """Return how deep the brackets of a line are, or one more than is allowed where they are deeper."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", line)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            break
    return deepest
