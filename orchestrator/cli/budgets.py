"""How do the pots stand that negotiations share? Shown, given other sizes, and audited."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.assembly import Place, load_pots, read_journal
from orchestrator.cli.exits import CHECK_FAILED
from orchestrator.cli.handing import hand, refused
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, complain, fitted, say, terminal_width
from orchestrator.messages.command import SizePots
from orchestrator.report.clean import clean
from orchestrator.report.figures import plural
from orchestrator.report.pots import filled, pot_json, pot_lines
from orchestrator.runtime.potbook import audit as audited

__all__ = ["apply", "audit", "budgets"]

_WIDEST = 100


@click.group(invoke_without_command=True)
@journal_option
@json_option
@click.pass_context
def budgets(context: click.Context, *, journal: Place, as_object: bool) -> int:
    """Show the pots that the sessions of a journal share: how large each is, and what is committed, reserved and free.

    In the bar, '#' is committed by agreements, '+' reserved by offers that stand, '.' free.
    """
    if context.invoked_subcommand is not None:
        context.obj = journal
        return 0
    with read_journal(journal) as reader:
        pots = filled(reader.stocks(), reader.holdings())
    if as_object:
        say(as_json([pot_json(each) for each in pots]))
        return 0
    width = min(_WIDEST, terminal_width())
    for place, each in enumerate(pots):
        if place:
            say()
        for line in pot_lines(each, width):
            for part in fitted(line, width):
                say(part)
    if not pots:
        say("This journal knows no pots yet: the first session that draws on one brings it, or 'handfast budgets apply' does.")
    return 0


@budgets.command
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", required=True, metavar="NAME", help="Who puts it into force; kept on record.")
@journal_option
def apply(file: Path, *, by: str, journal: Place) -> int:
    """Put the sizes of a budget FILE into force, in one signed entry of the journal's book of pots.

    A pot cannot be made smaller than what is reserved and committed of it: then nothing changes, and it is told who holds it.
    """
    command = SizePots(pots=load_pots(file), file=file.name, by=by)
    (answered,) = hand(journal, command)
    if code := refused(answered):
        return code
    say(answered.says)
    return 0


@budgets.command
@journal_option
def audit(*, journal: Place) -> int:
    """Fold all sessions again and compare what they hold with the ledger. Exits with 1 where a figure differs.

    'handfast verify --all' checks besides that no entry was changed, and that each was decided by its rules.
    """
    with read_journal(journal) as reader:
        found = audited(reader)
        pots, held = len(reader.stocks()), sum(1 for each in reader.holdings() if each.held)
    for each in found:
        complain(f"handfast: {clean(str(each), 400)}")
    if found:
        complain("hint: restore the journal from a copy whose audit holds")
        return CHECK_FAILED
    say(f"{pots} {plural(pots, 'pot')}, {held} {plural(held, 'holding')}: the ledger is what the entries say")
    return 0
