"""How are the files of a negotiation made and checked? `init`, `validate` and `schema`."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.assembly import load_folder
from orchestrator.cli.printing import say
from orchestrator.errors import ConfigError, Mistake
from orchestrator.roles.create import create
from orchestrator.roles.schema import schema_text

__all__ = ["init", "schema", "validate"]


@click.command
@click.argument("name")
@click.option(
    "--in",
    "into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Where to make it; the working directory by default.",
)
def init(name: str, *, into: Path) -> int:
    """Make a folder NAME with a negotiation.yaml and a prompt for each role: small, valid, and ready to be changed."""
    made = create(name, into)
    for path in sorted(made.iterdir()):
        say(str(path))
    say(f"Run it: handfast run {made}")
    return 0


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def validate(paths: tuple[str, ...]) -> int:
    """Check the files of each PATH: silent where they are right, else every mistake with file, line, key and what was expected.

    Unknown keys, misspelt issues in a rule, rules that can never be decided, weights that don't sum to 1, gates without
    an approver, prompts that don't fit their window: all at once, with exit code 2.
    """
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            load_folder(path)
        except ConfigError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return 0


@click.command
def schema() -> int:
    """Print the JSON Schema of negotiation.yaml, so that an editor completes and checks as you write."""
    say(schema_text().rstrip("\n"))
    return 0
