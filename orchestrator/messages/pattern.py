"""What does a file say of the shape of its talk, beyond the rules of the table? One set of settings for each pattern."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from orchestrator.messages.auction import Auction
from orchestrator.messages.spend import Spend
from orchestrator.messages.value import Elided, IssueName, RoleName, Value

__all__ = [
    "Approval",
    "Breakers",
    "Coalition",
    "Concession",
    "Constraint",
    "Movement",
    "PatternRules",
    "Rate",
    "Rung",
    "TradeSpace",
    "Weight",
]


def _is_none(value: object) -> bool:
    return value is None


class Concession(Value):
    """A talk about few figures: what nobody may take back, and what the saving is measured by."""

    kind: Literal["concession"] = "concession"
    monotone: Elided[tuple[IssueName, ...]] = ()
    """Issues on which a role may not go back on what it gave away."""
    saving: Annotated[IssueName | None, Field(exclude_if=_is_none)] = None
    """The issue whose figure is saved on."""
    service: Elided[tuple[IssueName, ...]] = ()
    """Issues on which nothing may be lost for it."""


class Constraint(Value):
    """A talk about a plan: partial proposals are completed or refuted by a solver where there is one."""

    kind: Literal["constraint"] = "constraint"
    complete: Elided[bool] = False


class TradeSpace(Value):
    """A talk about packages: with versions and conditions, or over one text that all improve in turn."""

    kind: Literal["trade_space"] = "trade_space"
    single_text: Elided[bool] = False
    """Whether one text stands at a time: a proposal of anyone replaces it, and it settles when nobody has improved it."""
    mediator: Annotated[RoleName | None, Field(exclude_if=_is_none)] = None
    """The role that writes the first text, and has no vote."""


class Weight(Value):
    """How much a role counts towards a quorum."""

    role: RoleName
    weight: int


class Rung(Value):
    """A step of the ladder, taken after so many rounds without agreement on the step before it."""

    do: Literal["quorum", "concede", "person", "end"]
    after: int
    quorum: Annotated[int | None, Field(exclude_if=_is_none)] = None
    """For `quorum`: how much is needed from now on."""
    person: Elided[str] = ""
    """For `person`: who decides on the offer that is backed best."""


class Coalition(Value):
    """A talk among many: how much each role counts, who may veto, who goes first, and what is done about deadlock."""

    kind: Literal["coalition"] = "coalition"
    weights: Elided[tuple[Weight, ...]] = ()
    """Of roles that count otherwise than once."""
    vetoes: Elided[tuple[RoleName, ...]] = ()
    """Roles whose reject makes the same terms fall for good; the reject of another takes back its own backing only."""
    priorities: Elided[tuple[RoleName, ...]] = ()
    """Whose offer settles first where several could; the last of them is the first to yield."""
    ladder: Elided[tuple[Rung, ...]] = ()

    def weight(self, role: RoleName) -> int:
        """Return how much a role counts."""
        return next((entry.weight for entry in self.weights if entry.role == role), 1)


class Approval(Value):
    """A talk whose every agreement is a proposal to a person."""

    kind: Literal["approval"] = "approval"
    by: str
    """Who approves; the file's gate `approval` asks for it."""
    reason: Elided[bool] = False
    """Whether a decision must say why."""


PatternRules: TypeAlias = Annotated[
    Concession | Constraint | TradeSpace | Auction | Coalition | Approval,
    Field(discriminator="kind"),
]
"""The settings of one pattern; a talk without any runs on the rules of the table alone."""


class Movement(Value):
    """A term of one role moved by more than this share of its range within so many rounds."""

    share: float
    rounds: int
    issues: Elided[tuple[IssueName, ...]] = ()
    """Those that are watched; all where none is named."""


class Rate(Value):
    """More offers of all roles together than so many in such a span of driven time."""

    offers: int
    seconds: int


class Breakers(Value):
    """What freezes a session until a named person lets it go on or ends it."""

    person: str
    movement: Annotated[Movement | None, Field(exclude_if=_is_none)] = None
    rate: Annotated[Rate | None, Field(exclude_if=_is_none)] = None
    spend: Annotated[Spend | None, Field(exclude_if=_is_none)] = None
    """Of all models together since the session began, or since it was last let go on."""
