"""Which pages are made from the code? Commands, the schema for editors, and what commands print.

`python -m tests.generate` writes them anew; the tests compare them with the code.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import click
from click.testing import CliRunner

from orchestrator.cli.main import COMMANDS, handfast
from orchestrator.roles.schema import SCHEMA_FILE, schema_text
from tests.pages import DATABASE, PAGES, ROOT, Command, Terminal, blocks_of, commands_of, missing_lines, shown_again
from tests.postgres import own_server

__all__ = ["MADE", "commands_page"]

_COMMANDS = """\
# What can the command line do?

This page is made from the help texts of the commands by `make docs`.

{parts}"""


def commands_page() -> str:
    """Return the page with the help text of every command."""
    names = ["", *COMMANDS]
    return _COMMANDS.format(parts="\n".join(f"## `handfast{' ' * bool(name)}{name}`\n\n{_help(name)}" for name in names))


MADE: dict[Path, Callable[[], str]] = {
    ROOT / "docs" / "reference" / "commands.md": commands_page,
    ROOT / "prompts" / SCHEMA_FILE: schema_text,
}


def _help(name: str) -> str:
    text = _output([*name.split(), "--help"])
    return "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines())


def _output(arguments: list[str]) -> str:
    result = CliRunner().invoke(handfast, arguments, prog_name="handfast", terminal_width=120, max_content_width=120)
    if result.exit_code:
        raise click.ClickException(f"{arguments}: {result.output}")
    return result.output


def _refresh(page: Path) -> None:
    """Write anew what the commands of a page print, where the page shows it whole."""
    text = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        terminal = Terminal(folder=Path(folder))
        if DATABASE in text:
            server = stack.enter_context(own_server(Path(folder)))
            terminal.database = str(stack.enter_context(server.fresh_place()))
        for command in _commands(page):
            done = terminal.run(command)
            output = done.stdout + done.stderr
            if missing_lines(command, output):
                text = shown_again(text, command, output)
    page.write_text(text, "utf-8")


def _commands(page: Path) -> Iterator[Command]:
    for block in blocks_of(page):
        if block.language == "console":
            yield from commands_of(block)


if __name__ == "__main__":
    for place, make in MADE.items():
        place.write_text(make(), "utf-8")
    if "--outputs" in sys.argv:
        for shown in PAGES:
            _refresh(shown)
