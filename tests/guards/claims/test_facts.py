"""Is what is said of a fact held against that fact, and what is said of anything else left alone?"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import cast

import pytest

from guards.claims.grounded import GroundedWords, words_are_grounded
from guards.claims.lexicon import lexicon_of
from guards.claims.scan import scan
from guards.claims.shares import shares_in
from guards.claims.topics import root, topics_of
from orchestrator.assembly import load_scenario
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from tests.corpus import Record, draft_of, view_of

_ROOT = Path(__file__).parents[3]
_ROWS = tuple(
    cast("Record", json.loads(line)) for line in (_ROOT / "tests/tables/guards-facts.jsonl").read_text("utf-8").splitlines()
)


@cache
def _scenario(name: str) -> tuple[Negotiation, GroundedWords]:
    negotiation = load_scenario(_ROOT / f"tests/corpora/scenarios/{name}.yaml")
    return negotiation, words_are_grounded(negotiation)


def _findings(scenario: str, sender: str, text: str, heard: str = "") -> tuple[Finding, ...]:
    negotiation, guard = _scenario(scenario)
    other = next(role.name for role in negotiation.roles if role.name != sender)
    history: tuple[Record, ...] = ({"id": "m1", "sender": other, "act": "inform", "text": heard},) if heard else ()
    return guard(draft_of(negotiation, {"act": "inform", "text": text}), view_of(negotiation, sender, history))


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['scenario']}-{row['text'][:40]}")
def test_what_is_said_of_a_fact_is_held_against_it(row: Record) -> None:
    """A sentence that differs from the fact it speaks of is found, though somebody named its figure; honest ones are not."""
    found = _findings(str(row["scenario"]), str(row["sender"]), str(row["text"]), str(row["heard"]))
    assert {finding.kind for finding in found} == ({"fact"} if row["faulty"] else set())


def test_finding_on_a_hidden_fact_tells_nothing_of_it() -> None:
    """Who speaks of a fact that it can't see learns neither its name nor its value nor its source."""
    (found,) = _findings("linen", "hospital", "Your drums can take 9,000 kilos in a week.", "Our file bears the number 9,100.")
    assert (found.code, found.allowed) == ("fact.unseen", "facts that you see, or a figure that its owner has quoted")
    assert not any(word in f"{found.message} {found.allowed}" for word in ("11500", "drum_load", "plant-sheet"))


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("One in four was late.", [25]),
        ("Nine pieces in every hundred are torn.", [9]),
        ("Two thirds of the loads came in time, half of them by night.", [67, 50]),
        ("Three out of five came back.", [60]),
        ("In four weeks we have two of the three trucks.", []),
        ("Four in a row, and one of us.", []),
    ],
)
def test_shares_are_read_from_words(text: str, percents: list[int]) -> None:
    """So many of so many, and a part of something, are shares; counts of things are not."""
    said = scan(text, lexicon_of(_scenario("dairy")[0]))
    assert [round(share.percent) for share in shares_in(said)] == percents


@pytest.mark.parametrize(
    ("one", "other"),
    [("moves", "moving"), ("deliveries", "delivery"), ("loss", "lost"), ("weekly", "weeks"), ("rated", "rate")],
)
def test_kin_have_one_root(one: str, other: str) -> None:
    """Words that differ by number, person and time have the same root."""
    assert root(one) == root(other) != ""


def test_words_are_tied_to_the_fact_that_they_speak_of() -> None:
    """Rare words of a fact tie firmly, common ones do not, and words of two facts tie to the one that has more of them."""
    negotiation = _scenario("linen")[0]
    topics = topics_of(negotiation.facts, lexicon_of(negotiation))
    firm = {tie.fact.name for tie in topics.of(("the", "old", "contract")) if tie.is_firm()}
    assert (firm, [tie for tie in topics.of(("in", "a", "week")) if tie.is_firm()]) == ({"old_rate"}, [])
