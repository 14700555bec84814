"""How does a person approve or deny? By name, at one gate, about exactly the offer that waits there and was shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from orchestrator.assembly import Place
from orchestrator.cli.allowing import Given, allow, standing_options
from orchestrator.cli.ending import windows
from orchestrator.cli.handing import hand_and_tell
from orchestrator.cli.offered import agreed_to, checked, digest_option, offer_lines
from orchestrator.cli.options import journal_option
from orchestrator.cli.printing import say
from orchestrator.cli.record import Record, recorded
from orchestrator.messages.command import Rule
from orchestrator.messages.value import Digest, OfferId
from orchestrator.runtime.ruling import waiting_offer

__all__ = ["approve", "deny"]

F = TypeVar("F", bound=Callable[..., Any])


def _ruling_options(command: F) -> F:
    for option in (
        journal_option,
        click.option("--note", default="", metavar="TEXT", help="A reason, kept on record; all roles are told of a denial's."),
        digest_option,
        click.option("--by", required=True, metavar="NAME", help="Who rules: one of the gate's approvers."),
        click.option("--gate", required=True, metavar="ID", help="The gate to rule on."),
    ):
        command = option(command)
    return command


@click.command
@click.argument("session", required=False)
@_ruling_options
@standing_options
def approve(
    session: str | None, *, gate: str, by: str, digest: str, note: str, journal: Place, standing: bool, given: Given
) -> int:
    """Approve the offer of SESSION that waits at a gate. The last approval makes it the agreement.

    The approval is of exactly these terms, by their digest: --digest names the one that was read, and another is refused.
    At a terminal, without it, the offer is shown first and asked about. With --standing and without a SESSION, approve
    beforehand what later sessions will agree on: where --when is true of it, until --until, at most --uses times.
    """
    if standing:
        if session is not None or digest:
            raise click.UsageError("--standing is for sessions to come, and takes no SESSION and no --digest")
        return allow(journal, gate, by, note, given)
    if session is None:
        raise click.UsageError("give a SESSION, or --standing with --when and --until")
    if given != Given():
        raise click.UsageError("--when, --until, --negotiation and --uses belong to --standing")
    return _rule(journal, session, _Word(gate=gate, by=by, digest=digest, note=note, approved=True))


@click.command
@click.argument("session")
@_ruling_options
def deny(session: str, *, gate: str, by: str, digest: str, note: str, journal: Place) -> int:
    """Deny the offer of SESSION that waits at a gate. It falls; 'handfast resume SESSION' lets the talk go on.

    The denial is of exactly these terms, as an approval is. 'handfast revise' denies them and asks for others.
    """
    return _rule(journal, session, _Word(gate=gate, by=by, digest=digest, note=note, approved=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What a person says."""

    gate: str
    by: str
    digest: str
    note: str
    approved: bool


def _rule(journal: Place, words: str, word: _Word) -> int:
    with recorded(journal, words) as before:
        rule = _shown(before, word)
    if rule is None:
        return 2
    return hand_and_tell(journal, rule)


def _shown(record: Record, word: _Word) -> Rule | None:
    """Show what waits and whose words were in whose window, and return the word about exactly that offer.

    None where the person, asked at a terminal, thinks better of it. Where it was given already, return it as it was given.
    Raises UsageError where nothing waits, or another offer than the one that was named.
    """
    session, gate, by, approved = record.session, word.gate, word.by, word.approved

    def about(offer: OfferId, digest: Digest) -> Rule:
        return Rule(session=session.id, gate=gate, by=by, approved=approved, offer=offer, digest=digest, note=word.note)

    given = next((ruling for ruling in reversed(session.rulings) if (ruling.gate, ruling.by) == (gate, by)), None)
    waits = any(gate == left.id and by in left.people for left in record.standing.gates)
    if given is not None and given.approved == approved and not waits and given.digest.startswith(word.digest.lower()):
        return about(given.offer, given.digest)
    offer = waiting_offer(session, record.entries, gate, by)
    checked(offer, word.digest, gate)
    if told := windows(record):
        for line in (*told, ""):
            say(line)
    question = f"{'Approve' if approved else 'Deny'} exactly these terms at gate {gate!r} as {by!r}?"
    if not word.digest and not agreed_to(lambda: offer_lines(record, offer), question):
        return None
    return about(offer.id, offer.digest)
