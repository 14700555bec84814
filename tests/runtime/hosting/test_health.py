"""What is told of a server's health? Counts for this machine alone, in two forms, to GET and to nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator

import pytest

from orchestrator.runtime.hosting.health import Figure, Health, Lookout, metrics

CALLS = Figure(
    name="calls_total", says="Calls.", kind="counter", values={(("provider", 'a"b\\c\n'),): 3, (("provider", "d"),): 2.5}
)
LARGE = Figure(name="large", says="A large one.", kind="gauge", values={(): 12_345_678})
WELL = Health(well=True, facts={"pid": 7, "running": 0}, figures=(CALLS, LARGE))
TEXT = """\
# HELP calls_total Calls.
# TYPE calls_total counter
calls_total{provider="a\\"b\\\\c\\n"} 3
calls_total{provider="d"} 2.5
# HELP large A large one.
# TYPE large gauge
large 12345678
"""


@pytest.fixture
async def port() -> AsyncGenerator[int]:
    """Yield the port where a lookout answers."""
    lookout = Lookout(lambda: WELL)
    yield await lookout.open(0)
    await lookout.close()


async def asked(port: int, request: str) -> tuple[str, dict[str, str], str]:
    """Return the status, the fields and the body of the answer to a request."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    answer = (await reader.read()).decode()
    writer.close()
    head, _, body = answer.partition("\r\n\r\n")
    status, *fields = head.split("\r\n")
    return status, dict(field.split(": ", 1) for field in fields), body


def get(path: str, host: str = "127.0.0.1:80") -> str:
    """Return a request."""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"


def test_metrics_are_text_that_prometheus_reads() -> None:
    """Help, type, escaped labels, and numbers with all their digits."""
    assert metrics((CALLS, LARGE)) == TEXT


async def test_health_and_metrics(port: int) -> None:
    """Health is JSON, metrics are text of Prometheus' form, both with their length and kept by nobody."""
    status, fields, body = await asked(port, get("/healthz"))
    assert (status, json.loads(body)) == ("HTTP/1.1 200 OK", {"well": True, "pid": 7, "running": 0})
    assert (fields["Content-Type"], fields["Cache-Control"]) == ("application/json", "no-store")
    status, fields, body = await asked(port, get("/metrics?x=1", "localhost:99"))
    assert (status, body) == ("HTTP/1.1 200 OK", TEXT)
    assert fields["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


async def test_a_server_that_is_not_well_says_so() -> None:
    """The status is 503 then, so that whoever only looks at it knows."""
    lookout = Lookout(lambda: Health(well=False, facts={}, figures=()))
    port = await lookout.open(0)
    assert (await asked(port, get("/healthz")))[0] == "HTTP/1.1 503 Service Unavailable"
    await lookout.close()


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        ("POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", "405 Method Not Allowed"),
        ("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "405 Method Not Allowed"),
        ("hello\r\n\r\n", "400 Bad Request"),
        (get("/"), "404 Not Found"),
        (get("/sessions"), "404 Not Found"),
        (get("/metrics", "evil.example:80"), "421 Misdirected Request"),
        (f"GET /{'x' * 20_000} HTTP/1.1\r\n\r\n", "431 Request Header Fields Too Large"),
    ],
    ids=["post", "head", "no-request", "root", "other", "rebound", "long"],
)
async def test_anything_else_is_refused(port: int, request_text: str, status: str) -> None:
    """Another method, another page, another host's name, or a head without end: refused, and the lookout goes on."""
    assert (await asked(port, request_text))[0] == f"HTTP/1.1 {status}"
    assert (await asked(port, get("/healthz")))[0] == "HTTP/1.1 200 OK"


async def test_who_goes_away_harms_nobody(port: int) -> None:
    """Clients that say half a word and vanish leave the lookout as it was."""
    for _ in range(20):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /he")
        writer.transport.abort()
    assert (await asked(port, get("/healthz")))[0] == "HTTP/1.1 200 OK"
