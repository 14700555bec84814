"""Which figures and days does everybody know already? Those of terms, public rules and facts that may be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from itertools import chain, combinations

from guards.claims.history import LAST_MOVES, recent_moves
from guards.claims.lexicon import Lexicon, unit_of
from guards.claims.saying import Quantity, Scan
from guards.claims.scan import scan
from guards.kept import Once, OnceForBoth
from guards.lazily import Lazily
from guards.leaks.secret import Secret
from orchestrator.messages.draft import Draft
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import ChoiceIssue
from orchestrator.messages.terms import Day, Number, Terms
from orchestrator.messages.view import Agenda, View

__all__ = ["Public"]

_MOST_ASIDES = 200
_LAST_MOVES = 3
_LAST_HEARD = 12


@dataclass(frozen=True)
class Public:
    """What a reader may hold against a sentence; worked out only where it is asked for."""

    said: Scan
    draft: Draft
    view: View
    lexicon: Lexicon
    asked: dict[str | None, frozenset[float]] = field(default_factory=dict, compare=False, repr=False)
    """The last figures of each issue, as far as they were asked for."""
    stating: dict[tuple[frozenset[str], str | None, bool], frozenset[float]] = field(
        default_factory=dict[tuple[frozenset[str], str | None, bool], frozenset[float]], compare=False, repr=False
    )
    """What stands for each issue, as far as it was asked for."""
    owning: dict[tuple[str | None, frozenset[str]], tuple[float, ...]] = field(
        default_factory=dict[tuple[str | None, frozenset[str]], tuple[float, ...]], compare=False, repr=False
    )
    """The last terms of each issue, as far as they were asked for."""

    @Lazily
    def figures(self) -> frozenset[float]:
        """Return those that stand on the table anyway."""
        offered = chain.from_iterable(_totals_in(move) for move in self._moves)
        heard = chain(_heard(self.view, self.lexicon), _totals(self.draft.terms), offered, self._told)
        return frozenset((*_public(self.view.agenda), *heard))

    def stated_of(self, secret: Secret) -> frozenset[float]:
        """Return those that stand on the table for a secret: for its issue or in its units; for a total, what terms come to."""
        if secret.issue is None and not secret.units:
            return self.figures
        is_total = secret.issue is None and (secret.sort == "limit" or secret.is_money)
        key = (secret.units, secret.issue, is_total)
        found = self.stating.get(key)
        if found is None:
            found = self.stating[key] = frozenset(self._stated(*key))
        return found

    def is_ruled(self, secret: Secret) -> bool:
        """Return whether a rule that all know names its very figure."""
        return secret.value in _ruled(self.view.agenda)(secret.units, secret.issue)

    def _stated(self, units: frozenset[str], issue: str | None, is_total: bool) -> Iterator[float]:  # noqa: FBT001 - a key
        counted = self.lexicon.counted
        for terms in (self.draft.terms, *(move.terms for move in self._moves)):
            numbers = (term for term in terms if isinstance(term, Number))
            yield from (float(term.value) for term in numbers if term.issue == issue or counted.get(term.issue, "") in units)
            if is_total:
                yield from _sums(terms)
        yield from (
            float(fact.value)
            for fact in self.view.facts
            if fact.disclose == "may" and fact.kind == "number" and (fact.unit.lower() in units or not fact.unit)
        )
        for quantity in self._spoken:
            if not quantity.unit or quantity.unit in units or quantity.unit == "cent":
                yield from quantity.values
        yield from _ruled(self.view.agenda)(units, issue)

    @Lazily
    def _spoken(self) -> tuple[Quantity, ...]:
        texts = (move.text for move in self.view.moves[-_LAST_HEARD:] if move.text)
        return tuple(quantity for text in texts for quantity in scan(text, self.lexicon).quantities)

    @Lazily
    def days(self) -> frozenset[date]:
        """Return the days that stand on the table anyway."""
        terms = chain(self.draft.terms, *(move.terms for move in self._moves))
        said = (term.value for term in terms if isinstance(term, Day))
        return frozenset((*said, *_days(self.view)))

    @Lazily
    def asides(self) -> tuple[float, ...]:
        """Return figures that can be added to those of a sentence: of the text, of facts, and of the sender's last words."""
        return tuple(dict.fromkeys((*self._told, *_said(self.said, self.view, self.lexicon))))[:_MOST_ASIDES]

    def steps(self, issue: str | None) -> frozenset[float]:
        """Return the last figures that stand for an issue; without one, the totals of the last offers."""
        found = self.asked.get(issue)
        if found is None:
            last = (self.draft.terms, *(move.terms for move in self.view.moves[-_LAST_HEARD:]))
            found = self.asked[issue] = frozenset(chain.from_iterable(_stands(terms, issue) for terms in last))
        return found

    def counted(self, units: frozenset[str]) -> frozenset[float]:
        """Return the last figures that stand for issues counted in one of these units."""
        last = (self.draft.terms, *(move.terms for move in self.view.moves[-_LAST_HEARD:]))
        counted = self.lexicon.counted
        return frozenset(
            float(term.value)
            for terms in last
            for term in terms
            if isinstance(term, Number) and counted.get(term.issue) in units
        )

    def offered(self, offer: str) -> frozenset[float]:
        """Return the figures of an offer."""
        named = (move for move in self.view.moves if move.id == offer or move.id.startswith(f"{offer}-"))
        return frozenset(float(term.value) for move in named for term in move.terms if isinstance(term, Number))

    @Lazily
    def counts(self) -> frozenset[float]:
        """Return every figure of the draft's terms and of the last two offers."""
        return frozenset(float(term.value) for term in self._last)

    def own(self, issue: str | None, units: frozenset[str]) -> tuple[float, ...]:
        """Return the figures of the draft's terms, and of the last two offers, for an issue or in a unit."""
        found = self.owning.get((issue, units))
        if found is None:
            counted = self.lexicon.counted
            found = self.owning[issue, units] = tuple(
                float(term.value) for term in self._last if (term.issue == issue if issue else counted.get(term.issue) in units)
            )
        return found

    @Lazily
    def _last(self) -> tuple[Number, ...]:
        last = [move.terms for move in self.view.moves[-_LAST_HEARD:] if move.terms][-2:]
        return tuple(term for terms in (self.draft.terms, *last) for term in terms if isinstance(term, Number))

    def is_explained(self, issue: str | None, figure: float) -> bool:
        """Return whether two figures that all know are so far apart, or one is the figure itself."""
        if figure in self.figures or figure in self.steps(issue):
            return True
        stands = sorted(self.steps(issue)) if issue else sorted(self.figures)[:_MOST_ASIDES]
        stands += [value for value in self._told if issue]
        held = {round(value, 6) for value in stands}
        return any(round(value + figure, 6) in held for value in stands)

    @Lazily
    def _moves(self) -> tuple[Move, ...]:
        return tuple(move for move in recent_moves(self.view) if move.terms)

    @Lazily
    def _told(self) -> tuple[float, ...]:
        return tuple(float(fact.value) for fact in self.view.facts if fact.disclose == "may" and fact.kind == "number")


