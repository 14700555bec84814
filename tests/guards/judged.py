"""What do the guards find in every draft of the tables? One line each, the same on every machine."""

from __future__ import annotations

import json
import locale
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from guards.gates import gate_book
from guards.rulecheck import check_rules
from guards.samples import samples_of
from guards.shape import read
from guards.standard import standard_guards
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Rule
from tests.corpus import view_of
from tests.guards.cases import CAMPAIGN, cases, rows
from tests.guards.clauses import ROWS, found_in

__all__ = ["TABLES", "judged"]

TABLES = ("guards-reference", "guards-policy", "guards-mandate", "guards-terms")
_EACH = 8
"""Of the table of clauses each eighth draft is judged, and one for each code, because this is done a dozen times."""


def judged() -> Iterator[str]:
    """Yield what is found in each draft, reply and rule of the tables, whole and in order."""
    for table in TABLES:
        for case in cases(table).values():
            guards = standard_guards(case.negotiation)
            yield _line(table, case.id, tuple(found for guard in guards for found in guard(case.draft, case.view)))
            yield repr(gate_book(case.negotiation)(case.draft.terms))
    coded = {json.dumps([code for code, _ in cast("list[list[str]]", row["findings"])]): row for row in ROWS}
    for row in (*ROWS[::_EACH], *coded.values()):
        yield _line("guards-clauses", str(row["id"]), found_in(row))
    view = view_of(CAMPAIGN, "channel", [])
    for name, row in rows("guards-shape").items():
        reading = read(str(row["reply"]), view)
        yield _line(repr(reading.draft), name, reading.findings)
    for name, row in rows("guards-rules").items():
        asked = CAMPAIGN.model_copy(update={"policies": (Rule(id=name, rule=str(row["rule"])),)})
        yield repr(check_rules(asked))
    yield repr(samples_of(CAMPAIGN.issues))


def _line(kind: str, name: str, findings: tuple[Finding, ...]) -> str:
    return json.dumps([kind, name, [finding.model_dump(mode="json") for finding in findings]])


if __name__ == "__main__":
    with suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, "")
    sys.stdout.buffer.write("\n".join(judged()).encode("utf-8", "backslashreplace"))
