"""Which suites and cases are there? `eval list` prints them."""

from __future__ import annotations

import click

from evals.cli.options import given_option, options_of
from evals.cli.tables import print_rows
from evals.suites.registry import SUITES, load_suite, suite_names
from orchestrator.cli.options import json_option
from orchestrator.cli.printing import as_json, say, wrapped

__all__ = ["listing"]


@click.command(name="list")
@click.argument("suite", required=False)
@given_option
@json_option
def listing(suite: str | None, *, given: tuple[str, ...], as_object: bool) -> int:
    """List all suites, or the settings, metrics and cases of SUITE."""
    if suite is None:
        names = {name: SUITES.get(name) or load_suite(name).says for name in suite_names()}
        if as_object:
            say(as_json(names))
        else:
            print_rows([("suite", "what it asks"), *names.items()])
        return 0
    found = load_suite(suite)
    cases = found.cases(options_of(given))
    if as_object:
        say(as_json([case.model_dump(mode="json") for case in cases]))
        return 0
    say(f"{found.name}, version {found.version}")
    for line in wrapped(found.says):
        say(line)
    for name, says in found.settings.items():
        for line in wrapped(f"-T {name}=...  {says}", "  ", "    "):
            say(line)
    for metric in found.metrics:
        say(f"  {metric.name}: {metric.says} ({metric.better} is better)")
    for case in cases:
        say(case.id)
    return 0
