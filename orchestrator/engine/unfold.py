"""How does one reply become several events? Each is decided in the state that those before it left."""

from __future__ import annotations

from orchestrator.engine.evolve import evolve
from orchestrator.engine.session import Session
from orchestrator.messages.event import Event

__all__ = ["Unfolding"]


class Unfolding:
    """The events of one decision so far, and the session after them. Lives only inside `decide`."""

    __slots__ = ("events", "session")

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: list[Event] = []

    def add(self, *events: Event) -> None:
        """Let events happen, in their order."""
        for event in events:
            self.session = evolve(self.session, event)
            self.events.append(event)
