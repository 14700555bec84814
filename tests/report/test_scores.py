"""How well do the guards judge labelled drafts?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.messages.finding import Finding, Kind, Severity
from orchestrator.report.scores import Interval, Judged, KindScore, Share, metrics, overall, score_kinds, wilson


def _judged(name: str, labels: tuple[Kind, ...], *found: tuple[Kind, Severity]) -> Judged:
    findings = tuple(
        Finding(code=f"{kind}.x", kind=kind, severity=severity, path="text", message="") for kind, severity in found
    )
    return Judged(id=name, labels=labels, spans=(), findings=findings)


_DRAFTS = (
    _judged("caught", ("fact",), ("fact", "withhold")),
    _judged("wrong kind", ("fact",), ("terms", "refuse")),
    _judged("missed", ("fact", "leak")),
    _judged("noted", (), ("fact", "note")),
    _judged("touched", (), ("leak", "withhold")),
    _judged("fit", ()),
)


def test_kinds_are_scored_by_what_is_named() -> None:
    """A kind is caught where it is labelled and found; found elsewhere it is a false alarm; a note is no finding."""
    assert score_kinds(_DRAFTS) == (
        KindScore(kind="terms", cases=0, caught=0, false_alarms=1),
        KindScore(kind="fact", cases=3, caught=1, false_alarms=0),
        KindScore(kind="leak", cases=1, caught=0, false_alarms=1),
    )


def test_overall_rates_count_drafts() -> None:
    """Caught is an unfit draft that was not admitted, a false alarm a fit one that was touched."""
    assert overall(_DRAFTS) == {"caught": Share(2, 3), "false_alarms": Share(1, 3), "kind_named": Share(1, 2)}
    assert metrics(_DRAFTS)["fact.recall"] == Share(1, 3)
    assert Share(0, 0).value is None


def test_wilson_intervals() -> None:
    """The interval is Wilson's for 95 percent; of nothing it is everything."""
    found = wilson(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) == Interval(0.0, 1.0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_intervals_hold_their_share(part: int, more: int) -> None:
    """Every interval lies between 0 and 1 and around its share."""
    found = wilson(part, part + more)
    assert 0 <= found.low <= part / (part + more) <= found.high <= 1
