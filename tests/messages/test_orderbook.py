"""How do many buyers and sellers trade without an auctioneer? By price, then by time, and nobody beyond its limit."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.messages.orderbook import Book, Order, Side, Trade, cancel, cross, post, traded
from orchestrator.messages.value import RoleName


def order(name: str, side: Side, price: int, place: int, units: int = 1) -> Order:
    """Return an order."""
    return Order(role=RoleName(name), side=side, price=Decimal(price), place=place, units=units)


ORDERS = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(("buy", "sell")), st.integers(0, 9), st.integers(1, 3)), max_size=16
).map(
    lambda rows: tuple(
        order(f"{side}{name}", side, price, place, units) for place, (name, side, price, units) in enumerate(rows)
    )
)


def test_the_best_price_trades_first_and_of_equal_ones_the_earlier() -> None:
    """The newcomer trades with the cheapest seller, at that seller's price."""
    book = traded((order("a", "sell", 6, 0), order("b", "sell", 5, 1), order("c", "sell", 5, 2), order("d", "buy", 7, 3)))
    assert book == Book(
        sells=(order("c", "sell", 5, 2), order("a", "sell", 6, 0)),
        trades=(Trade(buyer=RoleName("d"), seller=RoleName("b"), price=Decimal(5), units=1, place=3),),
    )


def test_what_finds_no_partner_stands() -> None:
    """An order for more units than there are trades what it can."""
    book = traded((order("a", "sell", 5, 0, 2), order("b", "buy", 5, 1, 3)))
    assert (book.buys, book.sells) == ((order("b", "buy", 5, 1, 1),), ())
    assert cancel(book, RoleName("b")) == Book(trades=book.trades)
    rest = traded((order("a", "sell", 5, 0, 3), order("b", "buy", 5, 1, 1)))
    assert rest.sells == (order("a", "sell", 5, 0, 2),)


@given(ORDERS)
def test_a_book_never_stands_crossed_and_nobody_trades_beyond_its_limit(orders: tuple[Order, ...]) -> None:
    """After every order the best buyer bids less than the best seller asks, and each trade is within both limits."""
    book = Book()
    limits: dict[RoleName, Decimal] = {}
    for each in orders:
        before = len(book.trades)
        limits[each.role] = each.price
        book = post(book, each)
        assert not (book.buys and book.sells and book.buys[0].price >= book.sells[0].price)
        assert all(limits[trade.seller] <= trade.price <= limits[trade.buyer] for trade in book.trades[before:])
        assert len({one.role for one in (*book.buys, *book.sells)}) == len(book.buys) + len(book.sells)


@given(ORDERS)
def test_the_first_trade_is_the_crossing_of_what_stands(orders: tuple[Order, ...]) -> None:
    """`cross` finds the trade that posting the last order would make."""
    book = Book()
    for each in orders:
        standing = cancel(book, each.role)
        after = post(book, each)
        new = after.trades[len(book.trades) :]
        found = cross((*standing.buys, *standing.sells, each))
        assert found == (new[0] if new else None)
        book = after
