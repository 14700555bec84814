"""Do the words equal the terms? A figure, date or option said of a named issue must be the one in the terms.

Only the tightest bindings count: a value that stands directly beside an issue's name, in a sentence that states
something outright. Where the words leave any doubt this guard is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from guards.assertion import is_plain
from guards.binding import Named, Said, UnitTable, misfit, unit_table
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import FlagIssue, Issue, Negotiation
from orchestrator.messages.terms import Term, Terms, spoken
from orchestrator.messages.value import IssueName
from orchestrator.messages.view import View

__all__ = ["WordsEqualTerms", "words_equal_terms"]


@dataclass(frozen=True, slots=True)
class WordsEqualTerms:
    """Refuses words that say another value than the terms; `words_equal_terms` makes it."""

    names: Mapping[str, Issue] = field(repr=False, hash=False)
    """The issue of each name, in lower case with blanks between the words."""
    pattern: re.Pattern[str]
    """Any of the names, the longest first."""
    table: UnitTable = field(repr=False)

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Compare the words with the draft's terms, or with those of the offer that it names."""
        terms = _meant(draft, view)
        if not terms or not draft.text:
            return ()
        named = {term.issue: term for term in terms}
        return tuple(dict.fromkeys(self._differences(_lowered(draft.text), draft, view, named)))

    def _differences(self, text: str, draft: Draft, view: View, terms: Mapping[IssueName, Term]) -> Iterator[Finding]:
        for found in self.pattern.finditer(text):
            named = Named(self.names[_plain(found.group())], found.start(), found.end())
            term = terms.get(named.issue.name)
            if term is None and draft.act != "propose":
                continue
            said = misfit(text, named, term, self.table)
            if said and _is_offered(text, said, named, view):
                yield _different(draft, said, named.issue, term)


def words_equal_terms(negotiation: Negotiation) -> WordsEqualTerms:
    """Return the guard that knows the names and units of a negotiation's issues."""
    owners: dict[str, set[IssueName]] = {}
    for issue in negotiation.issues:
        for words in (issue.name, *issue.aka):
            owners.setdefault(_plain(_lowered(words)), set()).add(issue.name)
    by_name = {issue.name: issue for issue in negotiation.issues if not isinstance(issue, FlagIssue)}
    names = {
        words: by_name[next(iter(who))] for words, who in owners.items() if words and len(who) == 1 and who <= by_name.keys()
    }
    return WordsEqualTerms(MappingProxyType(names), _any_of(names), unit_table(negotiation))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole names, whose words may be joined by blanks, underscores or hyphens."""
    longest_first = sorted(names, key=lambda words: (-len(words), words))
    spelled = ("[ _-]".join(map(re.escape, words.split(" "))) for words in longest_first)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spelled)})(?![\w-])") if longest_first else re.compile(r"(?!)")


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _lowered(text: str) -> str:
    """Return the text in lower case, each character in its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def _meant(draft: Draft, view: View) -> Terms:
    if draft.act == "propose":
        return draft.terms
    offer = view.offer(draft.offer) if draft.offer else None
    return offer.terms if offer else ()


def _is_offered(text: str, said: Said, named: Named, view: View) -> bool:
    others = tuple(role.lower() for role in view.agenda.roles if role != view.role)
    is_stated = is_plain(text, min(named.start, said.start), max(named.end, said.end), others)
    return is_stated and not any(said.fits_fact(fact) for fact in view.facts)


def _different(draft: Draft, said: Said, issue: Issue, term: Term | None) -> Finding:
    words = draft.text[said.start : said.end].strip()
    whose = "the terms" if draft.act == "propose" else f"offer {draft.offer!r}"
    fact = f"{whose} say {spoken(term)}" if term else f"{whose} leave it open"
    return Finding(
        code=f"terms.{said.sort}",
        kind="terms",
        severity="refuse",
        path="text",
        words=words,
        message=f"the words say {words!r} for {issue.name!r}, but {fact}",
        allowed=spoken(term) if term else "no value for an issue that the terms leave open",
    )
