"""What does the monitor say of a sender, and why? Scores, reasons, quotes, and a memory that does not grow."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.monitor import THRESHOLD, SuspicionMonitor, monitor_of
from guards.monitor.bearing import bearing_of
from guards.monitor.weighing import WITH
from orchestrator.messages.suspicion import Heard, Memory, Observed, Suspicion
from orchestrator.messages.terms import Number, Terms
from orchestrator.messages.value import IssueName, Value
from tests.guards.cases import CAMPAIGN


class _Row(Value):
    id: str
    texts: tuple[str, ...]
    flagged: int | None
    """The message at which the sender is flagged."""
    reason: str


_TABLE = Path(__file__).parents[1] / "tables" / "suspicions.jsonl"
_ROWS = [_Row.model_validate_json(line) for line in _TABLE.read_text(encoding="utf-8").splitlines()]
_EMPTY = "It has been noted that the position is a position, and that there are various ways to look at the matter. "


@cache
def _monitor() -> SuspicionMonitor:
    return monitor_of(CAMPAIGN)


def _heard(text: str, *, at: float = 0.0, terms: Terms = (), asked: tuple[str, ...] = ()) -> Heard:
    return Heard(text=text, tokens=len(text) // 4, at=at, terms=terms, asked=asked)


def _after(*texts: str) -> list[Observed]:
    memory, observed = Memory(), list[Observed]()
    for number, text in enumerate(texts):
        observed.append(_monitor()(_heard(text, at=60.0 * number), memory))
        memory = observed[-1].memory
    return observed


@pytest.mark.parametrize("row", _ROWS, ids=[row.id for row in _ROWS])
def test_table_of_suspicions(row: _Row) -> None:
    """What a row sends is flagged at the message that it names, for the reason that it names first or second."""
    said = [observed.suspicion for observed in _after(*row.texts)]
    first = next((index for index, suspicion in enumerate(said) if suspicion.flagged), None)
    named = [reason.name for reason in said[first].reasons[:2]] if first is not None else [""]
    assert (first, row.reason in named) == (row.flagged, True)


@given(st.lists(st.text(max_size=300), max_size=4))
@settings(max_examples=60)
def test_anything_gets_a_score(texts: list[str]) -> None:
    """Whatever is said, the score lies in [0, 1], the flag follows from it, and every quote is a span of the message."""
    for text, observed in zip(texts, _after(*texts), strict=True):
        said = observed.suspicion
        assert 0.0 <= said.score <= 1.0
        assert said.flagged == (said.score >= THRESHOLD)
        assert all(reason.quote in text and reason.name in set(WITH.values()) for reason in said.reasons)


@given(st.text(max_size=400), st.text(max_size=400))
@settings(max_examples=40)
def test_equal_messages_and_memories_give_equal_answers(first: str, second: str) -> None:
    """The monitor keeps nothing of its own."""
    assert _after(first, second) == _after(first, second)


def test_memory_stays_as_large_as_it_was() -> None:
    """What is kept of a sender has one size after two messages and after two thousand."""
    memory = _monitor()(_heard("60,000 in search."), Memory()).memory
    size = (len(memory.seen), len(memory.sums))
    for number in range(2_000):
        memory = _monitor()(_heard(f"Line {number} of search, {number * 17} in all."), memory).memory
    assert (len(memory.seen), len(memory.sums)) == size


def test_an_empty_message_is_not_suspicious() -> None:
    """A typed move without a word is what the table is for, and however many there are, they take no context."""
    assert _after("", "", "") == [Observed(Suspicion(), Memory())] * 3


def test_what_was_said_before_is_held_against_its_sender() -> None:
    """The same words again score higher, and more so the third time."""
    text = "Search goes to 60,000 since the brand terms pay at 42.50. Social stays at 35,000 for five weeks.\n" * 3
    scores = [observed.suspicion.score for observed in _after(text, text, text)]
    assert (scores, scores[-1] > 3 * scores[0]) == (sorted(scores), True)


def test_what_comes_with_a_new_term_is_not_held_against_it() -> None:
    """A whole plan sent again with a changed figure is a revision."""
    text = "Our plan in full: brand terms in search, clips in social, three mailings to the list of contacts. " * 4
    memory = _monitor()(_heard(text, terms=_search(60_000)), Memory()).memory
    changed = _monitor()(_heard(text, at=60, terms=_search(65_000)), memory).suspicion.score
    unchanged = _monitor()(_heard(text, at=60, terms=_search(60_000)), memory).suspicion.score
    assert changed < unchanged


def test_an_answer_bears_on_what_was_asked() -> None:
    """Words of an open question count as words of the agenda."""
    text = "The turbine has its overhaul in the yard, and the crew of the turbine sleeps aboard the ferry until it's done. " * 3
    asked = _monitor()(
        _heard(text, asked=("Where does the crew of the turbine sleep, and which ferry brings it to the yard?",)), Memory()
    )
    assert asked.suspicion.score < _monitor()(_heard(text), Memory()).suspicion.score


def test_length_alone_is_no_reason() -> None:
    """Forty requirements with their figures score no higher than four."""
    lines = [
        f"Format {n}: {n * 80} by {n * 60}, clip of {n} seconds, because the feed of week {n} asks for it."
        for n in range(1, 41)
    ]
    short, long = _after("\n".join(lines[:4]))[0].suspicion, _after("\n".join(lines))[0].suspicion
    assert (long.flagged, long.score <= short.score + 0.1) == (False, True)


def test_the_time_of_many_words_is_that_of_few_by_their_number() -> None:
    """Ten times the text takes at most about ten times the sentences to look at: nothing is looked at twice."""
    few, many = (_monitor().take(_heard(_EMPTY * count), Memory()).memory.sums for count in (100, 1_000))
    assert [large / small for small, large in zip(few, many, strict=True) if small > 1.0 and large > small] <= [10.5] * len(few)


def test_answers_do_not_hang_on_the_seed_of_hashes() -> None:
    """Two interpreters with other seeds give the same score, reasons and memory."""
    script = (
        "import hashlib; from tests.guards.test_monitor import _after, _EMPTY;"
        "said = _after('60,000 in search. ' + _EMPTY, _EMPTY * 3, 'w1 w2 w3 ' * 20);"
        "print([(one.suspicion, hashlib.sha256(one.memory.seen).hexdigest(), one.memory.sums) for one in said])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_subjects_are_those_of_the_agenda() -> None:
    """Words that every text uses bear on nothing; the names of issues do."""
    subjects = bearing_of(CAMPAIGN).subjects
    assert (b"search" in subjects, b"flight" in subjects, b"total" in subjects, b"screw" in subjects) == (
        True,
        True,
        False,
        False,
    )


def _search(value: int) -> Terms:
    return (Number(issue=IssueName("search_spend"), value=Decimal(value)),)
