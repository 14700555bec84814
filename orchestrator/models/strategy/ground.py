"""What may a role sign, and what is it worth to it? The fixed ground under its bargaining, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Issue, Mandate
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import ROUNDING, utility
from orchestrator.messages.value import Digest, RoleName
from orchestrator.models.strategy.axes import OPEN, Outcome, axes_of, terms_of, worths_of

__all__ = ["Ground", "Permits", "Reaches", "Standing", "Test"]

Permits: TypeAlias = Callable[[RoleName, Terms], bool]
"""Whether all policies and a role's own limits let terms stand; rules over issues that are open don't count."""

Reaches: TypeAlias = Callable[[Terms], frozenset[str]]
"""Which gates complete terms reach, by id."""

Test: TypeAlias = Callable[[Outcome], bool]
"""Whether an outcome may be proposed."""

_MOST_KEPT = 20_000

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Standing:
    """What an offer is to a role."""

    worth: float
    """Its exact utility, whether or not its values lie on the axes."""
    is_permitted: bool
    """Whether policies and own limits let it stand."""
    is_signable: bool
    """Whether it is permitted, complete, and worth the reserve."""


class Ground:
    """One role's view of the space of outcomes. What it remembers are answers to pure questions, and nothing else."""

    __slots__ = (
        "_gates",
        "_passes",
        "_permits",
        "_reaches",
        "_standings",
        "_worths",
        "axes",
        "issues",
        "mandate",
        "role",
        "worths",
    )

    def __init__(self, role: RoleName, issues: tuple[Issue, ...], mandate: Mandate, permits: Permits, reaches: Reaches) -> None:
        self.role = role
        self.issues = issues
        self.mandate = mandate
        self.axes = axes_of(issues)
        self.worths = tuple(worths_of(axis, mandate.worths) for axis in self.axes)
        self._permits = permits
        self._reaches = reaches
        self._worths: dict[Outcome, float] = {}
        self._passes: dict[Outcome, bool] = {}
        self._gates: dict[Outcome, frozenset[str]] = {}
        self._standings: dict[Digest, Standing] = {}

    def worth(self, outcome: Outcome) -> float:
        """Return the utility of an outcome; an open issue adds nothing."""
        known = self._worths.get(outcome)
        if known is None:
            worth = sum([worths[place] for worths, place in zip(self.worths, outcome, strict=True) if place != OPEN])
            return _kept(self._worths, outcome, worth)
        return known

    def matters(self, axis: int) -> bool:
        """Return whether an issue adds anything to the utility of the role."""
        return max(self.worths[axis]) > 0

    def permits(self, outcome: Outcome) -> bool:
        """Return whether policies and own limits let the outcome stand, as far as they are decided."""
        known = self._passes.get(outcome)
        return _kept(self._passes, outcome, self._permits(self.role, terms_of(self.axes, outcome))) if known is None else known

    def gates(self, outcome: Outcome) -> frozenset[str]:
        """Return the ids of the gates at which somebody would have to approve the complete outcome."""
        known = self._gates.get(outcome)
        return _kept(self._gates, outcome, self._reaches(terms_of(self.axes, outcome))) if known is None else known

    def is_free(self, outcome: Outcome, shunned: frozenset[str]) -> bool:
        """Return whether the complete outcome is permitted and reaches none of these gates."""
        return self.permits(outcome) and (not shunned or shunned.isdisjoint(self.gates(outcome)))

    def standing(self, offer: Offer) -> Standing:
        """Return what an offer is to the role."""
        return self._standings.get(offer.digest) or _kept(self._standings, offer.digest, self._judged(offer))

    def _judged(self, offer: Offer) -> Standing:
        worth = utility(self.mandate, offer.terms)
        is_permitted = self._permits(self.role, offer.terms)
        is_complete = len(offer.terms) == len(self.axes)
        return Standing(worth, is_permitted, is_permitted and is_complete and worth >= self.mandate.reserve - ROUNDING)


def _kept(answers: dict[_Asked, _Answer], asked: _Asked, answer: _Answer) -> _Answer:
    if len(answers) >= _MOST_KEPT:
        answers.clear()
    answers[asked] = answer
    return answer
