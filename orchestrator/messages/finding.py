"""What is wrong with a draft? Findings: stable codes, the exact words, and a message for a person."""

from __future__ import annotations

from typing import Literal, TypeAlias

from orchestrator.messages.value import Value

__all__ = ["Finding", "Kind", "Severity", "Verdict", "verdict_of"]

Kind: TypeAlias = Literal[
    "shape",
    "scope",
    "authority",
    "terms",
    "fact",
    "approval",
    "history",
    "reference",
    "guarantee",
    "policy",
    "leak",
    "injection",
]
"""The family of a finding: what corpora and reports count."""

Severity: TypeAlias = Literal["note", "withhold", "refuse"]
"""`note` is for the record; `withhold` keeps the words from the others; `refuse` keeps the whole draft from them."""

Verdict: TypeAlias = Literal["admit", "withhold", "refuse"]


class Finding(Value):
    """One thing that is wrong with a draft."""

    code: str
    """Dotted and stable: `mandate.limit`."""
    kind: Kind
    severity: Severity
    path: str
    """Where in the draft, as in JSON: `terms.search_spend`, `text`; empty for the draft as a whole."""
    words: str = ""
    """The exact words or value at fault."""
    message: str
    """For the person or model who must mend it: who, what, limit, value."""
    allowed: str = ""
    """What would have been admitted, where that can be said."""


def verdict_of(findings: tuple[Finding, ...]) -> Verdict:
    """Return what becomes of a draft with these findings."""
    severities = {finding.severity for finding in findings}
    if "refuse" in severities:
        return "refuse"
    return "withhold" if "withhold" in severities else "admit"
