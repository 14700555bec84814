"""What happened in a session? Each reply is decided into events; folding them gives the session."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter

from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Move, Offer, Ruling
from orchestrator.messages.negotiation import Fact, Fallback
from orchestrator.messages.pot import OfPots
from orchestrator.messages.question import AtGates
from orchestrator.messages.reopening import Afterwards, Due
from orchestrator.messages.settings import SeatModel
from orchestrator.messages.spend import Spend
from orchestrator.messages.step import ByPattern
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Digest, Elided, OfferId, RoleName, Value

__all__ = [
    "EVENTS",
    "Agreed",
    "Approved",
    "Asked",
    "Denied",
    "Ended",
    "Event",
    "FactChanged",
    "Fell",
    "FellBack",
    "GateReached",
    "Heard",
    "Held",
    "Lapsed",
    "Opened",
    "Reason",
    "Refused",
    "Reserved",
    "Seated",
    "Settled",
    "SpendRaised",
    "Status",
    "Stopped",
    "Tabled",
    "Unsettled",
]

Status: TypeAlias = Literal["agreed", "no_agreement", "stopped"]
"""`stopped` at a bound of spending: the talk can go on under a higher one."""
Reason: TypeAlias = Literal[
    "all",
    "quorum",
    "award",
    "person",
    "rounds",
    "seconds",
    "unchanged",
    "escalated",
    "spending",
    "ladder",
    "breaker",
    "unsold",
    "cancelled",
]
"""Why a session ended.

Agreed: all roles or a quorum back an approved offer, an auction awarded it, a person took the one backed best.
Else: what stopped it: `ladder`, its last step; `breaker`, a person; `unsold`, no bid that counts; `cancelled`, a word."""


class Opened(Value):
    """The session began, under files with these digests."""

    kind: Literal["opened"] = "opened"
    negotiation: Digest
    prompts: Digest
    rules: Digest
    offer: Offer | None = None
    """The terms of the superseded agreement, as an offer of nobody at the table that all may accept."""
    findings: tuple[Finding, ...] = ()
    """Why those terms cannot stand under the rules of now; for the record only."""


class Reserved(Value):
    """A call is within all bounds and may be made; this much it may use."""

    kind: Literal["reserved"] = "reserved"
    role: RoleName
    request: Digest
    counted: int
    """Tokens of the prompt as they are counted here."""
    prompt_tokens: int
    """As the model may count them."""
    reply_tokens: int
    cost: Decimal | None = None


class Lapsed(Value):
    """A call was begun and its answer never came; this much it may have used."""

    kind: Literal["lapsed"] = "lapsed"
    role: RoleName
    tokens: int
    cost: Decimal | None = None
    left: Elided[bool] = False
    """Whether a person left the seat in good order: the session waits for them."""


class Stopped(Value):
    """The next call could break a bound of spending: nothing is asked until more may be spent."""

    kind: Literal["stopped"] = "stopped"
    role: RoleName
    bound: str
    """Which one is in the way, in words."""


class SpendRaised(Value):
    """More may be spent: these bounds go before those that held."""

    kind: Literal["spend_raised"] = "spend_raised"
    spend: Spend
    role: RoleName | None = None


class Heard(Value):
    """A model answered; its cost counts whatever becomes of the draft."""

    kind: Literal["heard"] = "heard"
    role: RoleName
    prompt_tokens: int
    reply_tokens: int
    millis: int
    cost: Decimal | None = None
    """In US dollars, of the answer and of the tries before it that may have been charged."""
    lost_tokens: int | None = None
    """Of those tries."""


class Tabled(Value):
    """A draft was admitted and goes to all roles."""

    kind: Literal["tabled"] = "tabled"
    move: Move
    findings: Elided[tuple[Finding, ...]] = ()
    """Notes, and the reasons why its words were withheld."""
    changed: bool = False
    """Whether it is a proposal that differs from its sender's last one."""


class Refused(Value):
    """A draft was refused: nobody else sees it."""

    kind: Literal["refused"] = "refused"
    role: RoleName
    attempt: int
    findings: tuple[Finding, ...]


class FellBack(Value):
    """The role used up its repairs; its fallback acts."""

    kind: Literal["fell_back"] = "fell_back"
    role: RoleName
    to: Fallback


class Held(Value):
    """The turn of a role passed without a move."""

    kind: Literal["held"] = "held"
    role: RoleName


class Fell(Value):
    """An offer stands no more."""

    kind: Literal["fell"] = "fell"
    fall: Fall
    findings: Elided[tuple[Finding, ...]] = ()
    """Where it fell because the guards objected to it as a whole; for the record only."""


class Settled(Value):
    """The roles that are needed back the same offer."""

    kind: Literal["settled"] = "settled"
    offer: OfferId
    digest: Digest
    backers: tuple[RoleName, ...]


class Unsettled(Value):
    """The settled offer is not going to bind; the talk goes on."""

    kind: Literal["unsettled"] = "unsettled"
    offer: OfferId


class GateReached(Value):
    """The settled offer needs an approval."""

    kind: Literal["gate_reached"] = "gate_reached"
    gate: str
    approver: str
    offer: OfferId
    digest: Digest


class Asked(Value):
    """The approver of a gate was asked."""

    kind: Literal["asked"] = "asked"
    gate: str
    due: Annotated[AwareDatetime | None, Field(exclude_if=lambda due: due is None)] = None
    """When the answer is no if there is none; None where it waits for as long as it takes."""


class Approved(Value):
    """An approver approved."""

    kind: Literal["approved"] = "approved"
    ruling: Ruling


class Denied(Value):
    """An approver denied."""

    kind: Literal["denied"] = "denied"
    ruling: Ruling


class FactChanged(Value):
    """A fact has a new value."""

    kind: Literal["fact_changed"] = "fact_changed"
    fact: Fact


class Seated(Value):
    """Another model, or a person, writes for a role from now on."""

    kind: Literal["seated"] = "seated"
    seat: SeatModel
    by: str = ""


class Agreed(Value):
    """These terms bind."""

    kind: Literal["agreed"] = "agreed"
    offer: OfferId
    terms: Terms
    digest: Digest
    backers: tuple[RoleName, ...]


class Ended(Value):
    """The session is over."""

    kind: Literal["ended"] = "ended"
    status: Status
    reason: Reason
    due: Due = None


Event = Annotated[
    Opened
    | Reserved
    | Lapsed
    | Stopped
    | SpendRaised
    | Heard
    | Tabled
    | Refused
    | FellBack
    | Held
    | Fell
    | Settled
    | Unsettled
    | AtGates
    | GateReached
    | Asked
    | Approved
    | Denied
    | FactChanged
    | Seated
    | Agreed
    | Ended
    | ByPattern
    | Afterwards
    | OfPots,
    Field(discriminator="kind"),
]

EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...], config=ConfigDict(defer_build=True))
"""Parses and writes the events of one entry as JSON."""
