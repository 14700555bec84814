"""Which commands has `handfast eval`? A table, so that asking for one loads no other."""

from __future__ import annotations

from importlib import import_module

import click

__all__ = ["COMMANDS", "LazyCommands", "evaluate"]

COMMANDS: dict[str, tuple[str, str]] = {
    "list": ("evals.cli.listing:listing", "List the suites, or the cases of one."),
    "run": ("evals.cli.running:running", "Run a suite, or go on with a run that was stopped."),
    "show": ("evals.cli.showing:showing", "Print a run again, or one of its cases with its transcript."),
    "report": ("evals.cli.reporting:reporting", "Write a run as one HTML page."),
    "export": ("evals.cli.exporting:exporting", "Write a run in the form of another tool."),
    "add": ("evals.cli.adding:adding", "Keep a session as a case."),
    "compare": ("evals.cli.comparing:comparing", "Say what changed between two runs, case by case."),
    "rescore": ("evals.cli.rescoring:rescoring", "Score a run again by the scorers of now."),
}
"""Where each command is, and its short help."""


class LazyCommands(click.Group):
    """Commands that are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a command, imported now; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found = getattr(import_module(module), name)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(name="eval", cls=LazyCommands, short_help="Run suites against mock models, or against real ones.")
def evaluate() -> None:
    """Ask with figures: is it safe, does it work, and who loses when models are unequal?

    A suite has cases; each is done so many epochs and scored; all is kept in a log of JSON Lines. Exit codes: 0 all goals
    reached, 1 a goal missed, 2 wrong usage, 3 cases failed or are missing, 130 interrupted (run it again with the same --log).
    """
