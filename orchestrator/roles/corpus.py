"""Which drafts does a corpus hold, and what did their senders see? Labelled cases of JSON Lines, with the view of each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pydantic import JsonValue

from orchestrator.errors import UsageError
from orchestrator.messages.draft import Act
from orchestrator.messages.finding import Kind
from orchestrator.messages.move import Backing, Fall, Move, Offer, Ruling, WhyFallen
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Terms, digest_of_terms
from orchestrator.messages.value import Digest, OfferId, RoleName, SessionId, Value
from orchestrator.messages.view import Reader, View, agenda_of
from orchestrator.roles.caselines import Labelled, read_cases

__all__ = ["Case", "Message", "OnRecord", "Place", "read_corpus", "view_of_case"]

_Plain: TypeAlias = dict[str, JsonValue]
_NEVER = 1_000_000


class Message(Value):
    """A message that was admitted before the draft."""

    id: OfferId
    sender: RoleName
    act: Act
    terms: _Plain | None = None
    offer: OfferId | None = None
    text: str = ""
    evidence: tuple[str, ...] = ()


class OnRecord(Value):
    """An approval that was given for exactly one offer."""

    gate: str
    by: str
    offer: OfferId


class Case(Labelled):
    """A draft with what came before it and what is wrong with it; no kinds mean that it is fit to admit."""

    history: tuple[Message, ...] = ()
    approvals: tuple[OnRecord, ...] = ()
    draft: _Plain
    kinds: tuple[Kind, ...] = ()
    spans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A case and where it stands."""

    file: Path
    line: int
    case: Case

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def read_corpus(path: Path) -> tuple[Place, ...]:
    """Read all cases of a file. Raises UsageError with the file and line of every mistake."""
    return tuple(Place(file=path, line=line, case=case) for line, case in read_cases(path, Case))


def view_of_case(place: Place, negotiation: Negotiation, read: Reader, *, reserve: float | None = 0.0) -> View:
    """Return what the sender of a draft saw. Labels know no reserve, so it counts as 0; None keeps the mandate's own.

    Raises UsageError where the case does not fit the negotiation.
    """
    case = place.case
    seat = next((seat for seat in negotiation.roles if seat.name == case.sender), None)
    if seat is None:
        known = ", ".join(role.name for role in negotiation.roles)
        raise UsageError(f"{place}: sender {case.sender!r} is no role of {negotiation.name!r}", hint=f"its roles: {known}")
    empty = View(
        session=SessionId("corpus-0000"),
        role=seat.name,
        agenda=agenda_of(negotiation),
        mandate=seat.mandate if reserve is None else seat.mandate.model_copy(update={"reserve": reserve}),
        words="grounded",
        facts=tuple(fact for fact in negotiation.facts if case.sender in fact.visible_to),
    )
    moves = tuple(_moves(place, empty, read))
    table = _Table.after(moves)
    return View(
        session=empty.session,
        role=empty.role,
        agenda=empty.agenda,
        mandate=empty.mandate,
        words=empty.words,
        facts=empty.facts,
        turn=len(moves),
        round=1 + len(moves) // len(negotiation.roles),
        offers=tuple(table.standing.values()),
        backing=tuple(Backing(role=role, offer=offer) for role, offer in table.backed.items()),
        moves=moves,
        falls=tuple(table.falls),
        rulings=tuple(_rulings(case, moves)),
    )


def _moves(place: Place, view: View, read: Reader) -> Iterator[Move]:
    roles = view.agenda.roles
    for turn, message in enumerate(place.case.history):
        if message.sender not in roles:
            raise UsageError(f"{place}: {message.id}: {message.sender!r} is no role", hint=f"its roles: {', '.join(roles)}")
        terms = _terms(place, message, view, read)
        yield Move(
            id=message.id,
            sender=message.sender,
            turn=turn,
            round=1 + turn // len(roles),
            act=message.act,
            terms=terms,
            offer=message.offer,
            digest=digest_of_terms(terms) if terms else None,
            text=message.text,
            evidence=message.evidence,
        )


def _terms(place: Place, message: Message, view: View, read: Reader) -> Terms:
    """Return the typed terms of a message, read as those of a draft are."""
    if not message.terms:
        return ()
    reading = read(json.dumps({"act": "propose", "terms": message.terms}), view)
    if reading.draft is None or reading.findings:
        why = "; ".join(finding.message for finding in reading.findings)
        raise UsageError(f"{place}: {message.id}: {why}", hint="terms must fit the issues of the scenario file")
    return reading.draft.terms


def _rulings(case: Case, moves: tuple[Move, ...]) -> Iterator[Ruling]:
    digests: Mapping[OfferId, Digest] = {move.id: move.digest for move in moves if move.digest}
    for given in case.approvals:
        digest = digests.get(given.offer, digest_of_terms(()))
        yield Ruling(gate=given.gate, by=given.by, approved=True, offer=given.offer, digest=digest)


@dataclass(frozen=True, slots=True)
class _Table:
    """What stands after some moves: a new offer supersedes its sender's last one, and a rejection ends an offer."""

    standing: dict[OfferId, Offer]
    backed: dict[RoleName, OfferId]
    falls: list[Fall]

    @classmethod
    def after(cls, moves: tuple[Move, ...]) -> _Table:
        table = cls({}, {}, [])
        for move in moves:
            table.take(move)
        return table

    def take(self, move: Move) -> None:
        match move.act:
            case "propose":
                for offer in [offer for offer in self.standing.values() if offer.sender == move.sender]:
                    self._fall(offer, "superseded", move)
                digest = move.digest or digest_of_terms(move.terms)
                self.standing[move.id] = Offer(
                    id=move.id, sender=move.sender, terms=move.terms, digest=digest, turn=move.turn, falls=_NEVER
                )
                self.backed[move.sender] = move.id
            case "accept" if move.offer in self.standing and move.offer:
                self.backed[move.sender] = move.offer
            case "reject" | "withdraw" if move.offer in self.standing and move.offer:
                self._fall(self.standing[move.offer], "rejected" if move.act == "reject" else "withdrawn", move)
            case _:
                pass

    def _fall(self, offer: Offer, why: WhyFallen, move: Move) -> None:
        del self.standing[offer.id]
        for role in [role for role, backed in self.backed.items() if backed == offer.id]:
            del self.backed[role]
        self.falls.append(Fall(offer=offer.id, sender=offer.sender, why=why, by=move.sender, turn=move.turn))
