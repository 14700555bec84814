"""Which gates do these terms reach? A gate that cannot be decided refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guards.cel import RuleBook, RuleReading, rule_book
from orchestrator.messages.finding import Finding
from orchestrator.messages.gate import Gate
from orchestrator.messages.gates import GateBook, GateReading
from orchestrator.messages.negotiation import Negotiation, Rule
from orchestrator.messages.terms import Terms

__all__ = ["Gates", "gate_book"]


@dataclass(frozen=True, slots=True)
class Gates:
    """Reads all gates of a negotiation for complete terms."""

    gates: tuple[Gate, ...]
    book: RuleBook
    records: Mapping[str, float] | None = None

    def __call__(self, terms: Terms, /) -> GateReading:
        """Return the gates that the terms reach, and a finding for each gate that cannot be decided."""
        readings = tuple(zip(self.gates, self.book.read(terms, self.records), strict=True))
        return GateReading(
            reached=tuple(gate for gate, reading in readings if reading.answer == "holds"),
            findings=tuple(_undecided(gate, reading) for gate, reading in readings if reading.answer in ("undecided", "error")),
        )

    def given(self, records: Mapping[str, float], /) -> GateBook:
        """Return the book for what is known of the roles now; itself where no gate asks for that."""
        return Gates(self.gates, self.book, records) if self.book.counts else self


def gate_book(negotiation: Negotiation) -> GateBook:
    """Compile the gates of a negotiation."""
    rules = tuple(Rule(id=gate.id, rule=gate.when) for gate in negotiation.gates)
    return Gates(negotiation.gates, rule_book(negotiation.issues, rules, tuple(role.name for role in negotiation.roles)))


def _undecided(gate: Gate, reading: RuleReading) -> Finding:
    return Finding(
        code="gate.undecided",
        kind="policy",
        severity="refuse",
        path="terms",
        words=gate.when,
        message=f"gate {gate.id!r} of {gate.wanted!r} cannot be decided ({reading.reason}); undecided means no",
    )
