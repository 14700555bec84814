"""Write the table of verdicts anew: `python -m tests.guards.renew`. Its difference shows what a change of rules changed.

Only drafts that the rules were made on are in it, so that nobody reads a miss of the held-back ones there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from evals.words import OWN, part_of
from orchestrator.roles.corpus import read_corpus
from tests.guards.verdicts import TABLE, case_in, said_of

__all__ = ["main"]

_CORPORA = Path(__file__).resolve().parents[1] / "corpora"


def main() -> None:
    """Judge every draft that the rules were made on, and write what was found."""
    TABLE.write_text("".join(_rows()), encoding="utf-8")


def _rows() -> Iterator[str]:
    for file in sorted((*_CORPORA.glob("drafts-*.jsonl"), *_CORPORA.glob("own-*.jsonl"))):
        for place in read_corpus(file):
            case = place.case
            is_own = file.name.startswith("own-")
            if case.scenario in OWN["own, tuned on"] if is_own else part_of(case.id, case.scenario) == "made on":
                row = {"corpus": file.stem, "id": case.id, "findings": said_of(case_in(file.stem, case.id))}
                yield json.dumps(row, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
