"""Which offer does a person mean who rules on one? The one whose digest they name, or that they are shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator

import click

from orchestrator.cli.printing import say, wrapped
from orchestrator.cli.record import Record
from orchestrator.errors import UsageError
from orchestrator.messages.move import Offer
from orchestrator.report.figures import short_id
from orchestrator.report.words import plan

__all__ = ["SHOWN", "agreed_to", "checked", "digest_option", "offer_lines"]

SHOWN = 12
"""Digits of a digest that commands print: enough that no two offers of a session share them by chance."""
_LEAST = 6

digest_option = click.option(
    "--digest",
    default="",
    metavar="PREFIX",
    help="The beginning of the digest of the terms that were read; any other offer is refused. For scripts and links.",
)


def checked(offer: Offer, digest: str, gate: str) -> None:
    """Raise UsageError where a digest is named and is not that of the offer that waits."""
    if not digest:
        return
    if len(digest) < _LEAST:
        raise UsageError(f"--digest {digest!r} is too short to mean one offer", hint=f"give {_LEAST} digits or more")
    if not offer.digest.startswith(digest.lower()):
        raise UsageError(
            f"the offer has moved: {offer.digest[:SHOWN]} waits at gate {gate!r}, and not {digest}",
            hint="read it anew: 'handfast inbox SESSION' shows it",
        )


def offer_lines(record: Record, offer: Offer) -> Iterator[str]:
    """Yield the terms of an offer for whoever is asked about them."""
    yield f"Offer {short_id(offer.id)}, digest {offer.digest[:SHOWN]}"
    for sentence in plan(record.session, offer.terms):
        yield from wrapped(sentence, "  ", "    ")


def agreed_to(lines: Callable[[], Iterable[str]], question: str) -> bool:
    """Show lines and ask, where somebody sits at a terminal; where nobody does, the word was given with the command."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    for line in lines():
        say(line)
    say()
    if click.confirm(question, default=False):
        return True
    say("Nothing is changed.")
    return False
