"""Do the rules of the table hold? Every one of them is a row of `tests/tables/engine/`."""

from __future__ import annotations

import pytest

from orchestrator.engine import TRANSITIONS, advance, decide, fresh, refold
from orchestrator.messages.entry import read_row, row_of
from tests.engine.talks import cases, play, played, read_back, state_of

NAMES = tuple(cases())


@pytest.mark.parametrize("name", NAMES)
def test_talk_stands_where_its_table_says(name: str) -> None:
    """A talk of the tables ends with the offers, backing, falls, waiting and outcome that its row says."""
    expected = read_back(cases()[name]["then"])
    assert state_of(played(name).session, set(expected)) == expected


@pytest.mark.parametrize("name", NAMES)
def test_talk_is_told_by_its_rows(name: str) -> None:
    """Stored rows, read back and folded, give the very session that was driven."""
    talk = played(name)
    rows = tuple(row_of(entry, lambda digest: digest[:8]) for entry in talk.entries)
    assert refold(read_row(row) for row in rows) == talk.session


@pytest.mark.parametrize("name", NAMES)
def test_talk_is_decided_again_to_the_same_events(name: str) -> None:
    """Deciding every recorded reply again, in the state it came in, gives the recorded events."""
    talk = played(name)
    session = fresh(talk.session.settings)
    for entry in talk.entries:
        assert decide(session, entry.reply, talk.rules) == entry.events
        session = advance(session, entry)


def test_equal_talks_have_equal_digests() -> None:
    """The same settings and replies give the same chain, entry for entry."""
    name = "gates/a-denial-after-an-approval-starts-anew"
    assert play(cases()[name]).entries == played(name).entries


def test_every_row_of_the_transitions_is_walked() -> None:
    """The tables together use every transition there is, and none that there is not."""
    assert {step for name in NAMES for step in played(name).steps} == set(TRANSITIONS)
