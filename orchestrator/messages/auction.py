"""By which rules is something auctioned? Its form, who hosts it, what is bid on, and when the bidding closes."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from orchestrator.messages.draft import Act
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Elided, IssueName, RoleName, Value

__all__ = ["SEALED", "Auction", "Form", "Payer", "Tie"]

Form: TypeAlias = Literal["first_price", "second_price", "ascending", "descending", "double"]
"""Sealed bids at the winner's or the second best price; open bids, each better than the last; a clock; a book of orders."""

Tie: TypeAlias = Literal["earliest", "lot"]
"""Who goes first among equal bids: who bid it first, or a lot drawn by the session's seed."""

Payer: TypeAlias = Literal["host", "winner"]
"""Who bears the commission."""

SEALED: frozenset[Form] = frozenset(("first_price", "second_price"))
"""The forms whose bids nobody sees before the bidding is closed."""


def _is_none(value: object) -> bool:
    return value is None


_Figure = Annotated[Decimal | None, Field(exclude_if=_is_none)]
_Role = Annotated[RoleName | None, Field(exclude_if=_is_none)]


class Auction(Value):
    """The rules of one auction. All know them, except a reserve that is secret."""

    kind: Literal["auction"] = "auction"
    form: Form
    host: _Role = None
    """Who sells; in a reverse auction who buys. None in a double auction, which has two sides instead."""
    bidders: tuple[RoleName, ...]
    """In a double auction, those who buy."""
    sellers: Elided[tuple[RoleName, ...]] = ()
    """In a double auction, those who sell; else nobody."""
    reverse: Elided[bool] = False
    """Whether the lowest bid wins, as for supply and work."""
    price: IssueName
    """The issue that is bid on."""
    winner: IssueName
    """The issue that says who gets it: a choice among the bidders."""
    seller: Annotated[IssueName | None, Field(exclude_if=_is_none)] = None
    """In a double auction, the issue that says who sells."""
    lot: Elided[Terms] = ()
    """The values of issues that are no matter of bidding."""
    reserve: _Figure = None
    """No bid beyond it wins: the least price of a sale, the most of a purchase."""
    secret_reserve: Elided[bool] = False
    """Whether the bidders are kept from knowing it."""
    start: _Figure = None
    """The first price: of the clock, or the least that an open auction begins with."""
    increment: Decimal = Decimal(1)
    """By how much an open bid must be better than the best one, and the clock moves in a round."""
    rounds: int = 1
    """Bidding closes after so many rounds."""
    quiet: Elided[int] = 0
    """An open auction closes after so many rounds without a bid; 0 where only `rounds` closes it."""
    soft_close: Elided[int] = 0
    """A bid in the last so many rounds moves the closing so many rounds beyond it, so that nobody gains by waiting."""
    tie: Tie = "earliest"
    commission: Decimal = Decimal(0)
    """Of the price, from 0 to 0.5."""
    commission_by: Payer = "host"

    @property
    def is_sealed(self) -> bool:
        """Return whether nobody sees the bids of others before the bidding is closed."""
        return self.form in SEALED

    @property
    def parties(self) -> tuple[RoleName, ...]:
        """Return everybody who can be bound: bidders, sellers and the host."""
        return (*self.bidders, *self.sellers, *((self.host,) if self.host else ()))

    def acts_of(self, role: RoleName) -> tuple[Act, ...]:
        """Return what a role may do: bids bind, so nobody accepts, rejects or withdraws, and only the host can call it off."""
        if role == self.host:
            return ("inform", "query", "escalate")
        return ("propose", "inform", "query") if role in (*self.bidders, *self.sellers) else ("inform", "query")
