"""Is there enough left in the shared pots for these terms? What a talk may hold of each was looked up, and is in the view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from guards.boundterms import Meant, binding
from guards.takes import take_book
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import Budgets, Pot, TakeBook, Taken
from orchestrator.messages.terms import exact
from orchestrator.messages.view import View

__all__ = ["LeavesEnough", "leaves_enough"]


@dataclass(frozen=True, slots=True)
class LeavesEnough:
    """Refuses terms that take more of a pot than is left for the talk; `leaves_enough` makes it.

    Nobody can accept an offer that lacks an issue, so one whose amount depends on an open issue takes nothing yet. Where
    all issues have values and the amount cannot be worked out, undecided means no.
    """

    budgets: Budgets
    book: TakeBook

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the terms that the draft would bind."""
        meant = binding(draft, view)
        return tuple(self._findings(meant, view)) if meant else ()

    def _findings(self, meant: Meant, view: View) -> Iterator[Finding]:
        is_whole = view.agenda.open_names <= {term.issue for term in meant.terms}
        rooms = {room.pot: room.most for room in view.rooms}
        for taken in self.book(meant.terms):
            pot = self.budgets.pot(taken.pot)
            if pot is None:
                continue
            if taken.amount is None:
                if is_whole:
                    yield _undecided(pot, taken, meant)
            elif taken.amount > (most := rooms.get(pot.name, Decimal(0))):
                yield _exhausted(pot, taken.amount, most, meant)


def leaves_enough(negotiation: Negotiation) -> LeavesEnough | None:
    """Return the guard for the pots of a negotiation; None where it draws on none."""
    book = take_book(negotiation)
    return LeavesEnough(negotiation.budgets, book) if negotiation.budgets and book else None


def _exhausted(pot: Pot, amount: Decimal, most: Decimal, meant: Meant) -> Finding:
    left = f"{exact(most)} {pot.unit}".strip()
    message = f"{meant.called} takes {exact(amount)} {pot.unit} of {pot.name!r} ({pot.title}); {left} is left for this talk"
    return Finding(
        code="budget.exhausted",
        kind="policy",
        severity="refuse",
        path=meant.path,
        words=exact(amount),
        message=" ".join(message.split()),
        allowed=f"at most {left}",
    )


def _undecided(pot: Pot, taken: Taken, meant: Meant) -> Finding:
    return Finding(
        code="budget.undecided",
        kind="policy",
        severity="refuse",
        path=meant.path,
        message=f"what {meant.called} takes of {pot.name!r} cannot be decided: {taken.problem}; undecided means no",
    )
