"""What if the network fails at the worst moment? A socket between client and server that loses what it is told to lose."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeAlias
from urllib.parse import parse_qs, urlsplit

from orchestrator.storage.postgres_place import PostgresPlace, place_of

__all__ = ["Cut", "Wire"]

Cut: TypeAlias = Literal["question", "answer"]
"""What is lost with the connection: what a client sends next, or what the server answers to it."""


class Wire:
    """Pass on all that is said between clients and a server, and cut the connection where it is asked for."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder
        self.cuts: list[Cut] = []
        """Those still to come; each is used up by the next statement that writes."""
        self.done = 0
        self._server = server
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / ".s.PGSQL.5432"))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    @classmethod
    @contextmanager
    def to(cls, place: PostgresPlace, folder: Path) -> Generator[tuple[Wire, PostgresPlace]]:
        """Return a wire to the server of a place, and the place as it is seen through it."""
        parts = urlsplit(place.address)
        (host,) = parse_qs(parts.query)["host"]
        wire = cls(folder, f"{host}/.s.PGSQL.5432")
        try:
            seen = place_of(place.address.replace(f"host={host}", f"host={folder}"))
            yield wire, replace(seen, schema=place.schema, patience=place.patience)
        finally:
            wire.close()

    def close(self) -> None:
        """Accept nobody any more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError), selectors.DefaultSelector() as selector:
            server.connect(self._server)
            selector.register(client, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, client)
            losing = False
            while True:
                for key, _ in selector.select():
                    source: socket.socket = client if key.data is server else server
                    data = source.recv(1 << 20)
                    if not data or (losing and source is server):
                        self.done += losing
                        return
                    cut = self._cut_of(data) if source is client else None
                    if cut == "question":
                        self.done += 1
                        return
                    losing = losing or cut == "answer"
                    key.data.sendall(data)

    def _cut_of(self, data: bytes) -> Cut | None:
        # Statements that write carry the notice with them, in their text or as the argument of a prepared one.
        return self.cuts.pop(0) if self.cuts and b"_entries" in data else None
