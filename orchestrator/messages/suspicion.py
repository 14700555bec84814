"""Does a message carry what its receiver needs? The suspicion of it, what is remembered of its sender, and the port."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Protocol, TypeAlias

from pydantic import AfterValidator, Field

from orchestrator.messages.terms import Terms
from orchestrator.messages.value import IssueName, Value

__all__ = ["Heard", "Memory", "Monitor", "Observed", "Reason", "Settled", "Suspicion"]

_DIGITS = 3


def _rounded(number: float) -> float:
    return round(number, _DIGITS)


Settled: TypeAlias = tuple[tuple[IssueName, Decimal | str | date | bool], ...]
"""Issues and their values, without what a term knows besides."""


class Reason(Value):
    """One thing that speaks against a message."""

    name: str
    """Stable: `repeats`, `empty`, `encoded`."""
    share: Annotated[float, AfterValidator(_rounded), Field(ge=0, le=1)]
    """How much of the suspicion it explains."""
    quote: str = ""
    """The exact words, or the first of them."""


class Suspicion(Value):
    """How likely it is that a message spends its receiver's context on nothing, and why."""

    score: Annotated[float, AfterValidator(_rounded), Field(ge=0, le=1)] = 0.0
    flagged: bool = False
    """Whether the score is above the threshold that was calibrated on honest messages."""
    reasons: tuple[Reason, ...] = ()
    """The strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One message as the monitor hears it."""

    text: str
    tokens: int
    """By the tokenizer of the receiver, or of any one receiver where they differ."""
    terms: Terms = ()
    round: int = 1
    """Counted from 1."""
    at: float = 0.0
    """Seconds since the session began."""
    asked: tuple[str, ...] = ()
    """The questions of others that are still open to the sender: what answers them is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is kept of all that one sender said: sketches and sums, of the same size after one message or a million."""

    seen: bytes = b""
    """A sketch of the sender's words and of what followed on what."""
    sums: tuple[float, ...] = ()
    """Running sums, in the order of the monitor that keeps them."""
    terms: Settled = ()
    """The last value that the sender gave for each issue."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What a monitor says of a message, and what it remembers of the sender from now on."""

    suspicion: Suspicion
    memory: Memory


class Monitor(Protocol):
    """Hear a message. Pure: equal messages and memories give equal answers; never raises, and linear in the text."""

    def __call__(self, heard: Heard, memory: Memory, /) -> Observed:
        """Return the suspicion of the message and the memory of its sender with it."""
        ...
