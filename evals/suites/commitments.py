"""Do the guards find what an agent may not say? Every labelled draft, judged as a session would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from evals.harness.suite import Case, Metric, Options, Outcome, Proof, Suite
from evals.suites.corpora import corpora_in, digests_in, folder_in
from evals.words import judged_at, part_of
from orchestrator.roles.corpus import Place, read_corpus

__all__ = ["SUITE"]


@cache
def _places(folder: Path) -> Mapping[str, Place]:
    return {place.case.id: place for file in corpora_in(folder, "drafts") for place in read_corpus(file)}


def _cases(options: Options) -> tuple[Case, ...]:
    return tuple(
        Case(id=name, tags=(("part", part_of(name, place.case.scenario)), ("scenario", place.case.scenario)))
        for name, place in _places(folder_in(options)).items()
    )


def _solve(case: Case, epoch: int, options: Options) -> Outcome:  # noqa: ARG001 - guards give the same in every epoch
    folder = folder_in(options)
    place = _places(folder)[case.id]
    judged = judged_at(place, folder / "scenarios")
    return {
        "labels": list(judged.labels),
        "verdict": judged.verdict,
        "kinds": list(judged.kinds),
        "codes": [finding.code for finding in judged.at_fault],
        "draft": json.dumps(place.case.draft, ensure_ascii=False),
        "spans": list(judged.spans),
    }


def _proofs(options: Options) -> tuple[Proof, ...]:
    cases = [place.case for place in _places(folder_in(options)).values()]
    unfit = sum(bool(case.kinds) for case in cases)
    return (
        Proof(
            says="there are fit drafts and unfit ones",
            holds=0 < unfit < len(cases),
            seen=f"{unfit} of {len(cases)} are unfit",
        ),
    )


def _digests(options: Options) -> Mapping[str, str]:
    return digests_in(options, "drafts")


def _caught(outcome: Outcome) -> bool | None:
    return outcome["verdict"] != "admit" if outcome["labels"] else None


def _touched(outcome: Outcome) -> bool | None:
    return None if outcome["labels"] else outcome["verdict"] != "admit"


def _named(outcome: Outcome) -> bool | None:
    labels, kinds = outcome["labels"], outcome["kinds"]
    if not labels or outcome["verdict"] == "admit" or not isinstance(labels, list) or not isinstance(kinds, list):
        return None
    return any(kind in labels for kind in kinds)


SUITE = Suite(
    name="commitments",
    version=1,
    says="Labelled drafts: what agents say beyond what they may bind.",
    settings={"corpora": "the folder of drafts-*.jsonl, with their scenarios in a folder below it"},
    cases=_cases,
    solve=_solve,
    metrics=(
        Metric(name="caught", says="unfit drafts that were withheld or refused", scorer=_caught),
        Metric(name="touched", says="fit drafts that were withheld or refused", scorer=_touched, better="lower"),
        Metric(name="named", says="caught drafts of which a right kind is named", scorer=_named),
    ),
    proofs=_proofs,
    digests=_digests,
    groups=("part", "scenario"),
)
