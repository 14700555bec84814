"""Which words are forms of one? `pays` and `paid` have one stem; `takes` and `carries` come from plain words."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

__all__ = ["forms_of", "stem", "stems_of"]

_KIN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        form: tuple(forms.split())
        for forms in (
            "spend spends spent spending", "pay pays paid paying payment payments", "sell sells sold selling", "leave leaves left leaving",
            "keep keeps kept keeping", "take takes took taken taking", "go goes gone went going", "hold holds held holding", "buy buys bought buying",
            "stand stands stood standing", "make makes made making", "lose loses lost losing loss losses", "give gives gave given giving",
            "run runs ran running", "rise rises rose risen rising", "serve serves served serving service", "find finds found finding findings",
            "complain complains complained complaint complaints", "ground grounds grounded grounding groundings aground", "vacant vacancy vacancies",
            "wage wages", "allow allows allowed allowing",
        )
        for form in forms.split()
    }
)  # fmt: skip
"""Words of one stem that their letters do not show, the plain one first."""
_FORMS = ("", "s", "e", "es", "d", "ed", "ing", "er", "ers")
_MOST_SHORT = 4
_LEAST = 3
"""Letters that a plain word has at least."""
_ENDINGS = ("'s", "s'", "s", "es", "ed", "ing", "ly")
_DROP_E = frozenset(("ed", "ing"))
"""Endings before which an `e` is left out, or a letter doubled: `taking`, `cutting`."""
_SWAPS = (("ies", "y"), ("ied", "y"), ("ily", "y"))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without the ending of number, time or possession, the same for its kin."""
    word = word.removesuffix("'s")
    if word in _KIN:
        return _KIN[word][0]
    if word.endswith("ies") and len(word) > _MOST_SHORT:
        return f"{word[:-3]}y"
    bare = _without_ending(word)
    bare = bare.removesuffix("e") if len(bare) >= _MOST_SHORT else bare
    return bare[:-1] if len(bare) > _MOST_SHORT and bare[-1] == bare[-2] else bare


def _without_ending(word: str) -> str:
    if word.endswith("s"):
        if word.endswith(("ss", "us", "is")) or len(word) < _LEAST:
            return word
        word = word[:-1]
        return word.removesuffix("ing") if len(word) >= _LEAST + len("ing") else word
    ending = next((ending for ending in ("ing", "ed") if word.endswith(ending) and len(word) - len(ending) >= _LEAST), "")
    return word.removesuffix(ending)


def forms_of(word: str) -> Iterator[str]:
    """Yield a word in every form that its kin may have."""
    yield word
    if word in _KIN:
        yield from _KIN[word]
        return
    root = stem(word)
    yield from (f"{root}{ending}" for ending in _FORMS)
    yield from (f"{root}{root[-1]}{ending}" for ending in ("", "s", "ed", "ing"))
    if root.endswith("y"):
        yield from (f"{root[:-1]}ies", f"{root[:-1]}ied")


@lru_cache(maxsize=8192)
def stems_of(word: str) -> frozenset[str]:
    """Return the plain words that a word may be a form of, itself left out."""
    return frozenset(_stems(word)) - {word}


def _stems(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        left = word.removesuffix(ending)
        if left == word or len(left) < _LEAST:
            continue
        yield left
        if ending in _DROP_E:
            yield f"{left}e"
            if left[-1] == left[-2]:
                yield left[:-1]
    yield from (word.removesuffix(ending) + end for ending, end in _SWAPS if word.endswith(ending))
