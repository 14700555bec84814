"""What did the auctions of a journal bring, and is anything unusual in their bids? A list, then findings with evidence."""

from __future__ import annotations

from collections.abc import Iterator

import click

from orchestrator.analysis.auctions import Anomaly, Bidding, anomalies, bidding_of
from orchestrator.assembly import Place, read_journal
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, wrapped
from orchestrator.messages.journal import Journal
from orchestrator.report.auction import anomaly_json, anomaly_lines, bidding_json, brought_line, total_line
from orchestrator.report.clean import clean
from orchestrator.runtime.record import entries_of

__all__ = ["auctions"]


@click.command
@click.option("--name", help="Look at auctions of this negotiation only.")
@journal_option
@json_option
def auctions(*, name: str | None, journal: Place, as_object: bool) -> int:
    """List the auctions of a journal that are over, what each brought, and what is unusual in their bids, with these bids.

    Shills, rings, copied bids and sniping show over many auctions of one host more than in one. A finding says how often
    honest bidders would look like that. It is for people to judge, and changes no award: the exit code is 0.
    """
    with read_journal(journal) as reader:
        held = tuple(bidding for bidding in _held(reader) if name in (None, bidding.name))
    found = anomalies(held)
    if as_object:
        listed = [bidding_json(bidding) for bidding in held]
        say(as_json({"auctions": listed, "findings": [anomaly_json(anomaly) for anomaly in found]}))
        return 0
    for line in _lines(held, found):
        say(line)
    return 0


def _held(journal: Journal) -> Iterator[Bidding]:
    """Yield the auctions of a journal that are over, the oldest first: bids of others are sealed."""
    for summary in reversed(journal.summaries()):
        if summary.state in ("agreed", "no_agreement"):
            bidding = bidding_of(entries_of(journal, summary.id))
            if bidding is not None:
                yield bidding


def _lines(held: tuple[Bidding, ...], found: tuple[Anomaly, ...]) -> Iterator[str]:
    if not held:
        yield "This journal holds no auctions that are over."
        return
    for bidding in held:
        form = f"{bidding.auction.form.replace('_', ' ')}{', reverse' if bidding.auction.reverse else ''}"
        yield from wrapped(f"{clean(bidding.session)} ({form}): {brought_line(bidding)}", "", "    ")
    yield ""
    yield total_line(held)
    yield ""
    if not found:
        yield from wrapped("Nothing unusual in the bids. Rings and shills show over a dozen auctions and more, not in a few.")
    for anomaly in found:
        for line in anomaly_lines(anomaly):
            yield from wrapped(line, "", "    ")
