"""Does the page about the state machine tell the truth? Its diagram, phases and events are those of the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from orchestrator.engine import TRANSITIONS
from orchestrator.engine.changes import Phase
from orchestrator.engine.diagram import diagram
from orchestrator.messages.event import EVENTS, Event, Reason

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "state-machine.md").read_text(encoding="utf-8")
KINDS = [variant.model_fields["kind"].default for variant in get_args(get_args(Event)[0])]


def test_diagram_of_the_page_is_current() -> None:
    """The page holds the diagram that the table of transitions makes, character for character."""
    assert re.findall(r"```mermaid\n(.*?)```", PAGE, re.DOTALL) == [diagram()]


def test_page_tells_every_phase_and_event() -> None:
    """The tables of the page list every phase and every kind of event, once and in the order of the code."""
    phases, events = (re.findall(r"^\| `(\w+)`", part, re.MULTILINE) for part in PAGE.split("## Events"))
    assert phases == list(get_args(Phase))
    assert sorted(events) == sorted(KINDS)


def test_page_tells_every_reason() -> None:
    """The page names every reason for which a session ends."""
    assert [reason for reason in get_args(Reason) if f"`{reason}`" not in PAGE] == []


def test_transitions_know_every_event_and_lead_only_to_phases() -> None:
    """Each kind of event has a row, no row has another kind, and the end has no way out."""
    assert {event for _, event in TRANSITIONS} == set(KINDS)
    assert {phase for row in TRANSITIONS.items() for phase in (row[0][0], row[1])} == set(get_args(Phase)) - {"impossible"}
    assert {after for (phase, _), after in TRANSITIONS.items() if phase in {"over", "impossible"}} == {"over"}
    assert EVENTS.json_schema()["type"] == "array"


def test_diagram_of_another_table() -> None:
    """A diagram starts at the first row's phase, joins events that lead the same way, and ends where no row begins."""
    table: dict[tuple[Phase, str], Phase] = {
        ("opening", "opened"): "asking",
        ("asking", "heard"): "asking",
        ("asking", "fell"): "asking",
        ("asking", "ended"): "over",
    }
    assert diagram(table) == (
        "stateDiagram-v2\n"
        "    [*] --> opening\n"
        "    opening --> asking: opened\n"
        "    asking --> asking: heard, fell\n"
        "    asking --> over: ended\n"
        "    over --> [*]\n"
    )
