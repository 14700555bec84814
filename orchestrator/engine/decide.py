"""What follows from a reply? The one place where replies become events."""

from __future__ import annotations

from typing import assert_never

from orchestrator.engine.breaking import unfreeze
from orchestrator.engine.cancelling import cancel
from orchestrator.engine.completing import complete
from orchestrator.engine.countering import revise
from orchestrator.engine.explaining import query
from orchestrator.engine.hearing import hear
from orchestrator.engine.opening import open_session
from orchestrator.engine.pledging import pledge, take_note
from orchestrator.engine.reopening import amend, come_to, learn, schedule, see
from orchestrator.engine.rules import Rules
from orchestrator.engine.ruling import elapse, rule, seek
from orchestrator.engine.seating import seat
from orchestrator.engine.session import Session
from orchestrator.engine.settling import report
from orchestrator.engine.spending import grant, lapse, reserve
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.cancelling import Cancelled
from orchestrator.messages.counter import Revised
from orchestrator.messages.elapsed import Elapsed
from orchestrator.messages.event import Event
from orchestrator.messages.leave import Allowed, Founded, Revoked, Used
from orchestrator.messages.pot import PotsApplied, PotsRead, PotsSeen
from orchestrator.messages.question import Queried
from orchestrator.messages.reopening import Amending
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


def unfold(session: Session, reply: Reply, rules: Rules) -> Unfolding:  # noqa: C901, PLR0912 - one line for each reply
    """Decide, and return the events with the session that they lead to."""
    unfolding = Unfolding(session)
    match reply:
        case Opening():
            take_note(unfolding, reply.rooms)
            open_session(unfolding, rules)
        case Requested():
            reserve(unfolding, reply)
        case Written():
            hear(unfolding, reply, rules)
        case Sought():
            seek(unfolding, reply)
        case Ruled():
            rule(unfolding, reply, rules)
        case Founded() | Allowed() | Revoked() | Used():
            pass  # of the chain of leaves: no session is told of them
        case Queried():
            query(unfolding, reply, rules)
        case Revised():
            revise(unfolding, reply, rules)
        case Elapsed():
            elapse(unfolding, reply.at, rules)
            come_to(unfolding, reply.at, rules)
        case Reported():
            learn(unfolding, reply, rules)
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
        case PotsApplied():
            pass  # of the book of pots: it is told to no session
        case PotsRead():
            take_note(unfolding, reply.rooms)
        case PotsSeen():
            see(unfolding, reply, rules)
        case Amending():
            amend(unfolding, reply)
        case Cancelled():
            cancel(unfolding)
        case _:
            assert_never(reply)
    pledge(unfolding, rules)
    schedule(unfolding, reply.at)
    return unfolding
