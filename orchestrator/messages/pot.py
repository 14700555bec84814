"""What do several negotiations draw on together? Pots of a fixed size, what a talk takes of them, and what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from pydantic import AwareDatetime

from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Elided, SessionId, Value

__all__ = [
    "POTS_BOOK",
    "Budgets",
    "OfPots",
    "Pledged",
    "Pot",
    "PotFigures",
    "PotTriggerBook",
    "PotsApplied",
    "PotsRead",
    "PotsSeen",
    "Room",
    "RoomKnown",
    "Take",
    "TakeBook",
    "Taken",
]

POTS_BOOK = SessionId("~pots")
"""Names the chain of entries in which the sizes of pots are put into force. The id of no session begins so."""


class Pot(Value):
    """So much of something that several negotiations share: money, hours, slots."""

    name: str
    title: str
    unit: str = ""
    size: Decimal
    step: Decimal = Decimal("0.01")
    """Amounts are rounded up to whole multiples of it."""
    why: str = ""


class Take(Value):
    """How much an offer would take of a pot: a CEL expression over the issues that gives a number."""

    pot: str
    amount: str


class Budgets(Value):
    """Which pots a negotiation draws on, as their file had them, and how much its offers take of each."""

    file: str
    """As the negotiation file names it."""
    pots: tuple[Pot, ...]
    """Those that it takes from, and no others of the file."""
    takes: tuple[Take, ...]

    def pot(self, name: str) -> Pot | None:
        """Return the pot of that name, or None."""
        return next((pot for pot in self.pots if pot.name == name), None)


class Room(Value):
    """How much of a pot one account may hold at most, its own holding counted in."""

    pot: str
    size: Decimal
    most: Decimal
    """What the others have left of it."""


class Pledged(Value):
    """From here on a talk holds so much of a pot. The figures are all that it holds, and no differences."""

    kind: Literal["pledged"] = "pledged"
    pot: str
    account: SessionId
    """The first session of a chain of amendments: they hold together, not one beside the other."""
    holder: SessionId
    """The session of the chain whose talk or agreement it is now."""
    reserved: Decimal
    """For offers that stand, beyond what is committed."""
    committed: Decimal
    """By the agreement that binds."""

    @property
    def held(self) -> Decimal:
        """Return both together."""
        return self.reserved + self.committed


class RoomKnown(Value):
    """The talk heard how much it may hold of its pots."""

    kind: Literal["room_known"] = "room_known"
    rooms: tuple[Room, ...]


OfPots: TypeAlias = Pledged | RoomKnown
"""What happens in a talk because of its pots."""


class PotsRead(Value):
    """Somebody looked how much is left in the pots of a talk."""

    kind: Literal["pots_read"] = "pots_read"
    at: AwareDatetime
    rooms: tuple[Room, ...]
    lost: Elided[str] = ""
    """The pot for which another talk was quicker, where that is why."""


class PotsApplied(Value):
    """Somebody put these sizes into force for all talks of a journal. It stands in the book of pots, in no session."""

    kind: Literal["pots_applied"] = "pots_applied"
    at: AwareDatetime
    by: str
    file: str
    pots: tuple[Pot, ...]
    key: str
    """The public half of the key that signs the entry."""


class PotFigures(Value):
    """How a pot stands, all talks counted."""

    pot: str
    size: Decimal
    reserved: Decimal
    committed: Decimal

    @property
    def free(self) -> Decimal:
        """Return what nobody holds."""
        return self.size - self.reserved - self.committed


class PotsSeen(Value):
    """Somebody looked how the pots stand on which an agreement has triggers."""

    kind: Literal["pots_seen"] = "pots_seen"
    at: AwareDatetime
    pots: tuple[PotFigures, ...]
    live: Elided[str] = ""
    """The successor of the agreement that is being negotiated meanwhile: it is not reopened a second time."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How much terms take of one pot; None where that cannot be said of them, with the reason."""

    pot: str
    amount: Decimal | None
    problem: str = ""


TakeBook: TypeAlias = Callable[[Terms], tuple[Taken, ...]]
"""Says what terms take of each pot of a negotiation; never raises. Rounded up, and never below 0."""

PotTriggerBook: TypeAlias = Callable[[tuple[PotFigures, ...]], frozenset[str]]
"""Returns the ids of the triggers that are true of these figures; what cannot be decided is not true."""
