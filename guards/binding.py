"""Which value do the words bind to a named issue? The one directly beside its name, and none that goes on elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from guards.figures import Figure, SpokenDay, day_in, figure_in
from guards.grid import in_steps
from guards.spelling import ends_with, starts_with
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, Fact, Issue, Negotiation, NumberIssue
from orchestrator.messages.terms import Choice, Day, Number, Term, exact

__all__ = ["Named", "Said", "Sort", "UnitTable", "misfit", "unit_table"]

_AFTER = re.compile(
    r"[ \t]*(?:(?:of|at|is|are|be|will|now|stays?|remains?|stands|goes to|moves to|comes to|set at|set to|in|within|for|on"
    r"|the|a|an)[ \t]+|[:=][ \t]*)*"
)
_BEFORE = re.compile(r"[ \t]*(?:(?:of|for|on|in|as|the|a|an|our)[ \t]+)*$")
_LEADS_ON = re.compile(r"(?:[ \t]?(?:%|[a-z]+))?" + _BEFORE.pattern)
_UNIT = re.compile(r"\s?(%|[a-z]+)")
_GOES_ON = re.compile(
    r"\s*(?:[-\u2013+*/x\u00d7=,]\s?\d|-+>|\u2192|(?:to|or|and a|more|less|fewer|lower|higher|up|down|off|earlier|later"
    r"|above|below|over|under|extra|additional|of (?:it|them|those|these|which))\b)"
)
_BREAK = re.compile(r"[,;:()\n]\s|[.!?]\s")
_CHANGES = frozenset("+-\u2212\u00b1\u00d7*/")
_REACH = 48
"""Characters before a name in which its value may stand."""
_MEASURES = ("hour", "day", "week", "month", "year", "weekend", "percent", "point", "minute", "quarter", "%")
_CURRENCIES = {"$": "usd", "\u20ac": "eur", "\u00a3": "gbp", "dollar": "usd", "euro": "eur", "pound": "gbp"}
_VAGUE = frozenset(("none", "us"))
"""Options whose words mean other things in a sentence."""

Sort: TypeAlias = Literal["figure", "date", "option"]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The units that stand behind figures in this negotiation, in lower case."""

    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """Where the words name an issue."""

    issue: Issue
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A value that the words give to an issue, and where."""

    value: Figure | SpokenDay | str
    start: int
    end: int
    thousands: bool = False
    """Whether the issue counts in thousands."""

    @property
    def sort(self) -> Sort:
        """Return what kind of value it is."""
        match self.value:
            case Figure():
                return "figure"
            case SpokenDay():
                return "date"
            case _:
                return "option"

    def fits(self, term: Term | None) -> bool:
        """Return whether the words may mean this term."""
        match self.value, term:
            case Figure(), Number():
                return _may_be(self.value, term.value, thousands=self.thousands)
            case SpokenDay(), Day():
                return self.value.may_be(term.value)
            case str(), Choice():
                return self.value == term.value
            case _:
                return False

    def fits_fact(self, fact: Fact) -> bool:
        """Return whether the words may quote this fact."""
        if fact.kind == "number" and isinstance(self.value, Figure):
            return _may_be(self.value, Decimal(fact.value), thousands=False)
        return False


def unit_table(negotiation: Negotiation) -> UnitTable:
    """Return the units of a negotiation's issues beside those of time and shares."""
    units = {_unit_of(issue) for issue in negotiation.issues}
    return UnitTable(frozenset({*units, *_MEASURES, *_CURRENCIES.values()} - {""}))


def misfit(text: str, named: Named, term: Term | None, table: UnitTable) -> Said | None:
    """Return the value beside a named issue, where there is one and none fits the term.

    What comes directly after the name is read first, and what comes directly before only if that does not fit.
    """
    issue, start = named.issue, named.start
    after = _AFTER.match(text, named.end)
    follows = after.end() if after else named.end
    if term is not None and (starts_with(text, follows, term) or ends_with(text, start, term)):
        return None
    match issue:
        case DateIssue():
            candidates = _days(text, start, follows)
        case ChoiceIssue(numeric=False):
            candidates = _options(text, start, follows, issue)
        case _:
            candidates = _figures(text, start, follows, issue)
    first = None
    for said in candidates:
        if said.fits(term):
            return None
        if first is None:
            first = _in_full(text, said, issue, table)
    return first


