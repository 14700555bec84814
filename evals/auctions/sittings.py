"""How does a made auction run? Through the engine with all guards, as any session does, and without a file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from evals.auctions.world import BIDDERS, Row, Sitting, negotiation_for
from guards.gates import gate_book
from guards.permits import permits_of
from guards.shape import read
from guards.standard import standard_guards
from orchestrator.analysis.auctions import Bidding, bidding_of
from orchestrator.engine import Ask, Rules, advance, begin, fresh, pending, step
from orchestrator.messages.entry import Entry
from orchestrator.messages.model import Model, Prompt, Request
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reply import Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.models.registry import make_model

__all__ = ["entries_of", "held"]

_NO_PROMPT = Prompt(system="", user="", tokens=0, reply=0)
_FREE = Usage(prompt=0, reply=0)
_START = datetime(2026, 1, 1, tzinfo=UTC)


async def held(row: Row) -> tuple[Bidding, ...]:
    """Return what was bid in each auction of a row."""
    found: list[Bidding] = []
    for sitting in row.sittings:
        bidding = bidding_of(await entries_of(row, sitting))
        if bidding is not None:
            found.append(bidding)
    return tuple(found)


async def entries_of(row: Row, sitting: Sitting) -> tuple[Entry, ...]:
    """Run one auction and return its entries."""
    negotiation = negotiation_for(row, sitting)
    settings = Settings(session=SessionId(f"row-{sitting.seed}"), negotiation=negotiation, seed=sitting.seed)
    rules = Rules(read=read, guards=standard_guards(negotiation), gates=gate_book(negotiation))
    models = _models(negotiation, sitting)
    entries = [begin(settings, _START, rules)]
    session = advance(fresh(settings), entries[0])
    while isinstance(effect := pending(session), Ask):
        completion = await models[effect.role](Request(view=effect.view, prompt=_NO_PROMPT, seed=sitting.seed))
        at = _START + timedelta(seconds=len(entries))
        text = completion.text
        reply = Written(at=at, role=effect.role, model="bidder", text=text, size=len(text), usage=_FREE, began=at)
        done = step(session, reply, rules)
        entries.append(done.entry)
        session = done.session
    return tuple(entries)


def _models(negotiation: Negotiation, sitting: Sitting) -> dict[RoleName, Model]:
    permits = permits_of(negotiation)
    specs = {role.name: "bidder:honest" for role in negotiation.roles} | {role: sitting.models[role] for role in BIDDERS}
    return {role: make_model(spec, permits=permits, reaches=lambda _: frozenset()) for role, spec in specs.items()}
