"""How do phases follow each other? The table of transitions as a diagram, so that the page cannot differ from the code."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.engine.changes import Phase
from orchestrator.engine.session import TRANSITIONS

__all__ = ["diagram"]


def diagram(transitions: Mapping[tuple[Phase, str], Phase] = TRANSITIONS) -> str:
    """Return the transitions as a Mermaid state diagram: one arrow for each pair of phases, with all its events."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for (phase, event), after in transitions.items():
        arrows.setdefault((phase, after), []).append(event)
    last = sorted(set(transitions.values()) - {phase for (phase, _), after in transitions.items() if after != phase})
    lines = [
        "stateDiagram-v2",
        f"    [*] --> {next(iter(transitions))[0]}",
        *(f"    {phase} --> {after}: {', '.join(events)}" for (phase, after), events in arrows.items()),
        *(f"    {phase} --> [*]" for phase in last),
    ]
    return "\n".join(lines) + "\n"
