"""Which spans does a session make? Those of its turns as they end, and the one of the whole, with the record's own times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from orchestrator.engine import Ask, Session, advance, pending
from orchestrator.errors import Try
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Heard, Lapsed, Reserved
from orchestrator.messages.reply import Interrupted, Reply, Requested, Written
from orchestrator.report.standing import rounds_used
from orchestrator.report.telemetry import names
from orchestrator.report.telemetry.calls import Call, Called, Content, answered, call, failed_call, prompted
from orchestrator.report.telemetry.happenings import happenings
from orchestrator.report.telemetry.span import Attribute, Attributes, Moment, Span, known
from orchestrator.report.telemetry.turns import Turn, outcome_of

__all__ = ["Story", "Telling", "spans_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a session is told."""

    called: Callable[[str], Called]
    """Names a model by its `provider:name?key=value`."""
    content: Content | None = None
    """None where spans hold no words of prompts and answers."""


class Story:
    """A session as it is told in spans, entry by entry. It holds the turn that goes on, not those that ended."""

    __slots__ = ("_began", "_cost", "_ended", "_error", "_moments", "_requested", "_session", "_telling", "_turn")

    def __init__(self, session: Session, telling: Telling) -> None:
        self._session = session
        self._telling = telling
        self._began: datetime | None = None
        self._ended: datetime | None = None
        self._error = ""
        self._moments: list[Moment] = []
        self._cost: Decimal | None = None
        self._requested: Requested | None = None
        self._turn: Turn | None = None

    def hear(self, entry: Entry) -> tuple[Span, ...]:
        """Take in an entry and return the span of the turn that ended with it, if one did."""
        before, self._session = self._session, advance(self._session, entry)
        self._began = self._began or _began(entry.reply)
        self._ended = entry.reply.at
        self._take(entry, before)
        self._moments += happenings(entry)
        outcome = outcome_of(entry)
        if self._turn is None or outcome is None:
            return ()
        closed = self._turn.closed(entry.reply.at, *outcome)
        self._turn = None
        return (closed,)

    def end(self) -> tuple[Span, ...]:
        """Return the span of a turn that was cut short before anything could be put on record about it."""
        if self._turn is None or self._ended is None:
            return ()
        closed = self._turn.closed(self._ended, "interrupted")
        self._turn = None
        return (closed,)

    @property
    def workflow(self) -> Span | None:
        """Return the span of the whole, up to now and without its turns; None before the first entry."""
        if self._began is None or self._ended is None:
            return None
        session = self._session
        attributes: dict[str, Attribute | None] = {
            names.OPERATION_NAME: names.INVOKE_WORKFLOW,
            names.WORKFLOW_NAME: session.settings.negotiation.name,
            names.CONVERSATION_ID: session.id,
            names.STATUS: _status(session),
            names.REASON: session.reason,
            names.ROUNDS: rounds_used(session),
            names.DIGEST: session.digest,
            names.COST: None if self._cost is None else float(self._cost),
            names.ERROR_TYPE: self._error or None,
        }
        return Span(
            name=f"{names.INVOKE_WORKFLOW} {session.settings.negotiation.name}",
            began=self._began,
            ended=max(self._ended, self._began),
            attributes=known(attributes),
            moments=tuple(self._moments),
            error=self._error,
        )

    def _take(self, entry: Entry, before: Session) -> None:
        match entry.reply:
            case Requested() if any(isinstance(event, Reserved) for event in entry.events):
                self._requested = entry.reply
                self._turn_of(before, entry.reply.at)
            case Written():
                self._take_answer(entry, entry.reply, before)
            case Interrupted():
                self._take_interruption(entry, entry.reply.tries, before)
            case _:
                if any(isinstance(event, Lapsed) for event in entry.events):
                    self._take_interruption(entry, None, before)

    def _take_answer(self, entry: Entry, reply: Written, before: Session) -> None:
        heard = next((event for event in entry.events if isinstance(event, Heard)), None)
        if heard is None:
            return
        turn = self._turn_of(before, reply.began)
        made = self._call(before, reply.model, cost=heard.cost, words=self._words(before, reply))
        turn.calls.append(call(made, reply))
        turn.note(entry)
        self._requested = None
        if heard.cost is not None:
            self._cost = (self._cost or Decimal(0)) + heard.cost

    def _take_interruption(self, entry: Entry, tries: tuple[Try, ...] | None, before: Session) -> None:
        """Take in that an answer never came. A call that another process began has no span: nobody knows its time."""
        self._error = tries[-1].failure if tries else self._error
        if self._requested is None and not tries:
            return
        seat = before.seat(before.speaker.name)
        made = self._call(before, self._requested.model if self._requested else seat.model if seat else "", words={})
        failed = failed_call(made, entry.reply.at, tries or ())
        self._turn_of(before, failed.began).calls.append(failed)
        self._requested = None

    def _turn_of(self, before: Session, at: datetime) -> Turn:
        if self._turn is None:
            role = before.speaker.name
            seat = before.seat(role)
            called = self._telling.called(seat.model if seat else "")
            self._turn = Turn(session=before.id, role=role, round=before.round, called=called, began=at)
        return self._turn

    def _call(self, before: Session, model: str, *, words: Attributes, cost: Decimal | None = None) -> Call:
        return Call(
            session=before.id,
            role=before.speaker.name,
            called=self._telling.called(model),
            attempt=before.attempt,
            requested=self._requested,
            cost=cost,
            words=words,
        )

    def _words(self, before: Session, reply: Written) -> Attributes:
        content = self._telling.content
        if content is None:
            return {}
        effect = pending(before)
        return {**(prompted(content, effect.view) if isinstance(effect, Ask) else {}), **answered(content, reply)}


def spans_of(session: Session, entries: Iterable[Entry], telling: Telling) -> Span | None:
    """Return the whole tree of spans of what was recorded after a session's state; None where that is nothing."""
    story = Story(session, telling)
    turns = [*_turns(story, entries), *story.end()]
    workflow = story.workflow
    return workflow and replace(workflow, children=tuple(turns))


def _turns(story: Story, entries: Iterable[Entry]) -> Iterator[Span]:
    for entry in entries:
        yield from story.hear(entry)


def _began(reply: Reply) -> datetime:
    return reply.began if isinstance(reply, Written) else reply.at


def _status(session: Session) -> str:
    if session.status is not None:
        return session.status
    return "waiting" if session.phase == "approving" else "interrupted"
