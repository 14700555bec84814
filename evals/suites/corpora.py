"""Where do a suite's labelled cases stand? In the folder that the user names, with the digests of its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evals.harness.suite import Options
from orchestrator.errors import UsageError
from orchestrator.messages.digest import sha256

__all__ = ["corpora_in", "digests_in", "folder_in"]

_FOLDER = Path("tests/corpora")


def folder_in(options: Options) -> Path:
    """Return the folder of corpora; a checkout's own where none is named. Raises UsageError where there is none."""
    folder = Path(options.given.get("corpora", str(_FOLDER)))
    if not folder.is_dir():
        raise UsageError(f"there is no folder {str(folder)!r} of labelled corpora", hint="-T corpora=DIR")
    return folder


def corpora_in(folder: Path, sort: str) -> tuple[Path, ...]:
    """Return the corpora of one sort, `drafts` or `floods`, by name. Raises UsageError where there is none."""
    found = tuple(sorted(folder.glob(f"{sort}-*.jsonl")))
    if not found:
        raise UsageError(f"there is no {sort}-*.jsonl in folder {str(folder)!r}", hint="-T corpora=DIR")
    return found


def digests_in(options: Options, sort: str) -> Mapping[str, str]:
    """Return the digest of each corpus of one sort, by its file's name."""
    return {file.name: sha256(file.read_bytes()) for file in corpora_in(folder_in(options), sort)}
