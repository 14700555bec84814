"""Which figures and days do words say? Those that people write, and no more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.figures import day_in, figure_in
from guards.spelling import ends_with, starts_with
from orchestrator.messages.terms import Day, Number
from orchestrator.messages.value import IssueName


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("60000", ["60000"]),
        ("60,000", ["60", "60000"]),
        ("60.000", ["60", "60000"]),
        ("1,234,567", ["1234567"]),
        ("1.234,50", ["1234.50"]),
        ("1,234.50", ["1234.50"]),
        ("60 000", ["60000"]),
        ("60\u202f000", ["60000"]),
        ("69,50", ["69.50"]),
        ("60k", ["60000"]),
        ("$60k", ["60000"]),
        ("usd 60", ["60"]),
        ("2.5 million", ["2500000"]),
        ("twelve", ["12"]),
        ("twenty-five", ["25"]),
        ("one hundred and fifteen", ["115"]),
        ("sixty thousand", ["60000"]),
        ("two hundred and seven thousand five hundred", ["207500"]),
    ],
)
def test_figure_has_every_value_that_it_may_mean(words: str, values: list[str]) -> None:
    """A figure is read with all values that its spelling may mean."""
    figure = figure_in(words, 0, len(words))
    assert figure is not None
    assert {value.normalize() for value in figure.values} == {Decimal(value).normalize() for value in values}


@pytest.mark.parametrize("words", ["million", "thousand", "two three", "hours", "", "twenty thirty"])
def test_words_that_are_no_one_figure_have_no_value(words: str) -> None:
    """Words that are no one number are no figure."""
    assert figure_in(words, 0, len(words)) is None


@pytest.mark.parametrize(
    "words",
    [
        *("1 october", "october 1", "october 1st", "1st of october", "the 1st", "oct 1, 2026", "oct. 1", "2026-10-01"),
        *("thursday 1 october", "thursday, the 1st of october 2026"),
    ],
)
def test_day_is_read_in_the_usual_ways(words: str) -> None:
    """A day is known in the ways that people write it, with or without month and year."""
    day = day_in(words, 0, len(words))
    assert day is not None
    assert (day.may_be(date(2026, 10, 1)), day.may_be(date(2026, 10, 2)), day.end) == (True, False, len(words))


@given(st.text(max_size=60))
def test_no_words_raise(words: str) -> None:
    """Whatever stands there, reading a figure or a day in it does not fail."""
    text = words.lower()
    for last in (False, True):
        figure_in(text, 0, len(text), last=last)
        day_in(text, 0, len(text), last=last)


@given(st.integers(1, 10_000_000))
def test_spelled_number_is_read_as_itself(value: int) -> None:
    """Every usual spelling of a number is also read as that number, before and after a name."""
    term = Number(issue=IssueName("spend"), value=Decimal(value))
    for words in (str(value), f"{value:,}"):
        figure = figure_in(words, 0, len(words))
        assert figure is not None
        assert value in figure.values
        assert starts_with(words, 0, term)
        assert ends_with(f"{words} spend", len(words) + 1, term)
    assert not starts_with(f"{value}5", 0, term)
    assert not ends_with(f"5{value} spend", len(f"5{value} "), term)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_spelled_day_is_read_as_itself(value: date) -> None:
    """A day in ISO or in words is known at once; the same day of another year is not."""
    term = Day(issue=IssueName("launch"), value=value)
    words = f"{value.day} {value:%B}".lower()
    assert starts_with(words, 0, term)
    assert starts_with(value.isoformat(), 0, term)
    assert not starts_with(f"{words} {value.year + 1}", 0, term)
