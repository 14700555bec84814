"""How does any auction run in a test? Random rules and mandates, bidders from honest to hostile, and approvers of all minds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Protocol, TypeVar

from guards.gates import gate_book
from guards.shape import read
from guards.standard import standard_guards
from orchestrator.engine import Ask, Rules, SeekApproval, Session, Wait, advance, begin, enter, fresh, pending
from orchestrator.messages.auction import Auction
from orchestrator.messages.entry import Entry
from orchestrator.messages.gate import Gate
from orchestrator.messages.negotiation import (
    ChoiceIssue,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
)
from orchestrator.messages.reply import Interrupted, Reply, Ruled, Sought, Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Choice
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, RoleName, SessionId

__all__ = ["BIDDERS", "HOST", "Pick", "Run", "auctioned", "negotiation_by", "rules_of", "run_by", "run_drafts"]

T = TypeVar("T")
HOST = RoleName("host")
BIDDERS = tuple(map(RoleName, ("ash", "birch", "cedar")))
START = datetime(2026, 3, 1, tzinfo=UTC)
_MOST = 20
_USAGE = Usage(prompt=0, reply=0)


class Pick(Protocol):
    """Choose one of some options; the first is the simplest."""

    def __call__(self, options: Sequence[T], /) -> T:
        """Return one of them."""
        ...


@dataclass(slots=True)
class Run:
    """One auction: its rules, its record, and where it stands."""

    settings: Settings
    rules: Rules
    session: Session
    entries: list[Entry]

    def take(self, reply: Reply) -> None:
        """Enter a reply."""
        entry = enter(self.session, reply, self.rules)
        self.session = advance(self.session, entry)
        self.entries.append(entry)

    @property
    def at(self) -> datetime:
        """Return when the next reply comes."""
        return START + timedelta(seconds=len(self.entries))


def auctioned(
    limits: Mapping[RoleName, str],
    reserves: Mapping[RoleName, float] | None = None,
    *,
    stop: int = 6,
    gate: str = "",
    **rules: object,
) -> Negotiation:
    """Return a negotiation about one red lot among three bidders, with these limits on its price."""
    settings: dict[str, object] = {
        "form": "first_price",
        "host": HOST,
        "bidders": BIDDERS,
        "price": "price",
        "winner": "buyer",
        "lot": (Choice(issue=IssueName("lot"), value="red"),),
    }
    auction = Auction.model_validate({**settings, **rules})
    sells = auction.reverse
    return Negotiation(
        name="any",
        title="Any lot",
        pattern="auction",
        issues=(
            NumberIssue(name=IssueName("price"), min=Decimal(0), max=Decimal(_MOST)),
            ChoiceIssue(name=IssueName("buyer"), options=BIDDERS),
            ChoiceIssue(name=IssueName("lot"), options=("red", "blue")),
        ),
        roles=tuple(
            Role(name=role, prompt="any.md", mandate=_mandate(limits.get(role, ""), (reserves or {}).get(role, 0.0), up=up))
            for role, up in ((HOST, not sells), *((bidder, sells) for bidder in BIDDERS))
        ),
        policies=(Rule(id="odd", rule="price != 13"),),
        gates=(Gate(id="big", when=gate, approver="boss"),) if gate else (),
        stop=Stop(rounds=stop, repairs=1),
        pattern_rules=auction,
    )


def _mandate(limit: str, reserve: float, *, up: bool) -> Mandate:
    best, worst = (Decimal(_MOST), Decimal(0)) if up else (Decimal(0), Decimal(_MOST))
    return Mandate(
        limits=(Rule(id="own", rule=limit),) if limit else (),
        reserve=reserve,
        worths=(LinearNumber(issue=IssueName("price"), weight=1.0, best=best, worst=worst),),
    )


def negotiation_by(pick: Pick) -> Negotiation:
    """Return any auction."""
    reverse = pick((False, True))
    form = pick(("first_price", "second_price", "ascending", "descending"))
    sign, other = (">=", "<=") if reverse else ("<=", ">=")
    limits = {role: f"price {sign} {pick((12, 8, 15, 3, 18))}" for role in BIDDERS}
    limits[HOST] = f"price {other} {pick((15, 10) if reverse else (3, 8))}"
    reserve = pick((Decimal(5), Decimal(9), None)) if form != "second_price" else pick((Decimal(5), Decimal(9)))
    return auctioned(
        limits,
        {role: pick((0.0, 0.2)) for role in (*BIDDERS, HOST)},
        stop=pick((6, 3, 1)),
        gate=pick(("", "price > 9")),
        form=form,
        reverse=reverse,
        reserve=reserve,
        secret_reserve=bool(reserve) and form != "descending" and pick((False, True)),
        start=pick((Decimal(16), Decimal(4))) if form == "descending" else None,
        increment=pick((Decimal(1), Decimal(3))),
        rounds=pick((2, 1, 5)),
        quiet=pick((0, 1)) if form == "ascending" else 0,
        soft_close=pick((0, 1)) if form == "ascending" else 0,
        tie=pick(("earliest", "lot")),
        commission=pick((Decimal(0), Decimal("0.1"))),
        commission_by=pick(("host", "winner")),
    )


def rules_of(negotiation: Negotiation) -> Rules:
    """Return the rules that a run judges by."""
    return Rules(read=read, guards=standard_guards(negotiation), gates=gate_book(negotiation))


def begun(negotiation: Negotiation) -> Run:
    """Return a run that has begun."""
    settings = Settings(session=SessionId("any-0000"), negotiation=negotiation, seed=7)
    rules = rules_of(negotiation)
    entry = begin(settings, START, rules)
    return Run(settings, rules, advance(fresh(settings), entry), [entry])


def run_by(pick: Pick, negotiation: Negotiation) -> Run:
    """Run an auction with picked replies until it is over."""
    run = begun(negotiation)
    for _ in range(400):
        effect = pending(run.session)
        if effect is None:
            return run
        if pick((False,) * 12 + (True,)):
            run.take(Interrupted(at=run.at, why="the driver died"))
        match effect:
            case Ask():
                run.take(written(run, effect.role, _text(pick, run.session, effect.role)))
            case SeekApproval():
                run.take(Sought(at=run.at, gate=effect.gate.id))
            case Wait():
                offer, gate = effect.offer, effect.gates[0]
                yes = pick((True, False))
                by = pick(("boss", "boss", "clerk"))
                run.take(Ruled(at=run.at, gate=gate.id, by=by, approved=yes, offer=offer.id, digest=offer.digest))
            case _:
                raise AssertionError(effect)
    raise AssertionError("it does not end")


def run_drafts(negotiation: Negotiation, drafts: Sequence[object]) -> Run:
    """Run an auction with these drafts, in turn order; a bare figure is a bid of whoever's turn it is, None a pass."""
    run = begun(negotiation)
    for draft in drafts:
        effect = pending(run.session)
        assert isinstance(effect, Ask), effect
        run.take(written(run, effect.role, draft_of(effect.role, draft)))
    return run


