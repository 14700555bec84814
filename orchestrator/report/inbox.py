"""What must a person see who approves? What changed, what is unusual, what the others did, and why each term is as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Refused, Tabled
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import DateIssue, Issue, NumberIssue
from orchestrator.messages.reasons import needs_reason
from orchestrator.messages.terms import Term, Terms, position
from orchestrator.messages.utility import utility
from orchestrator.messages.value import RoleName
from orchestrator.report.clean import clean
from orchestrator.report.context import sent, warnings
from orchestrator.report.explain import explanation_lines
from orchestrator.report.figures import label, listed, named, plural, said, short

__all__ = ["Inbox", "inbox_lines", "unusual"]

_NEAR = 0.05
"""Of utility: a role that settles for so little above its reserve has given nearly all that it may."""
_LEAST_EARLIER = 3
"""Earlier agreements from which on it is worth saying that a value lies outside all of theirs."""
_DOUBTFUL = 0.7
"""Confidence of a fact below which an approver should know that somebody rests on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What waits for a person, and what it can be compared with."""

    session: Session
    entries: Sequence[Entry]
    offer: Offer
    earlier: tuple[Terms, ...] = ()
    """What earlier sessions of the same negotiation agreed on, in the same journal."""


def inbox_lines(inbox: Inbox) -> Iterator[str]:
    """Yield what the approver reads, section by section; a heading is a line that ends with a colon."""
    changes = tuple(_changes(inbox))
    yield f"What changed {_since(inbox)}:"
    yield from changes or ("nothing",)
    yield "What is unusual:"
    yield from tuple(unusual(inbox)) or ("nothing that code can see",)
    yield "What the roles did:"
    yield from _conduct(inbox)
    yield "Why each term is as it is:"
    yield from explanation_lines(inbox.session, inbox.offer.terms)
    if any(needs_reason(inbox.session.agenda, gate) for gate in inbox.session.gates):
        yield "A reason is asked for:"
        yield "say with --note why you approve or deny; a decision without one does not count"


def unusual(inbox: Inbox) -> Iterator[str]:
    """Yield what is out of the ordinary about the terms, as far as ranges, reserves, facts and earlier agreements tell."""
    session, terms = inbox.session, named(inbox.offer.terms)
    for issue in session.agenda.issues:
        term = terms.get(issue.name)
        if term is None:
            continue
        if end := _at_its_end(issue, term):
            yield f"{label(issue.name)} is at its {end}, {said(term, issue)}"
        if outside := _outside(issue, term, inbox.earlier):
            yield outside
    for role in session.roles:
        left = utility(role.mandate, inbox.offer.terms) - role.mandate.reserve
        if role.mandate.worths and 0 <= left < _NEAR:
            yield f"{role.name} gains {left:.2f} above its reserve: it has given nearly all that it may"
    yield from _doubtful(inbox)
    if session.turn <= len(session.roles):
        yield "it was settled in the first round"
    yield from warnings(session, inbox.offer)


def _since(inbox: Inbox) -> str:
    before = _before(inbox)
    return f"since {before[0]}" if before else "since the talk began"


def _before(inbox: Inbox) -> tuple[str, Terms] | None:
    """Return what the terms are compared with: the last offer that was ruled on, the agreement before, or the offer before."""
    session, offer = inbox.session, inbox.offer
    by_id = {move.id: move for move in session.moves}
    ruled = next((ruling for ruling in reversed(session.rulings) if ruling.offer != offer.id and ruling.offer in by_id), None)
    if ruled is not None:
        done = "approved" if ruled.approved else "denied"
        return f"the offer that {clean(ruled.by, 80)} {done}", by_id[ruled.offer].terms
    if session.settings.precedent:
        return "the agreement that this one supersedes", session.settings.precedent
    own = [move for move in session.moves if move.sender == offer.sender and move.act == "propose" and move.id != offer.id]
    return (f"the offer of {offer.sender} before it", own[-1].terms) if own else None


def _changes(inbox: Inbox) -> Iterator[str]:
    before = _before(inbox)
    old = named(before[1] if before else ())
    for issue in inbox.session.agenda.issues:
        term = named(inbox.offer.terms).get(issue.name)
        was = old.get(issue.name)
        if term is not None and term != was:
            yield f"{label(issue.name)} {short(term, issue)}" + (f" (was {short(was, issue)})" if was else " (new)")


def _at_its_end(issue: Issue, term: Term) -> str:
    if isinstance(issue, NumberIssue | DateIssue) and term.value == issue.max:
        return "largest" if isinstance(issue, NumberIssue) else "last day"
    if isinstance(issue, NumberIssue | DateIssue) and term.value == issue.min:
        return "smallest" if isinstance(issue, NumberIssue) else "first day"
    return ""


def _outside(issue: Issue, term: Term, earlier: tuple[Terms, ...]) -> str:
    values = [named(terms)[issue.name] for terms in earlier if issue.name in named(terms)]
    if len(values) < _LEAST_EARLIER:
        return ""
    figures = [value for value in map(position, values) if value is not None]
    place = position(term)
    if place is None or not figures:
        is_new = all(value != term for value in values)
        return f"{label(issue.name)} {short(term, issue)} was never agreed in {len(values)} earlier sessions" if is_new else ""
    if min(figures) <= place <= max(figures):
        return ""
    low, high = min(values, key=_key), max(values, key=_key)
    return (
        f"{label(issue.name)} {short(term, issue)} lies outside {short(low, issue)} to {short(high, issue)}, "
        f"where {len(values)} earlier sessions agreed"
    )


def _key(term: Term) -> Decimal:
    return position(term) or Decimal(0)


def _doubtful(inbox: Inbox) -> Iterator[str]:
    cited = {name for move in inbox.session.moves for name in (*move.evidence, *move.assumes)}
    for fact in inbox.session.facts:
        if fact.name in cited and fact.confidence < _DOUBTFUL:
            yield f"fact {fact.name} is cited, though its confidence is {fact.confidence:g} (source {clean(fact.source, 80)})"


def _conduct(inbox: Inbox) -> Iterator[str]:
    words = {entry.role: entry for entry in sent(inbox.session)}
    for role in inbox.session.roles:
        told = [*_refusals(inbox, role.name), *_falls(inbox, role.name)]
        said_ = words.get(role.name)
        if said_ is not None and said_.withheld:
            told.append(f"{said_.withheld} {plural(said_.withheld, 'message')} withheld")
        if said_ is not None and said_.flagged:
            told.append(f"{len(said_.flagged)} {plural(len(said_.flagged), 'message')} flagged as flood")
        if said_ is not None and said_.cut:
            told.append(f"{said_.cut:,} tokens of words cut")
        yield f"{role.name}: {listed(told) if told else 'nothing was found'}"


def _refusals(inbox: Inbox, role: RoleName) -> Iterator[str]:
    events = [event for entry in inbox.entries for event in entry.events]
    refused = [event for event in events if isinstance(event, Refused) and event.role == role]
    if refused:
        codes = list(dict.fromkeys(finding.code for event in refused for finding in event.findings))
        yield f"{len(refused)} {plural(len(refused), 'draft')} refused ({listed(codes[:4])})"
    notes = [
        finding.code
        for event in events
        if isinstance(event, Tabled) and event.move.sender == role
        for finding in event.findings
        if not finding.code.startswith("context.")
    ]
    if notes:
        yield f"{len(notes)} {plural(len(notes), 'finding')} in its words ({listed(list(dict.fromkeys(notes))[:4])})"


def _falls(inbox: Inbox, role: RoleName) -> Iterator[str]:
    for why in ("withdrawn", "rejected"):
        fallen = [fall for fall in inbox.session.falls if fall.why == why and fall.sender == role]
        if fallen:
            yield f"{len(fallen)} {plural(len(fallen), 'offer')} {why}"
