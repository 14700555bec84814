"""Are values what they promise to be? Frozen, hashable, closed, and the same again after JSON."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import orchestrator.messages
from orchestrator.messages.draft import Draft
from orchestrator.messages.entry import FIRST_PARENT, read_row, row_of, seal
from orchestrator.messages.event import EVENTS, Event
from orchestrator.messages.negotiation import Fact, Issue, Negotiation, Stop, Worth
from orchestrator.messages.reply import REPLY, Interrupted, Reply, Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Number, Term
from orchestrator.messages.value import SessionId, Value
from tests.messages.anything import all_values, any_of

for _path in Path(orchestrator.messages.__path__[0]).glob("*.py"):
    import_module(f"orchestrator.messages.{_path.stem}")

KINDS = all_values()
UNIONS: dict[str, Any] = {
    "reply": Reply,
    "event": Event,
    "term": Term,
    "issue": Issue,
    "worth": Worth,
    "draft": Draft,
    "settings": Settings,
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
def test_value_is_frozen_and_closed(kind: type[Value]) -> None:
    """Every value is frozen, refuses unknown keys and figures that JSON cannot write."""
    assert kind.model_config == Value.model_config
    assert (kind.model_config.get("frozen"), kind.model_config.get("extra"), kind.model_config.get("allow_inf_nan")) == (
        True,
        "forbid",
        False,
    )


@pytest.mark.parametrize("name", UNIONS)
@settings(max_examples=30)
@given(data=st.data())
def test_value_survives_json(name: str, data: st.DataObject) -> None:
    """A value written as JSON and read again is equal, hashes equally and writes the same text."""
    adapter: TypeAdapter[object] = TypeAdapter(UNIONS[name])
    value = data.draw(any_of(UNIONS[name]))
    text = adapter.dump_json(value, exclude_none=True)
    again = adapter.validate_json(text)
    assert (again, hash(again)) == (value, hash(value))
    assert adapter.dump_json(again, exclude_none=True) == text


@settings(max_examples=60)
@given(reply=any_of(Reply), events=st.lists(any_of(Event), max_size=4).map(tuple), seq=st.integers(0, 10**6))
def test_entry_survives_its_row(reply: Reply, events: tuple[Event, ...], seq: int) -> None:
    """An entry that is stored as a row and read back is equal to itself, digest and texts included."""
    entry = seal(SessionId("s-0001"), seq, FIRST_PARENT, reply, events)
    assert read_row(row_of(entry, lambda digest: digest)) == entry


def test_value_cannot_be_changed() -> None:
    """Setting a field of a value is an error."""
    stop = Stop(rounds=3)
    with pytest.raises(ValidationError, match="Instance is frozen"):
        stop.rounds = 4  # pyright: ignore[reportAttributeAccessIssue] - this is what is tested


def test_equal_values_are_one_key() -> None:
    """Equal values hash equally, down to decimals that are written differently."""
    assert hash(Stop(rounds=3)) == hash(Stop(rounds=3, seconds=600))
    short, long = (Number.model_validate({"issue": "price", "value": value}) for value in ("2.5", "2.50"))
    assert (short, hash(short)) == (long, hash(long))


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", ["42", "-42.50", "0", "1E+3"], ["", "much", "NaN", "Infinity", "1,000", "1_000", " 5", "\u0661"]),
        ("date", ["2026-10-01"], ["", "2026-02-30", "20261001", "2026-W40-4", "1 October", "2026-10-01T00:00:00"]),
        ("flag", ["true", "false"], ["", "True", "yes", "1"]),
        ("text", ["anything", " "], [""]),
    ],
)
def test_fact_takes_values_of_its_kind(kind: str, good: list[str], bad: list[str]) -> None:
    """A fact's new value is exact text of its kind, so that it means one thing to everybody."""
    fact = Fact.model_validate(
        {"name": "f", "kind": kind, "value": "v", "says": "s", "visible_to": (), "source": "b", "as_of": "2026-01-01"}
    )
    assert ([value for value in good if not fact.takes(value)], [value for value in bad if fact.takes(value)]) == ([], [])


@pytest.mark.parametrize("kind", ["NaN", "Infinity", "-Infinity"])
def test_figure_that_json_cannot_write_is_refused(kind: str) -> None:
    """A draft cannot have a confidence that would come back from the journal as nothing."""
    with pytest.raises(ValidationError, match="finite number"):
        Draft(act="inform", confidence=float(kind))
    with pytest.raises(ValidationError, match="finite number"):
        Number.model_validate({"issue": "price", "value": kind})


def test_time_without_a_zone_is_refused() -> None:
    """A reply says when it came so that it means the same everywhere."""
    with pytest.raises(ValidationError, match="timezone info"):
        REPLY.validate_python({"kind": "interrupted", "at": "2026-01-01T09:00:00", "why": "stopped"})


@pytest.mark.parametrize("text", ['{"kind": "guessed"}', "{}", '{"kind": "held", "role": "ann", "why": "tired"}'])
def test_unknown_kinds_and_keys_are_refused(text: str) -> None:
    """A record with a kind or a key that no version wrote is not read as something else."""
    with pytest.raises(ValidationError):
        EVENTS.validate_json(f"[{text}]")


def test_defaults_need_not_be_written() -> None:
    """A negotiation of the least that it needs has the defaults that the pages name."""
    least = {"name": "n", "title": "t", "pattern": "auction", "issues": (), "roles": (), "stop": {"rounds": 3}}
    negotiation = Negotiation.model_validate(least)
    assert json.loads(negotiation.model_dump_json()) == {
        **{key: list(value) if isinstance(value, tuple) else value for key, value in least.items()},
        "currency": "",
        "facts": [],
        "policies": [],
        "gates": [],
        "agreement": {"needs": "all", "quorum": None, "always": []},
        "stop": {
            "rounds": 3,
            "seconds": 600,
            "offer_ttl_rounds": 3,
            "unchanged_rounds": 5,
            "min_improvement": 0.0,
            "repairs": 2,
        },
    }


def test_replies_are_told_apart_by_their_kind() -> None:
    """The same text is read as the very reply that was written."""
    interrupted = REPLY.validate_json('{"at": "2026-01-01T09:00:00Z", "kind": "interrupted", "why": "stopped"}')
    assert isinstance(interrupted, Interrupted)
    assert not isinstance(interrupted, Written)
    assert interrupted.at.isoformat() == "2026-01-01T09:00:00+00:00"
