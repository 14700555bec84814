"""Which words are forms of one, and which plain words may a word be a form of?"""

from __future__ import annotations

import pytest

from guards.claims.stems import forms_of, stem, stems_of


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


@pytest.mark.parametrize(
    ("forms", "one"),
    [
        ("payment payments paying pays paid pay", "pay"),
        ("waiting waited waits wait", "wait"),
        ("parties party", "party"),
        ("leaves left leave", "leave"),
        ("board's boards board", "board"),
        ("rates rated rate", "rat"),
        ("bed", "bed"),
        ("as", "as"),
    ],
)
def test_kin_have_one_stem(forms: str, one: str) -> None:
    """Forms of one word have the same stem; short words stay as they are."""
    assert {stem(form) for form in forms.split()} == {one}


@pytest.mark.parametrize("word", ["stop", "carry", "spent", "wages"])
def test_a_word_leads_to_its_kin(word: str) -> None:
    """All forms of a word are kin of it, itself among them."""
    assert word in forms_of(word)
    assert {"stop": "stopped", "carry": "carried", "spent": "spending", "wages": "wage"}[word] in forms_of(word)
