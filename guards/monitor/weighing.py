"""How likely is it that a sender floods? A logistic sum of its traits, by weights that were learned and not chosen."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from guards.monitor.learned import BIAS, WEIGHTS
from guards.monitor.traits import TRAITS

__all__ = ["WITH", "likely", "shares_of"]

WITH: Mapping[str, str] = {
    "dull": "repeats",
    "barren": "empty",
    "barren_now": "empty",
    "void_now": "empty",
    "thin": "empty",
    "thin_now": "empty",
    "padding": "wordy",
    "excuse": "wordy",
    "vague": "wordy",
    "foreign": "off-topic",
    "form": "unreadable",
    "talk": "dialogue",
    "yielding": "dialogue",
    "idle": "idle",
    "burst": "idle",
}
"""The reason that each trait is told as."""
_WEIGHTS = tuple(WEIGHTS.get(name, 0.0) for name in TRAITS)
_MOST = 60.0


def likely(traits: tuple[float, ...]) -> float:
    """Return the likelihood, from 0 to 1."""
    total = BIAS + sum(map(float.__mul__, _WEIGHTS, traits))
    return 1.0 / (1.0 + exp(-max(-_MOST, min(_MOST, total))))


def shares_of(traits: tuple[float, ...]) -> list[tuple[str, float]]:
    """Return the reasons and how much of what speaks against the sender each explains, the strongest first."""
    parts: dict[str, float] = {}
    for name, weight, trait in zip(TRAITS, _WEIGHTS, traits, strict=True):
        if weight * trait > 0:
            parts[WITH[name]] = parts.get(WITH[name], 0.0) + weight * trait
    whole = sum(parts.values())
    return sorted(((name, part / whole) for name, part in parts.items()), key=lambda pair: (-pair[1], pair[0]))
