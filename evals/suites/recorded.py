"""Do sessions that were kept still decide as they did? Each kept record is a case, decided again by the rules of now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from evals.harness.suite import Case, Goal, Metric, Options, Outcome, Proof, Suite
from evals.harness.verdict import violations
from orchestrator.assembly import rules_for
from orchestrator.errors import ChainBroken, UsageError
from orchestrator.messages.digest import sha256
from orchestrator.messages.entry import Entry, Row, read_row
from orchestrator.messages.reply import Opening
from orchestrator.runtime.record import session_of, what_if

__all__ = ["FOLDER", "SUITE", "keep"]

FOLDER = Path("handfast-evals") / "recorded"
"""Where kept sessions are looked for by default."""


def keep(rows: tuple[Row, ...], folder: Path) -> Path:
    """Write the rows of a session as a case. Raises UsageError where it is one already."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{rows[0].session}.jsonl"
    if path.exists():
        raise UsageError(f"session {rows[0].session!r} is a case of {str(folder)!r} already")
    path.write_text("".join(json.dumps(asdict(row), ensure_ascii=True) + "\n" for row in rows), encoding="utf-8")
    return path


def _folder(options: Options) -> Path:
    folder = Path(options.given.get("cases", str(FOLDER)))
    if not folder.is_dir():
        raise UsageError(
            f"there is no folder {str(folder)!r} of kept sessions", hint="handfast eval add recorded --from SESSION"
        )
    return folder


def _cases(options: Options) -> tuple[Case, ...]:
    return tuple(
        Case(id=file.stem, tags=(("negotiation", _entries(file)[0].session.rpartition("-")[0]),))
        for file in sorted(_folder(options).glob("*.jsonl"))
    )


def _entries(file: Path) -> tuple[Entry, ...]:
    try:
        rows = [Row(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
        entries = tuple(map(read_row, rows))
    except (ValueError, TypeError, ChainBroken) as error:
        raise UsageError(f"{str(file)!r} is no kept session: {error}") from None
    if not entries or not isinstance(entries[0].reply, Opening):
        raise UsageError(f"{str(file)!r} is no kept session: it does not begin with an opening")
    return entries


def _solve(case: Case, epoch: int, options: Options) -> Outcome:  # noqa: ARG001 - decided again, it comes out the same
    entries = _entries(_folder(options) / f"{case.id}.jsonl")
    session = session_of(entries)
    rules = rules_for(session.settings.negotiation)
    differences = what_if(entries, rules)
    return {
        "status": session.status or session.phase,
        "entries": len(entries),
        "changed": [difference.seq for difference in differences],
        "violations": list(violations(session)),
    }


def _proofs(options: Options) -> tuple[Proof, ...]:
    return (Proof(says="there are kept sessions", holds=bool(_cases(options)), seen=f"none in {_folder(options)}"),)


def _digests(options: Options) -> Mapping[str, str]:
    return {file.stem: sha256(file.read_bytes()) for file in sorted(_folder(options).glob("*.jsonl"))}


def _same(outcome: Outcome) -> bool:
    return not outcome["changed"]


def _lawful(outcome: Outcome) -> bool | None:
    return not outcome["violations"] if outcome["status"] == "agreed" else None


SUITE = Suite(
    name="recorded",
    version=1,
    says="Sessions that were kept: they decide as they did, and what they agreed keeps all rules of now.",
    settings={"cases": "the folder of kept sessions"},
    cases=_cases,
    solve=_solve,
    metrics=(
        Metric(name="same", says="sessions whose every reply is decided as it was", scorer=_same, goal=Goal(value=1.0)),
        Metric(name="lawful", says="agreements that keep all rules", scorer=_lawful, goal=Goal(value=1.0)),
    ),
    proofs=_proofs,
    digests=_digests,
    groups=("negotiation",),
)
