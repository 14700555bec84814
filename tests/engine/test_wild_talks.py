"""Do the promises hold whatever models and people do? Properties over random negotiations and random replies."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from orchestrator.engine import advance, begin, decide, enter, fresh, refold, view_of
from orchestrator.messages.entry import read_row, row_of
from tests.engine.fairness import complaints
from tests.engine.wild import NOTES, Run, most_answers, run_wild
from tests.engine.wild_patterns import patterned_by
from tests.engine.wild_world import negotiation_by, secrets_of

T = TypeVar("T")


@given(st.data())
def test_promises_hold_in_any_talk(data: st.DataObject) -> None:
    """A talk ends in bounds, agrees only by its rules, keeps secrets, adds up, and is told and decided again by its record."""

    def pick(options: Sequence[T], /) -> T:
        return data.draw(st.sampled_from(options))

    check(run_wild(pick, negotiation_by(pick)))


@given(st.data())
def test_promises_hold_in_any_pattern(data: st.DataObject) -> None:
    """The same under the settings of any pattern and with circuit breakers."""

    def pick(options: Sequence[T], /) -> T:
        return data.draw(st.sampled_from(options))

    check(run_wild(pick, patterned_by(pick)))


@pytest.mark.timeout(240)
@pytest.mark.slow
@settings(max_examples=600)
@given(st.integers(0, 2**64))
def test_promises_hold_in_many_talks_of_patterns(seed: int) -> None:
    """The same over hundreds of longer talks under patterns."""
    pick = Random(seed).choice
    check(run_wild(pick, patterned_by(pick)))


@pytest.mark.timeout(240)
@pytest.mark.slow
@settings(max_examples=1_200)
@given(st.integers(0, 2**64))
def test_promises_hold_in_many_talks(seed: int) -> None:
    """The same over more than a thousand longer talks, which come to some twelve thousand drafts."""
    pick = Random(seed).choice
    check(run_wild(pick, negotiation_by(pick)))


def check(run: Run) -> None:
    """Check everything that is promised of a session."""
    event(f"{run.session.status}: {run.session.reason}")
    assert run.session.phase == "over"
    assert run.answers <= most_answers(run.settings.negotiation)
    assert run.session.status != "agreed" or complaints(run.session) == []
    assert sum(entry.prompt for entry in run.session.tokens) == run.read
    assert sum(entry.reply for entry in run.session.tokens) == run.wrote
    check_secrets(run)
    check_record(run)


def check_secrets(run: Run) -> None:
    """Check that no view, and so no prompt of a role, holds what belongs to another."""
    roles = run.settings.negotiation.roles
    session = fresh(run.settings)
    for entry in run.entries:
        session = advance(session, entry)
        for role in roles:
            view = view_of(session, role.name)
            assert view.mandate is role.mandate
            assert all(role.name in fact.visible_to for fact in view.facts)
            assert session.speaker is role or (view.findings, view.attempt) == ((), 0)
    for role in roles:
        seen = repr(view_of(session, role.name))
        foreign = [secret for other in roles if other is not role for secret in secrets_of(other.name)]
        assert [word for word in (*foreign, NOTES) if word in seen] == []


def check_record(run: Run) -> None:
    """Check that the record tells the session, and that deciding it again gives it again."""
    rows = [row_of(entry, lambda digest: digest) for entry in run.entries]
    assert refold(read_row(row) for row in rows) == run.session
    session = fresh(run.settings)
    again = [begin(run.settings, run.entries[0].reply.at, run.rules)]
    session = advance(session, again[0])
    for entry in run.entries[1:]:
        assert decide(session, entry.reply, run.rules) == entry.events
        again.append(enter(session, entry.reply, run.rules))
        session = advance(session, again[-1])
    assert again == run.entries
