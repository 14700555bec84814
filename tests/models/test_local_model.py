"""What did a real model of 135 million parameters do at the stall? Its tapes, played under the guards of now."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from orchestrator.assembly import read_journal
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import FellBack, Refused
from orchestrator.messages.reply import Written
from orchestrator.messages.value import SessionId
from orchestrator.runtime.record import entries_of
from tests.cli.desk import Desk, desk_at
from tests.real.account import Account, account_of, broken

_TESTS = Path(__file__).parents[1]
_ROUNDS = {"form": "4", "words": "2", "anthropic": "2"}
_CODES = {"agreed (all)": 0, "no_agreement (rounds)": 3}

_ACCOUNTS = {
    "form": Account(
        drafts=12,
        admitted=5,
        refused=7,
        codes=Counter({"mandate.limit": 5, "policy.rule": 3, "terms.ungrounded": 2}),
        fell_back=3,
        replaced=3,
        prompt=8_909,
        cached=4_398,
        reply=817,
        end="no_agreement (rounds)",
    ),
    "words": Account(
        drafts=8,
        refused=8,
        codes=Counter({"shape.cut": 7, "shape.prose": 1}),
        fell_back=4,
        replaced=4,
        prompt=4_852,
        cached=3_464,
        reply=1_559,
        end="agreed (all)",
    ),
    "anthropic": Account(
        drafts=8,
        refused=8,
        codes=Counter({"shape.cut": 7, "shape.prose": 2, "shape.key": 2, "shape.act": 1}),
        fell_back=4,
        replaced=4,
        prompt=4_967,
        cached=3_457,
        reply=1_524,
        end="agreed (all)",
    ),
}
"""What the tapes hold: through OpenAI's SDK with and without a grammar, and through Anthropic's. `make real-llm` tells the same
of a new talk."""


def _played(desk: Desk, tape: str) -> tuple[int, SessionId, tuple[Entry, ...]]:
    model = f"recorded:{_TESTS / 'tapes' / tape}.jsonl"
    stall = str(_TESTS / "real" / "stall")
    done = desk.do("run", stall, "--json", "--seed", "7", "--rounds", _ROUNDS[tape], "--model", model)
    assert done.err == ""
    session = SessionId(done.json["session"])
    with read_journal(desk.journal) as reader:
        return done.code, session, entries_of(reader, session)


@pytest.mark.parametrize("tape", _ACCOUNTS)
def test_a_real_models_talk_ends_in_good_order(tape: str, tmp_path: Path) -> None:
    """Each draft is admitted or refused for its reasons, fallbacks act for turns given up, and the record verifies."""
    desk = desk_at(tmp_path)
    code, session, entries = _played(desk, tape)
    account = account_of(entries)
    assert account == _ACCOUNTS[tape]
    assert account.in_good_order
    assert code == _CODES[account.end]
    assert broken(entries) == []
    assert desk.do("verify", session).code == 0


def test_after_the_last_repair_the_fallback_acts_at_once(tmp_path: Path) -> None:
    """Whenever a second draft of a turn is refused, the strategy writes the next entry, for the same role."""
    _, _, entries = _played(desk_at(tmp_path), "form")
    refusals = [(entry.seq, event.attempt) for entry in entries for event in entry.events if isinstance(event, Refused)]
    given_up = [seq for seq, attempt in refusals if attempt == 1]
    assert given_up == [entry.seq for entry in entries if any(isinstance(event, FellBack) for event in entry.events)]
    for seq in given_up:
        refused, after = entries[seq].reply, entries[seq + 1].reply
        assert isinstance(refused, Written)
        assert isinstance(after, Written)
        assert (after.role, after.model) == (refused.role, "strategy:linear")


def test_without_guards_its_mandate_would_have_been_broken(tmp_path: Path) -> None:
    """The tape is worth its place: among the refused drafts are offers beyond the seller's own limit."""
    _, _, entries = _played(desk_at(tmp_path), "form")
    said = [
        finding.message
        for entry in entries
        for event in entry.events
        if isinstance(event, Refused)
        for finding in event.findings
    ]
    assert Counter(said).most_common(1)[0][0] == "the offer has rent 50, which breaks your own limit 'floor' (accounts)"
