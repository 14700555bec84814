"""What is negotiated, by whom, under which rules? The content of `negotiation.yaml`, checked and typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from orchestrator.messages.gate import Gate
from orchestrator.messages.handover import HandOver
from orchestrator.messages.pattern import Breakers, PatternRules
from orchestrator.messages.pot import Budgets
from orchestrator.messages.spend import Spend
from orchestrator.messages.trigger import Trigger
from orchestrator.messages.value import Elided, IssueName, RoleName, Value

__all__ = [
    "Agreement",
    "ByOption",
    "ChoiceIssue",
    "Context",
    "DateIssue",
    "Fact",
    "Fallback",
    "FlagIssue",
    "Issue",
    "LinearDay",
    "LinearNumber",
    "Mandate",
    "Negotiation",
    "NumberIssue",
    "Pace",
    "Pattern",
    "Personal",
    "Role",
    "Rule",
    "Stop",
    "Strictness",
    "WordPolicy",
    "Worth",
]

Pattern: TypeAlias = Literal["concession", "constraint", "trade_space", "auction", "coalition", "approval"]
"""The shape of the talk. All run on the same rules of the table; some add rules of their own, where the file sets them."""

Strictness: TypeAlias = Literal["open", "grounded", "strict"]
"""How words at fault are treated: as notes inside one team, withheld (the default), or refused with the move."""

Fallback: TypeAlias = Literal["strategy", "hold", "escalate"]
"""What acts for a role whose last draft was refused: a strategy inside its mandate, nothing, or an end of the talk."""


def _is_none(value: object) -> bool:
    return value is None


_Spend = Annotated[Spend | None, Field(exclude_if=_is_none)]
"""Left out where there is none: the digests of files without bounds stay as they were."""

_Share = Annotated[float | None, Field(exclude_if=_is_none)]
_Tokens = Annotated[int | None, Field(exclude_if=_is_none)]


class _Named(Value):
    name: IssueName
    owner: RoleName | None = None
    """The role that can bind it; another role's value for it is a request."""
    aka: tuple[str, ...] = ()
    """What people call it in words."""


class NumberIssue(_Named):
    """An issue settled by a figure on a grid: `min`, `min + step`, ... up to `max`."""

    kind: Literal["number"] = "number"
    unit: str = ""
    min: Decimal
    max: Decimal
    step: Decimal = Decimal(1)


class ChoiceIssue(_Named):
    """An issue settled by one of its options; `numeric` options are figures and compared as such."""

    kind: Literal["choice"] = "choice"
    options: tuple[str, ...]
    numeric: bool = False
    unit: str = ""


class DateIssue(_Named):
    """An issue settled by a calendar date from `min` to `max`, both included."""

    kind: Literal["date"] = "date"
    min: date
    max: date


class FlagIssue(_Named):
    """An issue settled by yes or no."""

    kind: Literal["flag"] = "flag"


Issue = Annotated[NumberIssue | ChoiceIssue | DateIssue | FlagIssue, Field(discriminator="kind")]


class Fact(Value):
    """Something that may be cited, by those who can see it, with where it comes from."""

    name: str
    kind: Literal["number", "date", "flag", "text"]
    value: str
    """Exact text: decimal, ISO date, `true` or `false`, or words."""
    unit: str = ""
    says: str
    visible_to: tuple[RoleName, ...]
    source: str
    as_of: date
    confidence: float = 1.0
    disclose: Literal["may", "never"] = "may"

    def takes(self, value: str) -> bool:
        """Return whether a text can be the value of a fact of this kind."""
        try:
            match self.kind:
                case "number":
                    return value.isascii() and not set(value) & set("_ \t\r\n") and Decimal(value).is_finite()
                case "date":
                    return date.fromisoformat(value).isoformat() == value
                case "flag":
                    return value in ("true", "false")
                case "text":
                    return bool(value)
        except (ValueError, ArithmeticError):
            return False


class Rule(Value):
    """A CEL expression over the issues that must be true; `why` is the reason that people are told."""

    id: str
    rule: str
    why: str = ""


Personal: TypeAlias = Literal["email", "phone", "iban", "card"]
"""Data of persons that can be told by their form alone."""


class WordPolicy(Value):
    """Words that no role may send, as patterns or by what they are; `why` is the reason that people are told."""

    id: str
    words: tuple[str, ...] = ()
    """Words or phrases; `*` stands for any letters of a word, or, alone, for any one word."""
    personal: tuple[Personal, ...] = ()
    why: str = ""


