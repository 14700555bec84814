"""Does `handfast import` make a folder that validates and runs, or say in a line why not and leave nothing behind?"""

from __future__ import annotations

import shutil

import pytest

from tests.cli.desk import Desk
from tests.roles.domains.sources import DOMAINS


@pytest.mark.parametrize("name", ["stall", "garden"])
def test_an_imported_domain_validates_and_agrees(name: str, desk: Desk) -> None:
    """A domain of either kind becomes a folder that is right and in which the default models agree."""
    made = desk.do("import", str(DOMAINS / name))
    assert (made.code, made.err, made.out.splitlines()[-1]) == (0, "", f"Run it: handfast run {name}")
    assert desk.do("validate", name).code == 0
    ran = desk.do("run", name, "--json", "--seed", "1")
    assert (ran.code, ran.json["status"]) == (0, "agreed")


def test_what_was_changed_is_told(desk: Desk) -> None:
    """The page counts issues and outcomes, and has a line for each name and each thing without an equal."""
    assert desk.do("import", str(DOMAINS / "stall"), "--into", "fair").out.splitlines() == [
        "Made fair: 3 issues, 102 outcomes, roles guild and weaver.",
        "- issue 'Market place' is called market_place here",
        "- issue 'in' is called issue_in here",
        "- guild: a discount factor of 0.9 has no equal here; utilities do not shrink with time",
        "- weaver: the weights sum to 4; each was divided by that",
        "Run it: handfast run fair",
    ]


def test_the_rounds_are_those_that_were_asked_for(desk: Desk) -> None:
    """`--rounds` is the length of the talk."""
    desk.do("import", str(DOMAINS / "garden"), "--rounds", "7")
    assert "stop: {rounds: 7, " in (desk.path / "garden" / "negotiation.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "says", "hint"),
    [
        (("nowhere",), "handfast: 'nowhere' is no folder", "hint: a folder with the XML of Genius"),
        (("gated",), "handfast: there is no domain in 'gated'", "hint: what is read is the XML of Genius"),
        (("domain", "--into", "gated"), "handfast: 'gated' is there already", "hint: choose another with --into"),
        (("domain",), "handfast: 'domain' is there already", "hint: choose another with --into"),
        (
            ("domain", "--profile", "x"),
            "handfast: there is no profile 'x' in 'domain'",
            "hint: there are profileA.json, profileB",
        ),
    ],
)
def test_what_cannot_be_imported_is_told(words: tuple[str, ...], says: str, hint: str, desk: Desk) -> None:
    """One line, one hint, exit code 2, and nothing new on the desk."""
    shutil.copytree(DOMAINS / "garden", desk.path / "domain")
    before = sorted(desk.path.rglob("*"))
    done = desk.do("import", *words)
    assert (done.code, done.out, done.err.splitlines()[0]) == (2, "", says)
    assert done.err.splitlines()[1].startswith(hint)
    assert sorted(desk.path.rglob("*")) == before
