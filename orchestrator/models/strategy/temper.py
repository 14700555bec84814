"""In what does one negotiator differ from another of the same strategy? In what its seed and its role draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from random import Random

from orchestrator.messages.value import RoleName

__all__ = ["Temper", "temper_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """How one negotiator leans, fixed for a whole session."""

    modesty: float
    """The share of its room that it does not even ask for at first."""
    eagerness: float
    """A factor of the exponent of its curve: above 1 it gives way earlier."""
    moods: tuple[float, ...]
    """For each issue a factor: above 1 it would rather give way there."""
    voice: int
    """Which of several phrases it prefers."""


@lru_cache(maxsize=512)
def temper_of(seed: int, role: RoleName, issues: int) -> Temper:
    """Return the temper that a seed draws for a role."""
    digest = sha256(f"{seed}/{role}".encode()).digest()
    random = Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 - to be repeated, not to be secret
    return Temper(
        modesty=random.uniform(0.0, 0.06),
        eagerness=random.uniform(0.85, 1.18),
        moods=tuple(random.uniform(0.85, 1.18) for _ in range(issues)),
        voice=random.randrange(1000),
    )
