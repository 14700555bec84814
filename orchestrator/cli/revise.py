"""What if an approver would approve something else? The offer is denied, and the terms that they ask for go on the table."""

from __future__ import annotations

import click

from orchestrator.assembly import Place
from orchestrator.cli.handing import hand_and_tell
from orchestrator.cli.offered import agreed_to, checked, digest_option, offer_lines
from orchestrator.cli.options import journal_option, pairs_of
from orchestrator.cli.record import recorded
from orchestrator.cli.seat.values import NotMeant, allowed, read_value
from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.command import Revise
from orchestrator.messages.terms import Terms
from orchestrator.runtime.ruling import waiting_offer

__all__ = ["revise"]


@click.command
@click.argument("session")
@click.argument("terms", nargs=-1, required=True, metavar="TERM=VALUE...")
@click.option("--gate", required=True, metavar="ID", help="The gate at which the offer waits.")
@click.option("--by", required=True, metavar="NAME", help="Who asks for other terms: one of the gate's approvers.")
@digest_option
@click.option("--note", default="", metavar="TEXT", help="A reason, kept on record and told to all roles.")
@journal_option
def revise(session: str, terms: tuple[str, ...], *, gate: str, by: str, digest: str, note: str, journal: Place) -> int:
    """Deny the offer of SESSION that waits at a gate, and ask for other terms: TERM=VALUE for each that is to change.

    What is not named stays as it was offered. The terms stand as an offer of the approver's that all may accept; when
    the roles settle on exactly them while they stand, NAME has approved them. Terms that break a rule or a limit are
    refused at once, with every reason, and the offer goes on waiting. 'handfast resume SESSION' lets the talk go on.
    """
    with recorded(journal, session) as before:
        offer = waiting_offer(before.session, before.entries, gate, by)
        checked(offer, digest, gate)
        wanted = _with(before.session, offer.terms, terms)
        if not digest and not agreed_to(
            lambda: offer_lines(before, offer), f"Deny it as {by!r}, and ask for {' '.join(terms)}?"
        ):
            return 2
        command = Revise(
            session=before.session.id, gate=gate, by=by, offer=offer.id, digest=offer.digest, terms=wanted, note=note
        )
    return hand_and_tell(journal, command)


def _with(session: Session, terms: Terms, given: tuple[str, ...]) -> Terms:
    """Return the terms with those changed that are given. Raises UsageError for what no issue takes."""
    issues = {issue.name: issue for issue in session.agenda.issues}
    changed = {term.issue: term for term in terms}
    for name, words in pairs_of("TERM=VALUE", given, "TERM=VALUE").items():
        issue = next((issue for key, issue in issues.items() if key == name), None)
        if issue is None:
            raise UsageError(f"there is no issue {name!r}", hint=f"issues: {', '.join(issues)}")
        try:
            changed[issue.name] = read_value(issue, words)
        except NotMeant as error:
            raise UsageError(f"{name}: {error}", hint=f"it takes {allowed(issue)}") from error
    return tuple(changed[name] for name in issues if name in changed)
