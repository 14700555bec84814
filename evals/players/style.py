"""How does a mock negotiator bargain? By a style: how it concedes, in which tone, for how long, and how well it sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Literal, TypeAlias

__all__ = ["STYLES", "TIERS", "Concession", "Patience", "Style", "Tier", "Tone"]

Tone: TypeAlias = Literal["warm", "level", "dominant"]
"""The words, and the manner that goes with them: how high it begins, and what it holds out for."""

Concession: TypeAlias = Literal["even", "late"]
"""Gives way with the rounds evenly, or near their end."""

Patience: TypeAlias = Literal["patient", "brisk"]
"""Talks to the last round, or walks away after five without an agreement."""

Tier: TypeAlias = Literal["weak", "middling", "strong"]
"""How capable a mock is."""

_BRISK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Everything in which one mock negotiator differs from another."""

    tone: Tone = "level"
    exponent: float = 1.0
    """Of its curve of concessions over time: below 1 it gives way late."""
    modesty: float = 0.0
    """The share of its room, between its best and its reserve, that it does not even ask for."""
    premium: float = 0.0
    """The share of its room, above its reserve, that it never gives away."""
    width: float = 0.04
    """How much utility it has to spare when it looks for what the other likes."""
    rounds: int | None = None
    """After how many it walks away; None where it stays."""
    window: int = 8
    """How many of the other's offers it remembers to estimate what the other likes; 0 for none."""
    ahead: int = 1
    """How far it looks: 0 does not see the end coming, 1 takes what it may in the last turn, 2 also waits for more."""
    noise: float = 0.0
    """The standard deviation of its errors about what an outcome is worth to it."""
    obeys: float = 0.0
    """The share of turns in which it takes the first move that an adviser offers it: an assumption, not a measurement."""


_TONES: Mapping[Tone, tuple[float, float, float]] = MappingProxyType(
    {"warm": (0.2, 0.0, 0.08), "level": (0.08, 0.08, 0.04), "dominant": (0.0, 0.2, 0.02)}
)
"""Modesty, premium and width of each."""

_EXPONENTS: Mapping[Concession, float] = MappingProxyType({"even": 1.0, "late": 0.35})


def _style(tone: Tone, concession: Concession, patience: Patience) -> Style:
    modesty, premium, width = _TONES[tone]
    return Style(
        tone=tone,
        exponent=_EXPONENTS[concession],
        modesty=modesty,
        premium=premium,
        width=width,
        rounds=_BRISK if patience == "brisk" else None,
    )


_KINDS: tuple[tuple[Tone, Concession, Patience], ...] = tuple(
    product(("warm", "level", "dominant"), ("even", "late"), ("patient", "brisk"))
)

STYLES: Mapping[str, Style] = MappingProxyType({"-".join(kind): _style(*kind) for kind in _KINDS})
"""Twelve, by name, from warm to dominant."""

TIERS: Mapping[Tier, Style] = MappingProxyType(
    {
        "weak": Style(exponent=3.0, modesty=0.15, window=0, ahead=0, noise=0.12),
        "middling": Style(exponent=1.2, modesty=0.05, window=2, ahead=1, noise=0.05),
        "strong": Style(exponent=0.5, window=8, ahead=2),
    }
)
"""How look-ahead, a model of the other, what is remembered, and noise differ with capability."""
