"""What waits for whom, until when, and what happens then? One session that waits for people, for a list and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from orchestrator.engine import Session, due
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import GateReached
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer
from orchestrator.messages.question import Explained, Questioned
from orchestrator.messages.terms import Terms
from orchestrator.report.clean import clean
from orchestrator.report.context import sent, warnings
from orchestrator.report.figures import duration, label, listed, named, plural, ruled_by, short, short_id
from orchestrator.report.inbox import Inbox, unusual
from orchestrator.report.outcome import terms_json
from orchestrator.report.printed import Json
from orchestrator.report.standing import Standing

__all__ = ["Waiting", "is_for", "people_of", "questions", "waiting_json", "waiting_lines"]

_DIGEST = 12
_MOST_ALARMS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A session that waits, as somebody sees it at some time."""

    session: Session
    entries: Sequence[Entry]
    stands: Standing
    now: datetime
    approved: Terms = ()
    """What was last approved in an earlier session of the same negotiation."""

    @property
    def offer(self) -> Offer | None:
        """Return the offer that waits; None where the session waits for something else."""
        return self.stands.offer


def people_of(stands: Standing) -> tuple[str, ...]:
    """Return everybody whose word could let the session go on."""
    gates = [name for gate in stands.gates for name in gate.people]
    return tuple(dict.fromkeys([*gates, *([stands.froze.person] if stands.froze else [])]))


def is_for(stands: Standing, name: str) -> bool:
    """Return whether a session waits for this person, in whatever case the name is written."""
    return name.casefold() in (known.casefold() for known in people_of(stands))


def waiting_lines(waiting: Waiting) -> Iterator[str]:
    """Yield what a person sees of a session in the list: whose word, how long, the exact terms, and what to be wary of."""
    offer = waiting.offer
    if offer is None:
        return
    for gate in waiting.stands.gates:
        yield f"gate {gate.id}: {clean(gate.wanted, 200)}{_approved_by(waiting.session, gate)}; {_time_left(waiting, gate)}"
    yield f"offer {short_id(offer.id)}, digest {offer.digest[:_DIGEST]}: {', '.join(_terms(waiting, offer))}"
    if against := _since_approved(waiting, offer):
        yield f"against what was last approved: {', '.join(against)}"
    if waiting.session.question is not None:
        yield f"{waiting.session.question.to} has still to answer a question"
    yield from (f"! {line}" for line in _alarms(waiting, offer))


def questions(waiting: Waiting) -> Iterator[str]:
    """Yield what approvers asked about the offer that waits, and what was answered."""
    for event in _since_reached(waiting):
        if isinstance(event, Questioned):
            yield f"{clean(event.by, 80)} asked {event.to}: {clean(event.question, 500)}"
        elif isinstance(event, Explained):
            said = f"answered: {clean(event.text, 2_000)}" if event.text else f"did not answer: {clean(event.why, 200)}"
            yield f"{event.role} {said}"


def waiting_json(waiting: Waiting) -> dict[str, Json]:
    """Return the same for programs, with everything that is told of it."""
    session, offer = waiting.session, waiting.offer
    until = due(session)
    return {
        "session": session.id,
        "negotiation": session.agenda.name,
        "title": session.agenda.title,
        "reason": waiting.stands.reason,
        "waits_for": list(people_of(waiting.stands)),
        "gates": [_gate_json(waiting, gate) for gate in waiting.stands.gates],
        "due": until.isoformat() if until else None,
        "seconds_left": max(0, round((until - waiting.now).total_seconds())) if until else None,
        "then": "the answer is no" if until else "it goes on waiting",
        "offer": _offer_json(waiting, offer) if offer else None,
        "questions": list(questions(waiting)),
    }


def _gate_json(waiting: Waiting, gate: Gate) -> Json:
    until = next((each.at for each in waiting.session.dues if each.gate == gate.id), None)
    approved = [
        ruling.by for ruling in waiting.session.rulings if ruling.gate == gate.id and _is_here(waiting.session, ruling.offer)
    ]
    return {
        "gate": gate.id,
        "when": gate.when,
        "people": list(gate.people),
        "approvers": gate.approvers,
        "approved": list(approved),
        "due": until.isoformat() if until else None,
    }


