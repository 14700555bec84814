"""What became of a model's drafts at the stall? Counted from the record, and its limits checked by a hand of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Ended, FellBack, Refused, Tabled
from orchestrator.messages.move import Move
from orchestrator.messages.reply import Written
from orchestrator.messages.terms import Choice, Number
from orchestrator.messages.value import OfferId

__all__ = ["Account", "account_of", "broken"]

_STRATEGY = "strategy:linear"
"""Writes for a role whose model has used up its repairs."""


@dataclass(slots=True, kw_only=True)
class Account:
    """What a model wrote in one session, and what was made of it."""

    drafts: int = 0
    admitted: int = 0
    refused: int = 0
    codes: Counter[str] = field(default_factory=Counter[str])
    """Why drafts were refused; one draft may have several reasons."""
    fell_back: int = 0
    replaced: int = 0
    """Moves that the fallback made."""
    prompt: int = 0
    """Tokens, as the server counted them."""
    cached: int = 0
    reply: int = 0
    end: str = ""

    @property
    def in_good_order(self) -> bool:
        """Return whether each draft was judged, each turn given up was taken over, and the session ended."""
        return self.drafts == self.admitted + self.refused and self.fell_back == self.replaced and self.end != ""

    def __str__(self) -> str:
        codes = ", ".join(f"{code} {times}" for code, times in sorted(self.codes.items()))
        return (
            f"{self.drafts} drafts, {self.admitted} admitted, {self.refused} refused ({codes or 'none'}); "
            f"fallback {self.fell_back}; {self.prompt} tokens read ({self.cached} of them cached), {self.reply} written; "
            f"end: {self.end or 'none'}"
        )


def account_of(entries: Iterable[Entry]) -> Account:
    """Return the account of a session's record."""
    account = Account()
    for entry in entries:
        own = isinstance(entry.reply, Written) and entry.reply.model != _STRATEGY
        if isinstance(entry.reply, Written) and own:
            account.drafts += 1
            account.prompt += entry.reply.usage.prompt
            account.cached += entry.reply.usage.cached
            account.reply += entry.reply.usage.reply
        for event in entry.events:
            match event:
                case Tabled():
                    account.admitted += own
                    account.replaced += not own
                case Refused():
                    account.refused += own
                    account.codes.update(finding.code for finding in event.findings if finding.severity == "refuse")
                case FellBack():
                    account.fell_back += 1
                case Ended():
                    account.end = f"{event.status} ({event.reason})"
                case _:
                    pass
    return account


def broken(entries: Iterable[Entry]) -> list[str]:
    """Return every admitted move that breaks what the stall's files say, read here by hand and not by the guards."""
    moves: dict[OfferId, Move] = {}
    for entry in entries:
        for event in entry.events:
            if isinstance(event, Tabled):
                moves[event.move.id] = event.move
    return [f"{move.id} of {move.sender}: {flaw}" for move in moves.values() for flaw in _flaws(move, moves)]


def _flaws(move: Move, moves: dict[OfferId, Move]) -> Iterator[str]:
    meant = moves[move.offer].terms if move.act == "accept" and move.offer is not None else move.terms
    rent = next((term.value for term in meant if isinstance(term, Number) and term.issue == "rent"), None)
    days = next((term.value for term in meant if isinstance(term, Number) and term.issue == "days"), None)
    place = next((term.value for term in meant if isinstance(term, Choice)), None)
    if rent is not None and (not 0 <= rent <= 100 or rent % 5):
        yield f"rent {rent} is none"
    if rent is not None and ((move.sender == "buyer" and rent > 60) or (move.sender == "seller" and rent < 55)):
        yield f"rent {rent} is beyond its mandate"
    if days is not None and days not in (Decimal(1), Decimal(2), Decimal(7)):
        yield f"{days} days are none"
    if days == 7 and place == "square":
        yield "a week at the square"
    if move.act == "accept" and len(meant) < 3:
        yield "accepts an open offer"
