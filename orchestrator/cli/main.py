"""What does the command `handfast` do first? It finds the command, runs it, and turns what went wrong into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

import click

from orchestrator import __version__
from orchestrator.cli.exits import report_failure
from orchestrator.cli.neighbours import check_neighbours

__all__ = ["COMMANDS", "GROUP", "LazyGroup", "handfast", "main"]

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("orchestrator.cli.run:run", "Negotiate until there is an agreement, or a reason why there is none."),
    "worker": ("orchestrator.cli.worker:worker", "Drive the sessions of a queue, on as many machines as wanted."),
    "resume": ("orchestrator.cli.resume:resume", "Go on with a session, or print again how it ended."),
    "amend": ("orchestrator.cli.amend:amend", "Reopen an agreement as a new session that supersedes it."),
    "fact": ("orchestrator.cli.fact:fact", "Tell what has changed: offers fall, agreements whose trigger fires are reopened."),
    "triggers": ("orchestrator.cli.triggers:triggers", "Reopen agreements for which a date has come, or list what may."),
    "history": ("orchestrator.cli.history:history", "Show how an agreement became what it is, from the first to the newest."),
    "serve": ("orchestrator.cli.serve:serve", "Drive all sessions of a journal, and take what others hand over."),
    "submit": ("orchestrator.cli.submit:submit", "Open sessions for the server of a journal to drive."),
    "cancel": ("orchestrator.cli.cancel:cancel", "Call a session off: it ends without agreement."),
    "sessions": ("orchestrator.cli.sessions:sessions", "List the sessions of a journal, newest first."),
    "show": ("orchestrator.cli.show:show", "Print what happened in a session, move by move."),
    "inbox": ("orchestrator.cli.inbox:inbox", "List what waits for a person, or show what an approver should see."),
    "approve": ("orchestrator.cli.ruling:approve", "Approve, as a gate's approver, the offer that waits there."),
    "deny": ("orchestrator.cli.ruling:deny", "Deny, as a gate's approver, the offer that waits there."),
    "revise": ("orchestrator.cli.revise:revise", "Deny the offer that waits, and ask for other terms in its place."),
    "ask": ("orchestrator.cli.ask:ask", "Ask a role about the offer that waits, before deciding."),
    "approvals": ("orchestrator.cli.approvals:approvals", "List, or take back, what was approved for sessions to come."),
    "unfreeze": ("orchestrator.cli.unfreeze:unfreeze", "Let a frozen session go on, or end it, as the person it waits for."),
    "receipt": ("orchestrator.cli.receipt:receipt", "Print what proves an agreement."),
    "report": ("orchestrator.cli.report:report", "Print whose words filled whose window, or draw it as a chart."),
    "budgets": ("orchestrator.cli.budgets:budgets", "Show, size and audit the pots that sessions share."),
    "analyse": (
        "orchestrator.cli.analyse:analyse",
        "Weigh a deal, or what could be agreed: the front, fair points, what was left.",
    ),
    "auctions": ("orchestrator.cli.auctions:auctions", "List what auctions brought, and what is unusual in their bids."),
    "verify": ("orchestrator.cli.verify:verify", "Check that a record is as it was written, and was decided by its rules."),
    "replay": ("orchestrator.cli.replay:replay", "Decide a session again without a model, also under other rules."),
    "migrate": (
        "orchestrator.cli.migrate:migrate_journal",
        "Copy a journal between a file and a database, checked on both sides.",
    ),
    "init": ("orchestrator.cli.files:init", "Make the files of a new negotiation."),
    "validate": ("orchestrator.cli.files:validate", "Find every mistake in the files of negotiations."),
    "feasible": ("orchestrator.cli.feasible:feasible", "Tell whether any agreement is possible, before a token is spent."),
    "check": ("orchestrator.cli.check:check", "Judge labelled drafts with the guards of a run, and print how well they did."),
    "schema": ("orchestrator.cli.files:schema", "Print the JSON Schema of negotiation.yaml, for editors."),
    "import": ("orchestrator.cli.importing:import_domain", "Make a negotiation from a domain of Genius or NegoLog."),
    "mechanisms": ("orchestrator.cli.mechanisms:mechanisms", "Show what each way to trade gives up, in one market."),
}
"""Where each command is, and its short help, so that `handfast --help` loads none of them."""

GROUP = "handfast.commands"
"""The entry point group by which other parts add commands."""

_OWN = {"eval": "Run suites of cases against mock models or real ones, and compare runs."}
"""What is added by handfast itself."""


class LazyGroup(click.Group):
    """Commands that are imported when they are used, and listed without."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the table, then those of entry points."""
        return [*COMMANDS, *sorted(set(_added()) - set(COMMANDS))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a command, imported now; None where there is none of that name."""
        if cmd_name in COMMANDS:
            module, _, name = COMMANDS[cmd_name][0].partition(":")
            found = getattr(import_module(module), name)
        else:
            added = _added().get(cmd_name)
            found = added.load() if added else None
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table."""
        rows = [(name, COMMANDS[name][1] if name in COMMANDS else _origin(name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="handfast %(version)s")
@click.option(
    "--debug", is_flag=True, expose_value=False, help="Show the traceback of an error. May stand after a command too."
)
@click.option(
    "--notify",
    envvar="HANDFAST_NOTIFY",
    metavar="COMMAND",
    help="Run COMMAND with each notice to approvers as JSON on its standard input. Before the command's name.",
)
def handfast(notify: str | None) -> None:
    """LLM agents that keep their word.

    Agents with roles negotiate a plan. Models write; code decides what counts. 'handfast run campaign' shows it at once.

    Exit codes: 0 done and good, 1 a check failed, 2 wrong usage or files, 3 no agreement, 4 hopeless by its own rules,
    5 waits for a person, 6 the world failed (resume later), 130 interrupted (resume later).
    """
    if notify:
        os.environ["HANDFAST_NOTIFY"] = notify


def main(args: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    words = list(sys.argv[1:] if args is None else args)
    end = words.index("--") if "--" in words else len(words)
    debug = "--debug" in words[:end]
    words = [word for word in words[:end] if word != "--debug"] + words[end:]
    try:
        check_neighbours()
        code = handfast.main(args=words, prog_name="handfast", standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the last door: whatever comes out becomes an exit code
        code = report_failure(error, debug=debug)
    sys.exit(code if isinstance(code, int) else 0)


def _added() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def _origin(name: str) -> str:
    point = _added()[name]
    if point.dist and point.dist.name == "handfast" and name in _OWN:
        return _OWN[name]
    return f"Added by {point.dist.name}." if point.dist else "Added by another part."
