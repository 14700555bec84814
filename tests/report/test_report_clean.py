"""What of somebody else's words may reach a terminal?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.report.clean import clean, clean_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("62,000 USD for search, from 1 October.", "62,000 USD for search, from 1 October."),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a new title\x07after", "after"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b[2J\x1b[Hgone?", "gone?"),
        ("\x9b2Jgone?", "gone?"),
        ("\x1bPq string \x1b\\after", "after"),
        ("one\ntwo\r\nthree\u2028four", "one two three four"),
        ("a\tb\x00c\x07d\x7f", "a bcd"),
        ("right \u202eleft\u202c", "right left"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("tag\U000e0041s", "tags"),
        ("lone \ud800 half", "lone half"),
        ("Zürich, 京都, café, 👩\u200d💻", "Zürich, 京都, café, 👩\u200d💻"),
        ("z" + "\u0335" * 30, "z" + "\u0335" * 4),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
        ("", ""),
    ],
)
def test_only_printable_text_is_left(text: str, shown: str) -> None:
    """Escapes, controls, line breaks, directions and hidden characters go; every script's own letters stay."""
    assert clean(text) == shown


def test_a_bound_is_kept_and_shown() -> None:
    """Text that is too long ends with an ellipsis within the bound."""
    assert clean("abcdefghij", 10) == "abcdefghij"
    assert clean("abcdefghijk", 10) == "abcdefghi…"


def test_lines_stay_lines() -> None:
    """Several lines are cleaned one by one, without empty ones at the ends."""
    assert clean_lines("\n{\x1b[1m\r\n  1\x00\n}\n\n") == ("{", "  1", "}")
    assert clean_lines("") == ("",)


@given(st.text(alphabet=st.characters()), st.integers(1, 40))
def test_nothing_that_steers_comes_through(text: str, most: int) -> None:
    """Whatever the text, each character of the result is printable or joins, it is one line, and the bound holds."""
    shown = clean(text, most)
    assert len(shown) <= most
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}]
    assert not [c for c in shown if unicodedata.category(c) == "Cf" and c not in "\u200c\u200d"]


@given(st.text(alphabet="\x1b\x9b\x9d[]()0;m\\\x07aQ ", max_size=30))
def test_no_mix_of_escapes_leaves_an_escape(text: str) -> None:
    """However escapes are nested or cut, none is left, and cleaning again changes nothing."""
    shown = clean(text)
    assert not set(shown) & set("\x1b\x9b\x9d\x07")
    assert clean(shown) == shown
