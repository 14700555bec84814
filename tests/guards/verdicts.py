"""What do all guards say of a labelled draft? Codes, weights and words at fault, for the table of verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

from guards.standard import standard_guards
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import Guard
from tests.corpus import Record, draft_of, negotiation_of, view_of

__all__ = ["TABLE", "case_in", "said_of"]

_TESTS = Path(__file__).resolve().parents[1]
TABLE = _TESTS / "tables" / "guards-verdicts.jsonl"


def said_of(case: Record) -> list[list[str]]:
    """Return what the guards find in the draft of a case: code, severity and words of each finding."""
    negotiation, guards = _scenario(str(case["scenario"]))
    history = cast("Sequence[Record]", case["history"])
    view = view_of(negotiation, str(case["sender"]), history)
    draft = draft_of(negotiation, cast("Record", case["draft"]))
    found = (finding for guard in guards for finding in guard(draft, view))
    return [[finding.code, finding.severity, finding.words] for finding in found]


def case_in(corpus: str, name: str) -> Record:
    """Return a case of a corpus by its id."""
    return _cases(corpus)[name]


@lru_cache(maxsize=32)
def _scenario(name: str) -> tuple[Negotiation, tuple[Guard, ...]]:
    negotiation = negotiation_of(_TESTS / "corpora" / "scenarios" / f"{name}.yaml")
    return negotiation, standard_guards(negotiation)


@lru_cache(maxsize=32)
def _cases(corpus: str) -> dict[str, Record]:
    return {str(case["id"]): case for case in _lines(_TESTS / "corpora" / f"{corpus}.jsonl")}


def _lines(file: Path) -> Iterator[Record]:
    return (cast("Record", json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines())
