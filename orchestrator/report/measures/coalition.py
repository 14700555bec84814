"""How long did consensus take, and with which exceptions? Who stayed out, what was vetoed, how far down the ladder it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.pattern import Coalition
from orchestrator.messages.quorum import voters
from orchestrator.report.figures import duration, listed, plural
from orchestrator.report.standing import rounds_used

__all__ = ["coalition_lines"]


def coalition_lines(session: Session, entries: Sequence[Entry]) -> Iterator[str]:  # noqa: ARG001 - one question for all patterns
    """Yield consensus time and exceptions."""
    rounds = rounds_used(session)
    done = "consensus" if session.terms else "no consensus"
    yield f"{done} after {rounds} {plural(rounds, 'round')}, {duration(session.millis / 1000)}"
    exceptions = list(_exceptions(session))
    yield f"exceptions: {listed(exceptions) if exceptions else 'none'}"


def _exceptions(session: Session) -> Iterator[str]:
    out = [role for role in voters(session.agenda) if role not in session.backers]
    if session.terms and out:
        yield f"{listed(out)} did not join"
    if session.reason == "person":
        yield "a person took the offer that was backed best"
    rules = session.agenda.pattern_rules
    vetoes = rules.vetoes if isinstance(rules, Coalition) else ()
    vetoed = [fall for fall in session.falls if fall.why == "rejected" and fall.by in vetoes]
    if vetoed:
        yield f"{len(vetoed)} {plural(len(vetoed), 'offer')} vetoed"
    steps = len({step.number for step in session.course.steps})
    if steps:
        yield f"{steps} {plural(steps, 'step')} down the ladder"
