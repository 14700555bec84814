"""Is there a whole plan with these terms? Looked for in the box that they leave, with a bound on its parts.

No solver is asked and no clock is read, so that whoever checks a record gets the answer that the session got.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from orchestrator.analysis.boxes import Box, whole_box
from orchestrator.analysis.boxsearch import search_box
from orchestrator.analysis.demands import Demand, Kept, Problem, Quorum, Reached, problem_of
from orchestrator.analysis.ranges import places_of
from orchestrator.analysis.verdict import Found, Impossible, Undecided
from orchestrator.messages.completing import Completion, Obstacle
from orchestrator.messages.negotiation import Mandate, Negotiation
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName

__all__ = ["MOST_PARTS", "PlanSearch", "plan_search"]

MOST_PARTS = 300
"""Parts of the space that one question may look at; some tens of milliseconds."""


@dataclass(frozen=True, slots=True)
class PlanSearch:
    """Completes partial terms; `plan_search` makes it."""

    public: Problem
    """The policies alone."""
    seats: Mapping[RoleName, Problem] = field(repr=False)
    """For each role the policies, its limits and its reserve."""
    mandates: Mapping[RoleName, Mandate] = field(repr=False)

    def __call__(self, role: RoleName | None, terms: Terms, /) -> Completion:
        """Return a completion that is good for the role, or the rules that leave none."""
        problem = self.public if role is None else self.seats[role]
        box = _box(problem, terms)
        if box is None:
            return Completion(answer="undecided", why="a value is none that its issue takes")
        verdict = search_box(problem, box, MOST_PARTS, None if role is None else Reached(role, self.mandates[role]))
        if isinstance(verdict, Found):
            return Completion(answer="possible", terms=problem.terms(verdict.places))
        if isinstance(verdict, Undecided):
            return Completion(answer="undecided", why=verdict.why)
        return Completion(answer="impossible", obstacles=tuple(map(_obstacle, _fewest(problem, box, verdict))))


def plan_search(negotiation: Negotiation) -> PlanSearch:
    """Return the search for plans of a negotiation. Rules that have no tree are left to the whole plan's own judgement."""
    whole = replace(problem_of(negotiation), beyond=())
    names = [role.name for role in negotiation.roles]
    return PlanSearch(
        public=_seen_by(whole, None),
        seats={name: _seen_by(whole, name) for name in names},
        mandates={role.name: role.mandate for role in negotiation.roles},
    )


def _seen_by(problem: Problem, role: RoleName | None) -> Problem:
    """Return what an agreement must keep as far as a role knows it."""
    demands = tuple(demand for demand in problem.demands if demand.role is None or demand.role == role)
    seats = () if role is None else (role,)
    return replace(problem, demands=demands, quorum=Quorum(seats, (1,) * len(seats), len(seats), frozenset(seats)))


def _box(problem: Problem, terms: Terms) -> Box | None:
    fixed = places_of(problem.ranges, terms)
    box = list(whole_box(problem.ranges))
    for axis, place in fixed.items():
        if place is None:
            return None
        box[axis] = (place, place)
    return tuple(box)


def _fewest(problem: Problem, box: Box, verdict: Impossible) -> tuple[Demand, ...]:
    """Return a contradiction from which nothing can be left out, as far as the search decides."""
    core = verdict.among
    for demand in verdict.among:
        if demand in core:
            rest = tuple(other for other in core if other != demand)
            found = search_box(replace(problem, demands=rest), box, MOST_PARTS)
            core = found.among if isinstance(found, Impossible) else core
    return core


def _obstacle(demand: Demand) -> Obstacle:
    return Obstacle(demand.kind, demand.rule if isinstance(demand, Kept) else None)
