"""How do people at the market behave? Sellers offer when they get to it and come down; buyers wait, or hurry."""

from __future__ import annotations

import json
from typing import Literal, TypeAlias

from evals.market.world import ROUNDS, Buyer, Seller
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.move import Offer
from orchestrator.messages.terms import Number, Terms
from orchestrator.messages.utility import utility
from orchestrator.messages.view import View

__all__ = ["HABITS", "Buying", "Habit", "Selling", "figure_of"]

Habit: TypeAlias = Literal["patient", "hasty", "first"]
"""Compares all offers; takes the best of those that stand as soon as there is one; or takes the oldest that stands."""

HABITS: tuple[Habit, ...] = ("patient", "hasty", "first")

_WAITS = 4
"""The round in which a patient buyer decides: by then the slowest seller has answered."""
_GIVES = 0.15
"""The share of its margin that a seller gives away in each round after its first offer."""


class Selling:
    """A seller: busy at first, then with an offer that gets better each round."""

    __slots__ = ("_seller",)

    def __init__(self, seller: Seller) -> None:
        self._seller = seller

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft."""
        seller, late = self._seller, request.view.round - self._seller.speed
        if late < 0:
            return Completion(text=json.dumps({"act": "inform", "text": "I will answer soon."}))
        price = round(seller.cost + (seller.asks - seller.cost) * (1 - _GIVES) ** late)
        own = request.view.own_offer()
        if own is not None and figure_of(own.terms, "price") == price:
            return Completion(text=json.dumps({"act": "inform", "text": "My offer stands."}))
        terms = {"price": price, "grade": seller.grade, "seller": seller.name}
        return Completion(text=json.dumps({"act": "propose", "terms": terms, "text": f"I can offer it for {price} EUR."}))


class Buying:
    """A buyer of one habit: asks, then accepts what its habit tells it to, as soon as that is legal."""

    __slots__ = ("_buyer", "_habit")

    def __init__(self, buyer: Buyer, habit: Habit) -> None:
        self._buyer = buyer
        self._habit: Habit = habit

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft."""
        chosen = None if request.view.attempt else self._chosen(request.view)
        if chosen is not None:
            return Completion(text=json.dumps({"act": "accept", "offer": chosen.id, "text": "I accept this offer."}))
        return Completion(text=json.dumps({"act": "query", "text": "What can you offer me?"}))

    def _chosen(self, view: View) -> Offer | None:
        good = [offer for offer in view.offers if utility(view.mandate, offer.terms) >= view.mandate.reserve]
        if not good or (self._habit == "patient" and view.round < min(_WAITS, ROUNDS)):
            return None
        if self._habit == "first":
            # What was improved since is still the offer of whoever was there first.
            order = [move.sender for move in view.moves if move.act == "propose"]
            return min(good, key=lambda offer: order.index(offer.sender))
        return max(good, key=lambda offer: utility(view.mandate, offer.terms))


def figure_of(terms: Terms, issue: str) -> float:
    """Return the figure of an issue."""
    return next(float(term.value) for term in terms if isinstance(term, Number) and term.issue == issue)
