"""How does a server live within its loop? It opens its doors, answers, and leaves nothing behind when it is stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from orchestrator.errors import UsageError
from orchestrator.messages.command import Watch
from orchestrator.runtime.hosting.client import ask_holder
from orchestrator.runtime.hosting.place import read_holder
from orchestrator.runtime.hosting.serving import Server
from tests.runtime.hosts import Talk, hosted, settings, stored, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no Unix sockets in asyncio, and other signals")


async def test_told_to_stop_it_leaves_all_in_order(tmp_path: Path) -> None:
    """It says where it listens; at a signal it lets go of all, takes its note and its socket away, and ends with 0."""
    said: list[str] = []
    journal = tmp_path / "handfast.db"
    talk = Talk()
    talk.may.clear()
    host, kept = hosted(talk)
    serving = asyncio.create_task(Server(journal=journal, host=host, grace=0.05, say=said.append).serve())
    await until(lambda: read_holder(journal) is not None)
    note = read_holder(journal)
    assert note is not None
    answers = await ask_holder(note, [Watch()])
    assert answers is not None
    answered = answers[0]
    assert isinstance(answered.data, dict)
    assert (answered.data["pid"], answered.data["running"]) == (os.getpid(), [])
    reader, writer = await asyncio.open_connection("127.0.0.1", note.health)
    writer.write(b"GET /metrics HTTP/1.0\r\n\r\n")
    assert b'handfast_sessions{state="running"} 0' in await reader.read()
    writer.close()
    await host.submit(settings())
    await until(lambda: bool(talk.asked))
    os.kill(os.getpid(), signal.SIGTERM)
    assert await serving == 0
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - pathlib would count as waiting
    assert [type(entry.reply).__name__ for entry in stored(kept)[1]] == ["Opening", "Interrupted"]
    assert said[-2:] == [
        "stopping: effects under way have 0.05 s; a second signal ends at once",
        "stopped; 1 interrupted, on record",
    ]


async def test_cancelled_it_leaves_all_in_order_too(tmp_path: Path) -> None:
    """As where a system has no signals for asyncio: what cancels it stops it in good order."""
    host, _ = hosted(Talk())
    serving = asyncio.create_task(Server(journal=tmp_path / "handfast.db", host=host, port=-1).serve())
    await until(lambda: read_holder(tmp_path / "handfast.db") is not None)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - pathlib would count as waiting


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """It does not begin, says why, and leaves nothing behind."""
    async with await asyncio.start_server(lambda _r, _w: None, host="127.0.0.1", port=0) as other:
        port = other.sockets[0].getsockname()[1]
        host, _ = hosted(Talk())
        with pytest.raises(UsageError, match=rf"port {port} cannot be used: Address already in use"):
            await Server(journal=tmp_path / "handfast.db", host=host, port=port).serve()
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - pathlib would count as waiting
