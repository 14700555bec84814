"""Are planted contradictions found? Twenty-six negotiations without any agreement, each with its smallest conflict."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pytest

from orchestrator.analysis.conflict import is_minimal
from orchestrator.analysis.demands import is_kept, without
from orchestrator.analysis.feasibility import Feasibility
from orchestrator.assembly import load_scenario
from orchestrator.assembly.feasible import examine_negotiation, look_first, oracle_for, problem_for
from orchestrator.messages.negotiation import Negotiation
from orchestrator.report.feasible import named_demand

FOLDER = Path("tests/tables/infeasible")
ROWS = [json.loads(line) for line in (FOLDER / "planted.jsonl").read_text(encoding="utf-8").splitlines()]
EASY = ("price-gap", "wrong-continent", "short-logs", "size-by-count", "small-sum")


@dataclass(frozen=True, slots=True)
class Planted:
    """A file, its conflict, and a change to its text that opens a deal."""

    file: Path
    conflict: tuple[str, ...]
    mend: tuple[str, str]

    def negotiation(self) -> Negotiation:
        """Return the negotiation of the file."""
        return load_scenario(self.file)

    def mended(self, folder: Path) -> Negotiation:
        """Return the negotiation of the file with the change."""
        text = self.file.read_text(encoding="utf-8")
        assert self.mend[0] in text
        file = folder / self.file.name
        file.write_text(text.replace(*self.mend), encoding="utf-8")
        return load_scenario(file)


def _planted(row: dict[str, list[str]]) -> Planted:
    before, after = row["mend"]
    return Planted(FOLDER / str(row["file"]), tuple(row["conflict"]), (before, after))


PLANTED = [
    pytest.param(planted, id=planted.file.stem, marks=() if planted.file.stem in EASY else (pytest.mark.slow,))
    for planted in map(_planted, ROWS)
]


def test_there_are_enough_of_them() -> None:
    """Each file of the folder is in the table, and there are more than twenty."""
    assert sorted(str(row["file"]) for row in ROWS) == sorted(file.name for file in FOLDER.glob("*.yaml"))
    assert len(ROWS) >= 20


@pytest.mark.parametrize("planted", PLANTED)
def test_conflict_is_named(planted: Planted) -> None:
    """The planted conflict is named, is minimal, and is found within two seconds of work (more under a tracer)."""
    negotiation = planted.negotiation()
    began = process_time()
    known = examine_negotiation(negotiation)
    took = process_time() - began
    assert known.conflict is not None
    assert [named_demand(demand) for demand in known.conflict.demands] == list(planted.conflict)
    assert (known.answer, known.conflict.minimal, known.conflict.smallest, known.is_whole) == ("hopeless", True, True, True)
    assert is_minimal(problem_for(negotiation), known.conflict.demands, oracle_for())
    assert _is_open(known)
    assert took < (2 if sys.gettrace() is None else 8)


def _is_open(known: Feasibility) -> bool:
    """Return whether each relaxation leads to an outcome that keeps everything but its own demand."""
    return bool(known.relaxations) and all(
        is_kept(without(known.problem, frozenset({each.demand})), known.problem.terms(each.places))
        and not is_kept(known.problem, known.problem.terms(each.places))
        for each in known.relaxations
    )


@pytest.mark.parametrize("planted", PLANTED)
def test_near_miss_is_feasible(planted: Planted, tmp_path: Path) -> None:
    """With one figure or day of the file changed there is an agreement, and a talk may begin."""
    negotiation = planted.mended(tmp_path)
    known = examine_negotiation(negotiation)
    assert known.answer == "feasible"
    assert known.example is not None
    assert is_kept(known.problem, known.problem.terms(known.example))
    look = look_first(negotiation)
    assert look.known is None or look.known.answer == "feasible"
