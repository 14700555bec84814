"""Of which fact is a figure or a day said? The words it is said with, weighed by how few facts and issues share them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from guards.claims.lexicon import Lexicon, split_words
from guards.claims.wordlist import words_of
from orchestrator.messages.negotiation import Fact

__all__ = ["Tie", "Topics", "root", "topics_of"]

_EMPTY = words_of(
    "the and for that with from its one two per are was has have had all any not our out off who what when this these those "
    "they at of in on to a an by as is be or most may more than how it we you your their his her my us them he she i "
    "so but if will would can could do does did no there here which then now still just only also very some which were been "
    "say said says put puts stand stood come came give gave make made get got go went us me re ve ll s t "
    "about around nearly almost roughly up down over under above below each every both only even again yet too"
)
_PLAIN = words_of(
    "year week month day last full cost share rate price report plan sheet note list quote contract written hour "
    "average release high main expect mean set run book log part time work offer number count total new first second third end "
    "day house start open need"
)
_ALIKE = {
    "previous": "last", "past": "last", "former": "last", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year",
    "annual": "year", "annually": "year", "paid": "pay", "took": "take", "taken": "take", "held": "hold", "sold": "sell",
    "bought": "buy", "kept": "keep", "lost": "lose", "loss": "lose", "losses": "lose", "ran": "run", "current": "run",
    "existing": "run", "present": "run", "going": "run", "people": "person", "men": "man",
}  # fmt: skip
"""What is the same for the purpose: periods, and past forms."""
_LONGEST = 7


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """Return a word without the endings of number, person and time, cut where its kin begin to differ; empty for a word that ties nothing."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in _EMPTY or (len(word) < 3 and not word.isdigit()):
        return ""
    word = _ALIKE.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    word = word.removesuffix("e")
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return "" if word in _EMPTY else word[:_LONGEST]


class Tie(NamedTuple):
    """How firmly words are tied to a fact."""

    fact: Fact
    weight: float
    share: float
    """How much of what the words speak of is of the fact."""
    count: int = 0
    cited: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """The words of all facts of a negotiation, as far as a role may speak of them."""

    facts: tuple[Fact, ...]
    weights: dict[str, tuple[tuple[int, float], ...]] = field(repr=False)
    """For each root the facts that have it, and how much it tells."""
    called: tuple[tuple[frozenset[str], ...], ...] = field(repr=False)
    """For each fact the roots of its name, and of its source."""

    pairs: tuple[dict[frozenset[str], float], ...] = ()

    def of(self, words: Sequence[str]) -> Iterator[Tie]:
        """Yield the facts of which these words speak."""
        roots = dict.fromkeys(filter(None, map(root, words)))
        found: dict[int, float] = {}
        for one in roots:
            for place, weight in self.weights.get(one, ()):
                found[place] = found.get(place, 0.0) + weight
        row = [one for one in map(root, words) if one]
        pairs = {frozenset(pair) for pair in zip(row, row[1:])}
        for place, weight in found.items():
            whole = weight + sum(len(name) > 1 and name <= roots.keys() for name in self.called[place]) + sum(w for pair, w in self.pairs[place].items() if pair in pairs)
            said = sum(any(other == place for other, _ in self.weights.get(one, ())) for one in roots)
            yield Tie(self.facts[place], whole, said / len(roots), said, len(self.called[place][1]) > 1 and self.called[place][1] <= roots.keys())


def _made(facts: tuple[Fact, ...], lexicon: Lexicon) -> Topics:
    own = [frozenset(filter(None, map(root, split_words(f"{fact.name} {fact.says} {fact.source}")))) for fact in facts]
    others = [
        frozenset(filter(None, map(root, split_words(" ".join((issue.name, *issue.aka))))))
        for issue in lexicon.issues.values()
    ]
    weights: dict[str, tuple[tuple[int, float], ...]] = {}
    for one in frozenset().union(*own):
        spread = sum(one in words for words in (*own, *others))
        weight = (0.4 if one in _PLAIN or one.isdigit() else 1.0) / spread
        weights[one] = tuple((place, weight) for place, words in enumerate(own) if one in words)
    called = tuple(
        (_roots(split_words(fact.name)), _roots(split_words(fact.source))) for fact in facts
    )
    mine = [frozenset().union(*(_pairs(part) for part in (fact.name, fact.says, fact.source))) for fact in facts]
    theirs = [frozenset().union(*(_pairs(part) for part in (issue.name, *issue.aka))) for issue in lexicon.issues.values()]
    pairs = tuple({pair: 1 / sum(pair in s for s in (*mine, *theirs)) for pair in one} for one in mine)
    return Topics(facts, weights, called, pairs)


def _pairs(text: str) -> frozenset[frozenset[str]]:
    row = [one for one in map(root, split_words(text)) if one]
    return frozenset(frozenset(pair) for pair in zip(row, row[1:]))


def _roots(words: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(root, words)))


_MADE: dict[tuple[int, ...], tuple[tuple[object, ...], Topics]] = {}


def topics_of(facts: tuple[Fact, ...], lexicon: Lexicon) -> Topics:
    """Return the words of facts, made once for the same facts."""
    key = (id(lexicon), *map(id, facts))
    kept = _MADE.get(key)
    if kept is None:
        if len(_MADE) >= 512:
            _MADE.clear()
        kept = _MADE[key] = ((lexicon, *facts), _made(facts, lexicon))
    return kept[1]
