"""How does a session look in a list of sessions? Read from the first and the last of its entries, trusting neither."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, TypeAdapter
from pydantic_core import from_json

from orchestrator.messages.event import Status
from orchestrator.messages.journal import SessionState, Summary

__all__ = ["KIND_LENGTH", "NAME_LENGTH", "name_of", "newest_first", "state_of"]

NAME_LENGTH = 2000
"""Characters at the start of an opening in which the negotiation's name stands."""

KIND_LENGTH = 200
"""Characters at the start of a reply in which its kind stands."""


class _Negotiation(BaseModel):
    name: str


class _Settings(BaseModel):
    negotiation: _Negotiation


class _Opening(BaseModel):
    settings: _Settings


class _Mark(BaseModel):
    kind: str
    status: Status | None = None
    left: bool = False


_MARKS = TypeAdapter(tuple[_Mark, ...])


def name_of(opening: str) -> str:
    """Return the negotiation's name from the first characters of a session's first reply; empty where it cannot be read."""
    try:
        return _Opening.model_validate(from_json(_bytes(opening[:NAME_LENGTH]), allow_partial=True)).settings.negotiation.name
    except ValueError:
        return ""


def state_of(entries: Iterable[tuple[str, str]]) -> SessionState:
    """Return where a session stands, from replies and events as stored, newest first; what cannot be read is unfinished."""
    for reply, events in entries:
        try:
            kind = _Mark.model_validate(from_json(_bytes(reply[:KIND_LENGTH]), allow_partial=True)).kind
            state = _state(kind, _MARKS.validate_json(_bytes(events)))
        except ValueError:
            return "unfinished"
        if state != "as before":
            return state
    return "unfinished"


def _bytes(text: str) -> bytes:
    # What was no UTF-8 in the file is none here either, and so no JSON.
    return text.encode("utf-8", "surrogateescape")


def _state(kind: str, events: tuple[_Mark, ...]) -> SessionState | Literal["as before"]:  # noqa: PLR0911 - one line a state
    ended = next((event for event in events if event.kind == "ended"), None)
    if ended is not None and ended.status is not None:
        return ended.status
    if any(event.kind == "stopped" for event in events):
        return "stopped"
    if any(event.kind == "froze" for event in events):
        return "waiting"
    if kind == "interrupted":
        return "waiting" if any(event.left for event in events) else "interrupted"
    if any(event.kind == "unsettled" for event in events):
        return "unfinished"
    if kind == "reported":
        return "as before"
    return "waiting" if kind in ("sought", "ruled") else "unfinished"


def newest_first(summaries: Iterable[Summary]) -> tuple[Summary, ...]:
    """Return the sessions by the time of their opening, the latest first; among equals, the one that was given last."""
    oldest_first = sorted(summaries, key=lambda summary: summary.opened)
    return tuple(oldest_first[::-1])
