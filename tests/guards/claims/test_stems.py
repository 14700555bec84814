"""Which plain words may a word be a form of?"""

from __future__ import annotations

import pytest

from guards.claims.stems import stems_of


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("takes", "take"),
        ("watches", "watch"),
        ("taking", "take"),
        ("cutting", "cut"),
        ("carries", "carry"),
        ("carried", "carry"),
        ("plainly", "plain"),
        ("happily", "happy"),
        ("board's", "board"),
    ],
)
def test_a_form_leads_to_its_plain_word(word: str, plain: str) -> None:
    """Endings of number, time, manner and possession are taken off."""
    assert plain in stems_of(word)


@pytest.mark.parametrize("word", ["tender", "is", "bus", "ring"])
def test_what_is_no_form_has_no_plain_word_of_its_own(word: str) -> None:
    """An ending that belongs to the word itself leaves nothing that is long enough, or is none of these."""
    assert stems_of(word) == frozenset()
