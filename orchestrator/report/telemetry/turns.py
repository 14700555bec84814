"""What is the span of an agent's turn? Its calls with what they took together, its refused drafts, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Ended, Event, FellBack, Held, Refused, Stopped, Tabled
from orchestrator.messages.move import Move
from orchestrator.messages.reply import Interrupted
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.report.telemetry import names
from orchestrator.report.telemetry.calls import Called
from orchestrator.report.telemetry.span import Attribute, Attributes, Moment, Span, known

__all__ = ["Turn", "outcome_of"]

_SUMMED = (names.INPUT_TOKENS, names.OUTPUT_TOKENS, names.CACHE_READ_TOKENS, names.CACHE_WRITE_TOKENS, names.COST)


@dataclass(slots=True, kw_only=True)
class Turn:
    """The turn of a role that goes on."""

    session: SessionId
    role: RoleName
    round: int
    called: Called
    began: datetime
    calls: list[Span] = field(default_factory=list[Span])
    moments: list[Moment] = field(default_factory=list[Moment])

    def note(self, entry: Entry) -> None:
        """Take note of refused drafts and of a fallback."""
        self.moments += _noted(entry)

    def closed(self, at: datetime, outcome: str, move: Move | None = None) -> Span:
        """Return its span, ended here."""
        error = self.calls[-1].error if self.calls else ""
        attributes: dict[str, Attribute | None] = {
            names.OPERATION_NAME: names.INVOKE_AGENT,
            names.PROVIDER_NAME: self.called.provider,
            names.REQUEST_MODEL: self.called.model,
            names.CONVERSATION_ID: self.session,
            names.AGENT_NAME: self.role,
            names.ROUND: self.round,
            names.ATTEMPTS: len(self.calls),
            names.OUTCOME: outcome,
            names.ACT: move.act if move else None,
            names.MOVE: move.id if move else None,
            names.ERROR_TYPE: error or None,
        }
        return Span(
            name=f"{names.INVOKE_AGENT} {self.role}",
            began=self.began,
            ended=max(at, self.began),
            attributes={**known(attributes), **_sums(self.calls)},
            moments=tuple(self.moments),
            error=error,
            children=tuple(self.calls),
        )


def outcome_of(entry: Entry) -> tuple[str, Move | None] | None:
    """Return what became of the turn with this entry, and its move; None where it goes on."""
    for event in entry.events:
        if isinstance(event, Tabled):
            return ("withheld" if event.move.withheld else "tabled"), event.move
    for event in entry.events:
        ended = _ended(event)
        if ended:
            return ended, None
    return ("interrupted", None) if isinstance(entry.reply, Interrupted) else None


def _ended(event: Event) -> str:
    match event:
        case Held():
            return "held"
        case Stopped():
            return "stopped"
        case Ended():
            return event.reason
        case _:
            return ""


def _noted(entry: Entry) -> Iterator[Moment]:
    for event in entry.events:
        if isinstance(event, Refused):
            codes = tuple(dict.fromkeys(finding.code for finding in event.findings))
            attributes: Attributes = {names.ATTEMPT: event.attempt, names.CODES: codes}
            yield Moment(at=entry.reply.at, name=names.DRAFT_REFUSED, attributes=attributes)
        elif isinstance(event, FellBack):
            yield Moment(at=entry.reply.at, name=names.FELL_BACK, attributes={names.FALLBACK: event.to})


def _sums(calls: Sequence[Span]) -> Attributes:
    """Return what the calls took together, of all that any of them took."""
    return {
        name: sum(value for call in calls if isinstance(value := call.attributes.get(name), int | float))
        for name in _SUMMED
        if any(name in call.attributes for call in calls)
    }
