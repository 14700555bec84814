"""Are mistakes in what a negotiation takes of shared pots found, with file, line and key?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from orchestrator.assembly import load_pots, load_scenario
from orchestrator.errors import ConfigError
from orchestrator.messages.pot import Budgets, Pot, Take

_POTS = """\
pots:
  - {name: media, title: media money, unit: EUR, size: 90000, why: plan}
  - {name: studio, title: studio hours, unit: hour, size: 300, step: 1}
"""
_TALK = """\
name: spring
title: The spring flight
pattern: concession
issues:
  spend: {kind: number, unit: EUR, min: 0, max: 80000, step: 1000}
  hours: {kind: number, unit: hour, min: 0, max: 240, step: 10}
  colour: {kind: choice, options: [red, blue]}
roles:
  brand: {prompt: brand.md}
  agency: {prompt: agency.md}
stop: {rounds: 12}
budgets:
  file: budgets.yaml
  takes:
    - {pot: media, amount: spend + 100}
    - {pot: studio, amount: 'colour == "red" ? hours : 0'}
"""


def _written(folder: Path, talk: str = _TALK, pots: str | None = _POTS) -> Path:
    if pots is not None:
        (folder / "budgets.yaml").write_text(pots, "utf-8")
    (folder / "spring.yaml").write_text(talk, "utf-8")
    return folder / "spring.yaml"


def _mistakes(load: Path, folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_scenario(load)
    return [str(mistake).removeprefix(f"{folder}/") for mistake in caught.value.mistakes]


def test_what_a_negotiation_draws_on(tmp_path: Path) -> None:
    """The pots that are named, as their file has them, and their amounts; other pots of the file are left out."""
    more = f"{_POTS}  - {{name: other, title: of others, size: 1}}\n"
    assert load_scenario(_written(tmp_path, pots=more)).budgets == Budgets(
        file="budgets.yaml",
        pots=(
            Pot(name="media", title="media money", unit="EUR", size=Decimal(90000), why="plan"),
            Pot(name="studio", title="studio hours", unit="hour", size=Decimal(300), step=Decimal(1)),
        ),
        takes=(Take(pot="media", amount="spend + 100"), Take(pot="studio", amount='colour == "red" ? hours : 0')),
    )


@pytest.mark.parametrize(
    ("old", "new", "mistakes"),
    [
        (
            "file: budgets.yaml",
            "file: budget.yaml",
            [
                (
                    "spring.yaml:13: budgets.file: 'budget.yaml' does not exist; expected a budget file, from the folder"
                    " of this file on"
                )
            ],
        ),
        ("  file: budgets.yaml\n", "", ["spring.yaml:12: budgets.file: is missing; expected words on one line"]),
        (
            "pot: media",
            "pot: medium",
            ["spring.yaml:15: budgets.takes.1.pot: 'medium' is no pot of 'budgets.yaml'; expected 'media'"],
        ),
        (
            "pot: studio",
            "pot: media",
            ["spring.yaml:16: budgets.takes.2.pot: 'media' is there twice; expected each pot once, its amounts added"],
        ),
        (
            "spend + 100",
            "spent + 100",
            ["spring.yaml:15: budgets.takes.1.amount: names 'spent', which is no issue; expected 'spend'"],
        ),
        (
            "spend + 100",
            "100",
            ["spring.yaml:15: budgets.takes.1.amount: is 100; expected a CEL expression of at most 2000 characters"],
        ),
        (
            "spend + 100",
            "1 + 1",
            ["spring.yaml:15: budgets.takes.1.amount: names no issue; expected at least one of spend, hours, colour"],
        ),
        (
            "spend + 100",
            "spend + hours",
            ["spring.yaml:15: budgets.takes.1.amount: adds 'hours' in 'hour' to a pot of 'EUR'; expected an amount in 'EUR'"],
        ),
        (
            "spend + 100",
            "spend > 3",
            [
                (
                    "spring.yaml:15: budgets.takes.1.amount: gives bool; expected a CEL expression over the issues that gives a"
                    " number"
                )
            ],
        ),
        (
            "spend + 100",
            "spend + colour",
            [
                (
                    "spring.yaml:15: budgets.takes.1.amount: cannot be used: found no matching overload for '_+_' applied to"
                    " '(double, string)'; expected a CEL expression over the issues that gives a number"
                )
            ],
        ),
        (
            "spend + 100",
            "size(colour) + spend",
            [
                (
                    "spring.yaml:15: budgets.takes.1.amount: cannot be used: it has 'size(', which an amount cannot"
                    " have; expected"
                    " numbers and issues with + - * / ( ), comparisons, && || ! and 'condition ? this : that'"
                )
            ],
        ),
        (
            "spend + 100",
            "spend / 0",
            [
                (
                    "spring.yaml:15: budgets.takes.1.amount: can never be decided: it divides by 0; expected an amount"
                    " that every"
                    " full set of terms has"
                )
            ],
        ),
        (
            "amount: spend + 100",
            "sum: spend",
            [
                "spring.yaml:15: budgets.takes.1.amount: is missing; expected a CEL expression of at most 2000 characters",
                "spring.yaml:15: budgets.takes.1.sum: is not known here; expected 'pot', 'amount'",
            ],
        ),
    ],
)
def test_mistakes_of_a_negotiation(tmp_path: Path, old: str, new: str, mistakes: list[str]) -> None:
    """Each mistake is told with its line, its key, and what was expected."""
    assert _mistakes(_written(tmp_path, _TALK.replace(old, new)), tmp_path) == mistakes


def test_no_takes(tmp_path: Path) -> None:
    """Whoever names a budget file has to say what is taken of it."""
    talk = _TALK[: _TALK.index("  takes:")]
    expected = ["spring.yaml:12: budgets.takes: there are none; expected a list of pots with amounts"]
    assert _mistakes(_written(tmp_path, talk), tmp_path) == expected


@pytest.mark.parametrize(
    ("pots", "mistakes"),
    [
        ("", ["budgets.yaml: YAML: the file is empty; expected a negotiation"]),
        ("- media\n", ["budgets.yaml:1: YAML: the file is a list; expected a mapping with 'pots'"]),
        (
            "pot: []\n",
            [
                "budgets.yaml: pots: is missing; expected a list of pots",
                "budgets.yaml:1: pot: is not known here; expected 'pots'",
            ],
        ),
        ("pots: {}\n", ["budgets.yaml:1: pots: is a mapping; expected a list of pots"]),
        ("pots: []\n", ["budgets.yaml:1: pots: is an empty list; expected a list of pots"]),
        (
            _POTS.replace("name: studio", "name: media"),
            ["budgets.yaml:3: pots.2.name: 'media' is there twice, first on line 2; expected each pot once"],
        ),
        (_POTS.replace("90000", "-1"), ["budgets.yaml:2: pots.1.size: is -1; expected an amount of 0 or more"]),
        (_POTS.replace("step: 1", "step: 0"), ["budgets.yaml:3: pots.2.step: is 0; expected a number above 0"]),
        (_POTS.replace("title: media money, ", ""), ["budgets.yaml:2: pots.1.title: is missing; expected words on one line"]),
    ],
)
def test_mistakes_of_a_budget_file(tmp_path: Path, pots: str, mistakes: list[str]) -> None:
    """Mistakes of the budget file are told with its own name and lines, to whoever reads it."""
    path = _written(tmp_path, pots=pots)
    with pytest.raises(ConfigError) as caught:
        load_pots(tmp_path / "budgets.yaml")
    told = [str(mistake).removeprefix(f"{tmp_path}/") for mistake in caught.value.mistakes]
    assert told == mistakes
    assert set(mistakes) <= set(_mistakes(path, tmp_path))


def test_a_budget_file_that_is_not_there(tmp_path: Path) -> None:
    """Whoever names a file that does not exist is told so."""
    with pytest.raises(ConfigError) as caught:
        load_pots(tmp_path / "budgets.yaml")
    assert [str(each).removeprefix(f"{tmp_path}/") for each in caught.value.mistakes] == ["budgets.yaml: file: does not exist"]
