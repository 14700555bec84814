"""What happened in one entry? A few lines for a person, the same in a live view and in a transcript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from orchestrator.engine import Session, evolve
from orchestrator.engine.patterns.bidding import is_sealed
from orchestrator.messages.counter import Countered
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
    Seated,
    Settled,
    SpendRaised,
    Stopped,
    Tabled,
    Unsettled,
)
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Ruling
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.pot import Pledged, RoomKnown
from orchestrator.messages.question import AtGates, Explained, Questioned
from orchestrator.messages.reopening import Learned, PotsKnown, Reopened
from orchestrator.messages.reply import Interrupted, PotsRead
from orchestrator.messages.step import Froze, Placed, Refuted, Stepped, Thawed
from orchestrator.messages.terms import Terms
from orchestrator.report.clean import clean
from orchestrator.report.figures import label, listed, moment, named, ruled_by, short, short_id, stated
from orchestrator.report.pledges import pledged

__all__ = ["Line", "Tone", "finding_line", "tell", "tell_event"]

Tone: TypeAlias = Literal["move", "words", "refused", "finding", "fall", "gate", "end", "aside"]
"""What kind of line it is, so that a terminal may colour it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a telling, safe to print."""

    tone: Tone
    text: str
    role: str = ""
    """Whose doing it is, where it is a role's."""


def tell(session: Session, entry: Entry, *, words: int | None = None, live: bool = False) -> Iterator[Line]:
    """Yield what happened in the entry that follows on `session`, with at most `words` characters of what was said.

    In a `live` view sealed bids stay sealed until the bidding is closed.
    """
    for event in entry.events:
        if live and isinstance(event, Tabled) and is_sealed(session, event.move.sender):
            does = "hands in a sealed bid" if event.move.act == "propose" else "has its turn"
            yield Line(tone="move", role=event.move.sender, text=f"round {event.move.round} · {event.move.sender} {does}")
        elif live and isinstance(event, Refused) and is_sealed(session, event.role):
            text = f"round {session.round} · {event.role} is refused (draft {event.attempt + 1})"
            yield Line(tone="refused", role=event.role, text=text)
        else:
            yield from tell_event(session, event, words)
        session = evolve(session, event)
    if isinstance(entry.reply, PotsRead) and entry.reply.lost:
        yield Line(tone="aside", text=f"another talk was quicker: pot {entry.reply.lost} has less left than was known")
    if isinstance(entry.reply, Interrupted):
        yield Line(tone="aside", text=f"interrupted: {clean(entry.reply.why, 300)}")


def finding_line(finding: Finding) -> str:
    """Return a finding in one line: where, which code, and the reason."""
    where = f"{finding.path}: " if finding.path else ""
    return clean(f"{where}{finding.message} ({finding.code})", 400)


def tell_event(session: Session, event: Event, words: int | None = None) -> Iterator[Line]:  # noqa: C901, PLR0912 - one line an event
    """Yield what one event does to a session."""
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
            who = event.role if event.role in session.people else f"{event.role}'s model"
            does = "left the seat" if event.left else "was asked and never answered"
            yield Line(tone="aside", role=event.role, text=f"{who} {does}")
        case Heard() | Reserved() | RoomKnown() | PotsKnown():
            return
        case Pledged():
            yield Line(tone="aside", text=pledged(session, event))
        case Stepped() | Placed() | Refuted() | Froze() | Thawed() | Seated():
            yield from _turned(session, event)
        case _:
            yield from _closing(session, event)


def _turned(session: Session, event: Stepped | Placed | Refuted | Froze | Thawed | Seated) -> Iterator[Line]:
    match event:
        case Seated():
            yield Line(tone="aside", role=event.seat.role, text=_seated(event))
        case Stepped():
            yield Line(tone="gate", text=clean(f"step {event.step.name}: {event.step.says}", 400))
        case Placed():
            backers = f", backed by {listed(event.backers)}" if event.backers else ""
            says = f" ({clean(event.says, 200)})" if event.says else ""
            terms = _offer(session, event.offer.sender, event.offer.terms)
            yield Line(tone="move", text=f"the rules place {short_id(event.offer.id)}{backers}: {terms}{says}")
        case Refuted():
            rules = listed([repr(rule) for rule in event.rules]) if event.rules else "nothing that can be named"
            yield Line(tone="fall", text=clean(f"no whole plan was found for {short_id(event.offer)}: {rules}", 400))
        case Froze():
            yield Line(tone="end", text=clean(f"frozen: {event.why}; {event.person} must look at it", 400))
        case Thawed():
            note = f": {event.note}" if event.note else ""
            does = "lets it go on" if event.goes_on else "ends it"
            yield Line(tone="gate", text=clean(f"{event.by} {does}{note}", 400))


