"""What does `analyse --json` print? One object with every figure, and how each was found."""

from __future__ import annotations

from collections.abc import Iterable

from orchestrator.analysis.appraisal import Appraisal
from orchestrator.analysis.course import Change, Step
from orchestrator.analysis.prospect import Point, Prospect
from orchestrator.analysis.survey import Best
from orchestrator.messages.terms import Term, plain
from orchestrator.report.analysis.study import Asymmetry, Study
from orchestrator.report.outcome import terms_json
from orchestrator.report.printed import Json

__all__ = ["study_json"]

_PLACES = 6


def study_json(study: Study) -> dict[str, Json]:
    """Return the object."""
    roles = study.roles
    found: dict[str, Json] = {
        "session": study.session.id if study.session else None,
        "name": study.negotiation.name,
        "roles": list(roles),
        **_prospect(study.prospect, roles),
        "deal": _deal(study.appraisal, roles, study.better_gates) if study.appraisal else None,
    }
    if study.session is not None:
        found["steps"] = [_step(step, roles) for step in study.steps]
        found["given"] = {
            each.role: {"offers": each.offers, "gave": _rounded(each.gave), "got": _rounded(each.got)}
            for each in study.balances
        }
        found["swapped"] = _swapped(study.asymmetry, roles) if study.asymmetry else None
    return found


def _prospect(prospect: Prospect, roles: Iterable[str]) -> dict[str, Json]:
    names = tuple(roles)
    return {
        "outcomes": prospect.outcomes,
        "permitted": prospect.permitted,
        "signable": {"share": _rounded(prospect.signable), "counted": prospect.is_counted},
        "reserves": _by_role(names, prospect.reserves),
        "ideals": _by_role(names, prospect.ideals) if prospect.ideals else None,
        "points": {point.name: _point(point, names) for point in prospect.points},
        "front": {
            "points": len(prospect.front.utilities),
            "how": prospect.front.how,
            "utilities": [[_rounded(value) for value in row] for row in prospect.front.utilities],
        },
        "unread_rules": list(prospect.unread),
        "thinned_issues": list(prospect.thinned),
    }


def _point(point: Point, roles: tuple[str, ...]) -> Json:
    return _best(point.best, roles)


def _best(best: Best, roles: tuple[str, ...]) -> dict[str, Json]:
    return {
        "terms": terms_json(best.terms),
        "utilities": _by_role(roles, best.utilities),
        "value": _rounded(best.value),
        "bound": None if best.bound is None else _rounded(best.bound),
        "how": best.how,
    }


def _deal(appraisal: Appraisal, roles: tuple[str, ...], gates: tuple[str, ...]) -> dict[str, Json]:
    better: dict[str, Json] | None = None
    if appraisal.better is not None:
        better = {**_best(appraisal.better, roles), "for_all": appraisal.is_better_for_all, "gates": list(gates)}
    return {
        "terms": terms_json(appraisal.terms),
        "utilities": _by_role(roles, appraisal.utilities),
        "gains": _by_role(roles, appraisal.gains),
        "shares": {
            role: None if share is None else _rounded(share) for role, share in zip(roles, appraisal.shares, strict=True)
        },
        "least_happy": appraisal.least_happy,
        "distances": {
            each.point: {"straight": _rounded(each.straight), "by_role": _by_role(roles, each.by_role)}
            for each in appraisal.distances
        },
        "left_on_the_table": {
            "value": _rounded(appraisal.left),
            "at_most": None if appraisal.left_at_most is None else _rounded(appraisal.left_at_most),
            "how": appraisal.how,
        },
        "better": better,
    }


def _step(step: Step, roles: tuple[str, ...]) -> Json:
    return {
        "round": step.round,
        "role": step.role,
        "offer": step.offer,
        "complete": step.is_complete,
        "utilities": _by_role(roles, step.utilities),
        "gave": _rounded(step.gave),
        "others_gained": _rounded(step.others),
        "got": _rounded(step.got),
        "changes": [_change(change, roles) for change in step.changes],
    }


def _change(change: Change, roles: tuple[str, ...]) -> Json:
    return {
        "issue": change.issue,
        "from": _value(change.before),
        "to": _value(change.after),
        "worth": _by_role(roles, change.worth),
    }


def _value(term: Term | None) -> Json:
    return None if term is None else plain(term)


def _swapped(found: Asymmetry, roles: tuple[str, ...]) -> Json:
    return {
        "models": dict(zip(roles, found.models, strict=True)),
        "others": [
            {
                "models": dict(zip(roles, models, strict=True)),
                "utilities": _by_role(roles, utilities) if utilities else None,
            }
            for models, utilities in found.others
        ],
        "shifts": _by_role(roles, found.shifts) if found.shifts is not None else None,
    }


def _by_role(roles: Iterable[str], values: Iterable[float]) -> dict[str, Json]:
    return {role: _rounded(value) for role, value in zip(roles, values, strict=True)}


def _rounded(value: float) -> float:
    return round(value, _PLACES) + 0.0
