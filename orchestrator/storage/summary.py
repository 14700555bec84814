"""How does a session look in a list of sessions? Read from the first and the last of its entries, trusting neither."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, TypeAdapter
from pydantic_core import from_json

from orchestrator.messages.event import Status
from orchestrator.messages.journal import SessionState, Summary

__all__ = ["KIND_LENGTH", "NAME_LENGTH", "Stands", "name_of", "newest_first", "stands_of", "state_of"]

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
    due: str = ""
    approver: str = ""
    person: str = ""


_MARKS = TypeAdapter(tuple[_Mark, ...])


def name_of(opening: str) -> str:
    """Return the negotiation's name from the first characters of a session's first reply; empty where it cannot be read."""
    try:
        return _Opening.model_validate(from_json(_bytes(opening[:NAME_LENGTH]), allow_partial=True)).settings.negotiation.name
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """Where a session stands, and of one that waits for whom, and until when at the latest."""

    state: SessionState
    due: str = ""
    waits_for: tuple[str, ...] = ()


def state_of(entries: Iterable[tuple[str, str]]) -> SessionState:
    """Return where a session stands, from replies and events as stored, newest first; what cannot be read is unfinished."""
    return stands_of(entries).state


def stands_of(entries: Iterable[tuple[str, str]]) -> Stands:
    """Return the same with whom it waits for, read no further back than to where its gates were reached."""
    state: SessionState | Literal["as before"] = "as before"
    seen: list[_Mark] = []
    for reply, events in entries:
        try:
            marks = _MARKS.validate_json(_bytes(events))
            if state == "as before":
                kind = _Mark.model_validate(from_json(_bytes(reply[:KIND_LENGTH]), allow_partial=True)).kind
                state = _state(kind, marks)
        except ValueError:
            break
        if state not in ("as before", "waiting"):
            return Stands(state=state)
        seen.extend(marks)
        if state == "waiting" and any(mark.kind in _BEGINNINGS for mark in marks):
            return _waiting(seen)
    return _waiting(seen) if state == "waiting" else Stands(state="unfinished")


_BEGINNINGS = ("gate_reached", "froze", "lapsed", "opened")
"""Where a session began to wait."""


def _waiting(seen: list[_Mark]) -> Stands:
    named = [mark.approver or mark.person for mark in seen if mark.kind in ("gate_reached", "froze")]
    dues = [mark.due for mark in seen if mark.due]
    return Stands(state="waiting", due=min(dues, default=""), waits_for=tuple(filter(None, named)))


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
    if any(event.kind in ("learned", "pots_known", "reopened") for event in events):
        return "agreed"
    if any(event.kind == "explained" for event in events):
        return "waiting"
    if kind in ("reported", "elapsed", "pots_read"):
        return "as before"
    return "waiting" if kind in ("sought", "ruled") else "unfinished"


def newest_first(summaries: Iterable[Summary]) -> tuple[Summary, ...]:
    """Return the sessions by the time of their opening, the latest first; among equals, the one that was given last.

    The book of pots is no session.
    """
    oldest_first = sorted(summaries, key=lambda summary: summary.opened)
    return tuple(oldest_first[::-1])