_Closing: TypeAlias = (
    AtGates | Settled | Unsettled | GateReached | Asked | Approved | Denied | FactChanged | Agreed | Ended | Learned | Reopened
)


def _closing(session: Session, event: _Closing) -> Iterator[Line]:  # noqa: C901, PLR0912 - one line for each event
    match event:
        case Settled():
            yield Line(tone="gate", text=f"settled: {listed(event.backers)} back {short_id(event.offer)}")
        case Unsettled():
            return  # the fall that follows says why
        case GateReached():
            yield Line(tone="gate", text=f"gate {event.gate} reached: {event.approver} must approve {short_id(event.offer)}")
        case Countered():
            terms = _offer(session, event.offer.sender, event.offer.terms)
            yield Line(tone="gate", text=f"{clean(event.by, 80)} asks for {short_id(event.offer.id)} instead: {terms}")
        case Questioned():
            text = f'{event.by} asks {event.to}: "{event.question}"'
            yield Line(tone="gate", text=clean(text, 600))
        case Explained():
            said = f'answers: "{event.text}"' if event.text else f"does not answer: {event.why}"
            yield Line(tone="words", role=event.role, text=clean(f"{event.role} {said}", 2_000))
        case Asked():
            until = "" if event.due is None else f" until {moment(event.due)}; then the answer is no"
            yield Line(tone="gate", text=f"gate {event.gate}: waiting for an answer{until}")
        case Approved() | Denied():
            yield Line(tone="gate", text=_ruling(event.ruling))
        case Reopened():
            yield Line(tone="end", text=_reopened(event))
        case FactChanged() | Learned():
            yield Line(tone="aside", text=f"fact {event.fact.name} is now {clean(stated(event.fact), 200)}")
        case Agreed():
            yield Line(tone="end", text=f"agreed on {short_id(event.offer)}, digest {event.digest[:16]}")
        case Ended():
            if event.status == "no_agreement":
                yield Line(tone="end", text=f"no agreement ({event.reason})")


def _reopened(event: Reopened) -> str:
    cause = event.cause
    why = f"{listed([repr(name) for name in cause.triggers])} fired, {cause.why}" if cause else "a person amends it"
    return clean(f"reopened as {event.successor}: {why}", 400)


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
    sure = f" (confidence {move.confidence:g})" if move.confidence is not None else ""
    yield Line(tone="move", role=move.sender, text=f"round {move.round} · {_who(session, move.sender)} {did}{sure}")
    if move.withheld:
        yield Line(tone="finding", role=move.sender, text="its words were withheld")
    elif move.text:
        yield Line(tone="words", role=move.sender, text=f'"{clean(move.text, words)}"')
    if move.evidence:
        yield Line(tone="words", role=move.sender, text=_cited(session, move.evidence))
    for finding in event.findings:
        yield Line(tone="finding", role=move.sender, text=finding_line(finding))


def _cited(session: Session, names: tuple[str, ...]) -> str:
    """Return which facts a move cites, each with its source, day and confidence."""
    facts = {fact.name: fact for fact in session.facts}
    parts = [f"{name} ({_source(facts[name])})" if name in facts else f"{name} (no fact)" for name in names]
    return clean(f"cites {listed(parts)}", 400)


def _source(fact: Fact) -> str:
    return f"{fact.source}, {fact.as_of.isoformat()}, confidence {fact.confidence:g}"


def _seated(event: Seated) -> str:
    who = clean(event.seat.model, 80)
    return f"{event.seat.role} is now {'a person' if event.seat.is_person else 'an agent'}: {who}"


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
    when = f" (given by {ruling.leave})" if ruling.leave else " (given beforehand)" if ruling.beforehand else ""
    note = f": {ruling.note}" if ruling.note else ""
    return clean(f"gate {ruling.gate} {done} by {ruled_by(ruling)}{when}{note}", 400)
