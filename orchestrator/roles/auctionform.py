"""How does a person write the rules of an auction? Its part of the file, and what must fit between it and the rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, assert_never

from pydantic import WithJsonSchema

from orchestrator.messages.auction import Auction, Form, Payer, Tie
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term
from orchestrator.messages.value import IssueName, RoleName
from orchestrator.roles.fit import Figure, Known, Line, Rate, RoleNames, Rounds, whole
from orchestrator.roles.form import ChoiceIssueForm, DateIssueForm, FlagIssueForm, IssueForm, NumberIssueForm
from orchestrator.roles.sectionform import File, SectionForm

__all__ = ["AuctionForm", "lot_term"]

_Count = Annotated[int, whole(0, 1_000_000), WithJsonSchema({"type": "integer", "minimum": 0})]


class AuctionForm(SectionForm):
    """What is auctioned by whom, what is bid on, and when the bidding closes."""

    form: Form
    """Sealed at the first or the second price, ascending, descending, or a double auction."""
    host: Line | None = None
    """Who sells; with `reverse`, who buys. A double auction has none."""
    bidders: RoleNames | None = None
    """All other roles where none are named; in a double auction those who buy."""
    sellers: RoleNames = ()
    """Of a double auction."""
    reverse: bool = False
    """The lowest bid wins, as for supply and work."""
    price: Line
    """The issue that is bid on."""
    winner: Line
    """The issue that says who gets it: a choice among the bidders."""
    seller: Line | None = None
    """In a double auction, the issue that says who sells."""
    lot: dict[str, Known] = {}  # noqa: RUF012 - pydantic copies it
    """The values of issues that nobody bids on."""
    reserve: Figure | None = None
    """No bid beyond it wins."""
    secret_reserve: bool = False
    """Whether the bidders are kept from knowing the reserve."""
    start: Figure | None = None
    """Where the clock, or an ascending auction, begins."""
    increment: Figure | None = None
    """By how much a bid must be better than the best, and the clock moves; one step of the price where it is not named."""
    rounds: Rounds | None = None
    """Bidding closes after so many; 1 for sealed bids where it is not named."""
    quiet: _Count = 0
    """An ascending auction closes after so many rounds without a bid."""
    soft_close: _Count = 0
    """A bid in the last so many rounds moves the closing so many rounds beyond it."""
    tie: Tie = "earliest"
    commission: Rate = Decimal(0)
    """A share of the price."""
    commission_by: Payer = "host"

    def rules(self, file: File) -> Auction:
        """Return the settings that it says."""
        return Auction(
            form=self.form,
            host=RoleName(self.host) if self.host is not None else None,
            bidders=tuple(map(RoleName, self.who_bids(file))),
            sellers=tuple(map(RoleName, self.sellers)),
            reverse=self.reverse,
            price=IssueName(self.price),
            winner=IssueName(self.winner),
            seller=IssueName(self.seller) if self.seller is not None else None,
            lot=tuple(term for name, issue in file.issues.items() if (term := self._term(name, issue)) is not None),
            reserve=self.reserve,
            secret_reserve=self.secret_reserve,
            start=self.start,
            increment=self.step(file),
            rounds=self.rounds or 1,
            quiet=self.quiet,
            soft_close=self.soft_close,
            tie=self.tie,
            commission=self.commission,
            commission_by=self.commission_by,
        )

    def who_bids(self, file: File) -> tuple[str, ...]:
        """Return the bidders: those who are named, or all who have no other part."""
        if self.bidders is not None:
            return self.bidders
        return tuple(role for role in file.roles if role != self.host and role not in self.sellers)

    def step(self, file: File) -> Decimal:
        """Return the increment: as it is named, or one step of the price."""
        issue = file.issues.get(self.price)
        if self.increment is not None:
            return self.increment
        return issue.step if isinstance(issue, NumberIssueForm) else Decimal(1)

    def _term(self, name: str, issue: IssueForm) -> Term | None:
        return lot_term(name, issue, self.lot[name]) if name in self.lot else None


def lot_term(name: str, issue: IssueForm, value: bool | Decimal | date | str) -> Term | None:  # noqa: FBT001 - a value of a term
    """Return the value of an issue as a term; None where it is none of its values."""
    match issue:
        case NumberIssueForm():
            takes = isinstance(value, Decimal) and issue.min <= value <= issue.max and (value - issue.min) % issue.step == 0
            return Number(issue=IssueName(name), value=value) if isinstance(value, Decimal) and takes else None
        case ChoiceIssueForm():
            if isinstance(value, bool | date) or value not in issue.options:
                return None
            issue_name = IssueName(name)
            return (
                Number(issue=issue_name, value=value) if isinstance(value, Decimal) else Choice(issue=issue_name, value=value)
            )
        case DateIssueForm():
            takes = isinstance(value, date) and issue.min <= value <= issue.max
            return Day(issue=IssueName(name), value=value) if isinstance(value, date) and takes else None
        case FlagIssueForm():
            return Flag(issue=IssueName(name), value=value) if isinstance(value, bool) else None
        case _:
            assert_never(issue)
