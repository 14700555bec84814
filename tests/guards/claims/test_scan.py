"""What does one pass over a text find? Figures, days, names and how things are said, with the exact words of the original."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.claims.lexicon import lexicon_of
from guards.claims.plain import plain_text
from guards.claims.saying import Scan
from guards.claims.scan import scan
from guards.claims.words import CONDITION, HEDGE, NEGATION, YOU
from guards.pattern import Pattern
from orchestrator.assembly import load_scenario
from tests.guards.cases import CAMPAIGN

_LEXICON = lexicon_of(CAMPAIGN)  # pyright: ignore[reportArgumentType] - frozen models hash
_SCENARIOS = Path(__file__).resolve().parents[2] / "corpora" / "scenarios"
_Figures: TypeAlias = list[tuple[tuple[float, ...], str]]


def _scanned(text: str) -> Scan:
    return scan(text, _LEXICON)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("$40k", [((40000.0,), "usd")]),
        ("40 000 dollars", [((40000.0,), "usd")]),
        ("forty thousand", [((40000.0,), "")]),
        ("1.500,00 EUR", [((1500.0,), "eur")]),
        ("2.5 %", [((2.5,), "percent")]),
        ("five per cent", [((5.0,), "percent")]),
        ("a dozen", [((12.0,), "")]),
        ("two dozen weeks", [((24.0,), "week")]),
        ("1.500 hours", [((1500.0, 1.5), "hour")]),
        ("two and a half hours", [((2.5,), "hour")]),
        ("thirty-five dollars and fifty cents", [((35.5,), "usd")]),
        ("USD 7", [((7.0,), "usd")]),
        ("twelve cents", [((0.12,), "usd")]),
        ("150 studio hours", [((150.0,), "hour")]),
        ("m3 and q2 and rfq-18", []),
        ("in 2026", []),
        ("one hundred and twenty-five thousand", [((125000.0,), "")]),
        ("1,000,000", [((1000000.0,), "")]),
    ],
)
def test_figures_are_read_with_their_units(text: str, figures: _Figures) -> None:
    """Each usual spelling of a figure is read with every value that it may mean, and its unit."""
    assert [(found.values, found.unit) for found in _scanned(text).quantities] == figures


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 October", (1, 10, None, None)),
        ("Thursday, 1 October 2026", (1, 10, 2026, 3)),
        ("October 1st", (1, 10, None, None)),
        ("2026-10-01", (1, 10, 2026, None)),
        ("01.10.2026", (1, 10, 2026, None)),
        ("the 14th", (14, None, None, None)),
        ("the twenty-fifth of September", (25, 9, None, None)),
        ("15 M\u00e4rz 2027", (15, 3, 2027, None)),
        ("1 octobre 2026", (1, 10, 2026, None)),
        ("Tuesday the 6th", (6, None, None, 1)),
    ],
)
def test_days_are_read_in_the_usual_ways(text: str, day: tuple[int, int | None, int | None, int | None]) -> None:
    """A day is read with as much of month, year and weekday as was said."""
    days = [(found.day, found.month, found.year, found.weekday) for found in _scanned(text).days]
    assert days == [day]


def test_names_of_issues_options_roles_and_offers_are_found() -> None:
    """Names in full and in part, options, roles and offers are found in order."""
    named = [
        (found.sort, found.what, found.strong) for found in _scanned("Budget's m4 has video, search spend and email.").named
    ]
    assert named == [
        ("role", "budget", True),
        ("offer", "m4", True),
        ("option", "video", True),
        ("issue", "search_spend", True),
        ("issue", "email_spend", False),
    ]


def test_sentences_know_how_they_are_said() -> None:
    """Questions, conditions, hedges and denials are known by sentence; a semicolon joins what leads to a question."""
    said = _scanned("If you wait; would it do? It might not. Fine.")
    assert [found.is_question for found in said.sentences] == [True, True, False, False, False]
    assert said.sentences[0].bits & CONDITION
    assert said.sentences[0].bits & YOU
    assert said.sentences[2].bits & (HEDGE | NEGATION) == HEDGE | NEGATION
    assert not said.sentences[3].bits & (CONDITION | HEDGE | NEGATION)


@pytest.mark.parametrize(
    ("text", "words", "sort"),
    [
        ("7\u200b5 hours", "7\u200b5 hours", "invisible"),
        ("\u202e75 hours", "75 hours", "direction"),
        ("7O hours", "7O hours", "digit"),
        ("se\u0430rch 75", "75", "twin"),
    ],
)
def test_disguised_letters_are_read_and_quoted_as_they_stand(text: str, words: str, sort: str) -> None:
    """What is invisible or looks like another letter is read as a reader would, and the original is quoted."""
    said = _scanned(text)
    found = said.quantities[0]
    assert (said.quote(found.start, found.end), said.oddities[0].sort) == (words, sort)


@pytest.mark.parametrize(
    ("text", "value"),
    [("4,OOO,OOO USD", 4_000_000), ("46.OOO USD", 46_000), ("3OO hours", 300), ("2,5OO hours", 2500), ("100 or so", 100)],
)
def test_every_letter_o_of_a_number_is_a_nought(text: str, value: float) -> None:
    """A number is read as a reader does, however many noughts of it are letters; words keep their letters."""
    assert value in _scanned(text).quantities[0].values


@pytest.mark.parametrize(
    ("text", "figures", "offers"),
    [
        ("240,000 m3 at 6 EUR per m3", [(240_000.0, "m3"), (6.0, "eur")], []),
        ("240m3, as in m3", [(240.0, "m3")], ["m3"]),
        ("40 mg/l and 11.9 metres", [(40.0, "mg/l"), (11.9, "metre")], []),
    ],
)
def test_units_with_digits_and_slashes_are_read(text: str, figures: list[tuple[float, str]], offers: list[str]) -> None:
    """A cubic metre is a unit behind a figure and behind `per`, else the third message."""
    said = scan(text, lexicon_of(load_scenario(_SCENARIOS / "dredging.yaml")))
    assert [(found.values[0], found.unit) for found in said.quantities] == figures
    assert [named.what for named in said.named if named.sort == "offer"] == offers


@pytest.mark.parametrize("text", ["\uff17\uff15 hours", "\u0667\u0665 hours", "75\u00a0hours"])
def test_digits_of_all_scripts_are_digits(text: str) -> None:
    """Full-width and Arabic digits and blanks that don't break are read like plain ones."""
    assert [(found.values, found.unit) for found in _scanned(text).quantities] == [((75.0,), "hour")]


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_places_stay_inside_the_text(text: str) -> None:
    """Whatever stands there, what is found lies inside it and is quoted from it."""
    said = _scanned(text)
    for found in (*said.quantities, *said.days, *said.named):
        assert 0 <= found.start < found.end <= len(said.text)
        assert said.quote(found.start, found.end) in text
    assert said.sentences[-1].end == len(said.text)


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_plain_text_has_a_place_for_every_letter(text: str) -> None:
    """Every plain letter has its place in the original, in order."""
    plain = plain_text(text)
    places = plain.places if plain.places is not None else tuple(range(len(text)))
    assert len(places) == len(plain.text)
    assert list(places) == sorted(places)


