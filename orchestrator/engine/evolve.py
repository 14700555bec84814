"""What does an event change? One total function from session and event to session."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from orchestrator.engine.account import RoleTokens
from orchestrator.engine.accounts import charged, raised
from orchestrator.engine.changes import Changes, Due
from orchestrator.engine.course import Mark, after
from orchestrator.engine.records import recorded
from orchestrator.engine.session import TRANSITIONS, Session
from orchestrator.messages.auction import Auction
from orchestrator.messages.counter import Countered
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
from orchestrator.messages.move import Backing, Move, Offer, WhyFallen
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.pot import Pledged, RoomKnown
from orchestrator.messages.question import AtGates, Explained, Questioned
from orchestrator.messages.reopening import Learned, PotsKnown, Reopened
from orchestrator.messages.settings import SeatModel
from orchestrator.messages.step import Froze, Placed, Refuted, Stepped, Thawed
from orchestrator.messages.value import Digest, OfferId, RoleName

__all__ = ["evolve", "life_of"]

_NEWS: tuple[WhyFallen, ...] = ("denied", "unfit", "fact_changed")
"""Offers that fall so were not the roles' own doing: the talk has something new to answer, and gets its rounds for it."""


def evolve(session: Session, event: Event) -> Session:
    """Return the session after the event. An event that its phase does not know leads to `impossible`."""
    changes = _changes(session, event)
    changes["phase"] = TRANSITIONS.get((session.phase, event.kind), "impossible")
    if event.kind in ("tabled", "refused", "fell", "agreed"):
        changes["records"] = recorded(session.records, session.offers, event)
    return session.but(**changes)


def life_of(session: Session, expires: int | None) -> int:
    """Return for how many turns an offer stands that asks for `expires` rounds; a bid stands to the end of the bidding."""
    if isinstance(session.agenda.pattern_rules, Auction):
        return (session.stop.rounds + 1) * len(session.roles)
    most = session.stop.offer_ttl_rounds
    return max(1, min(most if expires is None else expires, most)) * len(session.roles)


def _changes(session: Session, event: Event) -> Changes:  # noqa: C901, PLR0911, PLR0912 - one line for each event
    match event:
        case Heard():
            accounts = charged(session, event) if session.fallback is None else session.accounts
            tokens = _with_tokens(session.tokens, event)
            return Changes(
                millis=session.millis + event.millis,
                thought=_thought(session, event),
                tokens=tokens,
                accounts=accounts,
                request=None,
            )
        case Reserved():
            return Changes(request=event)
        case Lapsed():
            return Changes(accounts=charged(session, event), request=None)
        case Stopped():
            return Changes(status="stopped", reason="spending", bound=event.bound)
        case SpendRaised():
            return Changes(accounts=raised(session.accounts, event), status=None, reason=None, bound="")
        case Tabled() | Held():
            return _next_turn(session, event)
        case Refused():
            return Changes(attempt=session.attempt + 1, findings=event.findings, refusals=session.refusals + 1)
        case FellBack():
            return Changes(fallback=event.to)
        case Fell():
            return _dropped(session, event)
        case Learned():
            return Changes(facts=_with_fact(session.facts, event.fact))
        case PotsKnown():
            return Changes(aftermath=replace(session.aftermath, pots=event.pots))
        case Reopened():
            return Changes(aftermath=replace(session.aftermath, reopened=(*session.aftermath.reopened, event)))
        case Stepped() | Placed() | Refuted() | Froze() | Thawed():
            return _turned(session, event)
        case RoomKnown():
            return Changes(rooms=event.rooms)
        case Pledged():
            return Changes(pledges=(*(each for each in session.pledges if each.pot != event.pot), event))
        case _:
            return _towards_agreement(session, event)


_Closing = (
    Opened | Seated | AtGates | Settled | Unsettled | GateReached | Asked | Approved | Denied | FactChanged | Agreed | Ended
)


def _towards_agreement(session: Session, event: _Closing) -> Changes:  # noqa: C901, PLR0911, PLR0912 - one line for each event
    match event:
        case Opened():
            return Changes(offers=(event.offer,) if event.offer else ())
        case Seated():
            return Changes(seats=_with_seat(session.seats, event.seat))
        case Settled():
            return Changes(settled=event.offer)
        case Unsettled():
            return Changes(settled=None, gates=(), asked=(), dues=(), question=None)
        case Countered():
            return Changes(
                offers=(*session.offers, event.offer),
                counters=(*session.counters, event),
                changed_turn=session.turn,
            )
        case Questioned():
            return Changes(question=event)
        case Explained():
            return Changes(question=None)
        case GateReached():
            return Changes(gates=(*session.gates, event.gate))
        case Asked():
            dues = session.dues if event.due is None else (*session.dues, Due(event.gate, event.due))
            return Changes(asked=(*session.asked, event.gate), dues=dues)
        case Approved() | Denied():
            return Changes(rulings=(*session.rulings, event.ruling))
        case FactChanged():
            return Changes(facts=_with_fact(session.facts, event.fact), counters=())
        case Agreed():
            return Changes(terms=event.terms, digest=event.digest, backers=event.backers)
        case Ended():
            return Changes(status=event.status, reason=event.reason)
        case _:
            assert_never(event)


