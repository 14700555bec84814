"""Which gates would these terms reach? What a strategy is told, so that it can keep away from those it can do without."""

from __future__ import annotations

from guards.gates import gate_book
from orchestrator.messages.gates import GateBook, ReadsRecords
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Terms
from orchestrator.messages.trackrecord import TrackRecord, record_values
from orchestrator.models.strategy import Reaches

__all__ = ["reaches_of"]


def reaches_of(negotiation: Negotiation) -> Reaches:
    """Return what says which gates terms reach; a gate that everything passes is no reason to prefer other terms."""
    kept = negotiation.model_copy(update={"gates": tuple(gate for gate in negotiation.gates if gate.when != "true")})
    gates = _unstained(gate_book(kept), negotiation)

    def reaches(terms: Terms) -> frozenset[str]:
        reading = gates(terms)
        # A gate that cannot be decided refuses, so such terms are kept away from as far as can be.
        return frozenset(gate.id for gate in (negotiation.gates if reading.findings else reading.reached))

    return reaches


def _unstained(book: GateBook, negotiation: Negotiation) -> GateBook:
    """Return a gate book as it reads where nobody has done anything yet: a strategy looks ahead without a record."""
    records = (TrackRecord(role=role.name) for role in negotiation.roles)
    return book.given(record_values(records, negotiation.roles[0].name)) if isinstance(book, ReadsRecords) else book