_PHRASE = Pattern(r"\b(?:free of charge|on us|as a gift)\b")
_PIECES = ("free", "of", "charge", "on", "us", "as", "a", "gift", ".", ";", "?", ",", "\n", "40k")


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_phrases_are_found_by_sentences_as_in_the_whole(text: str) -> None:
    """A phrase that no mark interrupts is found where a look at the whole text finds it."""
    said = _scanned(text)
    whole = [found.span() for found in _PHRASE.finditer(said.text)]
    assert [found.span() for found in said.matches(_PHRASE, frozenset(("free", "us", "gift")))] == whole
    assert [found.span() for found in said.matches_at(_PHRASE, frozenset(("free", "on", "as")))] == whole
    assert [frozenset(said.tokens_in(part.start, part.end)) for part in said.sentences] == list(said.said_in)


def test_a_text_of_too_many_parts_is_read_no_further() -> None:
    """Behind the most marks that are read all is one long part, and the text counts as full."""
    said = _scanned("so. " * 4_990)
    assert (said.is_full, len(said.sentences)) == (False, 4_991)
    said = _scanned("so. " * 20_000)
    assert (said.is_full, said.sentences[-1].end) == (True, len(said.text))
    assert len(said.sentences) < 5_200


@pytest.mark.parametrize("part", ["2026-10-01 ", "hundred "])
def test_a_text_of_nothing_but_days_or_hundreds_is_read(part: str) -> None:
    """More days than are read, and more number words than anybody says in a row, are no reason to fail."""
    said = _scanned(part * 2_000)
    assert (said.is_full, said.text) == (part.startswith("2026"), part * 2_000)


_HOSTILE = [
    "a",
    "111 ",
    "1,",
    "1+",
    "m3 had 5 ",
    "you agreed ",
    "(",
    "search 70k, ",
    "1 October ",
    "12th ",
    "free ",
    "O0",
    "\u200b1",
    ".",
]


@pytest.mark.slow
@pytest.mark.parametrize("part", _HOSTILE)
def test_long_text_takes_linear_time(part: str) -> None:
    """A text four times as long takes nothing like sixteen times as long, however it is built."""
    spent = [min(_seconds((part * size)[:size]) for _ in range(3)) for size in (20_000, 80_000)]
    assert spent[1] < 10 * max(spent[0], 0.004)


def _seconds(text: str) -> float:
    began = time.process_time()
    scan.__wrapped__(text, _LEXICON)
    return time.process_time() - began