def _before(text: str, start: int) -> int:
    """Return where the words begin that may lead up to the name at `start`: in its own part of the sentence."""
    begins = max(0, start - _REACH)
    for found in _BREAK.finditer(text, begins, start):
        begins = found.end()
    return begins


def _days(text: str, start: int, follows: int) -> Iterator[Said]:
    after = day_in(text, follows, len(text))
    if after:
        yield Said(after, after.start, after.end)
    before = day_in(text, _before(text, start), start, last=True)
    if before and _BEFORE.fullmatch(text, before.end, start):
        yield Said(before, before.start, before.end)


def _options(text: str, start: int, follows: int, issue: ChoiceIssue) -> Iterator[Said]:
    begins = _before(text, start)
    leading = text[begins:start].replace("-", " ")
    for option in issue.options:
        words = option.lower().replace("-", " ")
        if option in _VAGUE:
            continue
        end = follows + len(words)
        if text[follows:end].replace("-", " ") == words and not text[end : end + 1].isalnum():
            yield Said(option, follows, end)
        found = leading.rfind(f" {words} ") + 1
        if (found or leading.startswith(f"{words} ")) and _BEFORE.fullmatch(leading, found + len(words)):
            yield Said(option, begins + found, begins + found + len(words))


def _figures(text: str, start: int, follows: int, issue: Issue) -> Iterator[Said]:
    thousands = _unit_of(issue) == "thousand"
    after = figure_in(text, follows, len(text))
    if after:
        yield Said(after, after.start, after.end, thousands)
    before = figure_in(text, _before(text, start), start, last=True)
    if before and _LEADS_ON.fullmatch(text, before.end, start):
        yield Said(before, before.start, before.end, thousands)


def _in_full(text: str, said: Said, issue: Issue, table: UnitTable) -> Said | None:
    """Return a value with its unit; None where it counts something else, or goes on as a range, a sum or a change."""
    ends = said.end
    if text[max(0, said.start - 2) : said.start].strip()[-1:] in _CHANGES:
        return None
    if isinstance(said.value, Figure):
        past = _past_unit(text, said.value, issue, table)
        if past is None:
            return None
        ends = past
    return None if _GOES_ON.match(text, ends) else replace(said, end=ends)


def _unit_of(issue: Issue) -> str:
    return issue.unit.lower() if isinstance(issue, NumberIssue | ChoiceIssue) else ""


def _is_plausible(figure: Figure, issue: Issue) -> bool:
    """Return whether the figure could be a value of the issue at all; if not, it counts something else."""
    scales = [Decimal(1), *((Decimal(1000), Decimal(1_000_000)) if figure.is_bare else ())]
    if isinstance(issue, NumberIssue) and issue.unit == "thousand":
        scales.append(Decimal("0.001"))
    return any(_takes(issue, value * scale) for value in figure.values for scale in scales)


def _takes(issue: Issue, value: Decimal) -> bool:
    if isinstance(issue, NumberIssue):
        return issue.min <= value <= issue.max and in_steps(issue, value)
    return isinstance(issue, ChoiceIssue) and exact(value) in issue.options


def _past_unit(text: str, figure: Figure, issue: Issue, table: UnitTable) -> int | None:
    """Return where the figure with its unit ends; None where it counts something else than the issue does."""
    unit = _unit_of(issue)
    is_foreign = figure.sign and _CURRENCIES.get(figure.sign, figure.sign) != unit
    if is_foreign or not _is_plausible(figure, issue):
        return None
    found = _UNIT.match(text, figure.end)
    single = found[1].removesuffix("s") if found else ""
    known = _CURRENCIES.get(single, single)
    if found is None or known not in table.units:
        return figure.end
    return found.end() if not unit or known == unit or (unit == "percent" and single in ("%", "per")) else None


def _may_be(figure: Figure, value: Decimal, *, thousands: bool) -> bool:
    scales = (1, 1000, 1_000_000) if figure.is_bare else (1,)
    wanted = (value, value * 1000) if thousands else (value,)
    return any(said * scale == meant for said in figure.values for scale in scales for meant in wanted)
