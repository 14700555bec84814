"""How does a domain of the field get to this table? As a folder with its issues, parties and utilities, ready to be run."""

from __future__ import annotations

import re
from pathlib import Path

import click

from orchestrator.assembly import load_folder
from orchestrator.cli.printing import say, wrapped
from orchestrator.report.clean import clean
from orchestrator.report.figures import plural
from orchestrator.roles.domains import read_domain, write_folder
from orchestrator.roles.domains.domain import outcomes_of

__all__ = ["import_domain"]


@click.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The folder to make; by default one of the domain's name, in the working directory.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="FILE",
    help="The file in DIR of a party that takes part. Repeat for each; needed where there are more than two.",
)
@click.option(
    "--rounds", type=click.IntRange(1, 10_000), default=60, show_default=True, help="After how many rounds the talk ends."
)
def import_domain(folder: Path, *, into: Path | None, profiles: tuple[str, ...], rounds: int) -> int:
    """Make a negotiation from the domain in DIR: the XML files of Genius, or the JSON files of NegoLog.

    Issues are discrete or whole numbers, utilities are linear additive, and every outcome is worth to each party what it
    was worth there. What has no equal here, or had to be changed, is told line by line.
    """
    domain = read_domain(folder, profiles)
    target = into or Path(re.sub(r"[^A-Za-z0-9._-]+", "-", domain.name).strip("-.") or "domain")
    names = write_folder(domain, target, rounds=rounds, check=lambda made: load_folder(str(made)))
    count = len(domain.issues)
    roles = f"{', '.join(names.roles[:-1])} and {names.roles[-1]}"
    parts = f"{count} {plural(count, 'issue')}, {outcomes_of(domain):,} outcomes, roles {roles}"
    for line in wrapped(clean(f"Made {target}: {parts}."), later="  "):
        say(line)
    for remark in (*names.remarks, *(remark for profile in domain.profiles for remark in profile.remarks)):
        for line in wrapped(clean(remark), "- ", "  "):
            say(line)
    say(f"Run it: handfast run {target}")
    return 0
