"""What happened in one entry? A few lines for a person, the same in a live view and in a transcript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from orchestrator.engine import Session, evolve
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import (
    Agreed,
    Approved,
    Asked,
    Denied,
    Ended,
    Event,
    FactChanged,
    Fell,
    FellBack,
    GateReached,
    Heard,
    Held,
    Lapsed,
    Opened,
    Refused,
    Reserved,
    Settled,
    SpendRaised,
    Stopped,
    Tabled,
    Unsettled,
)
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Ruling
from orchestrator.messages.reply import Interrupted
from orchestrator.messages.terms import Terms
from orchestrator.report.clean import clean
from orchestrator.report.figures import label, listed, named, short, short_id, stated

__all__ = ["Line", "Tone", "finding_line", "tell"]

Tone: TypeAlias = Literal["move", "words", "refused", "finding", "fall", "gate", "end", "aside"]
"""What kind of line it is, so that a terminal may colour it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a telling, safe to print."""

    tone: Tone
    text: str
    role: str = ""
    """Whose doing it is, where it is a role's."""


def tell(session: Session, entry: Entry, *, words: int | None = None) -> Iterator[Line]:
    """Yield what happened in the entry that follows on `session`, with at most `words` characters of what was said."""
    for event in entry.events:
        yield from _tell(session, event, words)
        session = evolve(session, event)
    if isinstance(entry.reply, Interrupted):
        yield Line(tone="aside", text=f"interrupted: {clean(entry.reply.why, 300)}")


def finding_line(finding: Finding) -> str:
    """Return a finding in one line: where, which code, and the reason."""
    where = f"{finding.path}: " if finding.path else ""
    return clean(f"{where}{finding.message} ({finding.code})", 400)


def _tell(session: Session, event: Event, words: int | None) -> Iterator[Line]:  # noqa: C901 - one line for each event
    match event:
        case Tabled():
            yield from _moved(session, event, words)
        case Refused():
            yield from _refused(session, event)
        case FellBack():
            does = {"strategy": "a strategy writes for it", "hold": "it holds", "escalate": "a person must decide"}[event.to]
            yield Line(tone="fall", role=event.role, text=f"{event.role} used up its repairs: {does}")
        case Held():
            yield Line(tone="move", role=event.role, text=f"round {session.round} · {event.role} says nothing")
        case Fell():
            yield from _fallen(event)
        case Opened():
            yield from _opened(event)
        case Stopped():
            yield Line(tone="end", text=f"stopped at a bound of spending: {event.bound}")
        case SpendRaised():
            yield Line(tone="aside", text="more may be spent")
        case Lapsed():
            yield Line(tone="aside", role=event.role, text=f"{event.role}'s model was asked and never answered")
        case Heard() | Reserved():
            return
        case _:
            yield from _closing(event)


_Closing: TypeAlias = Settled | Unsettled | GateReached | Asked | Approved | Denied | FactChanged | Agreed | Ended


def _closing(event: _Closing) -> Iterator[Line]:
    match event:
        case Settled():
            yield Line(tone="gate", text=f"settled: {listed(event.backers)} back {short_id(event.offer)}")
        case Unsettled():
            return  # the fall that follows says why
        case GateReached():
            yield Line(tone="gate", text=f"gate {event.gate} reached: {event.approver} must approve {short_id(event.offer)}")
        case Asked():
            yield Line(tone="gate", text=f"gate {event.gate}: waiting for an answer")
        case Approved() | Denied():
            yield Line(tone="gate", text=_ruling(event.ruling))
        case FactChanged():
            yield Line(tone="aside", text=f"fact {event.fact.name} is now {clean(stated(event.fact), 200)}")
        case Agreed():
            yield Line(tone="end", text=f"agreed on {short_id(event.offer)}, digest {event.digest[:16]}")
        case Ended():
            if event.status == "no_agreement":
                yield Line(tone="end", text=f"no agreement ({event.reason})")


def _moved(session: Session, event: Tabled, words: int | None) -> Iterator[Line]:
    move = event.move
    did = {
        "propose": f"proposes {short_id(move.id)}: {_offer(session, move.sender, move.terms)}",
        "accept": f"accepts {short_id(move.offer)}",
        "reject": f"rejects {short_id(move.offer)}",
        "withdraw": f"withdraws {short_id(move.offer)}",
        "inform": "informs",
        "query": "asks",
        "escalate": "hands the matter to a person",
    }[move.act]
    yield Line(tone="move", role=move.sender, text=f"round {move.round} · {_who(session, move.sender)} {did}")
    if move.withheld:
        yield Line(tone="finding", role=move.sender, text="its words were withheld")
    elif move.text:
        yield Line(tone="words", role=move.sender, text=f'"{clean(move.text, words)}"')
    for finding in event.findings:
        yield Line(tone="finding", role=move.sender, text=finding_line(finding))


def _who(session: Session, role: str) -> str:
    return f"{role}'s strategy" if session.fallback == "strategy" else role


def _offer(session: Session, sender: str, terms: Terms) -> str:
    before = named(next((move.terms for move in session.proposals if move.sender == sender), ()))
    now = named(terms)
    changes: list[str] = []
    for issue in session.agenda.issues:
        old, new = before.get(issue.name), now.get(issue.name)
        if new is not None and new != old:
            changes.append(f"{label(issue.name)} {short(new, issue)}" + (f" (was {short(old, issue)})" if old else ""))
    left_open = [label(issue.name) for issue in session.agenda.issues if issue.name not in now]
    if left_open:
        changes.append(f"open: {listed(left_open)}")
    same = len(now) - sum(1 for name in now if now[name] != before.get(name))
    if same and before:
        changes.append(f"{same} as before")
    return ", ".join(changes)


def _refused(session: Session, event: Refused) -> Iterator[Line]:
    text = f"round {session.round} · {_who(session, event.role)} is refused (draft {event.attempt + 1})"
    yield Line(tone="refused", role=event.role, text=text)
    for finding in event.findings:
        yield Line(tone="finding", role=event.role, text=finding_line(finding))


def _fallen(event: Fell) -> Iterator[Line]:
    if event.fall.why == "superseded":
        return
    yield Line(tone="fall", text=_fall(event.fall))
    for finding in event.findings:
        yield Line(tone="finding", role=event.fall.sender, text=finding_line(finding))


def _fall(fall: Fall) -> str:
    how = {
        "superseded": "superseded",
        "withdrawn": "withdrawn",
        "rejected": f"rejected by {fall.by}",
        "expired": "expired",
        "fact_changed": "a fact has changed" if not fall.reason else fall.reason,
        "denied": f"denied by {fall.by}",
        "unfit": "unfit to bind",
    }[fall.why]
    reason = f": {fall.reason}" if fall.reason and fall.why != "fact_changed" else ""
    return clean(f"{short_id(fall.offer)} of {fall.sender} falls: {how}{reason}", 400)


def _opened(event: Opened) -> Iterator[Line]:
    if event.offer is not None:
        yield Line(tone="aside", text=f"the terms agreed before stand as {short_id(event.offer.id)}")
    if event.findings:
        yield Line(tone="refused", text="the terms agreed before cannot stand any more")
    for finding in event.findings:
        yield Line(tone="finding", text=finding_line(finding))


def _ruling(ruling: Ruling) -> str:
    done = "approved" if ruling.approved else "denied"
    when = " (given beforehand)" if ruling.beforehand else ""
    note = f": {ruling.note}" if ruling.note else ""
    return clean(f"gate {ruling.gate} {done} by {ruling.by}{when}{note}", 400)
