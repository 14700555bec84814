"""Which figures and days may the sender know? Its terms, all offers, visible facts, rules, and what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from guards.claims.called import split_words
from guards.claims.factdays import days_told
from guards.claims.history import Kept, Once, move_called, recent_moves
from guards.claims.lexicon import Lexicon, unit_of
from guards.claims.making import maker
from guards.claims.saying import Scan
from guards.claims.scan import scan
from guards.claims.words import SMALL
from guards.lazily import Lazily
from orchestrator.messages.draft import Draft
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, Fact, Issue, NumberIssue
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import IssueName, OfferId, RoleName
from orchestrator.messages.view import View

__all__ = ["Known", "KnownDay", "KnownFigure", "Offered", "known_to", "meant_terms", "span_of"]

_IN_RULE = re.compile(r"(?<![\w.\"-])\d+(?:\.\d+)?(?![\w\"-])")
_SPAN = re.compile(r"(\d{1,4})-(hour|day|week|month|year)s?")
_DAY_IN_RULE = re.compile(r"\"(\d{4})-(\d\d)-(\d\d)\"")


class KnownFigure(NamedTuple):
    """A figure that is on record, with its unit and where it stands."""

    value: float
    unit: str
    issue: IssueName | None
    origin: str
    """`own`, `offer`, `fact`, `rule`, `agenda` or `said`."""


_figure_made = maker(KnownFigure)


class KnownDay(NamedTuple):
    """A day that is on record."""

    value: date
    origin: str


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """The terms of one move, by issue; told apart by identity, because sums of two are looked up a hundred times a message."""

    id: OfferId
    sender: RoleName
    figures: dict[IssueName, float]
    days: dict[IssueName, date]
    options: dict[IssueName, str]


@dataclass(frozen=True, eq=False)
class Known:
    """All that is on record for one role at one moment, each part worked out when it is first asked for."""

    own: Offered | None
    """The draft's terms, or those of the offer that it names."""
    view: View = field(repr=False)
    lexicon: Lexicon = field(repr=False)
    named: tuple[str, ...] = field(default=(), repr=False)
    """The offers that the words name."""

    def offer(self, written: str) -> Offered | None:
        """Return the offer that is called so: by its id, or by its number alone."""
        move = move_called(self.view, written)
        return _held_in(move, self.lexicon).offer if move else None

    @Lazily
    def moves(self) -> tuple[Move, ...]:
        """Return the moves that the words are held against, oldest first."""
        return recent_moves(self.view, self.named)

    @Lazily
    def _held(self) -> list[_Held]:
        lexicon = self.lexicon
        return [_held_in(move, lexicon) for move in self.moves]

    @Lazily
    def offers(self) -> tuple[Offered, ...]:
        """Return the terms of these moves, oldest first."""
        return tuple([held.offer for held in self._held if held.offer])

    @Lazily
    def stated(self) -> tuple[KnownFigure, ...]:
        """Return the figures of the terms that the words report."""
        return tuple(_figures_of(self.own, "own", self.lexicon))

    @Lazily
    def figures(self) -> tuple[KnownFigure, ...]:
        """Every figure on record, once."""
        figures = dict.fromkeys(self.stated)
        for held in self._held:
            figures.update(held.figures)
        for fact in self.view.facts:
            figures.update(_figures_of_fact(fact))
        figures.update(_of_agenda(self.lexicon)[0])
        for held in self._held:
            figures.update(held.said)
        return tuple(figures)

    @Lazily
    def facts(self) -> tuple[float, ...]:
        """Return the figures of the facts that the sender sees."""
        return tuple(figure.value for fact in self.view.facts for figure in _figures_of_fact(fact))[:16]

    @Lazily
    def days(self) -> tuple[KnownDay, ...]:
        """Every day on record, once."""
        days = dict.fromkeys(KnownDay(value, "own") for value in self.own.days.values()) if self.own else {}
        for held in self._held:
            days.update(held.days)
        facts = self.view.facts
        days.update((KnownDay(date.fromisoformat(fact.value), "fact"), None) for fact in facts if fact.kind == "date")
        days.update((KnownDay(day, "fact"), None) for fact in facts for day in (fact.as_of, *days_told(fact)))
        days.update(_of_agenda(self.lexicon)[1])
        return tuple(days)

    @Lazily
    def loose(self) -> tuple[tuple[int, int | None], ...]:
        """Days and months that were said before."""
        return tuple([day for held in self._held for day in held.loose])


def known_to(draft: Draft, view: View, said: Scan, lexicon: Lexicon) -> Known:
    """Return what the sender of a draft may ground its words in."""
    terms = meant_terms(draft, view)
    named = (*((draft.offer,) if draft.offer else ()), *(found.what for found in said.named if found.sort == "offer"))
    return Known(_offered(OfferId(""), view.role, terms) if terms else None, view, lexicon, named)


