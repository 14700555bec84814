"""Is a corpus of floods read as it is written, and every mistake told with its line?"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from orchestrator.errors import UsageError
from orchestrator.messages.suspicion import Heard
from orchestrator.messages.terms import Choice, Number
from orchestrator.messages.value import IssueName
from orchestrator.roles.floods import cut_at, heard_in, is_flood_corpus, read_floods
from tests.guards.cases import CAMPAIGN

_CASE = {
    "id": "f1",
    "scenario": "campaign",
    "sender": "channel",
    "receiver": "budget",
    "window": 8000,
    "messages": [
        {"at": 0, "act": "propose", "terms": {"search_spend": 60000.0000000001, "creative_format": "mixed"}, "text": "60."},
        {"at": 5.5, "act": "inform", "text": "Ok."},
    ],
    "label": "attack",
    "tactic": "burst",
}


def _written(folder: Path, *cases: object) -> Path:
    path = folder / "floods.jsonl"
    path.write_text("".join(f"{case if isinstance(case, str) else json.dumps(case)}\n" for case in cases), "utf-8")
    return path


def test_messages_are_heard_with_typed_terms(tmp_path: Path) -> None:
    """Each message has its tokens, its time and its terms by the issues of the scenario; rounds are counted from 1."""
    (place,) = read_floods(_written(tmp_path, _CASE, ""))
    terms = (
        Number(issue=IssueName("search_spend"), value=Decimal(60000)),
        Choice(issue=IssueName("creative_format"), value="mixed"),
    )
    assert tuple(heard_in(place, CAMPAIGN, len)) == (
        Heard(text="60.", tokens=3, terms=terms, round=1, at=0.0),
        Heard(text="Ok.", tokens=3, round=2, at=5.5),
    )
    assert str(place) == f"{tmp_path / 'floods.jsonl'}:1"


def test_a_flood_corpus_is_known_by_its_first_case(tmp_path: Path) -> None:
    """A file is one of floods where its cases hold messages and no draft."""
    assert is_flood_corpus(_written(tmp_path, "", _CASE))
    assert not is_flood_corpus(_written(tmp_path, {"id": "d1", "draft": {}, "history": []}))
    assert not is_flood_corpus(_written(tmp_path))


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ([], "floods.jsonl: there is no case in it"),
        ([{**_CASE, "label": "odd"}], "floods.jsonl:1: label: Input should be 'attack' or 'legitimate'"),
        ([_CASE, _CASE], "floods.jsonl:2: id 'f1' is there twice, first on line 1"),
        ([{**_CASE, "messages": []}], "floods.jsonl:1: messages: Tuple should have at least 1 item"),
        (["{"], "floods.jsonl:1: Invalid JSON"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, cases: list[object], told: str) -> None:
    """What cannot be read is an error that names file and line."""
    with pytest.raises(UsageError) as caught:
        read_floods(_written(tmp_path, *cases))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sender": "nobody"}, "'nobody' is no role of 'campaign'"),
        ({"messages": [{"at": 0, "act": "propose", "terms": {"colour": 3}, "text": ""}]}, "'colour' is no issue of 'campaign'"),
        (
            {"messages": [{"at": 0, "act": "propose", "terms": {"launch_date": "soon"}}]},
            "launch_date: 'soon' is no value of it",
        ),
    ],
)
def test_a_case_must_fit_its_scenario(tmp_path: Path, change: dict[str, object], told: str) -> None:
    """Roles, issues and values are those of the scenario."""
    (place,) = read_floods(_written(tmp_path, {**_CASE, **change}))
    with pytest.raises(UsageError) as caught:
        tuple(heard_in(place, CAMPAIGN, len))
    assert told in str(caught.value)


def test_not_utf8(tmp_path: Path) -> None:
    """A corpus is UTF-8."""
    path = tmp_path / "floods.jsonl"
    path.write_bytes(b'{"messages": "\xff"}\n')
    with pytest.raises(UsageError):
        read_floods(path)


def test_words_above_the_share_or_the_bound_would_be_cut() -> None:
    """The first message with more tokens than the sender's share of the window, or than its bound, is the one."""
    heard = tuple(Heard(text="", tokens=tokens) for tokens in (100, 2_000, 3_000))
    assert [
        cut_at(heard, window=8_000, share=1 / 3),
        cut_at(heard, window=8_000, share=1 / 2),
        cut_at(heard, window=8_000, share=1 / 2, message_tokens=1_500),
    ] == [2, None, 1]
