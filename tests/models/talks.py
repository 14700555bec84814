"""How do strategies talk to each other? Whole sessions without a journal, and small views by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from guards.gates import gate_book
from guards.permits import permits_of
from guards.shape import read
from guards.standard import standard_guards
from orchestrator.engine import (
    Ask,
    Complete,
    Hold,
    Prepare,
    Rules,
    SeekApproval,
    Session,
    Wait,
    advance,
    begin,
    enter,
    fresh,
    pending,
)
from orchestrator.messages.entry import Entry
from orchestrator.messages.model import Prompt
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import (
    Agreement,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
)
from orchestrator.messages.reply import Reply, Ruled, Usage, Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Number, Terms, digest_of_terms
from orchestrator.messages.value import IssueName, OfferId, RoleName, SessionId
from orchestrator.messages.view import View, agenda_of
from orchestrator.models.strategy import Strategy, StrategyName

__all__ = ["NO_PROMPT", "Talk", "bargain", "offer", "priced", "strategy_for", "talk", "view"]

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
NO_PROMPT = Prompt(system="", user="", tokens=0, reply=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A session that is over, and all that was asked and written on the way."""

    session: Session
    entries: tuple[Entry, ...]
    asked: tuple[View, ...]
    texts: tuple[str, ...]
    gates: tuple[str, ...]
    """Those that somebody was asked to approve."""


def strategy_for(negotiation: Negotiation, name: StrategyName = "linear") -> Strategy:
    """Return a strategy under the rules of a negotiation."""
    gates = gate_book(negotiation)
    return Strategy(name, permits_of(negotiation), lambda terms: frozenset(gate.id for gate in gates(terms).reached))


def talk(
    negotiation: Negotiation,
    models: Mapping[RoleName, Strategy],
    seed: int = 0,
    *,
    session: str = "talk-abcd",
    approves: bool = True,
) -> Talk:
    """Drive a session to its end; every gate is ruled on at once."""
    rules = Rules(read=read, guards=standard_guards(negotiation), gates=gate_book(negotiation))
    settings = Settings(session=SessionId(session), negotiation=negotiation, seed=seed)
    entries = [begin(settings, START, rules)]
    state = advance(fresh(settings), entries[0])
    asked: list[View] = []
    texts: list[str] = []
    gates: list[str] = []
    while (effect := pending(state)) is not None:
        at = START + timedelta(milliseconds=10 * len(entries))
        reply: Reply
        match effect:
            case Ask(role=role, view=seen):
                asked.append(seen)
                texts.append(models[role].write(seen, seed))
                size = len(texts[-1])
                reply = Written(at=at, began=at, role=role, model="strategy", text=texts[-1], size=size, usage=Usage())
            case SeekApproval(gate=gate, offer=settled):
                gates.append(gate.id)
                given = {"gate": gate.id, "by": gate.approver, "offer": settled.id, "digest": settled.digest}
                reply = Ruled.model_validate({"at": at, "approved": approves, **given})
            case Prepare() | Wait() | Hold() | Complete():
                raise AssertionError("nothing is paid for, and nobody leaves a gate waiting here")
        entries.append(enter(state, reply, rules))
        state = advance(state, entries[-1])
    return Talk(session=state, entries=tuple(entries), asked=tuple(asked), texts=tuple(texts), gates=tuple(gates))


def bargain(
    *roles: str,
    limits: Mapping[str, str] | None = None,
    reserve: float = 0.3,
    rounds: int = 10,
    quorum: int | None = None,
) -> Negotiation:
    """Return a talk about a price from 0 to 100: the first role would have it low, all others high."""
    seats = tuple(
        _seat(name, best=0 if number == 0 else 100, rule=(limits or {}).get(name), reserve=reserve)
        for number, name in enumerate(roles)
    )
    return Negotiation(
        name="bargain",
        title="One price",
        pattern="concession",
        issues=(NumberIssue(name=IssueName("price"), unit="EUR", min=Decimal(0), max=Decimal(100)),),
        roles=seats,
        agreement=Agreement() if quorum is None else Agreement(needs="quorum", quorum=quorum),
        stop=Stop(rounds=rounds, unchanged_rounds=5),
    )


def _seat(name: str, *, best: int, rule: str | None, reserve: float) -> Role:
    measure = LinearNumber(issue=IssueName("price"), weight=1.0, best=Decimal(best), worst=Decimal(100 - best))
    rules = () if rule is None else (Rule(id="own", rule=rule),)
    return Role(name=RoleName(name), prompt=f"{name}.md", mandate=Mandate(limits=rules, reserve=reserve, worths=(measure,)))


def priced(price: int) -> Terms:
    """Return the terms of a price."""
    return (Number(issue=IssueName("price"), value=Decimal(price)),)


def offer(sender: str, price: int, turn: int) -> Offer:
    """Return an offer that stands, named after its turn."""
    terms = priced(price)
    digest = digest_of_terms(terms)
    return Offer(
        id=OfferId(f"m{turn + 1}-abcd"), sender=RoleName(sender), terms=terms, digest=digest, turn=turn, falls=turn + 99
    )


def view(negotiation: Negotiation, role: str, **changes: object) -> View:
    """Return what a role sees at the beginning, with changes."""
    seat = next(seat for seat in negotiation.roles if seat.name == role)
    plain: dict[str, object] = {
        "session": SessionId("talk-abcd"),
        "role": seat.name,
        "agenda": agenda_of(negotiation),
        "mandate": seat.mandate,
        "words": seat.words,
        "facts": (),
    }
    return View(**{**plain, **changes})  # pyright: ignore[reportArgumentType] - names and types are those of the fields