def meant_terms(draft: Draft, view: View) -> Terms:
    """Return the terms that the words of a draft report: its own, or those of the offer that it names."""
    if draft.terms:
        return draft.terms
    if draft.offer is None:
        return ()
    move = move_called(view, draft.offer)
    return move.terms if move and move.id == draft.offer else ()


class _Held(NamedTuple):
    """What one move holds; the keys of the dicts are what counts, in order."""

    offer: Offered | None
    figures: dict[KnownFigure, None]
    days: dict[KnownDay, None]
    said: dict[KnownFigure, None]
    """The figures in its words."""
    loose: tuple[tuple[int, int | None], ...]
    """The days in its words."""


def _hold(move: Move, lexicon: Lexicon) -> _Held:
    offer = _offered(move.id, move.sender, move.terms) if move.terms else None
    said = scan(move.text, lexicon) if move.text else None
    return _Held(
        offer,
        dict.fromkeys(_figures_of(offer, "offer", lexicon)),
        dict.fromkeys(KnownDay(value, "offer") for value in offer.days.values()) if offer else {},
        dict.fromkeys(_figures_said(said)) if said else {},
        tuple((day.day, day.month) for day in said.days) if said else (),
    )


_held_in = Kept(_hold)


def _offered(name: OfferId, sender: RoleName, terms: Terms) -> Offered:
    figures: dict[IssueName, float] = {}
    days: dict[IssueName, date] = {}
    options: dict[IssueName, str] = {}
    for term in terms:
        if term.kind == "number":
            figures[term.issue] = float(term.value)
        elif term.kind == "date":
            days[term.issue] = term.value
        elif term.kind == "choice":
            options[term.issue] = term.value
    return Offered(name, sender, figures, days, options)


def _figures_of(offer: Offered | None, origin: str, lexicon: Lexicon) -> Iterator[KnownFigure]:
    for issue, value in offer.figures.items() if offer else ():
        if issue in lexicon.issues:
            yield _figure_made((value, lexicon.counted[issue], issue, origin))
    for issue, option in offer.options.items() if offer else ():
        span = span_of(option)
        if span:
            yield KnownFigure(*span, issue, origin)
        yield from (KnownFigure(value, "", issue, origin) for value in _inside(option))


@lru_cache(maxsize=1024)
def span_of(option: str) -> tuple[float, str] | None:
    """Return the span of time that an option is, with its unit: `2-week`; None for any other."""
    found = _SPAN.fullmatch(option)
    return (float(found[1]), found[2]) if found else None


def _told_by_fact(told: Fact) -> dict[KnownFigure, None]:
    stated = (KnownFigure(float(told.value), told.unit.lower(), None, "fact"),) if told.kind == "number" else ()
    inside = (KnownFigure(value, "", None, "fact") for value in _inside(told.says) + _inside(told.source))
    return dict.fromkeys((*stated, *inside))


_figures_of_fact = Once(_told_by_fact)


def _figures_said(said: Scan) -> Iterator[KnownFigure]:
    for found in said.quantities:
        for value in found.values:
            yield _figure_made((value, found.unit, None, "said"))
            if found.is_bare:
                yield _figure_made((value * 1000, found.unit, None, "said"))


@lru_cache(maxsize=1024)
def _inside(text: str) -> tuple[float, ...]:
    """Return the figures within a text, in digits and in small number words."""
    in_words = (float(SMALL[word]) for word in split_words(text)[:40] if SMALL.get(word, 0) > 1)
    return (*(float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)[:8]), *islice(in_words, 8))


@lru_cache(maxsize=16)
def _of_agenda(lexicon: Lexicon) -> tuple[dict[KnownFigure, None], dict[KnownDay, None]]:
    """Return the figures and days of the agenda and of its rules, which all roles know."""
    issues = tuple(lexicon.issues.values())
    figures = [figure for issue in issues for figure in _figures_of_issue(issue)]
    days = [KnownDay(day, "agenda") for issue in issues if isinstance(issue, DateIssue) for day in (issue.min, issue.max)]
    for rule in lexicon.rules:
        units = {unit_of(issue) for issue in issues if issue.name in rule}
        unit = next(iter(units)) if len(units) == 1 else ""
        figures += [KnownFigure(float(found), unit, None, "rule") for found in _IN_RULE.findall(rule)]
        days += [KnownDay(date(int(year), int(month), int(day)), "rule") for year, month, day in _DAY_IN_RULE.findall(rule)]
    return dict.fromkeys(figures), dict.fromkeys(days)


def _figures_of_issue(issue: Issue) -> Iterator[KnownFigure]:
    if isinstance(issue, NumberIssue):
        for value in (issue.min, issue.max, issue.step):
            yield KnownFigure(float(value), issue.unit.lower(), issue.name, "agenda")
    elif isinstance(issue, ChoiceIssue):
        for option in issue.options:
            yield from (KnownFigure(value, issue.unit.lower(), issue.name, "agenda") for value in _inside(option))
