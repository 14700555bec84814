"""Are figures tied to the issue that their own words name? Each sentence has an honest twin of nearly the same words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.claims.fractions import fractions_in, spans_in
from guards.claims.grounded import words_are_grounded
from guards.claims.lexicon import lexicon_of
from guards.claims.monthparts import parts_of_months
from guards.claims.scan import scan
from tests.corpus import Record, draft_of, negotiation_of, view_of

HIVES = negotiation_of(Path(__file__).parents[2] / "corpora/scenarios/hives.yaml")
RELEASE = negotiation_of(Path(__file__).parents[2] / "corpora/scenarios/release.yaml")
BEES: Record = {
    "hive_fee": 182, "hive_count": 1160, "frames": 9, "arrival": "2027-04-02", "stay_days": 28, "placement": "clusters",
    "deposit": 20, "payment_days": 14, "night_moves": True, "spray_notice": 72,
}  # fmt: skip
R12: Record = {
    "scope_points": 70, "contractor_budget": 15000, "release_date": "2027-02-17", "rollout_percent": 25, "test_days": 11,
    "freeze": "1-week", "rollback_plan": True, "oncall_weekends": 3,
}  # fmt: skip
ASKED: tuple[Record, ...] = (
    {"id": "m1", "sender": "beekeeper", "act": "propose", "terms": {**BEES, "hive_fee": 214, "spray_notice": 96}, "text": ""},
)
TWINS: tuple[tuple[str, str, str], ...] = (
    ("hives", "Three days of warning before any spraying, at 182.", "Two days of warning before any spraying, at 182."),
    ("hives", "Seventy-two hours' notice, at 182.", "Sixty hours' notice, at 182."),
    ("hives", "We pay the bill in two weeks.", "We pay the bill in three weeks."),
    ("hives", "They stay with us for four weeks.", "They stay with us for three weeks."),
    ("hives", "A fifth in advance, 182.", "A quarter in advance, 182."),
    ("hives", "One fifth in advance, 182.", "Half in advance, 182."),
    ("hives", "A day less of warning than you asked for: 72 hours.", "72 days of warning."),
    ("hives", "They arrive in early April, 182.", "They arrive in mid-April, 182."),
    ("hives", "Delivery on the first Friday in April.", "Delivery on the second Friday in April."),
    ("release", "Testing takes eleven days, as the sheet says.", "Testing takes two weeks, as the sheet says."),
    ("release", "A quarter in the first wave.", "A third in the first wave."),
    ("release", "The code freeze lasts a week.", "The code freeze lasts a fortnight."),
    ("release", "The code freeze lasts seven days.", "The code freeze lasts three days."),
    ("release", "11 test days, 70 points.", "11 test hours, 70 points."),
    ("release", "Release in the third week of February.", "Release in the last week of February."),
)


def _codes(name: str, text: str, terms: Record | None = None) -> set[str]:
    negotiation = HIVES if name == "hives" else RELEASE
    sender, history = ("grower", ASKED) if name == "hives" else ("engineering", ())
    draft = draft_of(negotiation, {"act": "propose", "terms": terms or (BEES if name == "hives" else R12), "text": text})
    return {finding.code for finding in words_are_grounded(negotiation)(draft, view_of(negotiation, sender, history))}


@pytest.mark.parametrize(("name", "honest", "faulty"), TWINS, ids=lambda text: str(text)[:32])
def test_a_figure_is_the_term_of_the_issue_that_it_is_said_of(name: str, honest: str, faulty: str) -> None:
    """Right in whatever unit, share or part of a month, it is let alone; wrong, it is found."""
    assert _codes(name, honest) == set()
    assert any(code.startswith("terms.") for code in _codes(name, faulty))


@pytest.mark.parametrize(
    "text",
    [
        "Would three weeks to pay be enough?",
        "If you took three weeks to pay, we could come up.",
        "You asked for four days of warning.",
        "Your four days of warning were a surprise.",
        "A day more of warning than m1 would be too much.",
        "We could perhaps pay after four weeks.",
        "Not a quarter in advance, please.",
    ],
)
def test_what_is_asked_weighed_or_anothers_is_no_term(text: str) -> None:
    """A figure in a question, under a condition, hedged, denied, or of somebody else's offer is let alone."""
    assert not _codes("hives", text) & {"terms.figure", "terms.date"}


def test_an_issue_that_the_terms_leave_open_is_found() -> None:
    """Words that settle an issue of which the terms say nothing are at fault, whatever unit they use."""
    terms = {issue: value for issue, value in BEES.items() if issue not in ("payment_days", "stay_days")}
    assert _codes("hives", "We pay the bill in two weeks.", terms) == {"terms.figure"}
    assert _codes("hives", "182 a hive, 72 hours of warning.", terms) == set()


def test_a_name_behind_a_figure_is_that_figures() -> None:
    """In `1,160 hives at 182` the 182 is no count of hives."""
    assert _codes("hives", "1,160 hives at 182 in clusters.") == set()


def test_ranges_name_two_days_and_minutes_are_the_rest_of_hours() -> None:
    """In `22 to 26 February` both are days, in `1.5 to 2 May` one is; `72 hours and thirty minutes` is one span."""
    said = scan("From 22 to 26 February, 1.5 to 2 May, 900 to 3 May", lexicon_of(HIVES))
    assert [(day.day, day.month) for day in said.days] == [(22, 2), (26, 2), (2, 5), (3, 5)]
    assert _codes("hives", "That is 72 hours and thirty minutes.") == set()
    assert _codes("hives", "That is 72 hours. Loading takes 47 minutes.") == {"terms.ungrounded"}


