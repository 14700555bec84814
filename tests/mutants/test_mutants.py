"""Are clauses taken away one at a time, and is it seen whether a test fails? The mutation test itself, tested."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.clauses import without_clauses

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (
            "x = a and b",
            {
                "clause removed: x = True and b",
                "clause removed: x = a and True",
                "clause inverted: x = not a and b",
                "clause inverted: x = a and (not b)",
            },
        ),
        (
            "x = a or b",
            {
                "clause removed: x = False or b",
                "clause removed: x = a or False",
                "clause inverted: x = not a or b",
                "clause inverted: x = a or not b",
            },
        ),
        (
            "x = 1 if a else 2",
            {
                "condition always true: x = 1 if True else 2",
                "condition never true: x = 1 if False else 2",
                "condition inverted: x = 1 if not a else 2",
            },
        ),
        (
            "x = [y for y in z if y]",
            {
                "condition always true: x = [y for y in z if True]",
                "condition never true: x = [y for y in z if False]",
                "condition inverted: x = [y for y in z if not y]",
            },
        ),
        ("x = a in b", {"membership inverted: x = a not in b"}),
        ("x = (1, 'b')", {"entry removed: x = ('b',)", "entry removed: x = (1,)"}),
        ("x = {'a': 1}", {"entry removed: x = {}"}),
        ('"""Say."""\nx += 1\nassert_never(x)', {'statement removed: """Say.""" pass assert_never(x)'}),
        (
            "match a:\n case 1:\n  b = 1\n case 2 if c:\n  b = 2\n case _:\n  assert_never(a)",
            {
                "case removed: match a: case 2 if c: b = 2 case _: assert_never(a)",
                "case removed: match a: case 1: b = 1 case _: assert_never(a)",
                "condition always true: match a: case 1: b = 1 case 2 if True: b = 2 case _: assert_never(a)",
                "condition never true: match a: case 1: b = 1 case 2 if False: b = 2 case _: assert_never(a)",
                "condition inverted: match a: case 1: b = 1 case 2 if not c: b = 2 case _: assert_never(a)",
            },
        ),
        ("x = a + b", set[str]()),
    ],
)
def test_each_clause_is_taken_away_once(source: str, found: set[str]) -> None:
    """Clauses are removed and inverted, conditions fixed, cases, entries and statements left out, each alone."""
    changes = {f"{name}: {' '.join(changed.split())}" for name, changed in without_clauses(source)}
    assert changes == found


_TRIALS = """
import json
from dataclasses import replace
from pathlib import Path
from tests.mutants.mutant import Mutant
from tests.mutants.trial import baseline, tried
base = baseline(["tests/guards/test_breach.py"])
source = Path("guards/permits.py").read_text(encoding="utf-8")
tests = base.tests_of("guards/permits.py", 25)
same = Mutant(file="guards/permits.py", line=25, scope="", change="", was="", now="", source=source)
mutants = (
    same,
    replace(same, source=source.replace('in ("holds", "undecided")', 'in ("holds",)')),
    replace(same, source=source.replace("        return all(", "        while True: pass\\n        return all(")),
    replace(same, source="raise ValueError"),
)
print(json.dumps([tried(mutant, tests, base) for mutant in mutants]))
"""


@pytest.mark.slow
def test_outcome_of_a_trial_is_that_of_its_tests() -> None:
    """An unchanged guard survives, a changed one is caught by a test, by the time it takes, or by failing to load."""
    found = subprocess.run([sys.executable, "-c", _TRIALS], cwd=_ROOT, capture_output=True, check=True, text=True)
    assert json.loads(found.stdout) == ["survived", "killed", "timeout", "killed"]
