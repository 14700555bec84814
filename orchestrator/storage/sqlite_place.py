"""Is the file that is written to still the one that others find? A file that was deleted or replaced keeps nothing.

On most systems a file that is open goes on taking what is written to it after its name is gone or belongs to another file.
What is acknowledged then would be lost with the process, so the names are looked at before anything is acknowledged.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from orchestrator.errors import Unwritable

__all__ = ["Place"]


class Place:
    """The names of a journal that is open for writing: its file, and the log beside it once there is one."""

    __slots__ = ("_file", "_known", "_log", "_path")

    def __init__(self, path: Path) -> None:
        self._path = path
        # As it is meant now, whatever the process makes its working directory later.
        self._file = os.path.abspath(path)  # noqa: PTH100 - links are kept as they are
        self._log = f"{self._file}-wal"
        self._known: tuple[tuple[int, int], ...] = ()

    def check(self) -> None:
        """Raise Unwritable where a name is gone or leads elsewhere than when it was first looked at."""
        try:
            now = tuple((each.st_dev, each.st_ino) for each in (os.stat(self._file), os.stat(self._log)))  # noqa: PTH116 - often
        except FileNotFoundError as error:
            raise self._lost() from error
        if self._known and now != self._known:
            if now[0] != self._known[0] and now[1] == self._known[1]:
                self._spare_the_other()
            raise self._lost()
        self._known = now

    def check_again(self) -> None:
        """Check, where the names were looked at before: there is no log before the first commit."""
        if self._known:
            self.check()

    def _spare_the_other(self) -> None:
        """Take our log out of the way of the file that stands here now: SQLite would read it as that file's own."""
        with suppress(OSError):
            Path(self._log).replace(f"{self._log}.lost")
        with suppress(OSError):
            Path(f"{self._file}-shm").unlink()

    def _lost(self) -> Unwritable:
        return Unwritable(
            f"journal {str(self._path)!r}: its file was moved, deleted or replaced while it was in use",
            hint="put it back, with what stands beside it, then go on with 'handfast resume SESSION'",
        )
