"""Tests of the suites `patterns` and `fairness`: a small part of each, with its gates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.harness.printed import goal_lines, markdown
from evals.harness.running import done_of, plan
from evals.harness.suite import Case, Options
from evals.harness.table import folder_of, full_rules, hold
from evals.suites.patterns import broken
from evals.suites.registry import load_suite
from orchestrator.messages.value import RoleName


def test_honest_strategists_agree_and_break_nothing() -> None:
    """The gates of `patterns` hold on the smallest shipped negotiation."""
    suite, options = load_suite("patterns"), Options(given={"scenario": "procurement", "seeds": "1"})
    done = tuple(done_of(suite, options, job) for job in plan(suite, options).jobs())
    assert not any(one.error for one in done)
    assert all(reached for reached, _ in goal_lines(suite, done))


def test_what_is_broken_is_found_without_the_guards() -> None:
    """An agreement of terms that no role ever saw breaks limits, and says whose."""
    session = hold(folder_of("procurement"), full_rules("procurement"), seed=0, seats={}).session
    assert list(broken(session)) == []
    first = session.settings.negotiation.roles[0]
    worthless = first.model_copy(update={"mandate": first.mandate.model_copy(update={"reserve": 1.0})})
    stricter = replace(session, roles=(worthless, *session.roles[1:]), backers=(RoleName(first.name),))
    assert f"it is worth less to {first.name!r} than its reserve" in list(broken(stricter))


@pytest.mark.slow
def test_an_adviser_helps_the_weak_against_the_strong() -> None:
    """A strong mock takes more than a weak one; with an adviser the weak one gets more than alone."""
    suite = load_suite("fairness")
    options = Options(given={"talk": "delivery,rental", "tier": "weak,strong", "seeds": "3"})
    assert all(proof.holds for proof in suite.proofs(options))
    done = [(job.case, done_of(suite, options, job)) for job in plan(suite, options).jobs()]
    assert not any(one.error for _, one in done)
    assert all(reached for reached, _ in goal_lines(suite, tuple(one for _, one in done)))

    def mean(adviser: str) -> float:
        seats = [
            one.value("first" if case.tag("first") == "weak" else "second") or 0.0
            for case, one in done
            if case.tag("adviser") == adviser and {case.tag("first"), case.tag("second")} == {"weak", "strong"}
        ]
        return sum(seats) / len(seats)

    assert mean("weaker") > mean("none")
    assert suite.story is not None
    pairs = [(Case(id=one.case, tags=one.tags), one.outcome) for _, one in done if isinstance(one.outcome, dict)]
    lines = list(suite.story(pairs))
    assert lines[0].startswith("Adviser: none.")
    assert lines[-1].startswith("| weak |")


def test_a_table_in_markdown_has_a_head_a_rule_and_rows() -> None:
    """The first column is read from the left, figures from the right."""
    assert list(markdown([("a", "b"), ("x", "1")])) == ["| a | b |", "| --- | ---: |", "| x | 1 |"]
