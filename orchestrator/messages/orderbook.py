"""How do many buyers and sellers trade without an auctioneer? A book of limit orders, by price and then by time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from orchestrator.messages.value import RoleName

__all__ = ["Book", "Order", "Side", "Trade", "cancel", "cross", "post", "traded"]

Side: TypeAlias = Literal["buy", "sell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a trader would pay at most, or take at least, for each of some units."""

    role: RoleName
    side: Side
    price: Decimal
    place: int
    """Among all orders: of equal prices the earlier goes first."""
    units: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Units that changed hands. The price is that of the order that stood first, so both sides are within their limits."""

    buyer: RoleName
    seller: RoleName
    price: Decimal
    units: int
    place: int
    """Of the order that made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Orders that stand, the best first, and the trades so far."""

    buys: tuple[Order, ...] = ()
    sells: tuple[Order, ...] = ()
    trades: tuple[Trade, ...] = ()


def post(book: Book, order: Order) -> Book:
    """Return the book after an order: it takes the place of its role's former one, trades what it can, and the rest stands."""
    book = cancel(book, order.role)
    trades: list[Trade] = []
    theirs = list(book.sells if order.side == "buy" else book.buys)
    left = order.units
    while left and theirs and _meet(order, theirs[0]):
        best = theirs.pop(0)
        units = min(left, best.units)
        left -= units
        buyer, seller = (order.role, best.role) if order.side == "buy" else (best.role, order.role)
        trades.append(Trade(buyer=buyer, seller=seller, price=best.price, units=units, place=order.place))
        if best.units > units:
            theirs.insert(0, replace(best, units=best.units - units))
    own = list(book.buys if order.side == "buy" else book.sells)
    if left:
        own.append(replace(order, units=left))
    buys, sells = (own, theirs) if order.side == "buy" else (theirs, own)
    return Book(buys=_sorted(buys), sells=_sorted(sells), trades=(*book.trades, *trades))


def cancel(book: Book, role: RoleName) -> Book:
    """Return the book without the order of a role."""
    return replace(
        book,
        buys=tuple(order for order in book.buys if order.role != role),
        sells=tuple(order for order in book.sells if order.role != role),
    )


def traded(orders: Iterable[Order]) -> Book:
    """Return the book after all orders, one after the other."""
    book = Book()
    for order in orders:
        book = post(book, order)
    return book


def cross(orders: Iterable[Order]) -> Trade | None:
    """Return the trade between the best orders of both sides, at the price of the earlier; None where they don't meet."""
    standing = tuple(orders)
    buys = _sorted([order for order in standing if order.side == "buy"])
    sells = _sorted([order for order in standing if order.side == "sell"])
    if not buys or not sells or not _meet(buys[0], sells[0]):
        return None
    first, second = sorted((buys[0], sells[0]), key=lambda order: order.place)
    units = min(first.units, second.units)
    return Trade(buyer=buys[0].role, seller=sells[0].role, price=first.price, units=units, place=second.place)


def _meet(order: Order, other: Order) -> bool:
    return order.price >= other.price if order.side == "buy" else order.price <= other.price


def _sorted(orders: list[Order]) -> tuple[Order, ...]:
    return tuple(sorted(orders, key=lambda order: (-order.price if order.side == "buy" else order.price, order.place)))
