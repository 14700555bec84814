"""What does a flooded talk look like on record? The small launch, with windows measured, and capacity saying much too much."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from orchestrator.messages.entry import Entry
from orchestrator.messages.reply import Written
from orchestrator.messages.suspicion import Heard, Memory, Observed, Reason, Suspicion
from orchestrator.messages.usage import Usage
from orchestrator.messages.window import Window
from tests.report.story import Story, low

__all__ = ["flooded"]


def _count(words: str, /, *, estimated: bool) -> int:
    return len(words.split()) * (2 if estimated else 1)


def _monitor(heard: Heard, memory: Memory, /) -> Observed:
    flagged = "again" in heard.text
    reasons = (Reason(name="repeats", share=0.9, quote="again"), Reason(name="empty", share=0.1))
    return Observed(Suspicion(score=0.95, flagged=True, reasons=reasons) if flagged else Suspicion(), memory)


def _write(story: Story, held: tuple[int, int, int], **draft: object) -> Entry:
    text = json.dumps(draft)
    at = story.now()
    return story.take(
        Written(
            at=at,
            began=at - timedelta(milliseconds=500),
            role=story.session.speaker.name,
            model="scripted:story",
            text=text,
            size=len(text),
            usage=Usage(prompt=2000 + sum(held), reply=len(text) // 4),
            window=Window(size=8000, pinned=2000, held=held),
        )
    )


def flooded() -> Story:
    """Return a talk in which capacity repeats itself for two rounds, then proposes what all accept; it waits for the cmo."""
    story = Story()
    story.rules = replace(story.rules, count=_count, monitor=_monitor)
    _write(story, (0, 0, 0), act="propose", terms={"search_spend": 40000}, text="Let us begin small.")
    _write(story, (60, 0, 0), act="inform", text="I would like video.")
    _write(story, (60, 20, 0), act="inform", text="We say it again and again. " * 100)
    _write(story, (60, 20, 700), act="inform", text="Fine.")
    _write(story, (80, 20, 700), act="inform", text="Yes.")
    _write(story, (80, 30, 700), act="inform", text="We say it again and again. " * 120)
    _write(story, (80, 30, 1500), act="inform", text="Well.")
    _write(story, (90, 30, 1500), act="inform", text="So?")
    _write(story, (90, 40, 1500), act="propose", terms=low(), text="Take it.")
    _write(story, (90, 40, 1600), act="accept", offer="m9-k4xq")
    _write(story, (100, 40, 1600), act="accept", offer="m9-k4xq")
    story.seek()
    return story
