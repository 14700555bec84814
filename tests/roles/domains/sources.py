"""What is an outcome worth by the source itself? The formulas of Genius and NegoLog, worked out on their files by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

from orchestrator.messages.negotiation import ChoiceIssue, Negotiation
from orchestrator.messages.terms import Choice, Number, Terms

__all__ = ["DOMAINS", "outcomes", "terms_of", "worth_in_genius", "worth_in_negolog"]

DOMAINS = Path(__file__).parents[2] / "domains"
Outcome = Mapping[str, str]
"""A value for each issue, by the names of the source."""


def worth_in_genius(file: Path, outcome: Outcome) -> float:
    """Return the utility that the XML of a profile gives to an outcome; weights are taken as shares of their sum."""
    root = ET.parse(file).getroot()  # noqa: S314 - a file of ours
    weights = {each.attrib["index"]: float(each.attrib["value"]) for each in root.iter("weight")}
    total = 0.0
    for issue in root.iter("issue"):
        weight, value = weights[issue.attrib["index"]], outcome[issue.attrib["name"]]
        evaluator = issue.find("evaluator")
        if evaluator is not None:
            steps = int(value) - int(issue.attrib["lowerbound"])
            part = min(1.0, max(0.0, float(evaluator.attrib["offset"]) + steps * float(evaluator.attrib["slope"])))
        else:
            table = {item.attrib["value"]: float(item.attrib["evaluation"]) for item in issue.iter("item")}
            part = table[value] / max(table.values()) if max(table.values()) > 0 else 0.0
        total += weight * part
    return total / sum(weights.values())


def worth_in_negolog(file: Path, outcome: Outcome) -> float:
    """Return the utility that the JSON of a profile gives to an outcome."""
    profile = json.loads(file.read_text("utf-8"))
    return sum(weight * profile["issues"][issue][outcome[issue]] for issue, weight in profile["issueWeights"].items())


def outcomes(values: Mapping[str, list[str]]) -> Iterator[dict[str, str]]:
    """Yield every outcome over these values."""
    return (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))


def terms_of(negotiation: Negotiation, outcome: Outcome) -> Terms:
    """Return our terms for an outcome whose issues come in the order of the agenda."""
    return tuple(
        Choice(issue=issue.name, value=value)
        if isinstance(issue, ChoiceIssue) and not issue.numeric
        else Number.model_validate({"issue": issue.name, "value": value})
        for issue, value in zip(negotiation.issues, outcome.values(), strict=True)
    )