@pytest.mark.parametrize(
    ("honest", "faulty"),
    [
        ("As in m1, but 182 a hive, and 72 hours of warning.", "As in m1, but 182 a hive."),
        ("182. Everything else as in m1, save the notice.", "182. Everything else as in m1."),
        ("m1 with two changes: 182, and a day less of warning.", "m1 with one change: 182."),
        (
            "The rest is the same as in your m1; fee and warning come down.",
            "The rest is the same as in your m1; the fee comes down.",
        ),
        ("Nothing changes against m1 except the fee and the notice.", "Nothing changes against m1 except the fee."),
        ("Everything as in m1 would be too dear.", "All the rest stays as in m1, at 182."),
    ],
)
def test_all_else_that_is_called_the_same_is(honest: str, faulty: str) -> None:
    """Where the rest is said to be that of an offer, each term that differs is named, by its word, its figure or its step."""
    assert "terms.kept" not in _codes("hives", honest)
    assert "terms.kept" in _codes("hives", faulty)


@pytest.mark.parametrize(
    ("name", "honest", "faulty", "code"),
    [
        ("hives", "182 a hive, 1,160 of them.", "182 a week, 1,160 of them.", "terms.unit"),
        ("release", "The 17th, a Wednesday, with 70 points.", "The 17th, a Thursday, with 70 points.", "terms.weekday"),
        ("hives", "On the 2nd of April, which is a Friday.", "On the 2nd of April, which is a Monday.", "terms.weekday"),
        ("release", "70 points and a rollback plan.", "70 points, no rollback plan.", "terms.option"),
        ("hives", "182, night delivery included.", "182, and no night delivery.", "terms.option"),
        ("hives", "Night delivery: yes.", "Night delivery: no.", "terms.option"),
        ("hives", "Night delivery stays in.", "Night delivery is not included.", "terms.option"),
        ("hives", "We include night delivery.", "We leave night delivery out.", "terms.option"),
        ("hives", "We say yes to night delivery.", "We say no to night delivery.", "terms.option"),
        ("hives", "Night delivery is no small thing.", "Night delivery is off.", "terms.option"),
        ("hives", "Would we leave night delivery out?", "Night delivery drops out.", "terms.option"),
        (
            "hives",
            "I have thought about it, and go on: night delivery yes.",
            "I have thought: night delivery no.",
            "terms.option",
        ),
        ("hives", "Our offer comes with night delivery.", "Our offer does not come with night delivery.", "terms.option"),
        ("hives", "Let us settle on clusters.", "Let us settle on rows.", "terms.option"),
        ("hives", "We go for clusters here.", "We can do rows.", "terms.option"),
        ("hives", "Arrival is April 2.", "Arrival is May 12.", "terms.date"),
        ("hives", "Arrival, we may say, is the 2nd of April.", "Arrival is the 12th of May.", "terms.date"),
    ],
)
def test_rates_weekdays_and_flags_are_those_of_the_terms(name: str, honest: str, faulty: str, code: str) -> None:
    """A price is for what its name says, a day falls on its weekday wherever that stands, and a flag is as it is set."""
    assert _codes(name, honest) == set()
    assert code in _codes(name, faulty)


def test_the_last_word_of_an_option_names_it() -> None:
    """Who writes `to Lyon` for a route whose terms go to Milan has said another option; the negotiation may say both."""
    route = negotiation_of(Path(__file__).parents[2] / "corpora/scenarios/logistics.yaml")
    terms: Record = {"lane": "rotterdam-milan", "pallets_week": 98, "pallet_rate": 71}
    for town, codes in (("Milan", set[str]()), ("Lyon", {"terms.option"})):
        draft = draft_of(route, {"act": "propose", "terms": terms, "text": f"98 pallets to {town} at 71."})
        found = words_are_grounded(route)(draft, view_of(route, "shipper", ()))
        assert {finding.code for finding in found} == codes


def test_shares_and_spans_are_found_in_words() -> None:
    """Shares are figures in percent, single spans of time figures of one; rates, counts and ordinals are neither."""
    said = scan(
        "Half now, three quarters later, a third of it; the third tenth, 4 a day, a fortnight, an hour.", lexicon_of(HIVES)
    )
    assert [(said.quote(found.start, found.end), round(found.values[0], 1)) for found in fractions_in(said)] == [
        ("Half", 50.0),
        ("three quarters", 75.0),
        ("a third", 33.3),
    ]
    assert [(found.values[0], found.unit) for found in spans_in(said)] == [(2, "week"), (1, "hour")]


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_each_day_lies_in_the_parts_of_its_month(day: date) -> None:
    """The week, half and weekday that are counted from a day hold it, and none of another month does."""
    month, weekday = day.strftime("%B"), day.strftime("%A")
    nth = ("first", "second", "third", "fourth", "fifth")[(day.day - 1) // 7]
    is_last = (day + timedelta(days=7)).month != day.month
    phrases = [
        f"the {'last' if is_last else nth} {weekday} of {month}",
        f"the {'first' if day.day <= 15 else 'second'} half of {month}",
    ]
    phrases += [f"the {nth} week of {month}"] if day.day <= 28 else [f"the last week of {month}", f"the end of {month}"]
    for phrase in phrases:
        (period,) = parts_of_months(scan(phrase, lexicon_of(HIVES)))
        assert period.holds(day)
        assert not period.holds(day.replace(day=1) - timedelta(days=1))
