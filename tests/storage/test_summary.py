"""A list of sessions tells where each stands, from the little that it reads."""

from __future__ import annotations

import pytest

from orchestrator.messages.journal import SessionState, Summary
from orchestrator.messages.value import SessionId
from orchestrator.storage.summary import Stands, name_of, newest_first, stands_of, state_of

AT = '{"at":"2026-01-05T09:00:00Z",'
ENDED = '{"kind":"ended","status":"no_agreement","reason":"rounds"}'


@pytest.mark.parametrize(
    ("replies", "state"),
    [
        ([("written", "[]")], "unfinished"),
        ([("written", f"[{ENDED}]")], "no_agreement"),
        ([("ruled", '[{"kind":"agreed","terms":[]},{"kind":"ended","status":"agreed","reason":"all"}]')], "agreed"),
        ([("sought", '[{"kind":"asked","gate":"large"}]')], "waiting"),
        ([("ruled", '[{"kind":"approved"}]')], "waiting"),
        ([("ruled", "[]")], "waiting"),
        ([("ruled", '[{"kind":"denied"},{"kind":"unsettled"},{"kind":"fell"}]')], "unfinished"),
        ([("ruled", f'[{{"kind":"denied"}},{{"kind":"unsettled"}},{ENDED}]')], "no_agreement"),
        ([("interrupted", "[]")], "interrupted"),
        ([("reported", '[{"kind":"fact_changed"}]'), ("sought", "[]")], "waiting"),
        ([("reported", "[]"), ("reported", "[]"), ("interrupted", "[]")], "interrupted"),
        ([("reported", '[{"kind":"fact_changed"},{"kind":"unsettled"}]'), ("sought", "[]")], "unfinished"),
        ([("reported", "[]")], "unfinished"),
        ([("opening", '[{"kind":"opened"}]')], "unfinished"),
        ([], "unfinished"),
    ],
)
def test_state(replies: list[tuple[str, str]], state: SessionState) -> None:
    """The last entry tells the state; a fact that was reported leaves it as it was."""
    assert state_of((f'{AT}"kind":"{kind}"}}', events) for kind, events in replies) == state


DUE = "2026-03-05T09:00:00Z"
ASKED = '{"kind":"asked","gate":"large","due":"2026-03-05T09:00:00Z"}'
REACHED = '{"kind":"gate_reached","gate":"large","approver":"ana and ben"}'


@pytest.mark.parametrize(
    ("replies", "stands"),
    [
        ([("sought", f"[{ASKED}]"), ("written", f"[{REACHED}]")], Stands(state="waiting", due=DUE, waits_for=("ana and ben",))),
        (
            [("sought", f"[{ASKED.replace('05T', '04T')}]"), ("sought", f"[{ASKED}]"), ("written", f"[{REACHED}]")],
            Stands(state="waiting", due=DUE.replace("05T", "04T"), waits_for=("ana and ben",)),
        ),
        (
            [
                ("ruled", '[{"kind":"approved"}]'),
                ("sought", f"[{ASKED}]"),
                ("written", f"[{REACHED}]"),
                ("sought", f"[{ASKED}]"),
            ],
            Stands(state="waiting", due=DUE, waits_for=("ana and ben",)),
        ),
        ([("written", '[{"kind":"froze","person":"Kim","breaker":"rate"}]')], Stands(state="waiting", waits_for=("Kim",))),
        ([("written", '[{"kind":"explained"}]'), ("queried", '[{"kind":"questioned"}]')], Stands(state="waiting")),
        ([("elapsed", '[{"kind":"denied"},{"kind":"unsettled"}]')], Stands(state="unfinished")),
        ([("sought", f"[{ASKED}]"), ("written", "{")], Stands(state="waiting", due=DUE)),
    ],
)
def test_whom_a_session_waits_for_and_until_when(replies: list[tuple[str, str]], stands: Stands) -> None:
    """Of one that waits, its entries since its gates were reached tell whom they name, and the first time."""
    assert stands_of((f'{AT}"kind":"{kind}"}}', events) for kind, events in replies) == stands


@pytest.mark.parametrize(
    ("reply", "events"),
    [
        ("", "[]"),
        ("{", "[]"),
        ("[]", "[]"),
        ('{"kind":7}', "[]"),
        ("None", "None"),
        ("\udcff", "[]"),
        ('{"kind":"sought"}', ""),
        ('{"kind":"sought"}', "{}"),
        ('{"kind":"sought"}', '[{"kind":"ended","status":"rich"}]'),
        ('{"kind":"sought"}', '[["ended"]]'),
        ('{"kind":"sought"}', "\udcff"),
        ('{"kind":"sought"}', "[" * 100_000),
    ],
)
def test_state_of_what_cannot_be_read(reply: str, events: str) -> None:
    """A session whose last entry cannot be read is unfinished."""
    assert state_of([(reply, events)]) == "unfinished"


def test_kind_of_a_long_reply() -> None:
    """The beginning of a reply is enough, wherever it is cut."""
    reply = f'{AT}"kind":"interrupted","why":"' + "é" * 500 + '"}'
    assert {state_of([(reply[:length], "[]")]) for length in range(60, 400)} == {"interrupted"}


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        (f'{AT}"kind":"opening","settings":{{"session":"s","negotiation":{{"name":"campaign","title":"A pla', "campaign"),
        (f'{AT}"kind":"opening","settings":{{"session":"s","negotiation":{{"name":"a \\"b\\" é","ti', 'a "b" é'),
        (f'{AT}"kind":"opening","settings":{{"session":"s","negotiation":{{"name":"camp', ""),
        ("{", ""),
        ("None", ""),
        ("\udcff", ""),
        ('{"settings":{"negotiation":{"name":7}}}', ""),
        ('{"settings":[]}', ""),
    ],
)
def test_name(opening: str, name: str) -> None:
    """The negotiation's name is read from the beginning of the opening; where it cannot be, it is empty."""
    assert name_of(opening) == name


def test_newest_first() -> None:
    """Sessions come by the time of their opening; of equals, the one that was given last comes first."""
    given = [_summary("a", "2026-01-01T00:00:00+00:00"), _summary("b", "2026-01-01T00:00:00.5+00:00")]
    given += [_summary("c", "2026-01-01T00:00:00+00:00"), _summary("d", "2025-12-31T23:59:59+00:00")]
    assert [summary.id for summary in newest_first(given)] == ["b", "c", "a", "d"]


def _summary(session: str, opened: str) -> Summary:
    return Summary(id=SessionId(session), name="", opened=opened, at=opened, entries=1, state="unfinished")
