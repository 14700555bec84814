"""What does a file hold? Its text, bounded, or the reason why it can't be read."""

from __future__ import annotations

from pathlib import Path

from orchestrator.roles.pieces import Notes

__all__ = ["LONGEST_NEGOTIATION", "LONGEST_PROMPT", "read_text"]

LONGEST_NEGOTIATION = 1_000_000
LONGEST_PROMPT = 250_000
"""Bytes."""


def read_text(path: Path, most: int, notes: Notes) -> str | None:
    """Return the text of a file, its lines ended alike on all systems; where it can't be read, say why and return None."""
    try:
        data = _read(path, most)
    except FileNotFoundError:
        notes.add(0, "file", "does not exist")
        return None
    except OSError as error:
        notes.add(0, "file", f"cannot be read: {error.strerror or type(error).__name__}")
        return None
    if len(data) > most:
        notes.add(0, "file", "is too large", f"at most {most} bytes")
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        notes.add(data.count(b"\n", 0, error.start) + 1, "file", "is not written in UTF-8", "UTF-8")
        return None


def _read(path: Path, most: int) -> bytes:
    if path.exists() and not path.is_file():
        raise IsADirectoryError(0, "it is no file")
    with path.open("rb") as file:
        return file.read(most + 1)
