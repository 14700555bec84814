"""What if an approver wants to know something first? A role is asked, its answer comes back, and the offer waits on."""

from __future__ import annotations

import asyncio

import click

from orchestrator.assembly import Place, means_for, open_journal
from orchestrator.cli.handing import hand, refused
from orchestrator.cli.options import journal_option
from orchestrator.cli.printing import say, wrapped
from orchestrator.cli.record import recorded
from orchestrator.errors import Unwritable
from orchestrator.messages.command import Query
from orchestrator.messages.question import Explained
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.report.clean import clean
from orchestrator.runtime.burst import burst
from orchestrator.runtime.ruling import waiting_offer

__all__ = ["ask"]


@click.command
@click.argument("session")
@click.argument("question")
@click.option("--gate", required=True, metavar="ID", help="The gate at which the offer waits.")
@click.option("--by", required=True, metavar="NAME", help="Who asks: one of the gate's approvers.")
@click.option("--to", metavar="ROLE", help="Who is asked; without it, whose offer it is.")
@journal_option
def ask(session: str, question: str, *, gate: str, by: str, to: str | None, journal: Place) -> int:
    """Ask a role about the offer of SESSION that waits at a gate, before deciding.

    The role's model answers once, in words that all guards judge and only the approver reads; nothing in them binds. The
    offer goes on waiting, and so does its deadline. The inbox keeps questions and answers.
    """
    with recorded(journal, session) as before:
        waiting_offer(before.session, before.entries, gate, by)
        meant = before.session.id
    (answered,) = hand(journal, Query(session=meant, gate=gate, by=by, question=question, to=RoleName(to) if to else None))
    if code := refused(answered):
        return code
    try:
        asyncio.run(_driven(journal, meant))
    except Unwritable:
        say(answered.says)
        say("The answer comes into the inbox: whoever holds the journal asks for it.")
        return 0
    with recorded(journal, meant) as after:
        events = [event for entry in after.entries for event in entry.events if isinstance(event, Explained)]
    last = events[-1]
    text = f'{last.role} answers: "{clean(last.text, 4_000)}"' if last.text else f"{last.role} does not answer: {last.why}."
    for line in wrapped(text):
        say(line)
    return 0


async def _driven(journal: Place, session: SessionId) -> None:
    async with open_journal(journal) as held:
        await burst(session, held.journal, means_for(held))
