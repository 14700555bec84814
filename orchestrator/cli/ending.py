"""How is the end of a session told? As one JSON object, or as the plan in words with what it is worth and the receipt."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from shlex import quote as quoted

from orchestrator.assembly import Place, read_journal
from orchestrator.cli.inbox import approver_lines, earlier_terms
from orchestrator.cli.offered import SHOWN
from orchestrator.cli.printing import as_json, say, terminal_width, wrapped
from orchestrator.cli.record import Record
from orchestrator.engine import Session
from orchestrator.messages.pattern import Approval
from orchestrator.messages.reasons import needs_reason
from orchestrator.report.context import use_lines, warnings
from orchestrator.report.measures.table import measure_of
from orchestrator.report.outcome import outcome
from orchestrator.report.printed import Json
from orchestrator.report.receipt import receipt, receipt_lines
from orchestrator.report.standing import Standing
from orchestrator.report.words import plan, why, worths

__all__ = ["ending", "ending_json", "print_ending", "windows"]

_INDENT = 15
"""Where the values of a receipt begin."""


def print_ending(record: Record, journal: Place, *, as_object: bool, eyes: Collection[str] | None = None) -> None:
    """Print the end of a session, or where it stands until it is resumed."""
    if as_object:
        say(as_json(ending_json(record)))
        return
    for line in ending(record, journal, eyes):
        say(line)


def ending_json(record: Record) -> dict[str, Json]:
    """Return the object that `--json` prints: the outcome with its receipt."""
    return {
        **outcome(record.session, record.entries),
        "receipt": receipt(record.session, record.entries, record.signature),
    }


def ending(record: Record, journal: Place, eyes: Collection[str] | None = None) -> Iterator[str]:
    """Yield the lines that tell a person how it ended and what to do next; what is private, of the roles in `eyes` alone."""
    session, stands = record.session, record.standing
    yield ""
    yield from wrapped(why(session, record.entries))
    terms = session.terms or (stands.offer.terms if stands.offer else ())
    if terms:
        yield ""
        yield "The plan" if session.terms else "The plan that waits"
        yield from (line for sentence in plan(session, terms) for line in wrapped(sentence, "  ", "    "))
        yield ""
        yield "What it is worth, from 0 to 1"
        yield from (f"  {line}" for line in worths(session, terms, eyes))
        if eyes is None and (used := windows(record)):
            yield ""
            yield from used
    if eyes is None and (measure := measure_of(session, record.entries)) is not None:
        yield ""
        yield "How it went"
        yield from (part for line in measure.lines() for part in wrapped(line, "  ", "    "))
    if eyes is None and isinstance(session.agenda.pattern_rules, Approval) and stands.offer is not None:
        yield ""
        yield from _approver(record, journal)
    if session.terms:
        yield ""
        yield "Receipt"
        for line in receipt_lines(session, record.entries, record.signature):
            yield from wrapped(line, "  ", " " * _INDENT, width=terminal_width(), breaking=True)
    yield ""
    yield "Next"
    yield from (f"  {line}" for line in _next_steps(session, stands, journal))


def _approver(record: Record, journal: Place) -> Iterator[str]:
    """Yield what the approver should see, compared with what was agreed before where the journal can be read."""
    with read_journal(journal) as reader:
        yield from approver_lines(record, earlier_terms(reader, record))


def windows(record: Record) -> list[str]:
    """Return the lines that tell whoever approves whose words filled whose window, and what to be wary of."""
    session = record.session
    offer = session.offer(session.settled)
    told = [*use_lines(session, record.entries), *(f"! {note}" for note in (warnings(session, offer) if offer else ()))]
    lines = [part for line in told for part in wrapped(line, "  ", "    ")]
    return ["Whose words were in whose window at its last prompt", *lines] if lines else []


def _next_steps(state: Session, stands: Standing, journal: Place) -> Iterator[str]:
    session = state.id
    where = "" if journal == Path("handfast.db") else f" --journal {quoted(str(journal))}"
    digest = f" --digest {stands.offer.digest[:SHOWN]}" if stands.offer else ""
    for gate in stands.gates:
        note = " --note TEXT" if needs_reason(state.agenda, gate.id) else ""
        yield f"handfast approve {session} --gate {gate.id} --by {quoted(gate.approver)}{digest}{note}{where}"
    if stands.froze is not None and stands.froze.breaker == "hand_over":
        yield f"handfast resume {session} --seat {stands.froze.role}={quoted(f'human:{stands.froze.person}')}{where}"
    if stands.froze is not None:
        yield f"handfast unfreeze {session} --by {quoted(stands.froze.person)} --note TEXT{where}"
    if stands.status == "stopped":
        yield f"handfast resume {session} --spend WHAT=MOST{where}"
    if stands.seat is not None:
        yield f"handfast resume {session} --seat {stands.seat}=human{where}"
    elif stands.status in ("waiting", "interrupted"):
        yield f"handfast resume {session}{where}"
    else:
        yield f"handfast show {session}{where}"
