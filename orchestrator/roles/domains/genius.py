"""What do the XML files of Genius say? A domain's issues, and what they are worth to a party.

A discrete value is worth its evaluation divided by the highest one of its issue; where all are 0 it is worth nothing. A
whole number is worth `offset` at the lower bound and by `slope` more with each step, held between 0 and 1. The weight of an
issue is the one of its index. Genius does not look at the weights of objectives above issues, nor do we.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from orchestrator.roles.domains.domain import Along, ByValue, Options, Profile, Question, Whole, Worth, with_whole_weights
from orchestrator.roles.domains.xml import Element
from orchestrator.roles.pieces import Notes, shown

__all__ = ["Indexed", "genius_issues", "genius_profile"]

Indexed = dict[str, Question]
"""The issues of a domain by their index."""

_TINY = 1e-5
"""The highest evaluation below it counts as nothing, as in Genius."""

_MOST_STEPS = 1_000_000_000
_NOT_ADDITIVE = frozenset(("ufun", "utility", "constraint", "hyperRectangle", "interval"))
_UNCERTAIN = ("comparisons", "errors", "experimental", "elicitation_cost")


def genius_issues(root: Element, notes: Notes) -> Indexed:
    """Return the issues of a domain; what can't be read is noted."""
    issues: Indexed = {}
    for element in _issues_in(root):
        index, name = element.attributes.get("index", ""), element.attributes.get("name", "").strip()
        if not name or not index or index in issues:
            notes.add(element.line, "issue", f"index {shown(index)}, name {shown(name)}", "an index of its own, and a name")
            continue
        issue = _question(element, name, notes)
        if issue is not None:
            issues[index] = issue
    if not issues and not notes.mistakes:
        notes.add(root.line, "issue", "there are none", "at least one issue")
    return issues


def genius_profile(root: Element, name: str, issues: Indexed, notes: Notes) -> Profile | None:
    """Return what agreements are worth to a party; None, with notes, where it can't be read."""
    if any(element.tag in _NOT_ADDITIVE for element in root.below()):
        notes.add(root.line, "utility_space", "the utility is no weighted sum over issues", "a linear additive one")
        return None
    found = _evaluated(root, issues, notes)
    for index, issue in issues.items():
        if index not in found and not notes.mistakes:
            notes.add(root.line, f"issue {issue.name}", "is not evaluated", "every issue of the domain")
    if not notes.mistakes and not sum(weight for weight, _ in found.values()) > 0:
        notes.add(root.line, "weight", "all weights are 0", "one above 0 at least")
    reserve = _single(root, "reservation", 0.0, notes)
    if not 0 <= reserve <= 1:
        notes.add(root.line, "reservation", f"is {reserve:g}", "a number from 0 to 1")
    if notes.mistakes:
        return None
    return with_whole_weights(
        Profile(
            name=name,
            weights=tuple(found[index][0] for index in issues),
            worths=tuple(found[index][1] for index in issues),
            reserve=reserve,
            remarks=tuple(_remarks(root, name, notes)),
        )
    )


def _evaluated(root: Element, issues: Indexed, notes: Notes) -> dict[str, tuple[float, Worth]]:
    """Return the weight and the worth of each issue that has both, by its index."""
    weights = _weights(root, notes)
    found: dict[str, tuple[float, Worth]] = {}
    for element in _issues_in(root):
        index = element.attributes.get("index", "")
        issue, key = issues.get(index), f"issue {element.attributes.get('name', index)}"
        if issue is None:
            notes.add(element.line, key, f"the domain has no issue with index {shown(index)}", "the issues of the domain")
        elif index not in weights:
            notes.add(element.line, key, "has no weight", f"<weight index={index!r} value=...>")
        elif (worth := _worth(element, issue, key, notes)) is not None:
            found[index] = (weights[index], worth)
    return found


def _issues_in(root: Element) -> Iterator[Element]:
    return (element for element in root.below() if element.tag == "issue")


def _kind(element: Element) -> str:
    attributes = element.attributes
    kind = (attributes.get("type") or attributes.get("etype") or attributes.get("vtype") or "discrete").lower()
    return "discrete" if kind == "integer" and any(element.named("item")) else kind


