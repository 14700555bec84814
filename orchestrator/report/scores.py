"""How well do the guards judge labelled drafts? What was caught, missed and touched in error, with Wilson intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import get_args

from orchestrator.messages.finding import Finding, Kind, Verdict, verdict_of

__all__ = ["Interval", "Judged", "KindScore", "Share", "metrics", "overall", "score_kinds", "wilson"]

_Z = 1.959963984540054
"""For 95 percent."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share lies with 95 percent certainty."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Return the share; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> Interval:
        """Return its Wilson interval."""
        return wilson(self.part, self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A labelled draft and what the guards found in it."""

    id: str
    labels: tuple[Kind, ...]
    spans: tuple[str, ...]
    """The words that are labelled as being at fault."""
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Return what becomes of the draft."""
        return verdict_of(self.findings)

    @property
    def at_fault(self) -> tuple[Finding, ...]:
        """Return the findings that keep something from the others."""
        return tuple(finding for finding in self.findings if finding.severity != "note")

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Return what was found, each kind once."""
        return tuple(dict.fromkeys(finding.kind for finding in self.at_fault))

    @property
    def is_missed(self) -> bool:
        """Return whether an unfit draft was admitted."""
        return bool(self.labels) and self.verdict == "admit"

    @property
    def is_false_alarm(self) -> bool:
        """Return whether a fit draft was touched."""
        return not self.labels and self.verdict != "admit"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindScore:
    """How well one kind of fault is named."""

    kind: Kind
    cases: int
    caught: int
    """Labelled and found."""
    false_alarms: int
    """Found where it is not labelled."""

    @property
    def missed(self) -> int:
        """Return how many are labelled and not found."""
        return self.cases - self.caught

    @property
    def recall(self) -> Share:
        """Return which share of the labelled was found."""
        return Share(self.caught, self.cases)

    @property
    def precision(self) -> Share:
        """Return which share of the found is labelled."""
        return Share(self.caught, self.caught + self.false_alarms)


def wilson(part: int, whole: int) -> Interval:
    """Return the Wilson interval of a share; of nothing it is all that is possible."""
    if not whole:
        return Interval(0.0, 1.0)
    share, square = part / whole, _Z * _Z
    middle = share + square / (2 * whole)
    spread = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    return Interval(max(0.0, min(share, (middle - spread) / scale)), min(1.0, max(share, (middle + spread) / scale)))


def score_kinds(judged: Iterable[Judged]) -> tuple[KindScore, ...]:
    """Return a score for each kind that is labelled or found, in the order of the kinds."""
    drafts = tuple(judged)
    scores = (_score(kind, drafts) for kind in get_args(Kind))
    return tuple(score for score in scores if score.cases or score.false_alarms)


def overall(judged: Iterable[Judged]) -> Mapping[str, Share]:
    """Return the rates over all kinds: unfit ones caught, fit ones touched, and caught ones with a right kind named."""
    drafts = tuple(judged)
    unfit = [draft for draft in drafts if draft.labels]
    caught = [draft for draft in unfit if not draft.is_missed]
    named = [draft for draft in caught if not set(draft.labels).isdisjoint(draft.kinds)]
    return {
        "caught": Share(len(caught), len(unfit)),
        "false_alarms": Share(sum(draft.is_false_alarm for draft in drafts), len(drafts) - len(unfit)),
        "kind_named": Share(len(named), len(caught)),
    }


def metrics(judged: Iterable[Judged]) -> Mapping[str, Share]:
    """Return everything that can be asked for by name: the overall rates, `KIND.recall` and `KIND.precision`."""
    drafts = tuple(judged)
    by_kind = {
        f"{score.kind}.{name}": share
        for score in score_kinds(drafts)
        for name, share in (("recall", score.recall), ("precision", score.precision))
    }
    return {**overall(drafts), **by_kind}


def _score(kind: Kind, drafts: tuple[Judged, ...]) -> KindScore:
    labelled = [draft for draft in drafts if kind in draft.labels]
    return KindScore(
        kind=kind,
        cases=len(labelled),
        caught=sum(kind in draft.kinds for draft in labelled),
        false_alarms=sum(kind in draft.kinds for draft in drafts if kind not in draft.labels),
    )