def _turned(session: Session, event: Stepped | Placed | Refuted | Froze | Thawed) -> Changes:
    changes = Changes(course=after(session.course, event, _mark(session)))
    if isinstance(event, Stepped):
        changes["changed_turn"] = session.turn
    elif isinstance(event, Placed):
        changes["changed_turn"] = session.turn
        changes["offers"] = (*session.offers, event.offer)
        backing = session.backing
        for role in event.backers:
            backing = _with_backing(backing, role, event.offer.id)
        changes["backing"] = backing
    return changes


def _mark(session: Session) -> Mark:
    total = next(account for account in session.accounts if account.role is None)
    return Mark(
        turn=session.turn,
        millis=session.millis,
        calls=total.calls,
        tokens=total.tokens,
        usd=total.usd,
        waited=total.millis,
    )


def _next_turn(session: Session, event: Tabled | Held) -> Changes:
    changes = Changes(turn=session.turn + 1, attempt=0, findings=(), fallback=None)
    if isinstance(event, Tabled):
        changes["moves"] = (*session.moves, event.move)
        changes["entries"] = (*session.entries, session.seq)
        changes["times"] = (*session.times, session.millis)
        _remark(session, event, changes)
        _place(session, event.move, changes)
        if event.changed:
            changes["changed_turn"] = session.turn + 1
    return changes


def _remark(session: Session, event: Tabled, changes: Changes) -> None:
    sender = event.move.sender
    remarks = tuple(finding for finding in event.findings if finding.code.startswith("context."))
    if remarks or session.remarks:
        others = (each for each in session.remarks if each[0] != sender)
        changes["remarks"] = (*others, (sender, remarks)) if remarks else tuple(others)


def _place(session: Session, move: Move, changes: Changes) -> None:
    if move.act == "propose" and move.digest is not None:
        changes["offers"] = (*session.offers, _offer_of(session, move, move.digest))
        changes["proposals"] = (*(proposal for proposal in session.proposals if proposal.sender != move.sender), move)
        changes["backing"] = _with_backing(session.backing, move.sender, move.id)
    elif move.act == "accept" and move.offer is not None:
        changes["backing"] = _with_backing(session.backing, move.sender, move.offer)
    elif move.act == "reject":
        kept = (entry for entry in session.backing if (entry.role, entry.offer) != (move.sender, move.offer))
        changes["backing"] = tuple(kept)


def _offer_of(session: Session, move: Move, digest: Digest) -> Offer:
    return Offer(
        id=move.id,
        sender=move.sender,
        terms=move.terms,
        digest=digest,
        turn=move.turn,
        falls=move.turn + life_of(session, move.expires),
        assumes=move.assumes,
        conditions=move.conditions,
        version=move.version,
        revises=move.revises,
    )


def _with_backing(backing: tuple[Backing, ...], role: RoleName, offer: OfferId) -> tuple[Backing, ...]:
    return (*(entry for entry in backing if entry.role != role), Backing(role=role, offer=offer))


def _dropped(session: Session, event: Fell) -> Changes:
    gone = event.fall.offer
    return Changes(
        offers=tuple(offer for offer in session.offers if offer.id != gone),
        backing=tuple(entry for entry in session.backing if entry.offer != gone),
        falls=(*session.falls, event.fall),
        changed_turn=session.turn if event.fall.why in _NEWS else session.changed_turn,
    )


def _thought(session: Session, event: Heard) -> int:
    """Return how long people have taken to write; a strategy that stands in for one takes no time of theirs."""
    return session.thought + (event.millis if event.role in session.people and session.fallback is None else 0)


def _with_seat(seats: tuple[SeatModel, ...], new: SeatModel) -> tuple[SeatModel, ...]:
    return (*(seat for seat in seats if seat.role != new.role), new)


def _with_fact(facts: tuple[Fact, ...], new: Fact) -> tuple[Fact, ...]:
    if all(fact.name != new.name for fact in facts):
        return (*facts, new)
    return tuple(new if fact.name == new.name else fact for fact in facts)


def _with_tokens(tokens: tuple[RoleTokens, ...], event: Heard) -> tuple[RoleTokens, ...]:
    return tuple(
        replace(entry, prompt=entry.prompt + event.prompt_tokens, reply=entry.reply + event.reply_tokens)
        if entry.role == event.role
        else entry
        for entry in tokens
    )
