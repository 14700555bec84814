"""Of which fact do words speak? Their roots, each weighed by how few facts and issues of the negotiation share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from guards.claims.called import split_words
from guards.claims.lexicon import CURRENCIES, Lexicon
from guards.claims.stems import stem
from guards.claims.wordlist import words_of
from guards.kept import OnceForAll
from orchestrator.messages.negotiation import Fact

__all__ = ["Tie", "Topics", "best_of", "root", "topics_of"]

_EMPTY = words_of(
    "the and for that with from its one two per are was has have had all any not our out off who what when this these "
    "those they at of in on to a an by as is be or most may more than how it we you your their his her my us them he she "
    "so but if will would can could do does did no there here which then now still just only also very some were been say "
    "said says put puts stand stood come came give gave make made get got go went me re ve about around nearly almost "
    "roughly up down over under above below each every both even again yet too i without within during along among across "
    "through into onto upon since until till behind between against"
)
"""Words that tie to nothing."""
_PLAIN = words_of(
    "year week month day last full cost share rate price report plan sheet note list quote contract written hour average "
    "release high main expect mean set run book log part time work offer number count total new first second third end "
    "house start open need"
)
"""Roots of which a sentence of business is full; they tie less."""
_ALIKE: Mapping[str, str] = MappingProxyType(
    {
        "previous": "last", "past": "last", "former": "last", "daily": "day", "weekly": "week", "monthly": "month",
        "yearly": "year", "annual": "year", "annually": "year", "hourly": "hour", "current": "run", "existing": "run",
        "present": "run", "people": "person",
    }
)  # fmt: skip
"""Words that stand for others, above all names of periods."""
_LONGEST = 7
"""Letters of a root; kin differ behind them."""
_FAINT = 0.4
_FIRM, _FAIR = 1.2, 0.9
_MOSTLY = 0.6
_LEAST = 0.2
"""Looser ties are none."""
_MOST_WORDS = 4096

_Row: TypeAlias = tuple[tuple[int, float], ...]
_Pair: TypeAlias = tuple[str, str]


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """Return a word without the endings of number, person and time, the same for its kin; empty where it ties to nothing."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in _EMPTY or (len(word) < 3 and not word.isdigit()):
        return ""
    found = stem(_ALIKE.get(word, word))
    return "" if found in _EMPTY else found[:_LONGEST]


class Tie(NamedTuple):
    """How firmly words are tied to a fact."""

    fact: Fact
    weight: float
    share: float
    """How much of what the words speak of is of the fact."""
    is_cited: bool
    """Whether they name its source in full."""
    has_own_unit: bool
    """Whether its unit is a noun that no issue and no other fact is counted in."""

    def is_firm(self, more: float = 0.0) -> bool:
        """Return whether the words speak of this fact: of much of it, or of little else."""
        weight = self.weight + more
        return weight >= _FIRM or (weight >= _FAIR and self.share >= _MOSTLY)


