"""Do the checks of words find what has no ground, and leave the honest twin alone?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.claims.grounded import words_are_grounded
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.terms import digest_of_terms
from tests.corpus import Record, draft_of, view_of
from tests.guards.cases import CAMPAIGN, FULL

_ROOT = Path(__file__).parents[3]
_ROWS = tuple(
    cast("Record", json.loads(line)) for line in (_ROOT / "tests/tables/guards-claims.jsonl").read_text("utf-8").splitlines()
)
_HISTORY: tuple[Record, ...] = (
    {"id": "m1", "sender": "budget", "act": "propose", "terms": {**FULL, "creative_hours": 150}, "text": "An even start."},
    {"id": "m2", "sender": "capacity", "act": "propose", "terms": {**FULL, "creative_hours": 180}, "text": "More hours."},
)
_PIECES = ("you agreed", "45 weeks.", "m1 had 70k,", "1 October", "budget will", "3 + 4 = 8", "if", "free", "report")
_GUARD = words_are_grounded(CAMPAIGN)


def _judged(act: str, text: str, sender: str = "channel") -> tuple[Finding, ...]:
    terms: Record = {"terms": FULL} if act == "propose" else {"offer": "m1"} if act == "accept" else {}
    return _GUARD(draft_of(CAMPAIGN, {"act": act, "text": text, **terms}), view_of(CAMPAIGN, sender, _HISTORY))


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['kind']}-{row['id']}")
def test_faulty_words_are_found_and_honest_twins_are_not(row: Record) -> None:
    """A sentence of the table has findings of its kind exactly if it is faulty, each with words of the draft."""
    text = str(row["text"])
    findings = _judged(str(row["act"]), text, str(row["sender"]))
    assert {finding.kind for finding in findings} == ({row["kind"]} if row["faulty"] else set())
    assert all(finding.words in text and finding.path == "text" for finding in findings)
    assert all(finding.severity == ("refuse" if finding.kind == "terms" else "withhold") for finding in findings)


def test_an_entry_can_be_asked_for_by_its_number() -> None:
    """The number of an entry that holds a move is no figure without ground; another number is."""
    seen = replace(view_of(CAMPAIGN, "channel", _HISTORY), entries=(11, 997))
    asked = [draft_of(CAMPAIGN, {"act": "query", "text": f"Show me entry {number} in full."}) for number in (997, 998)]
    assert [[finding.words for finding in _GUARD(draft, seen)] for draft in asked] == [[], ["998"]]


def test_finding_says_what_was_expected_and_why() -> None:
    """A misquoted fact is named with its value and its source."""
    assert _judged("inform", "The CRM export of 15 August shows 48 000 reachable contacts.") == (
        Finding(
            code="fact.figure",
            kind="fact",
            severity="withhold",
            path="text",
            words="48 000 reachable contacts",
            message="fact 'email_list' says 84000 contact (crm-export), not '48 000 reachable contacts'",
            allowed="84000 contact",
        ),
    )


def test_draft_without_words_has_no_findings() -> None:
    """Where nothing is said, nothing is claimed."""
    assert _judged("propose", "") == ()


def test_figure_of_another_offer_than_the_one_accepted_is_found() -> None:
    """Who accepts m1 and names the hours of m2 has misread one of them; the hours of m1 are fine."""
    history = (_HISTORY[0], {**_HISTORY[1], "terms": {**FULL, "creative_hours": 170}})
    view = view_of(CAMPAIGN, "channel", history)
    drafts = [draft_of(CAMPAIGN, {"act": "accept", "offer": "m1", "text": f"Taken, 60k and {hours}."}) for hours in (170, 150)]
    assert [[finding.words for finding in _GUARD(draft, view)] for draft in drafts] == [["170"], []]


def test_words_of_an_accept_report_the_offer_that_it_names() -> None:
    """The terms that an accept reports are those of the offer."""
    view = view_of(CAMPAIGN, "channel", _HISTORY)
    offer = view.moves[1]
    assert digest_of_terms(offer.terms) == offer.digest
    right = _GUARD(Draft(act="accept", offer=offer.id, text="Mixed on 180 hours it is."), view)
    wrong = _GUARD(Draft(act="accept", offer=offer.id, text="Static on 180 hours it is."), view)
    assert (right, [finding.code for finding in wrong]) == ((), ["terms.option"])


def test_a_day_that_a_fact_tells_is_read_and_one_that_is_none_is_passed_over() -> None:
    """What a fact says of `30 April 2026` grounds that day; `31 February 2026` is no day, and raises nothing."""
    says = "the offer of the studio stands until 30 April 2026, not 31 February 2026"
    fact = CAMPAIGN.facts[0].model_copy(
        update={"name": "studio_offer", "says": says, "kind": "text", "value": "open", "unit": ""}
    )
    told = CAMPAIGN.model_copy(update={"facts": (*CAMPAIGN.facts, fact)})
    view, guard = view_of(told, "channel", ()), words_are_grounded(told)
    drafts = [Draft(act="inform", text=f"The studio offer stands until {day}.") for day in ("30 April", "14 May")]
    assert [[finding.code for finding in guard(draft, view)] for draft in drafts] == [[], ["fact.date"]]


def test_text_with_too_many_figures_is_withheld_as_a_whole() -> None:
    """Words with more figures than anybody checks are withheld: undecided means no."""
    findings = _judged("inform", "Take 5 or 6 hours. " * 400)
    assert [(finding.code, finding.severity) for finding in findings] == [("fact.unread", "withhold")]


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_words_raise_and_equal_words_are_judged_alike(text: str) -> None:
    """Whatever stands there, the guard judges it, and twice the same."""
    assert _judged("inform", text) == _judged("inform", text)


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
@settings(max_examples=60, deadline=None)
def test_words_of_findings_stand_in_the_draft(words: list[str]) -> None:
    """Every finding quotes the draft."""
    text = " ".join(words)
    assert all(finding.words in text for finding in _judged("inform", text))


_PROGRAM = """
import json
from guards.claims.grounded import words_are_grounded
from tests.corpus import draft_of, view_of
from tests.guards.cases import CAMPAIGN, FULL
text = "You put 55k on social. Budget is fine with 7 weeks. 60 + 40 = 110. Friday 1 October. We throw in a spring page."
view = view_of(CAMPAIGN, "channel", ({"id": "m1", "sender": "budget", "act": "propose", "terms": FULL},))
draft = draft_of(CAMPAIGN, {"act": "propose", "terms": FULL, "text": text})
print(json.dumps([finding.model_dump(mode="json") for finding in words_are_grounded(CAMPAIGN)(draft, view)]))
"""


@pytest.mark.slow
def test_verdict_depends_on_neither_hash_seed_nor_locale() -> None:
    """Other processes with other seeds and locales give the same findings, in the same order."""
    told = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": place},
            cwd=_ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, place in (("0", "C"), ("1", "C.UTF-8"), ("4242", "POSIX"))
    }
    assert len(told) == 1
    assert "terms.weekday" in told.pop()
