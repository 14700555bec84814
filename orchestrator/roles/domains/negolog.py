"""What do the JSON files of NegoLog say? For each party its reserve, the weights of issues, and a worth for each value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from orchestrator.roles.domains.domain import ByValue, Options, Profile, with_whole_weights
from orchestrator.roles.pieces import Notes, shown

__all__ = ["Json", "Sheet", "is_profile", "negolog_issues", "negolog_profile", "read_json"]

Json: TypeAlias = "str | float | int | bool | list[Json] | dict[str, Json] | None"

_KNOWN = frozenset(("reservationValue", "issueWeights", "issues"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One JSON object, read."""

    content: dict[str, Json]


def read_json(text: str, notes: Notes) -> Sheet | None:
    """Read a text; where it is no JSON object, note why and return None."""
    try:
        found = cast("Json", json.loads(text, object_pairs_hook=_unlike, parse_constant=_no_number))
    except RecursionError:
        notes.add(0, "JSON", "is nested too deeply", "an object")
    except json.JSONDecodeError as error:
        notes.add(error.lineno, "JSON", f"cannot be read: {error.msg}", "an object")
    except ValueError as error:
        notes.add(0, "JSON", str(error), "an object")
    else:
        if isinstance(found, dict):
            return Sheet(content=found)
        notes.add(1, "JSON", "is no object", "an object")
    return None


def is_profile(sheet: Sheet) -> bool:
    """Return whether an object is a profile, and not what else lies beside it."""
    return "issueWeights" in sheet.content and "issues" in sheet.content


def negolog_issues(sheet: Sheet, notes: Notes) -> tuple[Options, ...]:
    """Return the issues that a profile names, in the order of its weights; what can't be read is noted."""
    issues: list[Options] = []
    values = _object(sheet.content.get("issues"))
    for name in _object(sheet.content.get("issueWeights")):
        known = tuple(_object(values.get(name)))
        texts = {value.strip() for value in known}
        if len(known) < 2 or len(texts) < len(known) or "" in texts or not name.strip():
            notes.add(0, f"issues.{name}", f"has the values {shown(', '.join(known))}", "two or more, unlike")
        issues.append(Options(name=name, values=known))
    if not issues:
        notes.add(0, "issueWeights", "is empty", "a weight for each issue")
    for name in values:
        if name not in _object(sheet.content.get("issueWeights")):
            notes.add(0, f"issueWeights.{name}", "is missing", "a number of 0 or more")
    return tuple(issues)


def negolog_profile(sheet: Sheet, name: str, issues: Sequence[Options], notes: Notes) -> Profile | None:
    """Return what agreements are worth to a party; None, with notes, where it can't be read."""
    weighing, values = _object(sheet.content.get("issueWeights")), _object(sheet.content.get("issues"))
    for other in [*weighing, *values]:
        if other not in {issue.name for issue in issues}:
            notes.add(0, f"issues.{other}", "is no issue of the first profile", "the same issues in all profiles")
    weights = [_number(weighing.get(issue.name), f"issueWeights.{issue.name}", notes) for issue in issues]
    worths = tuple(_worth(_object(values.get(issue.name)), issue, notes) for issue in issues)
    if not notes.mistakes and not sum(weights) > 0:
        notes.add(0, "issueWeights", "all weights are 0", "one above 0 at least")
    reserve = _number(sheet.content.get("reservationValue", 0.0), "reservationValue", notes, most=1.0)
    if notes.mistakes:
        return None
    unknown = sorted(set(sheet.content) - _KNOWN)
    remarks = (f"{name}: {', '.join(unknown)[:200]} has no equal here",) if unknown else ()
    return with_whole_weights(Profile(name=name, weights=tuple(weights), worths=worths, reserve=reserve, remarks=remarks))


def _worth(values: dict[str, Json], issue: Options, notes: Notes) -> ByValue:
    for value in values:
        if value not in issue.values:
            notes.add(0, f"issues.{issue.name}.{value}", "is no value of the first profile", "the same values in all profiles")
    found = (_number(values.get(value), f"issues.{issue.name}.{value}", notes, most=1.0) for value in issue.values)
    return ByValue(worths=tuple(found))


def _number(value: Json, key: str, notes: Notes, most: float = float("inf")) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= min(most, 1e12):
        return float(value)
    expected = f"a number from 0 to {most:g}" if most < float("inf") else "a number of 0 or more"
    notes.add(0, key, "is missing" if value is None else f"is {json.dumps(value)[:40]}", expected)
    return 0.0


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _unlike(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} is there twice")
    return found


def _no_number(word: str) -> Json:
    raise ValueError(f"{word} is no number")
