"""How are the files of a negotiation made and checked from the command line?"""

from __future__ import annotations

import json

from orchestrator.roles.schema import schema_text
from tests.cli.desk import Desk


def test_right_files_are_met_with_silence(desk: Desk) -> None:
    """`validate` says nothing about files that are right."""
    done = desk.do("validate", "campaign", "procurement", "cloud", "gated")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_all_mistakes_of_all_files_are_told_at_once(desk: Desk) -> None:
    """Every mistake is a line with file, line, key and what was expected; the exit code is 2."""
    file = desk.path / "gated" / "negotiation.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("volume > 0.0", "volum > 0.0").replace("rounds: 30", "rounds: -1"), "utf-8")
    done = desk.do("validate", "gated", "campaign", "gated")
    lines = done.err.splitlines()
    assert (done.code, done.out) == (2, "")
    assert lines[-1] == "hint: mend the files, then run 'handfast validate PATH' until it is silent"
    assert len(lines) == 5
    assert [line for line in lines[:-1] if not line.startswith("handfast: gated")] == []


def test_a_made_negotiation_is_valid_and_runs(desk: Desk) -> None:
    """`init` makes files that are right and agree at once, and does not write over what is there."""
    made = desk.do("init", "mine")
    assert (made.code, made.err) == (0, "")
    assert made.out.splitlines()[-1] == "Run it: handfast run mine"
    assert desk.do("validate", "mine").err == ""
    assert desk.do("run", "mine", "--json").code == 0
    assert desk.do("init", "mine").code == 2


def test_a_negotiation_can_be_made_elsewhere(desk: Desk) -> None:
    """`--in` names the folder to make it in."""
    made = desk.do("init", "mine", "--in", "plans")
    assert made.code == 0
    assert (desk.path / "plans" / "mine" / "negotiation.yaml").exists()


def test_the_schema_is_printed_as_it_is_shipped(desk: Desk) -> None:
    """`schema` prints the JSON Schema, the same text as the shipped file."""
    done = desk.do("schema")
    assert (done.code, done.out) == (0, schema_text())
    assert json.loads(done.out)["title"] == "A negotiation"
