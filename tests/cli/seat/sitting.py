"""How does a test sit in a seat without a terminal? Lines in, questions out, over a view or a whole talk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from orchestrator.assembly import load_folder, rules_for
from orchestrator.cli.seat.acts import Notebook
from orchestrator.cli.seat.turn import turn
from orchestrator.engine import Ask, Prepare, Rules, Session, begin, fresh, pending, step
from orchestrator.engine.chain import advance
from orchestrator.messages.digest import sha256
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reply import Reply, Requested, Written
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.messages.view import View

__all__ = ["BUYER", "SUPPLIER", "Talk", "procurement", "sit"]

BUYER, SUPPLIER = RoleName("buyer"), RoleName("supplier")
_START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@cache
def procurement() -> Negotiation:
    """Return the shipped negotiation about packaging."""
    return load_folder("procurement").negotiation


@cache
def _rules(negotiation: Negotiation) -> Rules:
    return rules_for(negotiation)


def sit(view: View, *lines: str, notebook: Notebook | None = None) -> tuple[list[str], str | None]:
    """Return all that a person is shown while they write these lines, and the draft, if it came to one."""
    asking = turn(view, notebook or Notebook(), 80)
    shown: list[str] = []
    try:
        question = next(asking)
        for line in lines:
            shown += [*question.lines, f"{question.prompt}{line}"]
            question = asking.send(line)
        shown += [*question.lines, question.prompt]
    except StopIteration as done:
        return shown, done.value
    return shown, None


@dataclass(slots=True, kw_only=True)
class Talk:
    """A talk between a written buyer and a person who sells."""

    negotiation: Negotiation = field(default_factory=procurement)
    rules: Rules = field(init=False)
    session: Session = field(init=False)
    notebook: Notebook = field(default_factory=Notebook)
    shown: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        """Open it."""
        self.rules = _rules(self.negotiation)  # pyright: ignore[reportArgumentType] - frozen, so it hashes
        settings = Settings(
            session=SessionId("procurement-seat"),
            negotiation=self.negotiation,
            models=(
                SeatModel(role=BUYER, model="scripted:buyer"),
                SeatModel(role=SUPPLIER, model="human:kim", costly=True),
            ),
        )
        self.session = advance(fresh(settings), begin(settings, _START, self.rules))

    @property
    def waits_for(self) -> RoleName | None:
        """Return whose draft is waited for."""
        effect = pending(self.session)
        return effect.role if isinstance(effect, Prepare | Ask) else None

    def write(self, role: RoleName, text: str | dict[str, Any], seconds: float = 1) -> None:
        """Let a role write."""
        at = _START + timedelta(milliseconds=self.session.millis)
        if isinstance(pending(self.session), Prepare):
            request = sha256(text.encode() if isinstance(text, str) else json.dumps(text).encode())
            self._enter(Requested(at=at, role=role, model="human:kim", request=request, prompt=0, reply=0))
        written = text if isinstance(text, str) else json.dumps(text)
        until = at + timedelta(seconds=seconds)
        self._enter(Written(at=until, role=role, model="m", text=written, size=len(written), usage=Usage(), began=at))

    def person(self, lines: Iterator[str]) -> bool:
        """Let the person write lines until there is a draft; return whether there was one before the lines ended."""
        effect = pending(self.session)
        assert isinstance(effect, Prepare | Ask)
        asking = turn(effect.view, self.notebook, 80)
        try:
            question = next(asking)
            for line in lines:
                self.shown += [*question.lines, f"{question.prompt}{line}"]
                question = asking.send(line)
        except StopIteration as done:
            self.write(SUPPLIER, done.value)
            return True
        return False

    def _enter(self, reply: Reply) -> None:
        self.session = step(self.session, reply, self.rules).session
