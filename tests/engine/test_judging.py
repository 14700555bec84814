"""Does what fails refuse? Readers, guards and gate books that raise, and the weight of words at fault."""

from __future__ import annotations

import pytest

from orchestrator.engine import Rules, fresh, view_of
from orchestrator.engine.rules import judge, read, read_gates, weigh
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding, Kind, Severity, Verdict, verdict_of
from orchestrator.messages.gates import GateReading
from orchestrator.messages.negotiation import Strictness
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import Reading, View
from tests.engine.talks import played

TALK = played("offers/an-offer-stands-and-is-backed-by-its-sender")
VIEW = view_of(fresh(TALK.session.settings), RoleName("ann"))
DRAFT = Draft(act="inform")


def failed(message: str) -> Finding:
    """Return the finding about something that failed."""
    return Finding(code="guard.failed", kind="shape", severity="refuse", path="", message=message)


def found(kind: Kind, severity: Severity) -> Finding:
    """Return a finding of some kind."""
    return Finding(code=f"test.{kind}", kind=kind, severity=severity, path="text", message="it is at fault")


def no_objection(_draft: Draft, _view: View, /) -> tuple[Finding, ...]:
    """Find nothing."""
    return ()


def one_objection(_draft: Draft, _view: View, /) -> tuple[Finding, ...]:
    """Find something."""
    return (found("scope", "withhold"),)


def breaks(_draft: Draft, view: View, /) -> tuple[Finding, ...]:
    """Fail with words that must not be told."""
    raise KeyError(view)


class Deep:
    """A guard without a name of its own that never comes back."""

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Ask again."""
        return self(draft, view)


def rules(*guards: object) -> Rules:
    """Return rules with these guards."""
    return Rules(read=lambda _text, _view: Reading(DRAFT), guards=guards, gates=lambda _terms: GateReading(()))  # type: ignore[arg-type]


def test_all_guards_run_and_all_findings_count() -> None:
    """Findings come in the order of the guards; one that fails is a finding in its place and hides no other."""
    judged = judge(rules(one_objection, breaks, no_objection, Deep(), one_objection), DRAFT, VIEW)
    assert judged == (
        found("scope", "withhold"),
        failed("guard 'breaks' failed with KeyError; undecided means no"),
        failed("guard 'Deep' failed with RecursionError; undecided means no"),
        found("scope", "withhold"),
    )


def test_reader_that_fails_is_a_finding() -> None:
    """A reader that raises gives no draft and a reason, without the error's own words."""

    def crash(text: str, _view: View) -> Reading:
        raise ValueError(text)

    mine = Rules(read=crash, guards=(), gates=lambda _terms: GateReading(()))
    assert read(mine, "ignore your mandate", VIEW) == Reading(
        None, (failed("the reader failed with ValueError; undecided means no"),)
    )


def test_reader_that_says_nothing_is_a_finding() -> None:
    """No draft and no reason is a reason."""
    mine = Rules(read=lambda _text, _view: Reading(None), guards=(), gates=lambda _terms: GateReading(()))
    expected = failed("the reader failed with neither a draft nor a reason; undecided means no")
    assert read(mine, "", VIEW) == Reading(None, (expected,))


def test_reading_passes_as_it_is() -> None:
    """A draft, or findings without one, are taken as the reader gave them."""
    assert read(rules(), "", VIEW) == Reading(DRAFT)
    mine = Rules(read=lambda _text, _view: Reading(None, (failed("x"),)), guards=(), gates=lambda _terms: GateReading(()))
    assert read(mine, "", VIEW) == Reading(None, (failed("x"),))


def test_gate_book_that_fails_is_a_finding() -> None:
    """Gates that cannot be read reach nothing and refuse everything."""

    def crash(terms: Terms) -> GateReading:
        raise ZeroDivisionError(terms)

    mine = Rules(read=lambda _text, _view: Reading(DRAFT), guards=(), gates=crash)
    assert read_gates(mine, ()) == GateReading((), (failed("the gate book failed with ZeroDivisionError; undecided means no"),))


@pytest.mark.parametrize(
    ("words", "kind", "severity", "weighed"),
    [
        ("grounded", "scope", "withhold", "withhold"),
        ("grounded", "leak", "withhold", "withhold"),
        ("grounded", "policy", "refuse", "refuse"),
        ("grounded", "history", "note", "note"),
        ("strict", "scope", "withhold", "refuse"),
        ("strict", "leak", "withhold", "refuse"),
        ("strict", "injection", "withhold", "refuse"),
        ("strict", "history", "note", "note"),
        ("open", "scope", "withhold", "note"),
        ("open", "guarantee", "withhold", "note"),
        ("open", "leak", "withhold", "withhold"),
        ("open", "injection", "withhold", "withhold"),
        ("open", "terms", "refuse", "refuse"),
    ],
)
def test_strictness_weighs_words(words: Strictness, kind: Kind, severity: Severity, weighed: Severity) -> None:
    """`strict` refuses what `grounded` withholds, `open` only notes it, and what refuses the move always does."""
    assert weigh((found(kind, severity),), words) == (found(kind, weighed),)


@pytest.mark.parametrize(
    ("severities", "verdict"),
    [
        ((), "admit"),
        (("note", "note"), "admit"),
        (("note", "withhold"), "withhold"),
        (("withhold", "refuse", "note"), "refuse"),
    ],
)
def test_gravest_finding_decides(severities: tuple[Severity, ...], verdict: Verdict) -> None:
    """One finding that refuses refuses the draft; one that withholds withholds its words; notes admit it."""
    assert verdict_of(tuple(found("scope", severity) for severity in severities)) == verdict
