"""Does a sentence become the letters of its words, and each letter lead back to them?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.claims.lexicon import lexicon_of
from guards.claims.scan import scan
from guards.grammar import COMMON, grammar_of, sentences_with
from tests.guards.cases import CAMPAIGN

_GRAMMAR = grammar_of(COMMON, {"A": "cmo head_of head_of_finance", "V": "approved signed_off", "G": "on_board d'accord"})


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("the cmo has approved it", ".AhV."),
        ("our cmo's on board, isn't she", "iAsG,bnt"),
        ("if the head of finance signed off", "c.AV"),
        ("the head of the shop signed it", ".A..z."),
        ("we won't pay 2,500 or 40 %", "ifn.#.#%"),
        ("she is d'accord", "tbG"),
        ("", ""),
    ],
)
def test_words_become_letters(text: str, letters: str) -> None:
    """Each word is its class, several words one letter where they are listed so, the longest first."""
    assert (_GRAMMAR.spell(text).letters, _GRAMMAR.letters_of(text)) == (letters, letters)


def test_letters_lead_back_to_their_words() -> None:
    """The words of some letters are those of the text, with what stands between them."""
    text = "the head of finance, i hear, signed off"
    spelled = _GRAMMAR.spell(text)
    assert (spelled.words(text, 1, 2), spelled.words(text, 5, 7)) == ("head of finance", ", signed off")


@given(st.text(alphabet="the cmo has n't d'accord,.(1%&", max_size=60))
def test_every_letter_has_its_place(text: str) -> None:
    """There are as many places as letters, in their order, and each is in the text."""
    spelled = _GRAMMAR.spell(text)
    assert _GRAMMAR.letters_of(text) == spelled.letters
    assert len(spelled.letters) == len(spelled.places)
    assert all(0 <= start < end <= len(text) for start, end in spelled.places)
    assert list(spelled.places) == sorted(spelled.places)


def test_only_sentences_with_a_word_are_read() -> None:
    """Those that hold one of the words come in their order, once each."""
    said = scan("Nothing here. The CMO knows. We wait; the CMO and the CMO. Bye.", lexicon_of(CAMPAIGN))
    found = [said.quote(sentence.start, sentence.end) for sentence in sentences_with(said, frozenset(("cmo", "bye")))]
    assert found == ["The CMO knows.", "the CMO and the CMO.", "Bye."]
