"""What can a client do to a server through its socket? Ask what is allowed, and harm nobody with anything else."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from orchestrator.errors import UsageError
from orchestrator.messages.command import Answered, Cancel, Command, Watch
from orchestrator.messages.value import SessionId
from orchestrator.runtime.hosting.client import ask_holder
from orchestrator.runtime.hosting.doors import Door
from orchestrator.runtime.hosting.place import Holder, forget, read_holder, socket_place, write_holder
from orchestrator.runtime.hosting.wire import LONGEST_LINE
from orchestrator.runtime.perform import utc_now

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no Unix sockets in asyncio")

TOKEN = "of-tests"  # noqa: S105 - it opens a door of this test
OFF = Cancel(session=SessionId("s"), by="Kim", why="x")


async def handled(command: Command) -> Answered:
    """Answer a look, refuse to cancel, and break at anything else."""
    if isinstance(command, Watch):
        return Answered(says="well", data=[1])
    if isinstance(command, Cancel):
        raise UsageError("there is no session 's'", hint="look")
    raise RuntimeError("oh")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Path]:
    """Yield the path of a socket where a door is open."""
    door = Door(handled, patience=0.5)
    await door.open_at(tmp_path / "s")
    yield tmp_path / "s"
    await door.close()


def holder(**changes: object) -> Holder:
    """Return the note of a server."""
    return Holder.model_validate({"pid": 1, "since": utc_now(), **changes})


async def sent(place: Path, data: bytes) -> list[dict[str, object]]:
    """Send bytes and return all lines that come back until the connection is closed or nothing more is said."""
    reader, writer = await asyncio.open_unix_connection(place)
    writer.write(data)
    lines: list[dict[str, object]] = []
    try:
        async with asyncio.timeout(3):
            while line := await reader.readline():
                lines.append(json.loads(line))
    except ConnectionError:
        pass
    writer.close()
    return lines


async def test_commands_are_answered_in_order(place: Path) -> None:
    """One connection carries many commands; a refusal is an answer with its code and hint."""
    answers = await ask_holder(holder(socket=str(place)), [Watch(), OFF, Watch()])
    well = Answered(says="well", data=[1])
    assert answers == (well, Answered(code=2, says="there is no session 's'", hint="look"), well)


async def test_only_its_owner_may_use_it(place: Path) -> None:
    """The socket may be read and written by its owner alone."""
    assert stat.S_IMODE(os.stat(place).st_mode) == 0o600  # noqa: PTH116 - it waits for nothing


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"hello\n", "this is no command: the line: Invalid JSON"),
        (b"{}\n", "this is no command: command: Field required"),
        (b'{"command":{"kind":"format-disk"}}\n', "this is no command: command: Input tag"),
        (b'{"command":{"kind":"watch"},"more":1}\n', "this is no command: more: Extra inputs"),
        (b"[" * 1_000_000 + b"\n", "a command has brackets more than 40 deep"),
        (b'{"command":{"kind":"watch"},"token":"x"}\n', "the token is wrong"),
        (b'{"command":{"kind":"watch"}}', "no whole line came within 0.5 s"),
        (b"x" * (LONGEST_LINE + 10) + b"\n", f"a line has more than {LONGEST_LINE} bytes"),
    ],
    ids=["no-json", "empty", "unknown", "more", "deep", "token", "cut", "long"],
)
async def test_what_is_no_command_is_refused(place: Path, line: bytes, says: str) -> None:
    """One line says why; whoever asks properly at the same time is served."""
    bad = asyncio.create_task(sent(place, line))
    assert await ask_holder(holder(socket=str(place)), [Watch()]) == (Answered(says="well", data=[1]),)
    answers = await bad
    assert [str(answer["says"])[: len(says)] for answer in answers] == [says]
    assert [answer["code"] for answer in answers] == [2]


async def test_who_goes_away_harms_nobody(place: Path) -> None:
    """A hundred clients that connect, say half a word and vanish leave the door as it was."""
    for number in range(100):
        _, writer = await asyncio.open_unix_connection(place)
        writer.write(b'{"comm' if number % 2 else b"")
        writer.transport.abort()
    assert await ask_holder(holder(socket=str(place)), [Watch()]) == (Answered(says="well", data=[1]),)


async def test_too_many_are_told_to_come_again(place: Path) -> None:
    """Above the bound on connections, a client is told so."""
    crowd = [await asyncio.open_unix_connection(place) for _ in range(200)]
    await asyncio.sleep(0.05)
    late = await sent(place, b'{"command":{"kind":"watch"}}\n')
    assert [answer["code"] for answer in late] == [6]
    for _, writer in crowd:
        writer.close()


async def test_a_mistake_in_the_server_is_one_answer(place: Path) -> None:
    """What goes wrong inside is told to who asked, and the door stays open."""
    line = b'{"command":{"kind":"tell","name":"n","value":"v","by":"b"}}\n'
    (answer, *_) = await sent(place, line)
    assert (answer["code"], answer["says"]) == (6, "internal error: RuntimeError: oh")


async def test_on_loopback_the_token_is_asked_for() -> None:
    """Where there are no Unix sockets a port of this machine serves, to whoever shows the token."""
    door = Door(handled, token=TOKEN)
    port = await door.open_on_loopback()
    assert await ask_holder(holder(port=port, token=TOKEN), [Watch()]) == (Answered(says="well", data=[1]),)
    wrong = await ask_holder(holder(port=port, token=TOKEN[1:]), [Watch()])
    assert wrong == (Answered(code=2, says="the token is wrong", hint="it stands in the note beside the journal"),)
    await door.close()
    assert await ask_holder(holder(port=port, token=TOKEN), [Watch()]) is None


def test_the_note_is_for_its_owner(tmp_path: Path) -> None:
    """It says who holds the journal and where; without one, or with a foreign one, nobody does."""
    journal = tmp_path / "handfast.db"
    note = holder(socket=str(tmp_path / "s"))
    write_holder(journal, note)
    assert read_holder(journal) == note
    assert stat.S_IMODE((tmp_path / "handfast.db.server").stat().st_mode) == 0o600
    (tmp_path / "handfast.db.server").write_text("{}")
    assert read_holder(journal) is None
    forget(journal)
    assert sorted(tmp_path.iterdir()) == []


async def test_a_long_path_has_its_socket_elsewhere(tmp_path: Path) -> None:
    """A path that no socket can have is no hindrance: a short folder of this user holds it, and is taken away after."""
    folder = tmp_path / ("x" * 90) / ("y" * 90)
    folder.mkdir(parents=True)
    journal = folder / "handfast.db"
    place = socket_place(journal)
    assert (len(os.fsencode(place)) <= 100, stat.S_IMODE(place.parent.stat().st_mode)) == (True, 0o700)
    door = Door(handled)
    await door.open_at(place)
    write_holder(journal, holder(socket=str(place)))
    note = read_holder(journal)
    assert note is not None
    assert await ask_holder(note, [Watch()]) == (Answered(says="well", data=[1]),)
    await door.close()
    forget(journal)
    assert (place.parent.exists(), list(folder.iterdir())) == (False, [])


async def test_a_socket_that_was_left_behind_is_replaced(tmp_path: Path) -> None:
    """After a kill the old socket lies there: nobody listens, and the next server takes its place."""
    journal = tmp_path / "handfast.db"
    old = Door(handled)
    await old.open_at(socket_place(journal))
    await old.close()
    (tmp_path / "handfast.db.socket").touch()
    write_holder(journal, holder(socket=str(tmp_path / "handfast.db.socket")))
    note = read_holder(journal)
    assert note is not None
    assert await ask_holder(note, [Watch()]) is None
    new = Door(handled)
    await new.open_at(socket_place(journal))
    assert await ask_holder(note, [Watch()]) == (Answered(says="well", data=[1]),)
    await new.close()