def _question(element: Element, name: str, notes: Notes) -> Question | None:
    match _kind(element):
        case "discrete":
            values = tuple(item.attributes.get("value", "").strip() for item in element.named("item"))
            if len(values) < 2 or "" in values or len(set(values)) < len(values):
                notes.add(element.line, f"issue {name}", f"has the values {shown(', '.join(values))}", "two or more, unlike")
                return None
            return Options(name=name, values=values)
        case "integer":
            bounds = _bounds(element, f"issue {name}", notes)
            return Whole(name=name, low=bounds[0], high=bounds[1]) if bounds else None
        case kind:
            notes.add(element.line, f"issue {name}", f"is of type {shown(kind)}", "discrete or integer")
            return None


def _bounds(element: Element, key: str, notes: Notes) -> tuple[int, int] | None:
    source = next(element.named("range"), element)
    written = (source.attributes.get("lowerbound", ""), source.attributes.get("upperbound", ""))
    try:
        low, high = int(written[0]), int(written[1])
    except ValueError:
        low, high = 0, 0
    if not low < high or max(abs(low), abs(high)) > _MOST_STEPS:
        notes.add(element.line, key, f"goes from {shown(written[0])} to {shown(written[1])}", "two whole numbers, rising")
        return None
    return low, high


def _weights(root: Element, notes: Notes) -> dict[str, float]:
    weights: dict[str, float] = {}
    for element in root.below():
        if element.tag == "weight":
            index = element.attributes.get("index", "")
            weight = _number(element, "value", f"weight {index}", notes)
            if weight is not None and weight < 0:
                notes.add(element.line, f"weight {index}", f"is {weight:g}", "a number of 0 or more")
            weights[index] = weight or 0.0
    return weights


def _worth(element: Element, issue: Question, key: str, notes: Notes) -> Worth | None:
    if isinstance(issue, Whole) is not (_kind(element) == "integer"):
        notes.add(element.line, key, f"is of type {shown(_kind(element))}", "the type that the domain gives it")
        return None
    return _along(element, key, notes) if isinstance(issue, Whole) else _by_value(element, issue, key, notes)


def _by_value(element: Element, issue: Options, key: str, notes: Notes) -> ByValue | None:
    found: dict[str, float] = {}
    for item in element.named("item"):
        value = item.attributes.get("value", "").strip()
        number = _number(item, "evaluation", f"{key}, {value}", notes)
        if value not in issue.values or (number is not None and number < 0):
            notes.add(
                item.line, f"{key}, {value}", "is no value of the domain, or worth less than 0", "0 or more for each value"
            )
        found[value] = number or 0.0
    missing = [value for value in issue.values if value not in found]
    if missing:
        notes.add(element.line, f"{key}, {missing[0]}", "is not evaluated", "0 or more for each value")
        return None
    highest = max(found.values())
    return ByValue(worths=tuple(found[value] / highest if highest >= _TINY else 0.0 for value in issue.values))


def _along(element: Element, key: str, notes: Notes) -> Along | None:
    bounds = _bounds(element, key, notes)
    evaluator = next(element.named("evaluator"), None)
    if evaluator is None:
        notes.add(element.line, key, "has no evaluator", "a linear one with slope and offset")
        return None
    kind = evaluator.attributes.get("ftype", "linear")
    if kind != "linear":
        notes.add(evaluator.line, key, f"has the unknown evaluator {shown(kind)}", "a linear one with slope and offset")
        return None
    slope, offset = (_number(evaluator, name, f"{key}, {name}", notes) for name in ("slope", "offset"))
    if bounds is None or slope is None or offset is None:
        return None
    return Along(base=bounds[0], slope=slope, offset=offset)


def _number(element: Element, name: str, key: str, notes: Notes) -> float | None:
    written = element.attributes.get(name)
    try:
        number = float(written) if written is not None and "_" not in written else float("nan")
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        notes.add(element.line, key, "is missing" if written is None else f"is {shown(written)}", "a number")
        return None
    return number


def _single(root: Element, tag: str, otherwise: float, notes: Notes) -> float:
    element = next((element for element in root.below() if element.tag == tag), None)
    found = _number(element, "value", tag, notes) if element else otherwise
    return otherwise if found is None else found


def _remarks(root: Element, name: str, notes: Notes) -> Iterator[str]:
    discount = _single(root, "discount_factor", 1.0, notes)
    if discount != 1.0:
        yield f"{name}: a discount factor of {discount:g} has no equal here; utilities do not shrink with time"
    left = [element.tag for element in root.below() if element.tag in _UNCERTAIN]
    if left:
        yield f"{name}: {', '.join(left)} have no equal here; the party knows its utility exactly"
