"""What could be agreed at all, and which outcomes would be fair? The front and four points, before anybody has spoken.

The point of disagreement is what everybody has without a deal: the reserves. All points, the front and the ideals are taken
over what could be signed by all: outcomes that no rule forbids and that give every role at least its reserve. A role that
cannot gain at all is left out of products and shares, for it would make them all alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from orchestrator.analysis.aims import Aim
from orchestrator.analysis.arrays import Floats
from orchestrator.analysis.pareto import front
from orchestrator.analysis.summit import SAME, Sought
from orchestrator.analysis.survey import Best, How, Survey, best_by
from orchestrator.analysis.trails import UNIT, trails

__all__ = ["Front", "Point", "PointName", "Prospect", "prospect"]

PointName: TypeAlias = Literal["nash", "kalai-smorodinsky", "egalitarian", "utilitarian"]

_SAMPLE = 20_000
_CLOUD = 1_500
_FRONT_OF_TWO = 400_000
_FRONT_OF_MORE = 4_000
_MOST_COMPARED = 60_000
_PLACES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One of the four points: where it is, and whether it is exact."""

    name: PointName
    best: Best


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Outcomes that no other beats, as utilities; in part where that is `search`."""

    utilities: tuple[tuple[float, ...], ...]
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What a negotiation can end in."""

    roles: tuple[str, ...]
    reserves: tuple[float, ...]
    outcomes: int
    permitted: int
    signable: float
    """The share of permitted outcomes that give every role its reserve."""
    is_counted: bool
    """Whether that share was counted; else it is estimated from a sample."""
    ideals: tuple[float, ...]
    """The most that each role can get of what could be signed by all; empty where nothing could."""
    points: tuple[Point, ...]
    """In the order of their names above; none where nothing could be signed by all."""
    front: Front
    cloud: tuple[tuple[float, ...], ...]
    """Utilities of some permitted outcomes, spread evenly."""
    unread: tuple[str, ...]
    """Ids of rules that were asked one by one only of what was found."""
    thinned: tuple[str, ...]
    """Issues whose grids are finer than what was looked at."""

    def point(self, name: PointName) -> Point | None:
        """Return the point of that name."""
        return next((point for point in self.points if point.name == name), None)


def prospect(survey: Survey) -> Prospect:
    """Return what the negotiation can end in."""
    space = survey.space
    ideals = _ideals(survey)
    sample = _sample(survey)
    signable = float((sample >= space.reserves - SAME).all(axis=1).mean()) if len(sample) else 0.0
    return Prospect(
        roles=space.roles,
        reserves=tuple(float(reserve) for reserve in space.reserves),
        outcomes=space.size,
        permitted=survey.permitted,
        signable=signable if ideals or survey.swept is not None else 0.0,
        is_counted=survey.swept is not None or not ideals,
        ideals=ideals,
        points=_points(survey, np.array(ideals)) if ideals else (),
        front=_front(survey) if ideals else Front(utilities=(), how="sweep"),
        cloud=_rows(sample[:: max(1, len(sample) // _CLOUD)]),
        unread=tuple(rule.id for rule in survey.unread),
        thinned=space.thinned,
    )


def _ideals(survey: Survey) -> tuple[float, ...]:
    roles = len(survey.space.roles)
    bests = [best_by(survey, Sought.above(Aim("sum", np.eye(roles)[role]), survey.space.reserves)) for role in range(roles)]
    return tuple(best.utilities[role] for role, best in enumerate(bests) if best is not None)


def _sample(survey: Survey) -> Floats:
    if survey.utilities is not None:
        return survey.utilities
    return survey.space.utilities(survey.diagram.sample(_SAMPLE))


def _points(survey: Survey, ideals: Floats) -> tuple[Point, ...]:
    reserves = survey.space.reserves
    gains = ideals - reserves
    can_gain = gains > SAME
    start = np.where(can_gain, reserves, reserves - 1.0)
    product, least = (Aim.of(kind, len(gains)) for kind in ("product", "least"))
    shares = np.where(can_gain, gains, 1.0)
    ways: dict[PointName, Sought] = {
        "nash": Sought(aim=product, start=start, scale=np.ones_like(shares), least=reserves),
        "kalai-smorodinsky": Sought(aim=least, start=start, scale=shares, least=reserves),
        "egalitarian": Sought.above(least, reserves),
        "utilitarian": Sought.above(Aim.of("sum", len(gains)), reserves),
    }
    found: list[tuple[PointName, Best | None]] = [(name, best_by(survey, way)) for name, way in ways.items()]
    return tuple(Point(name=name, best=best) for name, best in found if best is not None)


def _front(survey: Survey) -> Front:
    reserves = survey.space.reserves
    if survey.utilities is not None:
        how: How = "sweep"
        utilities = survey.utilities
    else:
        most = _FRONT_OF_TWO if len(reserves) == 2 else _FRONT_OF_MORE
        floors = np.floor((reserves - SAME) * UNIT).astype(np.int64)
        found = trails(survey.ground, floors, [], most)
        outcomes = found.outcomes
        utilities = survey.space.utilities(outcomes)
        how = "bounds" if found.is_whole else "search"
    return _drawn(survey, utilities[(utilities >= reserves - SAME).all(axis=1)], how)


def _drawn(survey: Survey, utilities: Floats, how: How) -> Front:
    """Return the front of these utilities, each point once, from the best for the first role on."""
    points = np.unique(np.round(utilities, _PLACES), axis=0)
    if points.shape[1] > 3 and len(points) > _MOST_COMPARED:
        points, how = points[:: len(points) // _MOST_COMPARED + 1], "search"
    if survey.unread or survey.space.thinned:
        how = "search"
    return Front(utilities=_rows(points[front(points)][::-1]), how=how)


def _rows(utilities: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in utilities.tolist())
