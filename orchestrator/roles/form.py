"""How does a person write a negotiation? The flat parts of its file, each with what it may hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import WithJsonSchema

from orchestrator.messages.negotiation import Fallback, Pattern, Personal, Strictness
from orchestrator.messages.value import Value
from orchestrator.roles.fit import (
    Amount,
    Audience,
    Day,
    Expression,
    Figure,
    FileName,
    Known,
    Line,
    Measure,
    Name,
    Option,
    PaceOf,
    PartialShare,
    Repairs,
    RoleNames,
    Rounds,
    Seats,
    Seconds,
    Share,
    WordPattern,
    whole,
)

__all__ = [
    "AgreementForm",
    "ChoiceIssueForm",
    "ContextForm",
    "DateIssueForm",
    "FactForm",
    "FlagIssueForm",
    "HeadForm",
    "IssueForm",
    "NumberIssueForm",
    "RoleForm",
    "RuleForm",
    "SpendForm",
    "StopForm",
    "UtilityForm",
    "WordPolicyForm",
    "WorthForm",
]


class HeadForm(Value):
    """What the file says of the negotiation as a whole."""

    name: Name
    title: Line
    pattern: Pattern
    """The shape of the talk, for people and reports; all shapes run on the same rules of the table."""
    currency: Line | None = None


class _IssueForm(Value):
    owner: Line | None = None
    """The role that can bind it; another role's value for it is a request."""
    aka: tuple[Line, ...] = ()
    """What people call it in words."""


class NumberIssueForm(_IssueForm):
    """An issue settled by a figure on a grid: `min`, `min + step`, ... up to `max`."""

    kind: Literal["number"]
    unit: Line | None = None
    min: Figure
    max: Figure
    step: Figure = Decimal(1)


class ChoiceIssueForm(_IssueForm):
    """An issue settled by one of its options: all words, or all numbers."""

    kind: Literal["choice"]
    options: tuple[Option, ...]
    unit: Line | None = None


class DateIssueForm(_IssueForm):
    """An issue settled by a calendar date from `min` to `max`, both included."""

    kind: Literal["date"]
    min: Day
    max: Day


class FlagIssueForm(_IssueForm):
    """An issue settled by `true` or `false`."""

    kind: Literal["flag"]


IssueForm: TypeAlias = NumberIssueForm | ChoiceIssueForm | DateIssueForm | FlagIssueForm


class FactForm(Value):
    """Something that may be cited, by those who can see it, with where it comes from."""

    value: Known
    unit: Line | None = None
    says: Line
    """What the value is, in words."""
    visible_to: Audience
    source: Line
    as_of: Day
    confidence: Share = 1.0
    disclose: Literal["may", "never"] = "may"
    """Whether those who can see it may tell it."""


class RuleForm(Value):
    """A CEL expression over the issues that must be true; `why` is the reason that people are told."""

    id: Name
    rule: Expression
    why: Line | None = None


class WordPolicyForm(Value):
    """Words that no role may send; `why` is the reason that people are told."""

    id: Name
    words: tuple[WordPattern, ...] = ()
    """Words or phrases; `*` stands for any letters of a word, or, alone, for any one word."""
    personal: tuple[Personal, ...] = ()
    """Data of persons: addresses of e-mail, numbers of phones, bank accounts and cards."""
    why: Line | None = None


class WorthForm(Value):
    """What an issue is worth to a role: straight from `best` to `worst`, or a worth for each option in `values`."""

    weight: Share
    """Its part in the whole; the weights of a role sum to 1."""
    best: Measure | None = None
    worst: Measure | None = None
    values: dict[str, Share] | None = None


class UtilityForm(Value):
    """What an agreement is worth to a role, from 0 to 1; below its reserve the role does not agree."""

    reserve: Share = 0.0


class RoleForm(Value):
    """A seat at the table."""

    prompt: FileName
    """Its prompt, beside this file."""
    words: Strictness = "grounded"
    """How words at fault are treated: as notes, withheld, or refused with the move."""
    fallback: Fallback = "strategy"
    """What acts for the role when its last draft of a turn was refused."""
    adviser: Literal["on", "off"] = "off"
    """Whether code works out a few good moves for the role in each turn."""


class AgreementForm(Value):
    """Who must back an offer: all, or at least `quorum` roles with everyone in `always` among them."""

    needs: Literal["all", "quorum"] = "all"
    quorum: Seats | None = None
    always: RoleNames = ()
    min_offers: Seats | None = None
    """From how many other roles there must have been a whole offer before a role may accept one."""


class StopForm(Value):
    """When the talk ends without agreement."""

    rounds: Rounds
    seconds: Seconds = 600
    """Time in which the session is driven; waiting for people does not count."""
    offer_ttl_rounds: Rounds = 3
    """For how many rounds an offer stands at most."""
    unchanged_rounds: Rounds = 5
    """The talk ends when no offer has changed for so many rounds."""
    min_improvement: Share = 0.0
    """A new offer that raises no receiver's utility by more than this counts as unchanged."""
    repairs: Repairs = 2
    """How often a refused draft may be mended within one turn."""
    reopens: Repairs = 3
    """How often triggers may reopen a chain of agreements before a person must."""


_Count = Annotated[int, whole(0, 1_000_000_000_000), WithJsonSchema({"type": "integer", "minimum": 0})]


class SpendForm(Value):
    """The most that models may use; what is not named has no bound."""

    usd: Amount | None = None
    """US dollars."""
    tokens: _Count | None = None
    """Read and written together."""
    calls: _Count | None = None
    seconds: _Count | None = None
    """Of waiting for models."""


class ContextForm(Value):
    """What a role's words may take of the others' windows; what is not named has no bound of its own."""

    share: PartialShare | None = None
    """Its part of what each window leaves for words; roles that name none share the rest equally."""
    message_tokens: Annotated[int, whole(20, 100_000), WithJsonSchema({"type": "integer", "minimum": 20})] | None = None
    """Of one message; what is longer is cut after a sentence."""
    rate: PaceOf | None = None
    """Messages with words in a time, as 2/s or 30/min; the words of more are withheld."""
