"""How well do the guards of words judge labelled drafts? Three parts side by side, two of which the rules never saw.

The rules were made on the texts of the first part only. A third of the cases of its scenarios was held back by their ids, and
two scenarios whole. No text of these was read, but their figures were, by code of finding and several times, as were counts of
what their misses hold (a figure, a role, an option), and rules were narrowed or dropped by them: so the figures of both are
kinder than those of drafts that nobody measured. Drafts of our own follow in a second table: those that rules were tuned on,
those that were read later and so are made on too, and those that nobody who made rules has read or counted before they were
done. Run `python -m evals.words tests/corpora`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from orchestrator.assembly import load_scenario, rules_for
from orchestrator.cli.check_drafts import judged_draft
from orchestrator.engine.rules import Rules
from orchestrator.messages.digest import sha256
from orchestrator.messages.negotiation import Negotiation
from orchestrator.report.scores import Judged, Share, overall, score_kinds
from orchestrator.roles.corpus import Place, read_corpus

__all__ = ["OWN", "PARTS", "UNSEEN", "Part", "judged_at", "judged_in", "lines_of", "own_in", "part_of"]

Part: TypeAlias = Literal["made on", "held back", "unseen"]
"""Which drafts: those that the rules were made on, a third of their scenarios' by id, or two scenarios whole."""

PARTS: tuple[Part, ...] = ("made on", "held back", "unseen")
UNSEEN = frozenset(("media", "release"))
"""Scenarios of which no text was read while the rules were made."""

OWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "own, tuned on": frozenset(("energy", "grain", "location", "venue")),
        "own, read": frozenset(
            ("imaging", "cinema", "dairy", "dredging", "canteen", "manuals", "hives", "linen", "borehole", "ferry")
        ),
        "own, blind": frozenset(("organ",)),
    }
)
"""The scenarios of our own drafts, by how the rules know them."""


def part_of(case: str, scenario: str) -> Part:
    """Return the part of a case: fixed by its scenario and the digest of its id."""
    if scenario in UNSEEN:
        return "unseen"
    return "held back" if int(sha256(case.encode()), 16) % 3 == 0 else "made on"


def judged_in(folder: Path) -> Mapping[Part, tuple[Judged, ...]]:
    """Return the verdicts of all labelled drafts of a folder, whose scenarios stand in `scenarios` below it."""
    judged: dict[Part, list[Judged]] = {part: [] for part in PARTS}
    for corpus in sorted(folder.glob("drafts-*.jsonl")):
        for place in read_corpus(corpus):
            judged[part_of(place.case.id, place.case.scenario)].append(judged_at(place, folder / "scenarios"))
    return {part: tuple(drafts) for part, drafts in judged.items()}


def own_in(folder: Path) -> Mapping[str, tuple[Judged, ...]]:
    """Return the verdicts of our own drafts of a folder, by how the rules know their scenarios."""
    places = [place for corpus in sorted(folder.glob("own-*.jsonl")) for place in read_corpus(corpus)]
    return {
        name: tuple(judged_at(place, folder / "scenarios") for place in places if place.case.scenario in scenarios)
        for name, scenarios in OWN.items()
    }


def judged_at(place: Place, scenarios: Path) -> Judged:
    """Return what the guards find in one case, with the scenarios of a folder."""
    return judged_draft(place, *_scenario(scenarios / f"{place.case.scenario}.yaml"))


def lines_of(judged: Mapping[Part, tuple[Judged, ...]] | Mapping[str, tuple[Judged, ...]]) -> Iterator[str]:
    """Yield a table of the parts: what was caught, the false alarms, the kinds named, and the recall of each kind."""
    parts = [*judged.items()]
    yield f"{'':<14}" + "".join(f"{f'{name} ({len(drafts)})':<30}" for name, drafts in parts)
    shares = [overall(drafts) for _, drafts in parts]
    for metric in shares[0]:
        yield f"{metric:<14}" + "".join(f"{_told(share[metric]):<30}" for share in shares)
    recalls = [{score.kind: score.recall for score in score_kinds(drafts)} for _, drafts in parts]
    for kind in recalls[0]:
        yield f"{kind:<14}" + "".join(f"{_told(recall[kind]) if kind in recall else '-':<30}" for recall in recalls)


def _told(share: Share) -> str:
    if share.value is None:
        return "-"
    return f"{share.part}/{share.whole} {share.value:.1%} ({share.interval.low:.0%} to {share.interval.high:.0%})"


@lru_cache(maxsize=64)
def _scenario(file: Path) -> tuple[Negotiation, Rules]:
    negotiation = load_scenario(file)
    return negotiation, rules_for(negotiation)  # pyright: ignore[reportArgumentType] - frozen models hash


if __name__ == "__main__":
    for line in (*lines_of(judged_in(Path(sys.argv[1]))), "", *lines_of(own_in(Path(sys.argv[1])))):
        print(line)  # noqa: T201 - it prints its figures
