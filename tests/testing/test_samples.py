"""The samples are sessions as the engine makes them, the same each time, and their chains hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orchestrator.engine import Wait, pending, refold
from orchestrator.messages.entry import Entry, row_of
from orchestrator.storage.chain import check_chain
from orchestrator.testing.samples import (
    sample_agreement,
    sample_entries,
    sample_escalation,
    sample_interruption,
    sample_key,
    sample_news,
    sample_parked,
    sample_session,
)

SAMPLES: tuple[tuple[Callable[[], tuple[Entry, ...]], list[str]], ...] = (
    (lambda: sample_entries(1), ["opening"]),
    (lambda: sample_entries(3), ["opening", "written", "written"]),
    (sample_parked, ["opening", "written", "written", "sought"]),
    (sample_agreement, ["opening", "written", "written", "sought", "ruled"]),
    (sample_news, ["opening", "written", "written", "sought", "reported"]),
    (sample_escalation, ["opening", "written"]),
    (sample_interruption, ["opening", "written", "interrupted"]),
)


@pytest.mark.parametrize(("sample", "kinds"), SAMPLES)
def test_a_sample(sample: Callable[[], tuple[Entry, ...]], kinds: list[str]) -> None:
    """A sample is made of these replies, is the same each time, and its chain holds under the sample key."""
    entries = sample()
    assert [entry.reply.kind for entry in entries] == kinds
    assert sample() == entries
    assert check_chain((row_of(entry, sample_key().sign) for entry in entries), sample_key().public).entries == entries
    assert refold(entries) == sample_session(entries)


def test_where_the_samples_stand() -> None:
    """The samples end where their names say."""
    for entries in (sample_parked(), sample_news()):
        parked = pending(sample_session(entries))
        assert isinstance(parked, Wait)
        assert [gate.id for gate in parked.gates] == ["large"]
    sessions = [sample_session(entries) for entries in (sample_agreement(), sample_escalation(), sample_entries(4))]
    assert [(session.status, session.reason) for session in sessions] == [
        ("agreed", "all"),
        ("no_agreement", "escalated"),
        (None, None),
    ]


def test_sessions_with_other_names() -> None:
    """Samples of two sessions share no digest."""
    digests = {entry.digest for name in ("sample-a", "sample-b") for entry in sample_agreement(name)}
    assert len(digests) == 10