def _offer_json(waiting: Waiting, offer: Offer) -> Json:
    session = waiting.session
    last = _last_offer(session, offer)
    approved = _last_approved(waiting, offer)
    return {
        "id": offer.id,
        "sender": offer.sender,
        "digest": offer.digest,
        "terms": terms_json(offer.terms),
        "last_offer": terms_json(last) if last else None,
        "last_approved": terms_json(approved) if approved else None,
        "findings": list(unusual(Inbox(session=session, entries=waiting.entries, offer=offer))),
        "alarms": list(_alarms(waiting, offer)),
    }


def _time_left(waiting: Waiting, gate: Gate) -> str:
    until = next((each.at for each in waiting.session.dues if each.gate == gate.id), None)
    if until is None:
        return "it waits for as long as it takes"
    left = (until - waiting.now).total_seconds()
    if left <= 0:
        return "its time is up: the answer is no"
    return f"{_span(left)} left, until {until:%Y-%m-%d %H:%M} UTC, then the answer is no"


def _span(seconds: float) -> str:
    days, rest = divmod(round(seconds), 86_400)
    return f"{days} d {rest // 3_600} h" if days else duration(seconds)


def _approved_by(session: Session, gate: Gate) -> str:
    given = [ruled_by(ruling) for ruling in session.rulings if ruling.gate == gate.id and _is_here(session, ruling.offer)]
    return f" ({listed([clean(name, 80) for name in given])} approved)" if given else ""


def _is_here(session: Session, offer: str) -> bool:
    return offer == session.settled


def _terms(waiting: Waiting, offer: Offer) -> Iterator[str]:
    """Yield every term exactly, with what it was in the offer before where that differs."""
    old = named(_last_offer(waiting.session, offer))
    new = named(offer.terms)
    for issue in waiting.session.agenda.issues:
        if (term := new.get(issue.name)) is None:
            continue
        was = old.get(issue.name)
        yield f"{label(issue.name)} {short(term, issue)}" + (f" (was {short(was, issue)})" if was and was != term else "")


def _since_approved(waiting: Waiting, offer: Offer) -> list[str]:
    old, new = named(_last_approved(waiting, offer)), named(offer.terms)
    pairs = ((issue, new.get(issue.name), old.get(issue.name)) for issue in waiting.session.agenda.issues)
    return [
        f"{label(issue.name)} {short(term, issue)} instead of {short(was, issue)}"
        for issue, term, was in pairs
        if term and was and term != was
    ]


def _last_offer(session: Session, offer: Offer) -> Terms:
    """Return the terms that were last settled before these, or else the last ones that their sender proposed before."""
    by_id = {move.id: move.terms for move in session.moves} | {each.offer.id: each.offer.terms for each in session.counters}
    ruled = [ruling.offer for ruling in session.rulings if ruling.offer != offer.id and ruling.offer in by_id]
    if ruled:
        return by_id[ruled[-1]]
    own = [move for move in session.moves if move.sender == offer.sender and move.act == "propose" and move.id != offer.id]
    return own[-1].terms if own else ()


def _last_approved(waiting: Waiting, offer: Offer) -> Terms:
    """Return what a person last approved: here and of other terms, in the agreement before, or in a session before."""
    session = waiting.session
    by_id = {move.id: move for move in session.moves}
    ruled = [
        ruling for ruling in session.rulings if ruling.approved and ruling.digest != offer.digest and ruling.offer in by_id
    ]
    if ruled:
        return by_id[ruled[-1].offer].terms
    return session.settings.precedent or waiting.approved


def _alarms(waiting: Waiting, offer: Offer) -> Iterator[str]:
    """Yield what the monitor says, then whose words were withheld, then what is out of the ordinary in the terms."""
    told = list(warnings(waiting.session, offer))
    withheld = [entry for entry in sent(waiting.session) if entry.withheld]
    told += [f"{entry.withheld} {plural(entry.withheld, 'message')} of {entry.role} withheld" for entry in withheld]
    inbox = Inbox(session=waiting.session, entries=waiting.entries, offer=offer)
    told += [line for line in unusual(inbox) if line not in told]
    yield from told[:_MOST_ALARMS]
    if len(told) > _MOST_ALARMS:
        yield f"and {len(told) - _MOST_ALARMS} more: 'handfast inbox {waiting.session.id}'"


def _since_reached(waiting: Waiting) -> Iterator[object]:
    found: list[object] = []
    for entry in waiting.entries:
        if any(isinstance(event, GateReached) for event in entry.events):
            found = []
        found.extend(entry.events)
    yield from found
