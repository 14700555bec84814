"""What follows from a reply? The one place where replies become events."""

from __future__ import annotations

from typing import assert_never

from orchestrator.engine.breaking import unfreeze
from orchestrator.engine.completing import complete
from orchestrator.engine.hearing import hear
from orchestrator.engine.opening import open_session
from orchestrator.engine.rules import Rules
from orchestrator.engine.seating import seat
from orchestrator.engine.session import Session
from orchestrator.engine.settling import report, rule, seek
from orchestrator.engine.spending import grant, lapse, reserve
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.event import Event
from orchestrator.messages.reply import (
    Completed,
    Granted,
    Interrupted,
    Opening,
    Reply,
    Reported,
    Requested,
    Ruled,
    Seating,
    Sought,
    Unfroze,
    Written,
)

__all__ = ["decide", "unfold"]


def decide(session: Session, reply: Reply, rules: Rules) -> tuple[Event, ...]:
    """Return what happens because of the reply. One that answers nothing that the session waits for changes nothing."""
    return tuple(unfold(session, reply, rules).events)


def unfold(session: Session, reply: Reply, rules: Rules) -> Unfolding:  # noqa: C901 - one line for each reply
    """Decide, and return the events with the session that they lead to."""
    unfolding = Unfolding(session)
    match reply:
        case Opening():
            open_session(unfolding, rules)
        case Requested():
            reserve(unfolding, reply)
        case Written():
            hear(unfolding, reply, rules)
        case Sought():
            seek(unfolding, reply)
        case Ruled():
            rule(unfolding, reply, rules)
        case Reported():
            report(unfolding, reply, rules)
        case Interrupted():
            lapse(unfolding, reply.tries, left=reply.seat is not None)
        case Granted():
            grant(unfolding, reply)
        case Seating():
            seat(unfolding, reply)
        case Unfroze():
            unfreeze(unfolding, reply, rules)
        case Completed():
            complete(unfolding, reply)
        case _:
            assert_never(reply)
    return unfolding
