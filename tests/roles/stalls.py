"""What is said at a market stall? Moves and views of the negotiation in `tables/roles_base.yaml`, for tests of prompts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Backing, Fall, Move, Offer, Ruling
from orchestrator.messages.negotiation import Fact, Negotiation
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.terms import Choice, Day, Flag, Number, Terms, digest_of_terms
from orchestrator.messages.value import IssueName, OfferId, RoleName, SessionId
from orchestrator.messages.view import View, agenda_of
from orchestrator.roles.load import load_negotiation

__all__ = ["STALL", "full_terms", "inform", "offer", "propose", "view"]


def _no_rule_mistakes(_: Negotiation) -> tuple[RuleMistake, ...]:
    return ()


STALL = load_negotiation(Path(__file__).parent.parent / "tables" / "roles_base.yaml", _no_rule_mistakes)

_ROLES = (RoleName("buyer"), RoleName("seller"))


def full_terms(price: int) -> Terms:
    """Return terms with a value for every issue."""
    return (
        Number(issue=IssueName("price"), value=Decimal(price)),
        Number(issue=IssueName("days"), value=Decimal(2)),
        Choice(issue=IssueName("place"), value="square"),
        Day(issue=IssueName("start"), value=date(2027, 3, 10)),
        Flag(issue=IssueName("roof"), value=True),
    )


def propose(turn: int, terms: Terms, text: str = "") -> Move:
    """Return the proposal of the role whose turn it is."""
    return Move(
        id=OfferId(f"m{turn + 1}-test"),
        sender=_ROLES[turn % 2],
        turn=turn,
        round=turn // 2 + 1,
        act="propose",
        terms=terms,
        digest=digest_of_terms(terms),
        text=text,
    )


def inform(turn: int, text: str) -> Move:
    """Return words of the role whose turn it is."""
    return Move(
        id=OfferId(f"m{turn + 1}-test"), sender=_ROLES[turn % 2], turn=turn, round=turn // 2 + 1, act="inform", text=text
    )


def offer(move: Move, falls: int = 100) -> Offer:
    """Return the offer that a proposal puts on the table."""
    terms = move.terms
    return Offer(id=move.id, sender=move.sender, terms=terms, digest=digest_of_terms(terms), turn=move.turn, falls=falls)


def view(
    moves: Sequence[Move] = (),
    offers: Sequence[Offer] = (),
    *,
    role: str = "buyer",
    falls: Sequence[Fall] = (),
    rulings: Sequence[Ruling] = (),
    facts: Sequence[Fact] = STALL.facts,
    findings: Sequence[Finding] = (),
    attempt: int = 0,
    precedent: Terms = (),
) -> View:
    """Return what a role sees after these moves; each offer is backed by its sender."""
    seat = next(seat for seat in STALL.roles if seat.name == role)
    return View(
        session=SessionId("stall-test"),
        role=seat.name,
        agenda=agenda_of(STALL),
        mandate=seat.mandate,
        words=seat.words,
        facts=tuple(fact for fact in facts if seat.name in fact.visible_to),
        turn=len(moves),
        round=len(moves) // 2 + 1,
        offers=tuple(offers),
        backing=tuple(Backing(role=standing.sender, offer=standing.id) for standing in offers),
        moves=tuple(moves),
        falls=tuple(falls),
        rulings=tuple(rulings),
        findings=tuple(findings),
        attempt=attempt,
        precedent=precedent,
    )
