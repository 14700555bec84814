"""How is a sentence built? Its words as one letter each, so that a short pattern can read who says what, and how.

`Our studio lead has had a look and is fine with it` becomes `i.Ahs&bG..`: whose, who, has, seen, and, is, glad. A pattern over
such letters speaks of an authority, a verb and what may not stand between them, whatever words were used. Every guard of
deeds adds classes of its own to the common ones; one letter may stand for several words: `on board`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress, count, islice
from types import MappingProxyType

from guards.byword import ByWord
from guards.claims.saying import Scan, Sentence

__all__ = ["COMMON", "Grammar", "Spelled", "grammar_of", "sentences_with"]

_TOKEN = re.compile(r"[a-z0-9]+(?<!n(?='t))(?:[.,][0-9]+)*|n't|'[a-z]+|[,;:()\"%&?]")
_LONG = 2_000
"""Letters of a sentence that is too long to be kept."""
_MOST = 200
"""Sentences that one guard looks at, the first ones; a text with more of its words is no message between people."""
COMMON: Mapping[str, str] = MappingProxyType(
    {
        "n": "not no never cannot nothing nobody none neither nor without n't no_one nowhere hardly"
        " rather_than instead_of"
        " far_from free_of lack lacks lacking",
        "m": "would could might may can should must 'd need needs needed require requires required requiring"
        " be to_be have_to"
        " has_to had_to having_to hope hopes hoping hopefully expect expects expected ask asks asked asking"
        " request requests requested"
        " perhaps maybe probably likely possibly wish want wants wanted try trying await awaits awaiting"
        " pending outstanding"
        " missing waiting depends depending ought about_to able_to seek seeking propose to_get to_obtain"
        " ready_to remains"
        " remain yet_to still_to in_order_to",
        "c": "if unless until till once whether provided providing assuming suppose supposing subject before"
        " in_case as_soon_as as_long_as only_when only_if else otherwise except",
        "u": "when whenever where wherever",
        "f": "will shall 'll wo going_to gonna",
        "b": "is are was were am been being 're 'm gets got_to_be",
        "h": "has have had 've having got get",
        "s": "'s",
        "i": "i we our my us me ours mine ourselves myself",
        "y": "you your yours yourself",
        "t": "she he they them her him their his theirs",
        "q": "says said say wrote writes write mention mentioned mentions claim claims claimed according_to"
        " reads quoted told_us"
        " told_me tells as_you",
        "w": "who which that",
        "&": "and as_well_as & plus",
        "e": "everyone everybody all_of_us all_of_them both_of_them someone somebody people",
        "#": "",
    }
)
"""The words of each class that all guards of deeds use. A blank within words is written as `_`."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A sentence as letters of classes, and where each of its words stands."""

    letters: str
    places: tuple[tuple[int, int], ...]

    def words(self, text: str, start: int, end: int) -> str:
        """Return the words from one letter to another in the text that was spelled."""
        return text[self.places[start][0] : self.places[end - 1][1]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The classes of words that one guard tells apart; `grammar_of` makes it."""

    letters: Mapping[str, str]
    units: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """Several words that stand for one letter: by the first, what follows it, the longest first."""
    pairs: Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]] = field(repr=False)
    """The same, by the first word and the second."""
    letter_of: Callable[[str], str] = field(repr=False, compare=False)
    """Gives the letter of one word."""

    def spell(self, text: str) -> Spelled:
        """Return a plain text as letters; a word without a class is `.`, a figure `#`, a mark itself."""
        found = list(_TOKEN.finditer(text))
        words = tuple([match.group() for match in found])
        places = [match.span() for match in found]
        letters = list(map(self.letter_of, words))
        for place, behind, letter in self._units_in(words):
            letters[place:behind] = letter, *[""] * (behind - place - 1)
            places[place] = places[place][0], places[behind - 1][1]
        return Spelled("".join(letters), tuple(compress(places, letters)))

    def letters_of(self, text: str) -> str:
        """Return the letters of a plain text alone, without their places."""
        words = _tokens(text) if len(text) < _LONG else tuple(_TOKEN.findall(text))
        letters = list(map(self.letter_of, words))
        for place, behind, letter in self._units_in(words):
            letters[place:behind] = letter, *[""] * (behind - place - 1)
        return "".join(letters)

    def _units_in(self, words: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
        """Yield where several words stand for one letter, from the first to behind the last, and that letter."""
        behind, last = 0, len(words) - 1
        for place in compress(count(), map(self.pairs.__contains__, words)):
            if place < behind or place == last:
                continue
            for rest, letter in self.pairs[words[place]].get(words[place + 1], ()):
                end = place + 1 + len(rest)
                if words[place + 1 : end] == rest:
                    behind = end
                    yield place, end, letter
                    break


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[str, ...]:
    """Return the words and marks of a sentence, at which several guards look in turn."""
    return tuple(_TOKEN.findall(text))


def grammar_of(*classes: Mapping[str, str]) -> Grammar:
    """Return a grammar of these classes, letter by words; where a word is in several, the last counts."""
    letters: dict[str, str] = {}
    units: dict[str, dict[tuple[str, ...], str]] = {}
    for letter, words in ((letter, word) for each in classes for letter, listed in each.items() for word in listed.split()):
        first, *rest = _TOKEN.findall(words.replace("_", " ").replace("-", " "))
        if rest:
            units.setdefault(first, {})[tuple(rest)] = letter
        else:
            letters[first] = letter
    longest = {first: tuple(sorted(found.items(), key=lambda unit: -len(unit[0]))) for first, found in units.items()}
    pairs = {first: _by_second(found) for first, found in longest.items()}
    return Grammar(letters, longest, pairs, ByWord(_kind_of, letters).__getitem__)


def _kind_of(word: str) -> str:
    """Return the letter of a word that has no class."""
    if word[0].isdigit():
        return "#"
    if len(word) > 4 and word.endswith("ed"):
        return "z"
    return word if word in ',;:()"%' else "."


def _by_second(units: tuple[tuple[tuple[str, ...], str], ...]) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    seconds = dict.fromkeys(rest[0] for rest, _ in units)
    return {second: tuple(unit for unit in units if unit[0][0] == second) for second in seconds}


def sentences_with(said: Scan, words: frozenset[str]) -> Iterator[Sentence]:
    """Yield the sentences of a text that hold one of these words, in their order."""
    hits = said.words & words
    if not hits:
        return
    if len(said.sentences) == 1:
        yield from said.sentences
        return
    wanted = frozenset(_holding(hits, said.words))
    every = (sentence for sentence, held in zip(said.sentences, said.said_in, strict=True) if not held.isdisjoint(wanted))
    yield from islice(every, _MOST)


def _holding(hits: frozenset[str], words: frozenset[str]) -> Iterator[str]:
    """Yield the words that are or hold one of some words of them: `unsigned` for `signed`."""
    listed = f" {' '.join(words)} "
    for hit in hits:
        end = 0
        while (place := listed.find(hit, end)) >= 0:
            end = listed.index(" ", place)
            yield listed[listed.rindex(" ", 0, place) + 1 : end]