class LinearNumber(Value):
    """Worth 1 at `best`, 0 at `worst`, straight in between and flat outside."""

    kind: Literal["number"] = "number"
    issue: IssueName
    weight: float
    best: Decimal
    worst: Decimal


class LinearDay(Value):
    """Worth 1 on `best`, 0 on `worst`, straight in between and flat outside."""

    kind: Literal["date"] = "date"
    issue: IssueName
    weight: float
    best: date
    worst: date


class ByOption(Value):
    """A worth from 0 to 1 for each option, in the order of the options; a flag's are `true` and `false`."""

    kind: Literal["options"] = "options"
    issue: IssueName
    weight: float
    values: tuple[tuple[str, float], ...]


Worth = Annotated[LinearNumber | LinearDay | ByOption, Field(discriminator="kind")]


class Mandate(Value):
    """What a role may bind, and what an agreement is worth to it: private to that role."""

    limits: tuple[Rule, ...] = ()
    reserve: float = 0.0
    """The least utility, from 0 to 1, at which the role may propose or accept."""
    worths: tuple[Worth, ...] = ()


class Pace(Value):
    """So many messages with words in any such span of time."""

    messages: int
    seconds: int


_Pace = Annotated[Pace | None, Field(exclude_if=_is_none)]


class Context(Value):
    """What a role's words may take of the others' windows; what is not named has no bound of its own."""

    share: _Share = None
    """Of what a window leaves for words, from 0 to 1; roles that name none share the rest equally."""
    message_tokens: _Tokens = None
    """Of one message; what is longer is cut after a sentence."""
    rate: _Pace = None
    """The words of messages beyond it are withheld."""


_HandOver = Annotated[HandOver | None, Field(exclude_if=_is_none)]
_Context = Annotated[Context | None, Field(exclude_if=_is_none)]


class Role(Value):
    """A seat at the table."""

    name: RoleName
    prompt: str
    """File name of its prompt, beside the negotiation file."""
    mandate: Mandate = Mandate()
    words: Strictness = "grounded"
    fallback: Fallback = "strategy"
    spend: _Spend = None
    """The most that this role's model may use."""
    context: _Context = None
    """Bounds of its words."""
    hand_over: _HandOver = None
    """When its agent gives the seat to its own human; towards people only."""
    adviser: Elided[bool] = False
    """Whether code works out a few good moves for it in each turn."""


class Agreement(Value):
    """Who must back an offer: all, or at least `quorum` roles with everyone in `always` among them."""

    needs: Literal["all", "quorum"] = "all"
    quorum: int | None = None
    always: tuple[RoleName, ...] = ()
    min_offers: Elided[int] = 0
    """From how many other roles there must have been a whole offer before a role may accept one."""


class Stop(Value):
    """When the talk ends without agreement."""

    rounds: int
    seconds: int = 600
    offer_ttl_rounds: int = 3
    unchanged_rounds: int = 5
    min_improvement: float = 0.0
    """A new offer that raises no other role's utility by at least this much counts as unchanged; 0 asks for nothing."""
    repairs: int = 2
    """How often a refused draft may be mended within one turn."""
    reopens: Annotated[int, Field(exclude_if=lambda times: times == 3)] = 3
    """How often triggers may reopen a chain of agreements before a person must."""


class Negotiation(Value):
    """All of a negotiation file. The names of issues, facts, roles, rules and gates are unique in each."""

    name: str
    title: str
    pattern: Pattern
    currency: str = ""
    issues: tuple[Issue, ...]
    facts: tuple[Fact, ...] = ()
    roles: tuple[Role, ...]
    policies: tuple[Rule, ...] = ()
    word_policies: Elided[tuple[WordPolicy, ...]] = ()
    gates: tuple[Gate, ...] = ()
    agreement: Agreement = Agreement()
    stop: Stop
    spend: _Spend = None
    """The most that all models together may use."""
    pattern_rules: Annotated[PatternRules | None, Field(exclude_if=_is_none)] = None
    """What the file says under the name of its pattern."""
    breakers: Annotated[Breakers | None, Field(exclude_if=_is_none)] = None
    budgets: Annotated[Budgets | None, Field(exclude_if=_is_none)] = None
    triggers: Elided[tuple[Trigger, ...]] = ()