def _said(said: Scan, view: View, lexicon: Lexicon) -> Iterator[float]:
    own = [move.text for move in view.moves[-LAST_MOVES:] if move.sender == view.role and move.text][-_LAST_MOVES:]
    for one in (said, *(scan(text, lexicon) for text in own)):
        yield from (value for quantity in one.quantities[:_MOST_ASIDES] for value in quantity.values)


def _heard(view: View, lexicon: Lexicon) -> Iterator[float]:
    """Yield the figures of the last words of all."""
    for move in view.moves[-_LAST_HEARD:]:
        if move.text:
            yield from _values_in(move, lexicon)


def _all_values(move: Move, lexicon: Lexicon) -> tuple[float, ...]:
    return tuple([value for quantity in scan(move.text, lexicon).quantities for value in quantity.values])


_values_in = OnceForBoth(_all_values)
"""Gives the figures in the words of a move."""


def _days(view: View) -> Iterator[date]:
    yield from (date.fromisoformat(fact.value) for fact in view.facts if fact.kind == "date" and fact.disclose == "may")


def _totals(terms: Terms) -> Iterator[float]:
    numbers = [float(term.value) for term in terms if isinstance(term, Number)]
    yield from numbers
    yield sum(number for number in numbers if number >= 1000)
    if len(numbers) <= 8:
        yield from (first + second for place, first in enumerate(numbers) for second in numbers[place + 1 :])
        yield from (first * second for place, first in enumerate(numbers) for second in numbers[place + 1 :])


def _stands(terms: Terms, issue: str | None) -> Iterator[float]:
    """Yield the figure of an issue; without one, what terms come to."""
    if issue is None:
        yield from _sums(terms)
    else:
        yield from (float(term.value) for term in terms if isinstance(term, Number) and term.issue == issue)


def _volumes(terms: Terms) -> Iterator[float]:
    """Yield the products of three terms: so many, of which each costs so much, for so long."""
    numbers = [float(term.value) for term in terms if isinstance(term, Number)][:8]
    yield from (one * other * third for one, other, third in combinations(numbers, 3))


_sums = Once[Terms, frozenset[float]](lambda terms: frozenset(chain(_totals(terms), _volumes(terms))))
"""Gives what terms come to, in sums and products."""


_totals_in = Once[Move, frozenset[float]](lambda move: frozenset(_totals(move.terms)))
"""Gives the terms of a move, with their sums and products."""


def _figures_ruled(known: Agenda, units: frozenset[str], issue: str | None) -> frozenset[float]:
    """Return the figures of rules that all know and of options, where they are about an issue or about one in these units."""
    own = {one.name for one in known.issues if one.name == issue or unit_of(one) in units}
    rules = (*(policy.rule for policy in known.policies), *(gate.when for gate in known.gates))
    figures = [
        figure
        for rule in rules
        if not own.isdisjoint(re.findall(r"[a-z_]\w*", rule))
        for figure in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", rule)
    ]
    for one in known.issues:
        if isinstance(one, ChoiceIssue) and (one.name in own or not one.numeric):
            figures += [figure for option in one.options for figure in re.findall(r"\d+", option)]
    return frozenset(map(float, figures))


_ruled = Once[Agenda, Callable[[frozenset[str], str | None], frozenset[float]]](
    lambda agenda: lru_cache(maxsize=256)(partial(_figures_ruled, agenda))
)
"""Gives for an agenda what gives the figures of its rules for an issue or for units."""


def _figures_public(known: Agenda) -> frozenset[float]:
    """Return the figures of the rules that all know, and of the options."""
    rules = (*(policy.rule for policy in known.policies), *(gate.when for gate in known.gates))
    options = (option for issue in known.issues if isinstance(issue, ChoiceIssue) for option in issue.options)
    figures = (*(re.findall(r"\d+(?:\.\d+)?", rule) for rule in rules), *(re.findall(r"\d+", option) for option in options))
    return frozenset(map(float, chain.from_iterable(figures)))


_public = Once(_figures_public)
