"""Are secrets found in other words, and words for a machine in other sentences, with honest ones left alone?"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast

import pytest

from guards.claims.lexicon import lexicon_of
from guards.claims.monthparts import names_day, names_eve
from guards.claims.scan import scan
from guards.injection import addresses_the_party
from guards.leak import keeps_secrets
from guards.leaks.forms import Form, forms_of, multiplies_to, readings_in, says_form
from guards.leaks.pointing import pointing_at
from guards.leaks.secret import secrets_of
from orchestrator.assembly import load_scenario
from orchestrator.messages.draft import Draft
from orchestrator.messages.negotiation import Fact, Mandate, Negotiation, Rule
from orchestrator.messages.terms import Number
from orchestrator.messages.value import IssueName, RoleName
from orchestrator.messages.view import Guard
from tests.corpus import Record, view_of
from tests.guards.cases import CAMPAIGN

_TESTS = Path(__file__).resolve().parents[1]
_ROWS = tuple(
    cast("Record", json.loads(line)) for line in (_TESTS / "tables" / "guards-secrets.jsonl").read_text("utf-8").splitlines()
)


@lru_cache(maxsize=32)
def _negotiation(scenario: str) -> Negotiation:
    return load_scenario(_TESTS / "corpora" / "scenarios" / f"{scenario}.yaml")


@lru_cache(maxsize=32)
def _guard(scenario: str, kind: str) -> Guard:
    negotiation = _negotiation(scenario)
    return keeps_secrets(negotiation) if kind == "leak" else addresses_the_party(negotiation)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: str(row["text"])[:40])
def test_secrets_and_directions_are_found_in_other_words(row: Record) -> None:
    """A sentence is withheld exactly if it gives a secret of its sender away, or directs the machine that reads it."""
    draft = Draft(act="inform", text=str(row["text"]))
    view = view_of(_negotiation(str(row["scenario"])), str(row["sender"]), ())
    findings = _guard(str(row["scenario"]), str(row["kind"]))(draft, view)
    assert {(finding.kind, finding.severity) for finding in findings} == (
        {(row["kind"], "withhold")} if row["faulty"] else set()
    )
    assert all(finding.words in draft.text for finding in findings)


@pytest.mark.parametrize(("beds", "findings"), [(None, {"leak.limit"}), (47, set[str]())])
def test_a_figure_that_is_offered_for_another_issue_rules_nothing_out(beds: int | None, findings: set[str]) -> None:
    """With a least of 48 cases, `no ... 47` gives it away, unless 47 is what the same draft offers."""
    terms = () if beds is None else (Number(issue=IssueName("beds_reserved"), value=Decimal(beds)),)
    draft = Draft(act="propose", terms=terms, text="My proposal: Saturday list no and beds 47.")
    view = view_of(_negotiation("theatre"), "surgery", ())
    assert {finding.code for finding in _guard("theatre", "leak")(draft, view)} == findings


def _values(text: str) -> set[float]:
    said = scan(text, lexicon_of(CAMPAIGN))
    sentence = said.sentences[0]
    return {round(one.value, 4) for one in readings_in(said.text, sentence.start, said.quantities, sentence.bits)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a quarter of a million plus ten thousand", 260_000),
        ("two point one million", 2_100_000),
        ("one pound eight", 1.08),
        ("ten sixty of that", 10.6),
        ("a euro and a half", 1.5),
        ("a mere pair of slots", 2),
        ("six days in ten", 60),
        ("two cents in the euro", 2),
        ("of every hundred euros about two", 2),
        ("ten metres forty", 10.4),
    ],
)
def test_figures_of_several_words_are_read(text: str, value: float) -> None:
    """A figure that people build of several words is read as what it comes to."""
    assert value in _values(text)


def test_twenty_two_is_one_figure() -> None:
    """Two number words that are one figure are no price with cents."""
    assert _values("twenty two") == {22.0}


def _says(text: str, form: Form, period: str = "") -> bool:
    said = scan(text, lexicon_of(CAMPAIGN))
    sentence = said.sentences[0]
    readings = tuple(readings_in(said.text, sentence.start, said.quantities, sentence.bits))
    return says_form(readings, form, frozenset((period,)) if period else frozenset())


@pytest.mark.parametrize(
    ("text", "value", "unit", "is_said"),
    [
        ("some 2.6 tonnes", 2600, "kilo", True),
        ("2.6 hours", 2600, "kilo", False),
        ("a shade over eleven cents", 0.112, "usd", True),
        ("eleven cents", 0.112, "usd", False),
        ("about 12 cents", 0.112, "usd", False),
        ("nearly six out of ten", 58, "percent", True),
        ("four years", 48, "month", True),
        ("four days", 48, "month", False),
    ],
)
def test_a_figure_is_said_in_another_unit_or_rounded(text: str, value: float, unit: str, *, is_said: bool) -> None:
    """A figure in another unit, or one that is announced as rounded, says it; one that is not announced does not."""
    assert _says(text, Form(value, frozenset((unit,)), "")) is is_said


def test_a_figure_of_a_year_can_be_said_by_the_month() -> None:
    """What is spent in a year can be told by the month, the week and the day; each form needs its period to be named."""
    forms = {form.period: form for form in forms_of(720_000, frozenset(("gbp",)), "year")}
    assert {period: round(form.value) for period, form in forms.items()} == {
        "": 720_000, "month": 60_000, "week": 13_846, "quarter": 180_000, "day": 1_973,
    }  # fmt: skip
    assert _says("60,000", forms["month"], "month")
    assert not _says("60,000", forms["month"])


def test_two_figures_make_a_third() -> None:
    """Figures that are multiplied give their product away; one alone does not."""
    said = scan("52 times 13,846.15", lexicon_of(CAMPAIGN))
    readings = tuple(readings_in(said.text, 0, said.quantities, said.sentences[0].bits))
    assert multiplies_to(readings, 720_000)
    assert not multiplies_to(readings[:1], 720_000)


@pytest.mark.parametrize(
    ("text", "day", "is_named"),
    [
        ("when june ends", date(2027, 6, 30), True),
        ("when june ends", date(2027, 6, 29), False),
        ("the end of february", date(2028, 2, 29), True),
        ("mid-may", date(2027, 5, 14), True),
        ("mid-may", date(2027, 5, 24), False),
        ("from may on", date(2027, 5, 1), True),
        ("early in may", date(2027, 5, 8), True),
        ("late in may", date(2027, 5, 28), True),
        ("the last week of may", date(2027, 5, 27), True),
        ("june begins", date(2027, 6, 2), True),
        ("in june", date(2027, 6, 30), False),
        ("the end of july", date(2027, 6, 30), False),
    ],
)
def test_months_in_words_name_days(text: str, day: date, *, is_named: bool) -> None:
    """A part of a month in words may mean the days of that part and no others."""
    assert names_day(text, day) is is_named


def test_the_day_before_a_first_day_gives_it_away() -> None:
    """Who cannot until the end of January can from the first of February."""
    assert names_eve("until the end of january", date(2027, 2, 1))
    assert names_eve("the first nine days of september", date(2026, 9, 10))
    assert not names_eve("in january", date(2027, 2, 1))


def test_words_point_at_a_secret_in_all_their_endings() -> None:
    """Two words of a secret mean it, in any ending or by its field; words that all share are not enough."""
    pointing = pointing_at("the most that may be spent on linen in a year", frozenset(("linen",)))
    assert pointing.is_meant(frozenset(("spending", "linen")))
    assert pointing.is_meant(frozenset(("purse", "linen")))
    assert not pointing.is_meant(frozenset(("linen", "linens")))
    assert not pointing.touches(frozenset(("weather",)))


def test_facts_without_a_figure_and_turned_bounds_are_kept() -> None:
    """A fact in words is given away by its words, and a bound counts however its rule is written."""
    role = CAMPAIGN.roles[0]
    fact = Fact(
        name="agency_quits", kind="flag", value="true", says="the creative agency quits in autumn", visible_to=(role.name,),
        source="agency-letter", as_of=date(2026, 8, 1), disclose="never",
    )  # fmt: skip
    rule = Rule(id="few", rule="40000 >= social_spend && email_spend <= 7000", why="old habit")
    own = role.model_copy(update={"mandate": Mandate(limits=(rule,))})
    negotiation = CAMPAIGN.model_copy(update={"facts": (*CAMPAIGN.facts, fact), "roles": (own, *CAMPAIGN.roles[1:])})
    limits = {secret.value: secret.is_upper for secret in secrets_of(negotiation, own) if secret.sort == "limit"}
    assert limits == {40000.0: True, 7000.0: True}
    guard = keeps_secrets(negotiation)
    view = view_of(negotiation, RoleName(role.name), ())
    found = guard(Draft(act="inform", text="Our agency is quitting, I hear."), view)
    assert [finding.code for finding in found] == ["leak.fact"]
    assert guard(Draft(act="inform", text="Would an agency be of help?"), view) == ()
