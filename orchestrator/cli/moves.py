"""Who else hears what is tabled? A file, as an observer of the bus: one line for each move, and none twice."""

from __future__ import annotations

import json
from pathlib import Path

from orchestrator.bus.log_bus import LogBus
from orchestrator.errors import UsageError
from orchestrator.messages.journal import Delivery
from orchestrator.messages.value import RoleName, SessionId

__all__ = ["write_moves"]


async def write_moves(bus: LogBus, session: SessionId, path: Path, sealed: frozenset[RoleName] = frozenset()) -> None:
    """Append every move of a session to a file of JSON Lines as it is delivered, after those that the file holds already.

    Of a `sealed` role it says only that it has moved. Raises UsageError where the file is no such file.
    """
    after = _last_written(session, path)
    with path.open("a", encoding="utf-8") as file:
        async for delivery in bus.listen(session, after):
            file.write(_line(delivery, is_sealed=delivery.move.sender in sealed))
            file.flush()


def _line(delivery: Delivery, *, is_sealed: bool) -> str:
    told = {"id", "sender", "turn", "round", "act"} if is_sealed else None
    return (
        json.dumps({"delivery": delivery.id, "move": delivery.move.model_dump(mode="json", exclude_none=True, include=told)})
        + "\n"
    )


def _last_written(session: SessionId, path: Path) -> int:
    """Return the place in the session of the last move in the file; a line that was cut by a crash is taken off."""
    if not path.exists():
        return -1
    whole, _, cut = path.read_text(encoding="utf-8").rpartition("\n")
    if cut:
        path.write_text(f"{whole}\n" if whole else "", encoding="utf-8")
    places = [-1]
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            name, _, place = str(json.loads(line)["delivery"]).rpartition(":")
            places += [int(place)] if name == session else []
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{str(path)!r}, line {number} is no move", hint="name another file with --moves") from error
    return max(places)
