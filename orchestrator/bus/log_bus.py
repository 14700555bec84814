"""How does every move reach everyone, once and in order? The log is the bus: listeners read entries by their place."""

from __future__ import annotations

from asyncio import Event as Bell
from collections import deque
from collections.abc import AsyncGenerator, Callable
from typing import TypeAlias

from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import Entry, Row, read_row
from orchestrator.messages.event import Ended, Tabled
from orchestrator.messages.journal import Delivery
from orchestrator.messages.value import SessionId

__all__ = ["LogBus", "Once", "ReadRows", "deliveries_of"]

ReadRows: TypeAlias = Callable[[SessionId, int], tuple[Row, ...]]
"""Returns the stored rows of a session above a place, as `Journal.rows` does."""


class LogBus:
    """Tell listeners in this process of durable entries. Lives in one event loop.

    A listener keeps at most `bound` entries that it has not come to. One that is slower forgets them and reads on in the
    log: nothing is lost, memory stays bounded, and whoever tells never waits.
    """

    __slots__ = ("_bound", "_closed", "_listeners", "_read_rows")

    def __init__(self, read_rows: ReadRows, *, bound: int = 256) -> None:
        self._read_rows = read_rows
        self._bound = bound
        self._listeners: dict[SessionId, list[_Listener]] = {}
        self._closed = False

    def tell(self, entry: Entry) -> None:
        """Take note of a durable entry. Never waits, whoever listens slowly."""
        for listener in self._listeners.get(entry.session, ()):
            listener.hear(entry)

    async def listen(self, session: SessionId, after: int = -1) -> AsyncGenerator[Delivery]:
        """Return the moves of entries with a place above `after`, from the log and then as they come.

        Ends with the session, or with the log when the bus is closed. Raises ChainBroken where the log
        holds no such next entry.
        """
        listener = _Listener(session, after, self._read_rows, self._bound)
        self._listeners.setdefault(session, []).append(listener)
        try:
            while not listener.is_over():
                entry = listener.next_entry()
                if entry is not None:
                    for delivery in deliveries_of(entry):
                        yield delivery
                elif self._closed:
                    return
                elif not listener.is_over():
                    await listener.bell.wait()
        finally:
            self._forget(listener)

    def wake(self, session: SessionId | None, seq: int) -> None:
        """Take note that another process has written a session's entries up to `seq`; listeners read on in the log.

        Without a session, all of them read on: nobody knows what has come.
        """
        for listeners in self._listeners.values() if session is None else [self._listeners.get(session, [])]:
            for listener in listeners:
                listener.wake(None if session is None else seq)

    def listeners(self, session: SessionId) -> int:
        """Return how many listen to a session now."""
        return len(self._listeners.get(session, ()))

    def close(self) -> None:
        """Let everyone who listens come to the end of the log, and end there."""
        self._closed = True
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.bell.set()

    def _forget(self, listener: _Listener) -> None:
        listeners = self._listeners[listener.session]
        listeners.remove(listener)
        if not listeners:
            del self._listeners[listener.session]


class Once:
    """Recognise what is delivered again after a crash. Keeps one number for each session."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def is_first(self, delivery: Delivery) -> bool:
        """Return whether the delivery comes for the first time, and remember it. Deliveries of a session come in order."""
        session = delivery.id.rpartition(":")[0]
        if delivery.seq <= self._last.get(session, -1):
            return False
        self._last[session] = delivery.seq
        return True

    def forget(self, session: SessionId) -> None:
        """Let go of a session that is over."""
        self._last.pop(session, None)


def deliveries_of(entry: Entry) -> tuple[Delivery, ...]:
    """Return the moves that an entry sends out: none or one, since a reply is at most one draft."""
    return tuple(
        Delivery(id=f"{entry.session}:{entry.seq}", seq=entry.seq, move=event.move)
        for event in entry.events
        if isinstance(event, Tabled)
    )


class _Listener:
    """Where one listener stands in the log, and the entries it was told of since."""

    __slots__ = ("_behind", "_bound", "_ended", "_queue", "_read_rows", "_seen", "bell", "session")

    def __init__(self, session: SessionId, after: int, read_rows: ReadRows, bound: int) -> None:
        self.session = session
        self.bell = Bell()
        self._read_rows = read_rows
        self._bound = bound
        self._queue: deque[Entry] = deque()
        self._seen = after
        self._behind = True
        self._ended = False

    def hear(self, entry: Entry) -> None:
        """Take the entry into the queue, or give up the queue where it is full."""
        if len(self._queue) >= self._bound:
            self._queue.clear()
            self._behind = True
        if not self._behind:
            self._queue.append(entry)
        self.bell.set()

    def wake(self, seq: int | None) -> None:
        """Read on in the log, unless the entry was met already."""
        if seq is None or seq > self._seen + len(self._queue):
            self._behind = True
            self.bell.set()

    def next_entry(self) -> Entry | None:
        """Return the entry after the last one; None, with the bell reset, where there is none yet."""
        while True:
            if self._behind and not self._queue:
                self._catch_up()
            if not self._queue:
                self.bell.clear()
                return None
            entry = self._queue.popleft()
            if entry.seq > self._seen + 1:
                self._catch_up()
                continue
            self._ended = self._ended or _is_last(entry)
            if entry.seq == self._seen + 1:
                self._seen = entry.seq
                return entry

    def is_over(self) -> bool:
        """Return whether the session's last entry was met."""
        return self._ended

    def _catch_up(self) -> None:
        rows = self._read_rows(self.session, self._seen)
        self._behind = len(rows) > self._bound
        self._queue = deque(read_row(row) for row in rows[: self._bound])
        if self._queue and self._queue[0].seq != self._seen + 1:
            raise ChainBroken(self.session, self._seen + 1, "is not in the log")
        if not rows and self._seen >= 0:
            # Whoever has read to the end already would wait for ever.
            last = self._read_rows(self.session, self._seen - 1) or self._read_rows(self.session, -1)
            self._ended = any(_is_last(read_row(row)) for row in last[-1:])


def _is_last(entry: Entry) -> bool:
    return any(isinstance(event, Ended) for event in entry.events)
