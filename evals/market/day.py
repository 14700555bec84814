"""How does a market day go? Buyers come one after the other, search, ask, get offers and close; all is heard over the bus."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from evals.market.seats import Buying, Habit, Selling, figure_of
from evals.market.world import Buyer, Seller, World, talk_between
from orchestrator.approval.automatic import AutomaticApprover
from orchestrator.assembly import rules_for
from orchestrator.bus.log_bus import LogBus
from orchestrator.engine import Session
from orchestrator.messages.journal import Delivery
from orchestrator.messages.model import Prompt
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.value import OfferId, RoleName, SessionId
from orchestrator.runtime.driver import Announced, drive, open_session
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.storage.memory import MemoryJournal

__all__ = ["Enquiry", "hold_day"]

_UNREAD = Prompt(system="", user="", tokens=0, reply=1_000)
_BLUR = 30.0
"""How far off, in money, a buyer's reading of an advertisement may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where an enquiry is held, and how."""

    journal: Announced
    bus: LogBus
    habit: Habit
    min_offers: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """What one buyer met, as the bus told it."""

    buyer: int
    asked: tuple[RoleName, ...]
    """The sellers that it found and asked."""
    quoted: tuple[RoleName, ...]
    """Those that made an offer, in the order in which they came."""
    chosen: RoleName | None = None
    price: float = 0.0
    refused: int = 0
    """Acceptances that came before they were legal."""


async def hold_day(world: World, *, habit: Habit, found: int, min_offers: int, seed: int) -> tuple[Enquiry, ...]:
    """Return all enquiries of a day. Whoever has sold is found no more."""
    journal = MemoryJournal(lambda _: "")
    bus = LogBus(journal.rows)
    place = _Place(journal=Announced(journal, (bus.tell,)), bus=bus, habit=habit, min_offers=min_offers, seed=seed)
    sold: set[RoleName] = set()
    enquiries: list[Enquiry] = []
    for at in range(len(world.buyers)):
        sellers = _found(world, at, sold, found, seed)
        enquiry = await _enquire(world, at, sellers, place)
        enquiries.append(enquiry)
        if enquiry.chosen is not None:
            sold.add(enquiry.chosen)
    bus.close()
    return tuple(enquiries)


def _found(world: World, at: int, sold: set[RoleName], found: int, seed: int) -> tuple[Seller, ...]:
    """Return the sellers whose advertisements look best to a buyer, in the order in which they speak: by chance."""
    random = Random(f"search/{seed}/{at}")  # noqa: S311 - to be repeated, not to be secret
    buyer = world.buyers[at]
    looks = [
        (buyer.surplus(seller.grade, seller.asks) + random.gauss(0, _BLUR), place)
        for place, seller in enumerate(world.sellers)
        if seller.name not in sold
    ]
    chosen = [world.sellers[place] for _, place in sorted(looks, reverse=True)[:found]]
    random.shuffle(chosen)
    return tuple(chosen)


async def _enquire(world: World, at: int, sellers: tuple[Seller, ...], place: _Place) -> Enquiry:
    buyer, seed = world.buyers[at], place.seed
    negotiation = talk_between(buyer, sellers, min(place.min_offers, len(sellers)))
    rules = rules_for(negotiation)
    models = tuple(SeatModel(role=role.name, model="market") for role in negotiation.roles)
    name = SessionId(f"enquiry-{at:04d}")
    settings = Settings(session=name, negotiation=negotiation, models=models, seed=seed)
    session = await open_session(settings, rules, place.journal)
    heard: list[Delivery] = []
    listening = asyncio.create_task(_hear(place.bus, name, heard))
    session = await drive(session, rules, place.journal, _performer(buyer, sellers, place.habit, seed))
    await listening
    prices = {delivery.move.id: delivery.move for delivery in heard if delivery.move.act == "propose"}
    closed = next((prices[offer] for offer in _accepted(heard, session) if offer in prices), None)
    return Enquiry(
        buyer=at,
        asked=tuple(seller.name for seller in sellers),
        quoted=tuple(dict.fromkeys(move.sender for move in prices.values())),
        chosen=closed.sender if closed else None,
        price=figure_of(closed.terms, "price") if closed else 0.0,
        refused=session.refusals,
    )


def _accepted(heard: list[Delivery], session: Session) -> Iterator[OfferId]:
    """Yield the offers that were accepted in a talk that ended in an agreement, the last first."""
    if session.status == "agreed":
        yield from (
            delivery.move.offer for delivery in reversed(heard) if delivery.move.offer and delivery.move.act == "accept"
        )


async def _hear(bus: LogBus, name: SessionId, heard: list[Delivery]) -> None:
    heard.extend([delivery async for delivery in bus.listen(name)])


def _performer(buyer: Buyer, sellers: tuple[Seller, ...], habit: Habit, seed: int) -> Performer:
    buying = Seat(name="market", model=Buying(buyer, habit))
    seats = {seller.name: Seat(name="market", model=Selling(seller)) for seller in sellers}
    return Performer(
        seats={buyer.name: buying, **seats},
        fallback=Seat(name="market", model=buying.model),
        assemble=lambda _: _UNREAD,
        count=len,
        approver=AutomaticApprover(approved=True),
        seed=seed,
    )
