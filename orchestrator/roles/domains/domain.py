"""What is a domain of the field? Issues with their values, and parties with weights, a worth for each value, a reserve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isclose, prod
from typing import TypeAlias, assert_never

__all__ = [
    "Along",
    "ByValue",
    "Domain",
    "Options",
    "Profile",
    "Question",
    "Whole",
    "Worth",
    "outcomes_of",
    "value_of",
    "with_whole_weights",
]

_SLACK = 1e-6
"""Weights that sum to 1 within it are taken as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """An issue that is settled by one of its values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An issue that is settled by a whole number."""

    name: str
    low: int
    high: int


Question: TypeAlias = Options | Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class ByValue:
    """A worth from 0 to 1 for each value, in the order of the issue's values."""

    worths: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """Worth `offset` at `base`, by `slope` more with each step, never below 0 or above 1."""

    base: int
    slope: float
    offset: float


Worth: TypeAlias = ByValue | Along


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What agreements are worth to one party: weights and worths in the order of the issues."""

    name: str
    weights: tuple[float, ...]
    worths: tuple[Worth, ...]
    reserve: float = 0.0
    remarks: tuple[str, ...] = ()
    """What the source says and has no equal here, or was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Everything that is read from a folder of the field."""

    name: str
    issues: tuple[Question, ...]
    profiles: tuple[Profile, ...]


def value_of(worth: Worth, place: int, issue: Question) -> float:
    """Return what the value at this place of an issue is worth, before its weight."""
    match worth:
        case ByValue():
            return worth.worths[place]
        case Along():
            low = issue.low if isinstance(issue, Whole) else 0
            return min(1.0, max(0.0, worth.offset + worth.slope * (low + place - worth.base)))
        case _:
            assert_never(worth)


def outcomes_of(domain: Domain) -> int:
    """Return how many agreements are possible."""
    return prod(len(issue.values) if isinstance(issue, Options) else issue.high - issue.low + 1 for issue in domain.issues)


def with_whole_weights(profile: Profile) -> Profile:
    """Return a profile whose weights sum to 1, with a remark where they did not. They must not all be 0."""
    total = sum(profile.weights)
    if isclose(total, 1.0, abs_tol=_SLACK):
        return profile
    remark = f"{profile.name}: the weights sum to {total:.6g}; each was divided by that"
    weights = tuple(weight / total for weight in profile.weights)
    return replace(profile, weights=weights, remarks=(*profile.remarks, remark))
