"""What ground does an analysis stand on? The outcomes, the rules read once, and the best by an aim, found as befits the size.

Up to a million permitted outcomes all are looked at (`sweep`). Above, the best by an aim is found within bounds (`bounds`),
which is as exact. Where memory, or a rule that cannot be read as a table, stands in the way, it is the best that was found
(`search`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np

from orchestrator.analysis.arrays import Floats, Places
from orchestrator.analysis.diagram import Diagram, diagram_of
from orchestrator.analysis.space import Outcome, Space, space_of
from orchestrator.analysis.summit import SAME, Accepts, Sought, best_row, summit
from orchestrator.analysis.tables import Asking, rules_of, tables_of
from orchestrator.analysis.trails import Ground, ground_of
from orchestrator.messages.negotiation import Negotiation, Rule
from orchestrator.messages.terms import Terms

__all__ = ["MOST_SWEPT", "Best", "How", "Survey", "best_by", "nearer", "survey"]

MOST_SWEPT = 1_000_000
"""Permitted outcomes that are all looked at."""

_MOST_ASKED = 20_000

How: TypeAlias = Literal["sweep", "bounds", "search"]
"""All outcomes were looked at; all others were ruled out by bounds; or it is the best that was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The ground of an analysis; `survey` makes it."""

    space: Space
    diagram: Diagram = field(repr=False)
    """All permitted outcomes."""
    ground: Ground = field(repr=False)
    """The same without those that others plainly beat."""
    permitted: int
    """Outcomes that no rule forbids, those rules left out that are in `unread`."""
    unread: tuple[Rule, ...]
    """Rules that no table and no diagram could hold: asked one by one of what is found."""
    swept: Places | None = field(repr=False)
    """All permitted outcomes in the order of the file, where they are few enough."""
    utilities: Floats | None = field(repr=False)
    """Of those, for each role."""
    accepts: Accepts | None = field(repr=False)
    """Asks the rules that are unread; None where all are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """An outcome that does best by an aim."""

    outcome: Outcome
    terms: Terms
    utilities: tuple[float, ...]
    value: float
    bound: float | None
    """No outcome does better than this; the value itself where it is exact, and None where nobody knows."""
    how: How


def survey(negotiation: Negotiation, asking: Asking) -> Survey:
    """Return the ground of a negotiation: its outcomes, and what its policies and all roles' limits leave of them."""
    space = space_of(negotiation)
    tables = tables_of(space, rules_of(negotiation), asking)
    diagram, left_out = diagram_of(tables)
    unread = (*tables.unread, *left_out)
    permitted = diagram.count()
    accepts = _accepts(space, unread, asking) if unread else None
    swept = diagram.outcomes() if permitted <= (_MOST_ASKED if unread else MOST_SWEPT) else None
    if swept is not None and accepts is not None:
        swept = swept[np.array([accepts(tuple(int(place) for place in row)) for row in swept], dtype=np.bool_)]
        permitted, unread, accepts = len(swept), (), None
    return Survey(
        space=space,
        diagram=diagram,
        ground=ground_of(space, diagram),
        permitted=permitted,
        unread=unread,
        swept=swept,
        utilities=None if swept is None else space.utilities(swept),
        accepts=accepts,
    )


def best_by(survey: Survey, sought: Sought) -> Best | None:
    """Return what does best; None where nothing permitted gives everybody the least."""
    if survey.swept is not None and survey.utilities is not None:
        return _swept(survey, survey.swept, survey.utilities, sought)
    found = summit(survey.ground, sought, survey.accepts)
    if found is None:
        return None
    is_exact = found.is_exact and not survey.space.thinned
    how: How = "bounds" if is_exact else "search"
    return _best(survey.space, found.outcome, (found.value, None if survey.space.thinned else found.bound), how)


def nearer(survey: Survey, best: Best, terms: Terms) -> Best:
    """Return an outcome as good for everybody that differs less from these terms: where nobody minds, it says what they say."""
    named = {term.issue: term for term in terms}
    outcome = best.outcome
    for number, axis in enumerate(survey.space.axes):
        term = named.get(axis.issue.name)
        place = None if term is None else axis.place(term)
        worths = survey.space.worths[number]
        if place is not None and (worths[place] == worths[outcome[number]]).all():
            other = (*outcome[:number], place, *outcome[number + 1 :])
            if survey.diagram.permits(other) and (survey.accepts is None or survey.accepts(other)):
                outcome = other
    return replace(best, outcome=outcome, terms=survey.space.terms(outcome))


def _swept(survey: Survey, outcomes: Places, utilities: Floats, sought: Sought) -> Best | None:
    rows = np.flatnonzero((utilities >= sought.least - SAME).all(axis=1))
    if not len(rows):
        return None
    gains = sought.gains(utilities[rows])
    row = best_row(sought.aim, gains, outcomes[rows])
    value = float(sought.aim.value(gains[row : row + 1])[0])
    how: How = "search" if survey.space.thinned else "sweep"
    bound = None if survey.space.thinned else value
    return _best(survey.space, tuple(int(place) for place in outcomes[rows[row]]), (value, bound), how)


def _best(space: Space, outcome: Outcome, value: tuple[float, float | None], how: How) -> Best:
    utilities = space.utilities(np.array([outcome], dtype=np.int32))[0]
    return Best(
        outcome=outcome,
        terms=space.terms(outcome),
        utilities=tuple(float(part) for part in utilities),
        value=value[0],
        bound=value[1],
        how=how,
    )


def _accepts(space: Space, unread: tuple[Rule, ...], asking: Asking) -> Accepts:
    def accepts(outcome: Outcome) -> bool:
        terms = space.terms(outcome)
        return all(asking.holds(rule, terms) for rule in unread)

    return accepts
