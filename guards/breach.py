"""Which rules do terms not keep, and how is that said? Broken, failed, or undecided where all is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guards.boundterms import Meant
from guards.cel import CompiledRule, RuleBook, RuleReading
from orchestrator.messages.finding import Finding, Kind
from orchestrator.messages.terms import spoken

__all__ = ["Wording", "breaches"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How findings about one kind of rule are coded and called."""

    kind: Kind
    broken: str
    undecided: str
    called: str
    """`policy`, or `your own limit`."""


def breaches(book: RuleBook, meant: Meant, wording: Wording, records: Mapping[str, float] | None = None) -> Iterator[Finding]:
    """Yield a finding for each rule that the terms do not keep; open issues excuse only while there are some."""
    readings = book.read(meant.terms, records)
    if readings is book.all_hold:
        return
    is_complete = {issue.name for issue in book.issues} <= {term.issue for term in meant.terms}
    for rule, reading in zip(book.compiled, readings, strict=True):
        if reading.answer == "broken":
            yield _broken(rule, meant, wording, records or {})
        elif reading.answer == "error" or (reading.answer == "undecided" and is_complete):
            yield _undecided(reading, meant, wording)


def _broken(compiled: CompiledRule, meant: Meant, wording: Wording, records: Mapping[str, float]) -> Finding:
    rule = compiled.rule
    named = tuple(term for term in meant.terms if term.issue in compiled.names)
    counted = (f"{name} {records[name]:g}" for name in sorted(compiled.counts))
    said = ", ".join((*(f"{term.issue} {spoken(term)}" for term in named), *counted))
    why = f" ({rule.why})" if rule.why else ""
    return Finding(
        code=wording.broken,
        kind=wording.kind,
        severity="refuse",
        path=meant.at(named[0].issue) if len(named) == 1 else meant.path,
        words=said,
        message=f"{meant.called} has {said}, which breaks {wording.called} {rule.id!r}{why}",
        allowed=rule.rule,
    )


def _undecided(reading: RuleReading, meant: Meant, wording: Wording) -> Finding:
    rule = reading.rule
    return Finding(
        code=wording.undecided,
        kind=wording.kind,
        severity="refuse",
        path=meant.path,
        message=f"{wording.called} {rule.id!r} cannot be decided for {meant.called}: {reading.reason}; undecided means no",
        allowed=rule.rule,
    )
