"""What does the journal say after all the killing? Every session, every call and every unit of the pot, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from evals.crash.openings import talk_of
from evals.crash.service import Service
from evals.crash.talk import POT
from orchestrator.assembly import check_heads, rules_for
from orchestrator.errors import ChainBroken, Drift
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Ledger
from orchestrator.messages.reply import Interrupted, Requested, Written
from orchestrator.messages.terms import Number
from orchestrator.messages.value import SessionId
from orchestrator.runtime.record import redecide

__all__ = ["Count", "check_pot", "count_all"]

_MODEL = "openai:"


@dataclass(slots=True, kw_only=True)
class Count:
    """What was found."""

    ends: Counter[str] = field(default_factory=Counter[str])
    entries: int = 0
    answers: int = 0
    """Answers of the service that are on record."""
    lost: int = 0
    """Requests on record whose answer a dead worker took with it."""
    pots: list[str] = field(default_factory=list[str])
    """What the pots say, a line each."""
    hours: int = 0
    """Units of the pot that the agreements take, added up from their terms."""
    flaws: list[str] = field(default_factory=list[str])
    """Whatever should not be so, a line each."""


def count_all(journal: Journal, sessions: int, service: Service) -> Count:
    """Return what a journal holds of so many talks, and everything that is wrong with it."""
    count = Count()
    summaries = journal.summaries()
    if len(summaries) != sessions:
        count.flaws.append(f"{len(summaries)} sessions of {sessions}")
    for summary in summaries:
        _add(count, journal, summary.id, service)
    return count


def check_pot(count: Count, ledger: Ledger, size: int) -> None:
    """Compare what the ledger says of the pot with its size, and with what the agreements take by their own terms."""
    held = ledger.holdings(POT)
    committed, reserved = sum(each.committed for each in held), sum(each.reserved for each in held)
    count.pots.append(f"{committed:,} of {size:,} hours committed, {reserved:,} reserved; the agreements take {count.hours:,}")
    if committed != count.hours:
        count.flaws.append(f"the ledger has {committed:,} hours committed, the agreements take {count.hours:,}")
    if reserved:
        count.flaws.append(f"{reserved:,} hours are reserved although all is over")
    if committed + reserved > size:
        count.flaws.append(f"{committed + reserved:,} hours are held of {size:,}")


def _add(count: Count, journal: Journal, session: SessionId, service: Service) -> None:
    rows = journal.rows(session)
    try:
        entries = check_heads(rows).entries
        over = redecide(entries, rules_for)
    except (ChainBroken, Drift) as broken:
        count.flaws.append(broken.message)
        return
    places = [row.seq for row in rows]
    if places != list(range(len(rows))):
        count.flaws.append(f"{session}: entries {places}")
    count.entries += len(rows)
    count.ends[over.status or over.phase] += 1
    if over.status is None:
        count.flaws.append(f"{session}: did not end")
    if over.status == "agreed":
        count.hours += sum(int(term.value) for term in over.terms if isinstance(term, Number) and term.issue == "hours")
    _calls(count, session, entries, service)


def _calls(count: Count, session: SessionId, entries: tuple[Entry, ...], service: Service) -> None:
    """Compare the calls that the service heard of with the answers and the lost requests on record."""
    answers = sum(isinstance(entry.reply, Written) and entry.reply.model.startswith(_MODEL) for entry in entries)
    lost = sum(
        isinstance(entry.reply, Interrupted) and isinstance(before.reply, Requested) for before, entry in pairwise(entries)
    )
    asked = service.asked_in(talk_of(session))
    count.answers += answers
    count.lost += lost
    if not answers <= asked <= answers + lost:
        count.flaws.append(f"{session}: {asked} calls were made for {answers} answers and {lost} lost requests")
