"""How did the talk go? All that happened in a session, entry by entry, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orchestrator.engine import Session, advance, fresh
from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import Entry
from orchestrator.messages.reply import Opening, Reported, Ruled, Written
from orchestrator.report.clean import clean, clean_lines
from orchestrator.report.figures import moment, stated
from orchestrator.report.printed import Json
from orchestrator.report.telling import Line, tell

__all__ = ["Scene", "entry_json", "entry_lines", "transcript"]

_LONGEST = 70_000
"""Characters of a reply that are printed: all of any that a draft may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What one entry tells."""

    entry: Entry
    lines: tuple[Line, ...]


def transcript(entries: Iterable[Entry]) -> Iterator[Scene]:
    """Yield the scenes of a session in their order. Raises ChainBroken where an entry does not follow."""
    session: Session | None = None
    for entry in entries:
        if isinstance(entry.reply, Opening):
            session = fresh(entry.reply.settings)
        if session is None:
            raise ChainBroken(entry.session, entry.seq, "the first entry is not an opening")
        yield Scene(entry=entry, lines=tuple(tell(session, entry)))
        session = advance(session, entry)


def entry_json(entry: Entry) -> dict[str, Json]:
    """Return an entry as JSON, as it is on record."""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "parent": entry.parent,
        "digest": entry.digest,
        "reply": json.loads(entry.reply_json),
        "events": json.loads(entry.events_json),
    }


def entry_lines(scene: Scene) -> Iterator[str]:
    """Yield one entry in full: its place, what came back, and each of its events as it is on record."""
    entry = scene.entry
    yield f"entry {entry.seq} at {moment(entry.reply.at)}"
    yield f"parent {entry.parent}"
    yield f"digest {entry.digest}"
    yield f"reply  {_reply(entry)}"
    if isinstance(entry.reply, Written):
        yield from (f"  | {line}" for line in clean_lines(entry.reply.text, _LONGEST))
    for event in entry.events:
        yield clean(f"event  {event.kind} {event.model_dump_json(exclude={'kind'}, exclude_none=True)}")


def _reply(entry: Entry) -> str:
    reply = entry.reply
    match reply:
        case Written():
            taken = (reply.at - reply.began).total_seconds()
            tokens = f"{reply.usage.prompt:,} tokens read, {reply.usage.reply:,} written"
            return clean(f"written by {reply.model} for {reply.role} in {taken:.3f} s, {tokens}, {reply.size:,} characters:")
        case Ruled():
            return clean(f"ruled on gate {reply.gate} by {reply.by}: {'yes' if reply.approved else 'no'} {reply.note}")
        case Reported():
            return clean(f"reported by {reply.by}: {reply.fact.name} is {stated(reply.fact)}")
        case _:
            return reply.kind
