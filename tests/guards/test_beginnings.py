"""Does a long text, in which patterns are looked for by their first words, give what a search of every letter gives?"""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.beginnings import first_words
from guards.claims.lexicon import lexicon_of
from guards.claims.scan import scan
from guards.injection import DIRECTIONS
from guards.pattern import Pattern
from guards.phrases.direction import Direction
from guards.phrases.injection import OVERRIDE, OVERRIDE_WORDS, PLAY, PLAY_WORDS
from tests.guards.cases import CAMPAIGN

_LEXICON = lexicon_of(CAMPAIGN)  # pyright: ignore[reportArgumentType] - frozen models hash
_FOLDER = Path(__file__).parents[2] / "guards"
_NAMES = [".".join(path.relative_to(_FOLDER.parent).with_suffix("").parts) for path in sorted(_FOLDER.rglob("*.py"))]
_PATTERNS = [
    found
    for name in _NAMES
    for found in vars(importlib.import_module(name.removesuffix(".__init__"))).values()
    if isinstance(found, Pattern) and found.begins is not None
]
_ALL = (*DIRECTIONS, Direction(OVERRIDE_WORDS, frozenset(), OVERRIDE), Direction(PLAY_WORDS, frozenset(), PLAY))
_WORDS = sorted({word for one in _ALL for word in re.findall(r"[a-z]+(?:[' -][a-z]+)*", one.pattern.written)})
_PARTS = st.tuples(
    st.sampled_from(_WORDS), st.sampled_from([" ", " ", " ", ", ", ". ", "'", " '", "-", "_", "s ", "\n", " 5% "])
)
_FILLER = "so it goes on and on " * 100
"""Words that make a text long."""


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"\b(?:at cost|for (?:free|nothing))\b", {"at", "for"}),
        (r"\byou(?:'re| are)? now\b|\bsummari[sz]e\b", {"you", "summarise", "summarize"}),
        (r"\b(?:no |any )?(?:orders?|rule)\b", {"no", "any", "order", "orders", "rule"}),
        (r"(?<!we )\b(?:not )*so\b(?! far)", {"not", "so"}),
        (r"\bfree", None),
        (r"\b[a-z]+ free\b", None),
        (r"\b(?:,|at) cost\b", None),
        (r"free\b|\bgratis\b", None),
        (r"\b(?:a){2} b\b", None),
    ],
)
def test_first_words_of_a_pattern(written: str, words: set[str] | None) -> None:
    """The first words of a pattern are told from edge to edge, and not at all where it may begin otherwise."""
    assert first_words(written) == (None if words is None else frozenset(words))


@given(st.lists(_PARTS, max_size=12), st.sampled_from(_PATTERNS))
def test_a_pattern_begins_with_its_first_words(parts: list[tuple[str, str]], pattern: Pattern) -> None:
    """Whatever a pattern finds begins with one of the words that it is said to begin with."""
    text = "".join(f"{word}{mark}" for word, mark in parts)
    found = [re.findall(r"\w+", text[one.start() :])[0] for one in pattern.finditer(text)]
    assert pattern.begins is not None
    assert [word for word in found if word not in pattern.begins] == []


@settings(max_examples=200)
@given(st.lists(_PARTS, max_size=12), st.sampled_from(_ALL))
def test_long_texts_are_read_as_short_ones(parts: list[tuple[str, str]], direction: Direction) -> None:
    """In a long text a pattern is found where it is found in the same words alone."""
    text = "".join(f"{word}{mark}" for word, mark in parts) + "\n"
    found = [
        [one.span() for one in scan(whole, _LEXICON).matches(direction.pattern, direction.words, direction.beside)]
        for whole in (text, text + _FILLER)
    ]
    assert found[0] == found[1]
