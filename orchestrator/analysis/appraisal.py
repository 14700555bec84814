"""How good is this deal? Its distance to each point, what it leaves on the table, and one that is better for all, if any."""

from __future__ import annotations

from dataclasses import dataclass
from math import dist

import numpy as np

from orchestrator.analysis.aims import Aim
from orchestrator.analysis.arrays import Floats
from orchestrator.analysis.prospect import PointName, Prospect
from orchestrator.analysis.summit import SAME, Sought
from orchestrator.analysis.survey import Best, How, Survey, best_by, nearer
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import utility
from orchestrator.messages.value import RoleName

__all__ = ["Appraisal", "Distance", "appraise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far a deal is from a point, in utilities."""

    point: PointName
    straight: float
    """Euclid's distance."""
    by_role: tuple[float, ...]
    """What each role has less than at the point; negative where it has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What a deal is worth to whom, and what it could have been."""

    terms: Terms
    utilities: tuple[float, ...]
    gains: tuple[float, ...]
    """Above the reserves."""
    shares: tuple[float | None, ...]
    """Of the most that each role could have gained; None for a role that could gain nothing."""
    least_happy: RoleName | None
    """The role with the smallest share; None where no role could gain anything."""
    distances: tuple[Distance, ...]
    left: float
    """The most that the roles together could still gain without a loss for anybody."""
    left_at_most: float | None
    """The same as `left` where it is exact; else no deal offers more, or None where nobody knows."""
    how: How
    better: Best | None
    """The deal that helps whoever is helped least as much as can be; None where none is better for anybody at no one's cost."""
    is_better_for_all: bool
    """Whether that deal is better for every role, not only for some."""


def appraise(survey: Survey, prospect: Prospect, terms: Terms) -> Appraisal:
    """Return how good the terms are, whether or not their values are on the grids."""
    roles = survey.space.roles
    own = tuple(utility(mandate, terms) for mandate in survey.space.mandates)
    here = np.array(own, dtype=np.float64)
    shares = _shares(here, prospect)
    known = [(share, role) for share, role in zip(shares, roles, strict=True) if share is not None]
    most = best_by(survey, Sought.above(Aim.of("sum", len(roles)), here))
    left = _cleaned(most.value) if most else 0.0
    found = _better(survey, here, most) if left else None
    better = nearer(survey, found, terms) if found else None
    return Appraisal(
        terms=terms,
        utilities=own,
        gains=tuple(one - reserve for one, reserve in zip(own, prospect.reserves, strict=True)),
        shares=shares,
        least_happy=min(known, key=lambda pair: pair[0])[1] if known else None,
        distances=tuple(_distance(own, point.name, point.best) for point in prospect.points),
        left=left,
        left_at_most=_at_most(survey, left, most),
        how=most.how if most else "search" if _is_partial(survey) else "bounds",
        better=better,
        is_better_for_all=better is not None and bool((np.array(better.utilities) > here + SAME).all()),
    )


def _shares(here: Floats, prospect: Prospect) -> tuple[float | None, ...]:
    if not prospect.ideals:
        return (None,) * len(here)
    triples = zip(here.tolist(), prospect.reserves, prospect.ideals, strict=True)
    return tuple((one - reserve) / (ideal - reserve) if ideal - reserve > SAME else None for one, reserve, ideal in triples)


def _better(survey: Survey, here: Floats, most: Best | None) -> Best | None:
    """Return the deal with the greatest least gain; where somebody cannot gain, the one with the greatest sum of gains."""
    evenly = best_by(survey, Sought.above(Aim.of("least", len(here)), here))
    return evenly if evenly is not None and evenly.value > SAME else most


def _distance(own: tuple[float, ...], name: PointName, best: Best) -> Distance:
    return Distance(
        point=name,
        straight=dist(own, best.utilities),
        by_role=tuple(there - here for here, there in zip(own, best.utilities, strict=True)),
    )


def _is_partial(survey: Survey) -> bool:
    return bool(survey.unread or survey.space.thinned)


def _at_most(survey: Survey, left: float, most: Best | None) -> float | None:
    if most is None:
        return None if _is_partial(survey) else left
    return None if most.bound is None else max(left, _cleaned(most.bound))


def _cleaned(value: float) -> float:
    return value if value > SAME else 0.0