def best_of(ties: Iterable[Tie]) -> Tie | None:
    """Return the firmest tie."""
    return max(ties, key=lambda tie: tie.weight, default=None)


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """The words of facts."""

    facts: tuple[Fact, ...]
    weights: dict[str, _Row] = field(repr=False)
    """For each root the facts that have it, and how much it tells."""
    pairs: dict[_Pair, _Row] = field(repr=False)
    """The same for two roots that stand beside each other."""
    names: tuple[frozenset[str], ...] = field(repr=False)
    sources: tuple[frozenset[str], ...] = field(repr=False)
    papers: tuple[frozenset[str], ...] = field(repr=False)
    """The roots of each source, but for its number."""
    own_units: frozenset[str]

    told: dict[str, tuple[str, _Row]] = field(default_factory=dict[str, tuple[str, _Row]], repr=False)
    """The root of each word that was looked up, and the facts that have it."""

    def speaks(self, words: Iterable[str]) -> bool:
        """Return whether any of these words is one of a fact."""
        return any(self._look(word)[1] for word in words)

    def cited(self, words: Iterable[str]) -> list[Fact]:
        """Return the facts whose source these words name."""
        roots = {self._look(word)[0] for word in words}
        return [fact for fact, paper in zip(self.facts, self.papers, strict=True) if paper and paper <= roots]

    def of(self, words: Iterable[str]) -> list[Tie]:
        """Return the facts of which words speak, each with how firmly."""
        row = [told for told in map(self._look, words) if told[0]]
        sums: dict[int, float] = {}
        counts: dict[int, int] = {}
        for held in dict(row).values():
            for place, weight in held:
                sums[place] = sums.get(place, 0.0) + weight
                counts[place] = counts.get(place, 0) + 1
        if not sums:
            return []
        roots = [found for found, _ in row]
        for pair in dict.fromkeys(pairwise(roots)):
            for place, weight in self.pairs.get(pair, ()):
                sums[place] += weight
        whole = frozenset(roots)
        return [self._tie(place, weight, counts[place], whole) for place, weight in sums.items() if weight >= _LEAST]

    def _tie(self, place: int, weight: float, count: int, roots: frozenset[str]) -> Tie:
        fact, name, source = self.facts[place], self.names[place], self.sources[place]
        is_cited = len(source) > 1 and source <= roots
        whole = weight + (len(name) > 1 and name <= roots) + is_cited
        return Tie(fact, whole, count / len(roots), is_cited, fact.unit.lower() in self.own_units)

    def _look(self, word: str) -> tuple[str, _Row]:
        told = self.told.get(word)
        if told is None:
            if len(self.told) >= _MOST_WORDS:
                self.told.clear()
            found = root(word)
            told = self.told[word] = (found, self.weights.get(found, ()))
        return told


def _row_of(text: str) -> list[str]:
    return [found for found in map(root, split_words(text)) if found]


def _pairs_of(texts: Iterable[str]) -> frozenset[_Pair]:
    """Return the roots that stand beside each other, in both orders: `survey-2026`, `the 2026 survey`."""
    pairs = [pair for text in texts for pair in pairwise(_row_of(text))]
    return frozenset([*pairs, *((other, one) for one, other in pairs)])


def _spread(own: Sequence[frozenset[str]], others: Sequence[frozenset[str]]) -> dict[str, _Row]:
    weights: dict[str, _Row] = {}
    for found in sorted(frozenset[str]().union(*own)):
        weight = (_FAINT if found in _PLAIN or found.isdigit() else 1.0) / sum(found in words for words in (*own, *others))
        weights[found] = tuple((place, weight) for place, words in enumerate(own) if found in words)
    return weights


def _by_year(weights: dict[str, _Row], facts: tuple[Fact, ...]) -> dict[str, _Row]:
    """Return weights where a year tells as much as it sets a fact apart from those that are counted alike."""
    years = {found: row for found, row in weights.items() if found.isdigit() and len(found) == 4}
    return weights | {
        found: tuple((place, 1.0 / sum(facts[other].unit == facts[place].unit for other, _ in row)) for place, _ in row)
        for found, row in years.items()
    }


def _paired(own: Sequence[frozenset[_Pair]], others: Sequence[frozenset[_Pair]]) -> dict[_Pair, _Row]:
    return {
        pair: tuple(
            (place, 1.0 / sum(pair in held for held in (*own, *others))) for place, held in enumerate(own) if pair in held
        )
        for pair in frozenset[_Pair]().union(*own)
    }


def _made(facts: tuple[Fact, ...], lexicon: Lexicon) -> Topics:
    told = [(fact.name, fact.says, fact.source) for fact in facts]
    called = [(issue.name, *issue.aka) for issue in lexicon.issues.values()]
    counted = [fact.unit.lower() for fact in facts]
    common = frozenset(("", "percent", "day", "week", "month", "hour", *CURRENCIES, *lexicon.counted.values()))
    return Topics(
        facts,
        _by_year(_spread(*([frozenset(_row_of(" ".join(texts))) for texts in held] for held in (told, called))), facts),
        _paired(*([_pairs_of(texts) for texts in held] for held in (told, called))),
        tuple(frozenset(_row_of(fact.name)) for fact in facts),
        tuple(frozenset(_row_of(fact.source)) for fact in facts),
        tuple(frozenset([found for found in _row_of(fact.source) if not found.isdigit()]) for fact in facts),
        frozenset(unit for unit in counted if unit not in common and counted.count(unit) == 1),
    )


topics_of = OnceForAll(_made)
"""Gives the words of facts, by which what is said of them is known."""
