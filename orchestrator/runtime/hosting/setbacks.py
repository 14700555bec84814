"""How long is a session left in peace that the world has stopped? Longer each time, and not for ever."""

from __future__ import annotations

from datetime import timedelta

from orchestrator.messages.value import SessionId

__all__ = ["Setbacks"]

_FIRST = 5.0
_LONGEST = 600.0


class Setbacks:
    """Counts how often in a row sessions were stopped; of those that went on there is nothing here."""

    __slots__ = ("_times",)

    def __init__(self) -> None:
        self._times: dict[SessionId, int] = {}

    def __len__(self) -> int:
        return len(self._times)

    def wait(self, session: SessionId) -> timedelta:
        """Count one more, and return how long to wait now."""
        times = self._times.get(session, 0)
        self._times[session] = times + 1
        return timedelta(seconds=min(_FIRST * 2**times, _LONGEST))

    def forget(self, session: SessionId) -> None:
        """Begin anew with a session that went on."""
        self._times.pop(session, None)
