"""What lies on the table, as one role sees it? The standing offers side by side, with what each is worth to that role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import utility
from orchestrator.messages.view import View
from orchestrator.report.clean import clean
from orchestrator.report.figures import label, listed, named, plural, short, short_id

__all__ = ["differing", "own_terms", "table", "worth"]

_LABEL, _COLUMN, _WIDEST = 16, 11, 22
_SAME = "the same as yours"
_ROUNDING = 1e-6
"""A worth is rounded down, so that none looks as if it reached the reserve."""


def table(view: View, width: int) -> Iterator[str]:
    """Yield the lines of the table, narrow enough for the terminal; what stands too far left is named below it."""
    if not view.offers:
        yield "Nothing is on the table yet."
        return
    most = max(1, (width - _LABEL) // _COLUMN)
    shown = view.offers[-most:]
    column = min(_WIDEST, max(_COLUMN, (width - _LABEL) // len(shown)))
    yield _row("", (_title(offer, view) for offer in shown), column)
    for issue in view.agenda.issues:
        yield _row(label(issue.name), (_cell(offer, issue, view) for offer in shown), column)
    yield _row("worth to you", (worth(view, offer.terms) for offer in shown), column)
    yield _row("backed by", (", ".join(view.backers(offer.id)) or "nobody" for offer in shown), column)
    yield _row("stands for", (_life(offer, view) for offer in shown), column)
    yield from (_asked(offer) for offer in shown if offer.conditions)
    if own_terms(view) and any(differing(offer, view) != _SAME for offer in shown if offer.sender != view.role):
        yield "* differs from your last offer"
    if hidden := view.offers[: len(view.offers) - len(shown)]:
        yield f"and {len(hidden)} older: " + "; ".join(f"{short_id(offer.id)} of {offer.sender}" for offer in hidden)


def _asked(offer: Offer) -> str:
    return f"{short_id(offer.id)} asks for its {listed([label(name) for name in offer.conditions])} in return for the rest"


def worth(view: View, terms: Terms) -> str:
    """Return what terms are worth to the role, rounded down; issues left open count as worst."""
    return f"{floor(utility(view.mandate, terms) * 1000 + _ROUNDING) / 1000:.3f}"


def own_terms(view: View) -> Terms:
    """Return the terms that the role proposed last, whatever became of them."""
    return next((move.terms for move in reversed(view.moves) if move.sender == view.role and move.act == "propose"), ())


def differing(offer: Offer, view: View) -> str:
    """Return the terms of an offer that differ from the role's own last ones, for a person; all where it has none."""
    own, now = named(own_terms(view)), named(offer.terms)
    parts = [
        f"{label(issue.name)} {short(now[issue.name], issue)}" if issue.name in now else f"{label(issue.name)} open"
        for issue in view.agenda.issues
        if now.get(issue.name) != own.get(issue.name)
    ]
    return clean(listed(parts)) if parts else _SAME


def _row(title: str, cells: Iterator[str] | Sequence[str], column: int) -> str:
    return f"{_fit(title, _LABEL - 1)} {''.join(f'{_fit(cell, column - 1)} ' for cell in cells)}".rstrip()


def _fit(text: str, room: int) -> str:
    return f"{clean(text, room):<{room}}"


def _title(offer: Offer, view: View) -> str:
    version = f" v{offer.version}" if offer.version > 1 else ""
    return f"{short_id(offer.id)}{version} {'yours' if offer.sender == view.role else offer.sender}"


def _cell(offer: Offer, issue: Issue, view: View) -> str:
    term = named(offer.terms).get(issue.name)
    if term is None:
        return "open"
    own = named(own_terms(view)).get(issue.name)
    return short(term, issue) + (" *" if own is not None and own != term and offer.sender != view.role else "")


def _life(offer: Offer, view: View) -> str:
    turns = max(1, offer.falls - view.turn)
    return f"{turns} {plural(turns, 'turn')}"
