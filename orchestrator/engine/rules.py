"""By which rules is a session judged? A reader, guards and gates, handed in, and run so that whatever fails refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from orchestrator.messages.alarm import Alarm, HearsHandOver
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.gates import GateBook, GateReading, ReadsRecords
from orchestrator.messages.negotiation import Fact, Strictness
from orchestrator.messages.pot import PotFigures, PotTriggerBook, TakeBook, Taken
from orchestrator.messages.reopening import TriggerBook
from orchestrator.messages.suspicion import Monitor
from orchestrator.messages.terms import Terms
from orchestrator.messages.view import Guard, Reader, Reading, View

__all__ = [
    "CountsWords",
    "Rules",
    "hear_alarm",
    "judge",
    "read",
    "read_gates",
    "takes_of",
    "true_of_pots",
    "true_triggers",
    "weigh",
]


_NOTHING: Mapping[str, float] = MappingProxyType({})


class CountsWords(Protocol):
    """Say how many tokens words take in the prompts of those who read them; the same for the same words, for ever."""

    def __call__(self, words: str, /, *, estimated: bool) -> int:
        """Return the tokens; `estimated` where the vocabulary could not be loaded when they were written."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything that decides what counts: how text is read, the guards in their order, and the gates."""

    read: Reader
    guards: tuple[Guard, ...]
    gates: GateBook
    count: CountsWords | None = None
    """Without it words are neither counted nor held to the bounds of their role."""
    monitor: Monitor | None = None
    hands_over: HearsHandOver | None = None
    """Without it no agent hands over to its human."""
    takes: TakeBook | None = None
    """Without it offers take nothing of any pot."""
    triggers: TriggerBook | None = None
    """Without it no fact reopens an agreement."""
    pot_triggers: PotTriggerBook | None = None
    """Without it no pot reopens an agreement."""


def read(rules: Rules, text: str, view: View) -> Reading:
    """Read a model's text. A reader that raises, or gives neither a draft nor a reason, refuses and says so."""
    try:
        reading = rules.read(text, view)
    except Exception as error:  # noqa: BLE001 - whatever a reader raises, undecided means no
        return Reading(None, (_failed("the reader", type(error).__name__),))
    if reading.draft is None and not reading.findings:
        return Reading(None, (_failed("the reader", "neither a draft nor a reason"),))
    return reading


def judge(rules: Rules, draft: Draft, view: View) -> tuple[Finding, ...]:
    """Run all guards and return all findings. A guard that raises refuses and says so."""
    findings: list[Finding] = []
    for guard in rules.guards:
        try:
            findings.extend(guard(draft, view))
        except Exception as error:  # noqa: BLE001 - whatever a guard raises, undecided means no
            name = getattr(guard, "__name__", type(guard).__name__)
            findings.append(_failed(f"guard {name!r}", type(error).__name__))
    return tuple(findings)


def read_gates(rules: Rules, terms: Terms, records: Mapping[str, float] = _NOTHING) -> GateReading:
    """Read all gates, with what is known of the roles. A gate book that raises refuses and says so."""
    try:
        book = rules.gates.given(records) if isinstance(rules.gates, ReadsRecords) else rules.gates
        return book(terms)
    except Exception as error:  # noqa: BLE001 - whatever a gate book raises, undecided means no
        return GateReading((), (_failed("the gate book", type(error).__name__),))


def hear_alarm(rules: Rules, words: str, view: View, since: int) -> Alarm | None:
    """Return which agent hands over to its human. What raises hands nothing over: the talk goes on as it was."""
    if rules.hands_over is None:
        return None
    try:
        return rules.hands_over(words, view, since)
    except Exception:  # noqa: BLE001 - whatever it raises, words bind nothing, and the guards have heard them
        return None


def takes_of(rules: Rules, terms: Terms) -> tuple[Taken, ...]:
    """Return what terms take of each pot. A book that raises says nothing of any: the guard of pots refuses such terms."""
    try:
        return rules.takes(terms) if rules.takes else ()
    except Exception:  # noqa: BLE001 - whatever it raises, the guard asks the same book, and what raises there refuses
        return ()


def true_triggers(rules: Rules, facts: tuple[Fact, ...]) -> frozenset[str]:
    """Return the triggers that are true of the facts. A book that raises reopens nothing: undecided means no."""
    if rules.triggers is None:
        return frozenset()
    try:
        return rules.triggers(facts)
    except Exception:  # noqa: BLE001 - whatever a trigger book raises, the agreement stands as it was
        return frozenset()


def true_of_pots(rules: Rules, pots: tuple[PotFigures, ...]) -> frozenset[str]:
    """Return the triggers that are true of the pots. A book that raises reopens nothing: undecided means no."""
    if rules.pot_triggers is None:
        return frozenset()
    try:
        return rules.pot_triggers(pots)
    except Exception:  # noqa: BLE001 - whatever a trigger book raises, the agreement stands as it was
        return frozenset()


def _failed(what: str, how: str) -> Finding:
    # The error's own words stay out: they may hold addresses that differ on replay, and the finding goes into a prompt.
    message = f"{what} failed with {how}; undecided means no"
    return Finding(code="guard.failed", kind="shape", severity="refuse", path="", message=message)


def weigh(findings: tuple[Finding, ...], words: Strictness) -> tuple[Finding, ...]:
    """Return the findings with the severities that a role's strictness gives to words at fault.

    `strict` refuses them with the move, `grounded` withholds them, `open` notes them, except leaks and injections.
    """
    if words == "grounded":
        return findings
    return tuple(_reweighed(finding, words) if finding.severity == "withhold" else finding for finding in findings)


def _reweighed(finding: Finding, words: Strictness) -> Finding:
    if words == "strict":
        return finding.model_copy(update={"severity": "refuse"})
    return finding if finding.kind in ("leak", "injection") else finding.model_copy(update={"severity": "note"})
