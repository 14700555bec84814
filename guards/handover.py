"""Does a person ask for a human, are they upset, or do they talk of something else? Then an agent hands over to its own human.

Word lists with bounded patterns, no models: a person can foresee what they do. A false alarm costs a look by a human; that
is why plain talk of persons, managers and prices must not raise one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from guards.pattern import Pattern
from guards.phrases.handover import ASKED, DECLINED, NOT_UPSET, TALKS, UPSET
from guards.wording import KeepsToWords, keeps_to_words
from orchestrator.messages.alarm import Alarm
from orchestrator.messages.draft import Draft
from orchestrator.messages.handover import HandOver, Trigger
from orchestrator.messages.negotiation import Negotiation, WordPolicy
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["HandsOver", "asks_for_human", "hands_over", "is_upset"]

_LONGEST = 4_000
"""Characters of a message that are read: nobody asks for a human after that."""

_TALK = ("inform", "query")
_SPACES = re.compile(r"[\s_]+")
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class _Seat:
    role: RoleName
    rule: HandOver
    own: KeepsToWords | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class HandsOver:
    """Hears when agents hand over; `hands_over` makes it."""

    seats: tuple[_Seat, ...]
    scope: frozenset[str] = field(repr=False)

    def __call__(self, words: str, view: View, since: int, /) -> Alarm | None:
        """Return the first agent, in the order of the file, that hands over because of a person's words."""
        if not words.strip():
            return None
        for seat in self.seats:
            if seat.role not in view.people and (why := self._why(seat, words, view, since)):
                return Alarm(role=seat.role, to=seat.rule.to, why=f"{view.role} {why}; {seat.role} hands over to its human")
        return None

    def _why(self, seat: _Seat, words: str, view: View, since: int) -> str:
        if seat.own is not None and (found := seat.own(Draft(act="inform", text=words), view)):
            return f"wrote {found[0].words!r}"
        for trigger in seat.rule.when:
            if trigger == "out_of_scope":
                if self._strayed(words, view, since) >= seat.rule.after:
                    return f"has said nothing about the agenda in {seat.rule.after} messages"
            elif _HEARD[trigger](words):
                return _SAID[trigger]
        return ""

    def _strayed(self, words: str, view: View, since: int) -> int:
        """Return how many messages in a row, this one counted, are about nothing of the agenda."""
        own = [move for move in reversed(view.moves) if move.sender == view.role and move.turn >= since]
        if not own or own[0].act not in _TALK or self._is_about(words):
            return 0
        strayed = 1
        for move in own[1:]:
            if move.act not in _TALK or (move.text and self._is_about(move.text)):
                break
            strayed += bool(move.text)
        return strayed

    def _is_about(self, words: str) -> bool:
        plain = _plain(words)
        return any(mark.isdigit() for mark in plain) or not self.scope.isdisjoint(_WORD.findall(plain))


def hands_over(negotiation: Negotiation) -> HandsOver:
    """Return what hears when the agents of a negotiation hand over."""
    seats = tuple(
        _Seat(role.name, role.hand_over, _own(negotiation, role.hand_over)) for role in negotiation.roles if role.hand_over
    )
    return HandsOver(seats, TALKS | frozenset(_scope(negotiation)))


def asks_for_human(words: str) -> bool:
    """Return whether somebody asks to speak to a human of the other side."""
    plain = _plain(words)
    return any(_stands(pattern, plain, DECLINED) for pattern in ASKED)


def is_upset(words: str) -> bool:
    """Return whether somebody's words show that they are angry, now, and themselves."""
    plain = _plain(words)
    return any(_stands(pattern, plain, NOT_UPSET) for pattern in UPSET)


_HEARD: Mapping[Trigger, Callable[[str], bool]] = MappingProxyType({"asked": asks_for_human, "upset": is_upset})
_SAID: Mapping[Trigger, str] = MappingProxyType({"asked": "asked for a human", "upset": "is upset"})


def _own(negotiation: Negotiation, rule: HandOver) -> KeepsToWords | None:
    if not rule.words:
        return None
    return keeps_to_words(negotiation.model_copy(update={"word_policies": (WordPolicy(id="hand-over", words=rule.words),)}))


def _scope(negotiation: Negotiation) -> Iterator[str]:
    for issue in negotiation.issues:
        for name in (issue.name, *issue.aka, *getattr(issue, "options", ())):
            yield from _WORD.findall(_plain(str(name)))
    for name in (*(fact.name for fact in negotiation.facts), negotiation.title):
        yield from _WORD.findall(_plain(name))


def _stands(pattern: Pattern, words: str, taken_back: Pattern) -> bool:
    """Return whether a pattern is found and what stands before it does not take it back."""
    return any(not taken_back.search(words, max(0, found.start() - 80), found.start()) for found in pattern.finditer(words))


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words[:_LONGEST]).strip().casefold().replace("\u2019", "'")
