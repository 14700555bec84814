"""How does one reply become several events? Each is decided in the state that those before it left."""

from __future__ import annotations

from orchestrator.engine.evolve import evolve
from orchestrator.engine.session import Session
from orchestrator.messages.event import Ended, Event

__all__ = ["Unfolding"]


class Unfolding:
    """The events of one decision so far, and the session after them. Lives only inside `decide`."""

    __slots__ = ("_before_end", "events", "session")

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: list[Event] = []
        self._before_end = session

    def add(self, *events: Event) -> None:
        """Let events happen, in their order."""
        for event in events:
            if isinstance(event, Ended):
                self._before_end = self.session
            self.session = evolve(self.session, event)
            self.events.append(event)

    def conclude(self, *events: Event) -> None:
        """Let events happen last of all, but before the end where there was one: it has no way out."""
        if not events:
            return
        end = self.events.pop() if self.events and isinstance(self.events[-1], Ended) else None
        if end is not None:
            self.session = self._before_end
        self.add(*events, *([end] if end else ()))
