"""What does a person see of the talk? What their role may see: moves, falls, rulings, and of refused drafts only their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from orchestrator.engine import Session, evolve, view_of
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import (
    Event,
    FactChanged,
    Fell,
    FellBack,
    Heard,
    Lapsed,
    Opened,
    Refused,
    Reserved,
    SpendRaised,
    Tabled,
)
from orchestrator.messages.move import Move
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View
from orchestrator.report.clean import clean
from orchestrator.report.telling import finding_line, tell_event

__all__ = ["SeatPainter", "is_first_word"]

_MOST = 2_000
"""Characters of a message that are shown at once; the journal has the rest."""


_BENEATH = ("words", "finding", "fall")
"""Tones of lines that stand under the move that they belong to."""


class SeatPainter:
    """Tells entries, as they come, to the people of a session that sit at one terminal: in the seats `here`, or in all."""

    __slots__ = ("_here", "_session", "_tell")

    def __init__(self, session: Session, tell: Callable[[str], None], here: Collection[str] = ()) -> None:
        self._here = frozenset(here)
        self._session = session
        self._tell = tell

    def watch(self, entry: Entry) -> None:
        """Show what an entry brings, at once: whoever is asked next has read it."""
        for event in entry.events:
            for line in self._lines(event):
                self._tell(line)
            self._session = evolve(self._session, event)
        self._session = self._session.but(seq=entry.seq + 1, head=entry.digest)

    @property
    def _eyes(self) -> tuple[RoleName, ...]:
        """Return the roles whose people read this."""
        return tuple(role for role in self._session.people if not self._here or role in self._here)

    def _lines(self, event: Event) -> Iterator[str]:
        match event:
            case Tabled():
                yield from self._moved(event)
            case Refused() | FellBack():
                yield from self._lost(event)
            case FactChanged():
                if set(event.fact.visible_to) & set(self._eyes):
                    yield from self._told(event)
            case Fell():
                if any(event.fall in view.falls for view in self._views(event)):
                    yield from self._told(Fell(fall=event.fall))
            case Opened():
                yield from self._told(event.model_copy(update={"findings": ()}))
            case Heard() | Reserved() | Lapsed() | SpendRaised():
                return
            case _:
                yield from self._told(event)

    def _lost(self, event: Refused | FellBack) -> Iterator[str]:
        """Yield why the last draft of a person's turn is not sent; reasons before that are shown as they are asked again."""
        if event.role not in self._eyes:
            return
        if isinstance(event, FellBack):
            yield f"{event.role} has used up its repairs: {'the turn passes' if event.to == 'hold' else 'the talk ends'}."
        elif self._session.attempt >= self._session.stop.repairs:
            yield "Not sent; nobody else has seen it:"
            yield from (f"! {finding_line(finding)}" for finding in event.findings)

    def _moved(self, event: Tabled) -> Iterator[str]:
        """Yield a move as the people's own views have it: what a pattern seals stays sealed."""
        eyes = self._eyes
        move = next((move for view in self._views(event) for move in view.moves if move.id == event.move.id), None)
        if move is None:
            yield f"round {event.move.round} · {event.move.sender} has had its turn"
            return
        yield from self._told(event.model_copy(update={"move": move.model_copy(update={"text": ""}), "findings": ()}))
        if move.sender in eyes:
            yield from (f"  ! {finding_line(finding)}" for finding in event.findings)
        if move.text and (move.sender not in eyes or len(eyes) > 1):
            yield from self._spoken(move)

    def _views(self, event: Event) -> Iterator[View]:
        """Yield what each person can see once the event has happened."""
        after = evolve(self._session, event)
        yield from (view_of(after, role) for role in self._eyes)

    def _spoken(self, move: Move) -> Iterator[str]:
        """Yield an agent's words under a heading that says that it is one, and says so in full the first time."""
        is_person = move.sender in self._session.people
        if not is_person and is_first_word(self._session, move.sender):
            yield f"  {move.sender} is an agent, a program that speaks for its role, and no person."
        more = f" ({len(move.text) - _MOST:,} more characters are in the journal)" if len(move.text) > _MOST else ""
        kind = "" if is_person else "agent "
        yield f'  {kind}{move.sender} writes: "{clean(move.text, _MOST)}"{more}'

    def _told(self, event: Event) -> Iterator[str]:
        for line in tell_event(self._session, event):
            yield f"  {line.text}" if line.tone in _BENEATH else line.text


def is_first_word(session: Session, sender: RoleName) -> bool:
    """Return whether nobody has read a word of a role yet."""
    return not any(move.sender == sender and move.text for move in session.moves)
