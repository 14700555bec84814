"""What is each pattern measured by? Sentences from the record of a talk, whatever became of it."""

from __future__ import annotations

import pytest

from orchestrator.report.measures.table import MEASURES, measure_json, measure_of
from tests.engine.talks import Played, Yaml, cases, play, played

SAVED: list[Yaml] = [
    {"ann": {"act": "propose", "terms": {"price": 20, "colour": "red"}}},
    {"bob": {"act": "propose", "terms": {"price": 80, "colour": "red"}}},
    {"ann": {"act": "propose", "terms": {"price": 60, "colour": "red"}}},
    {"bob": {"act": "accept", "offer": "m3"}},
]
"""A talk in which one side gives on the price."""


def case(talk: str, replies: list[Yaml], **changes: object) -> Yaml:
    """Return a written talk under other settings."""
    base = {"pair": "solver/a-whole-proposal-does-not", "board": "coalition/a-veto-fells"}[talk]
    return {"talk": {**cases()[base]["talk"], **changes}, "replies": replies}


def lines(talk: Played) -> tuple[str, ...]:
    """Return what the measure of a talk's pattern tells a person, whether it is over or not."""
    measure = MEASURES[talk.session.settings.negotiation.pattern](talk.session, talk.entries)
    return () if measure is None else tuple(measure.lines())


def test_coalition_is_measured_by_its_time_and_exceptions() -> None:
    """Rounds, and who did not join, what a person took, what was vetoed, and how far down the ladder it went."""
    by_person = played("coalition/the-person-takes-it")
    assert lines(by_person) == (
        "consensus after 1 round, 0.0 s",
        "exceptions: ann and dan did not join, a person took the offer that was backed best and 1 step down the ladder",
    )
    ended = played("coalition/what-a-person-denies-falls-and-the-ladder-goes-on")
    assert lines(ended) == (
        "no consensus after 2 rounds, 0.0 s",
        "exceptions: 2 steps down the ladder",
    )
    vetoed = played("coalition/a-veto-fells-the-same-terms-whoever-offers-them")
    assert lines(vetoed)[1] == "exceptions: 2 offers vetoed"


def test_concession_is_measured_by_what_was_saved() -> None:
    """The saving of the side that pays, as a share of what was asked first, with the service that was kept."""
    talk = play(case("pair", SAVED, pattern="concession", pattern_rules=None))
    assert lines(talk) == ("ann saved 20 on price, 25% of the 80 that was asked first",)
    rules = {"kind": "concession", "saving": "price", "service": ["price"]}
    lost = play(case("pair", SAVED, pattern="concession", pattern_rules=rules))
    assert lines(lost)[1] == "service kept on 1 of 1 issue"


def test_nothing_was_saved_without_an_agreement() -> None:
    """A talk without an agreement saves nothing, and says nothing of it."""
    talk = play(case("pair", [], pattern="concession", pattern_rules=None))
    assert lines(talk) == ()


def test_packages_are_measured_by_value() -> None:
    """What all gain above their reserves, what the first whole offers would have brought, and how many versions it took."""
    talk = played("packages/who-accepts-accepts-the-whole-package")
    assert lines(talk) == (
        "value created 1.00: what all gain above their reserves together",
        "the best of the first whole offers would have created 1.00",
        "1 package, 1 of them with conditions; the last is version 1",
    )


def test_plans_are_measured_by_feasibility_and_time() -> None:
    """Drafts that broke a rule and plans that were refuted count against those that were feasible."""
    refuted = played("solver/a-refuted-proposal-falls-with-the-reason")
    assert lines(refuted) == (
        "feasible plans 0 of 1 (0%): 0 broke a rule, 1 refuted",
        "cycle time 1 round, 0.0 s",
    )
    completed = played("solver/all-may-accept-the-plan")
    assert lines(completed) == (
        "feasible plans 1 of 1 (100%): 0 broke a rule, 0 refuted",
        "1 partial plan completed by the solver",
        "cycle time 2 rounds, 0.0 s",
    )


def test_approvals_are_measured_by_the_time_to_decide() -> None:
    """The median time from a gate to its answer, denials, and decisions without a reason."""
    replies: list[Yaml] = [
        {"ann": {"act": "propose", "terms": {"price": 20, "colour": "red"}}},
        {"bob": {"act": "accept", "offer": "m1"}},
        {"seek": "approval"},
        {"deny": "approval", "by": "Kim", "pause": 90},
    ]
    gates = [{"id": "approval", "when": "true", "approver": "Kim"}]
    rules = {"kind": "approval", "by": "Kim"}
    talk = play(case("pair", replies, pattern="approval", pattern_rules=rules, gates=gates))
    assert lines(talk) == (
        "time to decide 1 min 30 s (median of 1 decision)",
        "of them 1 denied and 1 without a reason",
    )


@pytest.mark.parametrize("pattern", sorted(MEASURES))
def test_only_what_is_over_is_measured(pattern: str) -> None:
    """A talk that still goes on has no measure yet."""
    talk = play(case("pair", [], pattern=pattern, pattern_rules=None))
    assert measure_of(talk.session, talk.entries) is None


def test_machines_get_the_measure_as_figures() -> None:
    """What a person reads in sentences, JSON has by name, under the pattern's own name."""
    talk = played("coalition/the-person-takes-it")
    assert measure_json(measure_of(talk.session, talk.entries)) == {
        "kind": "coalition",
        "reached": True,
        "rounds": 1,
        "seconds": 0.0,
        "out": ["ann", "dan"],
        "by_person": True,
        "vetoed": 0,
        "steps": 1,
    }
    saved = play(case("pair", SAVED, pattern="concession", pattern_rules=None))
    assert measure_json(measure_of(saved.session, saved.entries)) == {
        "kind": "concession",
        "payer": "ann",
        "issue": "price",
        "unit": "",
        "asked": "80",
        "agreed": "60",
        "kept": [],
        "lost": [],
    }
    assert measure_json(None) is None
