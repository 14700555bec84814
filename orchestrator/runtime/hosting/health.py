"""Is the server well, and what has it done? JSON and Prometheus text for this machine, of counts alone; GET decides nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from orchestrator.runtime.hosting.clients import Clients

__all__ = ["Figure", "Health", "Lookout", "metrics"]

_LONGEST_HEAD = 8_192
_SLOWEST = 5.0
_MOST = 32
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One metric with its values; labels are words of this program, never of a session."""

    name: str
    says: str
    kind: str
    values: Mapping[tuple[tuple[str, str], ...], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is told: whether all is well, and the figures."""

    well: bool
    facts: Mapping[str, int | str]
    figures: tuple[Figure, ...]


def metrics(figures: tuple[Figure, ...]) -> str:
    """Return the figures in Prometheus' text format 0.0.4."""
    return "".join(f"{line}\n" for figure in figures for line in _lines(figure))


class Lookout:
    """Answers `/healthz` and `/metrics` at a port of this machine."""

    __slots__ = ("_clients", "_server", "_tell")

    def __init__(self, tell: Callable[[], Health]) -> None:
        self._tell = tell
        self._server: asyncio.Server | None = None
        self._clients = Clients(self._serve)

    async def open(self, port: int) -> int:
        """Listen and return the port; any free one where it is 0."""
        self._server = await asyncio.start_server(self._clients.accept, host="127.0.0.1", port=port, limit=_LONGEST_HEAD)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Answer nobody any more."""
        await self._clients.dismiss(self._server)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(_SLOWEST):
            writer.write(await self._response(reader))
            await writer.drain()

    async def _response(self, reader: asyncio.StreamReader) -> bytes:
        if len(self._clients) > _MOST:
            return _answer("503 Service Unavailable", "text/plain; charset=utf-8", "too many at once\n")
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.LimitOverrunError:
            return _answer("431 Request Header Fields Too Large", "text/plain; charset=utf-8", "too long\n")
        first, *fields = head.split("\r\n")
        words = first.split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            return _answer("400 Bad Request", "text/plain; charset=utf-8", "no request\n")
        if words[0] != "GET":
            return _answer("405 Method Not Allowed", "text/plain; charset=utf-8", "GET alone\n", "Allow: GET\r\n")
        if not _is_meant(fields):
            return _answer("421 Misdirected Request", "text/plain; charset=utf-8", "this is another host\n")
        return self._page(words[1].partition("?")[0])

    def _page(self, path: str) -> bytes:
        health = self._tell()
        if path == "/healthz":
            status = "200 OK" if health.well else "503 Service Unavailable"
            return _answer(status, "application/json", json.dumps({"well": health.well, **health.facts}) + "\n")
        if path == "/metrics":
            return _answer("200 OK", "text/plain; version=0.0.4; charset=utf-8", metrics(health.figures))
        return _answer("404 Not Found", "text/plain; charset=utf-8", "/healthz and /metrics\n")


def _is_meant(fields: list[str]) -> bool:
    """Return whether a request is to this machine by its own name, and not to a name that somebody made point here."""
    hosts = [value.strip() for name, _, value in (field.partition(":") for field in fields) if name.lower() == "host"]
    return all(host.rpartition(":")[0] in _LOOPBACK or host in _LOOPBACK for host in hosts)


def _answer(status: str, kind: str, text: str, more: str = "") -> bytes:
    body = text.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}"
    return f"{head}Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode() + body


def _lines(figure: Figure) -> Iterator[str]:
    yield f"# HELP {figure.name} {figure.says}"
    yield f"# TYPE {figure.name} {figure.kind}"
    for labels, value in figure.values.items():
        named = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels)
        shown = str(int(value)) if value == int(value) else repr(value)
        yield f"{figure.name}{{{named}}} {shown}" if named else f"{figure.name} {shown}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