def draft_of(role: RoleName, draft: object) -> str:
    """Return the text of a draft."""
    if draft is None:
        return json.dumps({"act": "inform", "text": "I wait."})
    if isinstance(draft, int):
        return json.dumps({"act": "propose", "terms": {"price": draft, "buyer": role, "lot": "red"}})
    return draft if isinstance(draft, str) else json.dumps(draft)


def written(run: Run, role: RoleName, text: str) -> Written:
    """Return what a model wrote."""
    return Written(at=run.at, role=role, model="any", text=text, size=len(text), usage=_USAGE, began=run.at)


def _text(pick: Pick, session: Session, role: RoleName) -> str:
    if role == HOST:
        return draft_of(
            role,
            pick(
                (
                    None,
                    None,
                    None,
                    7,
                    {"act": "query", "text": "Well?"},
                    "",
                    *(({"act": "escalate"},) if session.turn == 4 else ()),
                )
            ),
        )
    kind = pick(("bid", "bid", "bid", "bid", "pass", "odd"))
    if kind == "bid":
        rules = session.agenda.pattern_rules
        prices = tuple(range(_MOST + 1))
        lead = [int(getattr(term, "value", 0)) for offer in session.offers for term in offer.terms if term.issue == "price"]
        near = [price + step for price in lead for step in (1, 3, -1, -3) if 0 <= price + step <= _MOST]
        clock = _clock(rules, session.round)
        return draft_of(role, pick((*clock, *near, *prices)))
    if kind == "pass":
        return draft_of(role, None)
    offer = session.offers[0].id if session.offers else "m1-0000"
    odd: tuple[object, ...] = (
        {"act": "propose", "terms": {"price": 9, "buyer": "ash", "lot": "red"}},
        {"act": "propose", "terms": {"price": 9, "buyer": role, "lot": "blue"}},
        {"act": "propose", "terms": {"price": 9}},
        {"act": "propose", "terms": {"price": 9, "buyer": role, "lot": "red"}, "expires": 1},
        {"act": "accept", "offer": offer},
        {"act": "reject", "offer": offer},
        {"act": "withdraw", "offer": offer},
        {"act": "escalate"},
        "",
        '{"act": "seize"}',
    )
    return draft_of(role, pick(odd))


def _clock(rules: object, round_: int) -> tuple[int, ...]:
    if not isinstance(rules, Auction) or rules.start is None:
        return ()
    moved = int(rules.increment) * (round_ - 1)
    now = int(rules.start) + (moved if rules.reverse else -moved)
    return (now,) * 20 if 0 <= now <= _MOST else ()
