"""Does a pattern whose phrases stand by their first letters find just what it found as it is written?"""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.byletter import by_letter
from guards.pattern import Pattern

_FOLDER = Path(__file__).parents[2] / "guards"
_NAMES = [".".join(path.relative_to(_FOLDER.parent).with_suffix("").parts) for path in sorted(_FOLDER.rglob("*.py"))]
_PATTERNS = {
    found.written
    for name in _NAMES
    for found in vars(importlib.import_module(name.removesuffix(".__init__"))).values()
    if isinstance(found, Pattern) and not found.flags
}
_SORTED = [
    (re.compile(written), re.compile(by_letter(written))) for written in sorted(_PATTERNS) if by_letter(written) != written
]
_WORDS = sorted({word for one, _ in _SORTED for word in re.findall(r"[a-z]+(?:[' -][a-z]+)*", one.pattern)})
_TEXTS = st.lists(
    st.tuples(st.sampled_from(_WORDS), st.sampled_from([" ", " ", " ", ", ", ". ", "'", "-", "_", "s ", "\n", "", " 5 "])),
    max_size=12,
).map(lambda pairs: "".join(word + mark for word, mark in pairs))


@pytest.mark.parametrize(
    ("written", "sorted_by_letter"),
    [
        (r"\b(?:at cost|for free|at no charge)\b", r"\b(?:a(?:t cost|t no charge)\b|for free\b)"),
        (r"\bon us|\bgratis", r"\b(?:on us|gratis)"),
        (r"\b(?:(?:very )?(?:first|last) offer)", r"\b(?:very (?:first|last) offer|first offer|last offer)"),
        (r"\b(?:less|more)\b|[-+=]", r"\b(?:less\b|more\b)|[-+=]"),
        (r"\b(?:(?:is|are)(?: all)? ours|[|)]a)", r"\b(?:(?:is|are)(?: all)? ours|[|)]a)"),
    ],
)
def test_phrases_stand_by_their_first_letters(written: str, sorted_by_letter: str) -> None:
    """Phrases of one letter come together in their order; a pattern that is no list of phrases stays as it is."""
    assert by_letter(written) == sorted_by_letter


@pytest.mark.parametrize(
    "written",
    [r"(a|b)c", r"\b(?P<name>a|b)", r"\b(?:a|b)\1", r"\bn?o", r"\b(?:a|b)*c", r"\b\w+", "no edge", r"\bx|[x*]", r"\b(?!a)b"],
)
def test_what_is_no_list_of_phrases_stays_as_written(written: str) -> None:
    """Counted groups, parts that may be left out, sets and signs that a phrase may begin with change nothing."""
    assert by_letter(written) == written


def test_most_patterns_of_the_guards_are_sorted() -> None:
    """The sorting is put to use: dozens of the guards' patterns are lists of phrases."""
    assert len(_SORTED) > 30


@given(_TEXTS, st.integers(0, 30), st.integers(0, 60))
def test_sorted_patterns_find_the_same(text: str, start: int, end: int) -> None:
    """Every pattern of the guards gives the same places, from and to wherever it is asked to look."""
    for one, other in _SORTED:
        assert [hit.span() for hit in other.finditer(text)] == [hit.span() for hit in one.finditer(text)]
        assert [hit.span() for hit in other.finditer(text, start, end)] == [
            hit.span() for hit in one.finditer(text, start, end)
        ]
        assert str(other.match(text, start)) == str(one.match(text, start))
