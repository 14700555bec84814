"""How long did consensus take, and with which exceptions? Who stayed out, what was vetoed, how far down the ladder it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.pattern import Coalition
from orchestrator.messages.quorum import voters
from orchestrator.messages.value import RoleName, Value
from orchestrator.report.figures import duration, listed, plural
from orchestrator.report.standing import rounds_used

__all__ = ["Consensus", "consensus_of"]


class Consensus(Value):
    """How soon so many agreed, and with which exceptions."""

    kind: Literal["coalition"] = "coalition"
    reached: bool
    rounds: int
    seconds: float
    """In which the session was driven."""
    out: tuple[RoleName, ...]
    """Voters who did not join what was agreed."""
    by_person: bool
    """Whether a person took the offer that was backed best."""
    vetoed: int
    steps: int
    """Down the ladder."""

    def lines(self) -> Iterator[str]:
        """Yield consensus time and exceptions."""
        done = "consensus" if self.reached else "no consensus"
        yield f"{done} after {self.rounds} {plural(self.rounds, 'round')}, {duration(self.seconds)}"
        exceptions = list(self._exceptions())
        yield f"exceptions: {listed(exceptions) if exceptions else 'none'}"

    def _exceptions(self) -> Iterator[str]:
        if self.out:
            yield f"{listed(self.out)} did not join"
        if self.by_person:
            yield "a person took the offer that was backed best"
        if self.vetoed:
            yield f"{self.vetoed} {plural(self.vetoed, 'offer')} vetoed"
        if self.steps:
            yield f"{self.steps} {plural(self.steps, 'step')} down the ladder"


def consensus_of(session: Session, entries: Sequence[Entry]) -> Consensus:  # noqa: ARG001 - one question for all patterns
    """Return how a talk among several went."""
    rules = session.agenda.pattern_rules
    vetoes = rules.vetoes if isinstance(rules, Coalition) else ()
    out = tuple(role for role in voters(session.agenda) if role not in session.backers)
    return Consensus(
        reached=bool(session.terms),
        rounds=rounds_used(session),
        seconds=session.millis / 1000,
        out=out if session.terms else (),
        by_person=session.reason == "person",
        vetoed=sum(fall.why == "rejected" and fall.by in vetoes for fall in session.falls),
        steps=len({step.number for step in session.course.steps}),
    )
