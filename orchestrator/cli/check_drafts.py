"""How well do the guards of a run judge drafts that people labelled? Each is judged as a session would, and counted by kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from orchestrator.cli.printing import wrapped
from orchestrator.engine.rules import Rules, judge, read, weigh
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.report.clean import clean
from orchestrator.report.scores import Judged, Share, overall, score_kinds
from orchestrator.roles.corpus import Place, view_of_case

__all__ = ["draft_json", "draft_lines", "judged_draft"]

_UNLABELLED = frozenset({"mandate.reserve", "reference.open_issues"})
"""Rules of the table that the labels of the format leave out."""


def judged_draft(place: Place, negotiation: Negotiation, rules: Rules, *, all_rules: bool = False) -> Judged:
    """Return what the guards find in a case; with `all_rules`, by rules that the labels leave out too."""
    case = place.case
    view = view_of_case(place, negotiation, rules.read, reserve=None if all_rules else 0.0)
    reading = read(rules, json.dumps(case.draft), view)
    found = (*reading.findings, *(judge(rules, reading.draft, view) if reading.draft else ()))
    findings = tuple(finding for finding in weigh(found, view.words) if all_rules or finding.code not in _UNLABELLED)
    return Judged(id=case.id, labels=case.kinds, spans=case.spans, findings=findings)


def draft_json(draft: Judged) -> str:
    """Return the line that `--json` writes."""
    spans = list(dict.fromkeys(finding.words for finding in draft.at_fault if finding.path == "text" and finding.words))
    return json.dumps({"id": draft.id, "verdict": draft.verdict, "kinds": list(draft.kinds), "spans": spans}) + "\n"


def draft_lines(judged: Sequence[Judged], places: Sequence[Place], most: int) -> Iterator[str]:
    """Yield the table of kinds, the totals, and at most so many of what was missed and of what was touched though fit."""
    yield from _table(judged)
    yield from _misses(judged, places, most)


def _table(judged: Sequence[Judged]) -> Iterator[str]:
    yield f"{'kind':<11}{'cases':>6}{'caught':>8}{'missed':>8}{'false':>7}   {'recall':<26}{'precision':<26}".rstrip()
    for score in score_kinds(judged):
        figures = f"{score.cases:>6}{score.caught:>8}{score.missed:>8}{score.false_alarms:>7}"
        yield f"{score.kind:<11}{figures}   {_percent(score.recall):<26}{_percent(score.precision):<26}".rstrip()
    yield ""
    for name, share in overall(judged).items():
        yield f"{name:<13}{share.part:>6} of {share.whole:<6} {_percent(share)}"


def _percent(share: Share) -> str:
    if share.value is None:
        return "-"
    return f"{share.value:6.1%} ({share.interval.low:.1%} to {share.interval.high:.1%})"


def _misses(judged: Sequence[Judged], places: Sequence[Place], most: int) -> Iterator[str]:
    pairs = list(zip(judged, places, strict=True))
    yield from _listed(
        "Admitted though unfit", [(draft, place, _labelled(draft)) for draft, place in pairs if draft.is_missed], most
    )
    touched = [(draft, place, list(map(_found, draft.at_fault))) for draft, place in pairs if draft.is_false_alarm]
    yield from _listed("Touched though fit", touched, most)


def _listed(title: str, drafts: list[tuple[Judged, Place, list[str]]], most: int) -> Iterator[str]:
    if not drafts or not most:
        return
    yield ""
    yield f"{title}: {len(drafts)}"
    for draft, place, lines in drafts[:most]:
        yield clean(f"  {draft.id}  {place}")
        for line in lines:
            yield from wrapped(clean(line), "    ", "      ")
    if len(drafts) > most:
        yield f"  and {len(drafts) - most} more"


def _labelled(draft: Judged) -> list[str]:
    return [f"{', '.join(draft.labels)}: {' | '.join(map(repr, draft.spans)) or 'not in its words'}"]


def _found(finding: Finding) -> str:
    return f"{finding.code}: {finding.words!r}: {finding.message}"
