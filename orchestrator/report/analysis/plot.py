"""What does an analysis look like in a terminal? A strip for each role, and for two roles the front with the offers on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap

from orchestrator.analysis.prospect import PointName
from orchestrator.report.analysis.study import Study
from orchestrator.report.analysis.tables import figure
from orchestrator.report.clean import clean

__all__ = ["MARKS", "map_of_two", "strips"]

MARKS: Mapping[PointName, str] = {"utilitarian": "U", "egalitarian": "E", "kalai-smorodinsky": "K", "nash": "N"}
"""The letter of each point; later ones are drawn over earlier ones."""

_DEAL = "D"
_NAMES = {"U": "utilitarian", "E": "egalitarian", "K": "Kalai-Smorodinsky", "N": "Nash", _DEAL: "this deal"}
_LABEL = 14
_WIDEST = 64
_HEIGHT = 15


def strips(study: Study, width: int) -> Iterator[str]:
    """Yield a line for each role, from 0 to 1: what it may get between its reserve and its most, and where the points are."""
    label = min(_LABEL, max(len(role) for role in study.roles))
    room = max(10, min(_WIDEST, width - label - 8))
    for place, role in enumerate(study.roles):
        line = [" "] * room
        low, high = (_cell(value, room) for value in (study.prospect.reserves[place], study.prospect.ideals[place]))
        line[low : high + 1] = "-" * (high + 1 - low)
        for mark, utilities in _marked(study):
            line[_cell(utilities[place], room)] = mark
        yield f"  {clean(role)[:label]:<{label}} 0|{''.join(line)}|1"
    yield ""
    drawn = [mark for mark, _ in _marked(study)]
    legend = [f"{mark} {name}" for mark, name in _NAMES.items() if mark in drawn]
    yield from wrap(", ".join(["- reserve to most", *legend]), width, initial_indent="  ", subsequent_indent="  ")


def map_of_two(study: Study, width: int) -> Iterator[str]:
    """Yield the lines of a map of two roles' utilities: the front, the points, the deal, and the offers by sender."""
    if len(study.roles) != 2 or not study.prospect.ideals:
        return
    wide = max(16, min(_WIDEST, width - 10))
    field = [[" "] * wide for _ in range(_HEIGHT)]
    points: list[tuple[str, tuple[float, ...]]] = [(".", point) for point in study.prospect.front.utilities]
    points += [(step.role[0].lower(), step.utilities) for step in study.steps]
    points += _marked(study)
    low = [min(point[axis] for _, point in points) for axis in (0, 1)]
    high = [max(point[axis] for _, point in points) for axis in (0, 1)]
    for mark, point in points:
        right, up = (_part(point[axis], low[axis], high[axis]) for axis in (0, 1))
        field[_HEIGHT - 1 - _cell(up, _HEIGHT)][_cell(right, wide)] = mark
    first, second = study.roles
    yield f"  {second}"
    for number, row in enumerate(field):
        edge = figure(high[1]) if number == 0 else figure(low[1]) if number == _HEIGHT - 1 else ""
        yield f"  {edge:>4} |{''.join(row).rstrip()}"
    yield f"       +{'-' * wide}"
    yield f"        {figure(low[0])}{first + ' ' + figure(high[0]):>{wide - len(figure(low[0]))}}"
    senders = [role for role in study.roles if any(step.role == role for step in study.steps)]
    said = ", ".join([". front", *(f"{role[0].lower()} offers of {role}" for role in senders)])
    yield from wrap(said, width, initial_indent="  ", subsequent_indent="  ")


def _marked(study: Study) -> list[tuple[str, tuple[float, ...]]]:
    found = {point.name: point.best.utilities for point in study.prospect.points}
    marked = [(mark, found[name]) for name, mark in MARKS.items() if name in found]
    return [*marked, (_DEAL, study.appraisal.utilities)] if study.appraisal else marked


def _part(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _cell(part: float, room: int) -> int:
    return min(room - 1, max(0, round(part * (room - 1))))
