"""Can a person see what a deal is worth, what it left, and what would have been fair?"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from orchestrator.roles.find import shipped_folder
from tests.cli.desk import Desk, Kept

_POINTS = ["nash", "kalai-smorodinsky", "egalitarian", "utilitarian"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder like `procurement`, with few prices and volumes, so that its outcomes can all be looked at."""
    folder = tmp_path_factory.mktemp("small") / "small"
    folder.mkdir()
    for file in (shipped_folder() / "procurement").iterdir():
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    _change(folder, {"unit_price": {"step": 0.1}, "volume": {"step": 50000}, "first_delivery": {"max": date(2027, 1, 8)}})
    return folder


def _change(folder: Path, issues: dict[str, dict[str, Any]], **others: Any) -> None:
    file = folder / "negotiation.yaml"
    files: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    for name, changes in issues.items():
        files["issues"][name].update(changes)
    files.update(others)
    file.write_text(yaml.safe_dump(files, sort_keys=False), "utf-8")


def _headings(text: str) -> list[str]:
    lines = text.splitlines()
    return [line for before, line in pairwise(lines) if line and not before and line[0] != " "]


def test_files_tell_what_could_be_agreed(desk: Desk, small: Path) -> None:
    """Of files the space, the points and the front are told, and how they were found."""
    done = desk.do("analyse", str(small))
    assert (done.code, done.err) == (0, "")
    assert _headings(done.out) == ["What can be agreed", "What it is worth, from 0 to 1", "The Pareto front"]
    assert "exact: every permitted outcome was looked at" in " ".join(done.out.split())
    figures = desk.do("analyse", str(small), "--json").json
    assert [*figures["points"]] == _POINTS
    assert (figures["session"], figures["deal"], figures["signable"]["counted"]) == (None, None, True)
    assert {point["how"] for point in figures["points"].values()} == {"sweep"}


def test_a_session_tells_its_deal_against_the_points(desk: Desk, small: Path) -> None:
    """Of a session the deal, what it left, and every offer are told; a deal that is better is one for all."""
    run = desk.do("run", str(small), "--seed", "3", "--model", "buyer=strategy:boulware", "--json")
    session = run.json["session"]
    done = desk.do("analyse", session)
    assert (done.code, done.err) == (0, "")
    told = _headings(done.out)
    assert told[:4] == ["What can be agreed", "What it is worth, from 0 to 1", "The Pareto front", "The deal"]
    assert told[-2:] == ["Who gave what", "Round by round"]
    figures = desk.do("analyse", session, "--json").json
    deal = figures["deal"]
    assert deal["terms"] == (run.json["terms"] or run.json["offer"]["terms"])
    assert [*deal["distances"]] == _POINTS
    left, better = deal["left_on_the_table"], deal["better"]
    assert (left["how"], (left["value"] > 0)) == ("sweep", better is not None)
    if better is not None:
        assert all(better["utilities"][role] >= deal["utilities"][role] - 1e-6 for role in figures["roles"])
    assert [step["role"] for step in figures["steps"][:2]] == ["buyer", "supplier"]
    assert sum(given["offers"] for given in figures["given"].values()) == len(figures["steps"])


def test_a_chart_is_drawn_and_says_where(desk: Desk, small: Path) -> None:
    """`--svg` writes a whole document with the talk in it; where it can't be written, that is said."""
    desk.do("run", str(small), "--json")
    done = desk.do("analyse", "last", "--svg", "deal.svg")
    assert (done.code, done.out.splitlines()[-1]) == (0, "The charts are in deal.svg.")
    text = (desk.path / "deal.svg").read_text("utf-8")
    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own
    assert all(f">{name}<" in text for name in ("buyer and supplier", "unit price", "payment days", "first delivery"))
    failed = desk.do("analyse", str(small), "--svg", "nowhere/deal.svg")
    assert (failed.code, failed.out) == (2, "")
    assert failed.err.startswith("handfast: 'nowhere/deal.svg' cannot be written: No such file")


def test_swapped_seats_are_compared(desk: Desk, small: Path) -> None:
    """With other strategies in the seats the talk is held again; where all are the same there is nothing to swap."""
    desk.do("run", str(small), "--model", "buyer=strategy:boulware", "--model", "supplier=strategy:conceder", "--json")
    found = desk.do("analyse", "last", "--swap", "--json").json["swapped"]
    assert found["models"] == {"buyer": "strategy:boulware", "supplier": "strategy:conceder"}
    assert [other["models"] for other in found["others"]] == [{"buyer": "strategy:conceder", "supplier": "strategy:boulware"}]
    assert found["shifts"]["buyer"] > 0 > found["shifts"]["supplier"]
    assert "The same talk with the strategies in other seats" in _headings(desk.do("analyse", "last", "--swap").out)
    desk.do("run", str(small), "--json")
    assert "there is nothing to swap" in desk.do("analyse", "last", "--swap").out


def test_swapping_asks_no_model_that_is_not_built_in(full_desk: Desk, kept: Kept, small: Path) -> None:
    """A session with another model in a seat cannot be swapped, nor can files; both are told in a line."""
    done = full_desk.do("analyse", kept.failed, "--swap")
    assert (done.code, done.out) == (2, "")
    assert "seats can only be swapped between built-in strategies, and 'scripted:giving-up.json' is none" in done.err
    assert full_desk.do("analyse", str(small), "--swap").err.startswith("handfast: --swap needs a session")


@pytest.mark.slow
def test_a_talk_without_a_deal_is_told_so(full_desk: Desk, kept: Kept) -> None:
    """A failed session has no deal to weigh; what could have been agreed is told all the same."""
    done = full_desk.do("analyse", kept.failed)
    assert (done.code, done.err) == (0, "")
    assert "There is no deal to weigh; what follows is what could have been agreed" in " ".join(done.out.split())
    assert "The deal" not in _headings(done.out)


def test_a_deal_that_waits_is_weighed(full_desk: Desk, kept: Kept) -> None:
    """A settled offer that waits for its approver is weighed like an agreement."""
    figures = full_desk.do("analyse", kept.waiting, "--json").json
    assert figures["deal"]["distances"].keys() == set(_POINTS)
    assert {point["how"] for point in figures["points"].values()} == {"bounds"}


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("unit_price > 3.0 && unit_price < 2.0", "No outcome keeps all policies and limits, so there is nothing to agree on."),
        ("unit_price >= 2.6 && payment_days == 14.0 && volume >= 350000.0", "No outcome keeps all policies and limits"),
        ("unit_price == 2.5 && volume == 200000.0 && payment_days == 30.0 && delivery_days == 14.0", "has 1 point"),
    ],
)
def test_odd_spaces_are_told_plainly(desk: Desk, small: Path, tmp_path: Path, policy: str, said: str) -> None:
    """No outcome at all, none that a role may sign, and a front of few points are lines, not failures."""
    folder = tmp_path / "odd"
    folder.mkdir()
    for file in small.iterdir():
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    extra = "warranty_months == 12.0 && first_delivery == '2027-01-04'"
    _change(folder, {}, policies=[{"id": "odd", "rule": f"{policy} && {extra}", "why": "a test"}])
    done = desk.do("analyse", str(folder))
    assert (done.code, done.err) == (0, "")
    assert said in " ".join(done.out.split())


def test_reserves_that_nothing_reaches_are_told(desk: Desk, small: Path, tmp_path: Path) -> None:
    """Where no permitted outcome gives everybody the reserve there are no points, and a role alone in its wishes is told."""
    folder = tmp_path / "greedy"
    folder.mkdir()
    for file in small.iterdir():
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    roles: dict[str, Any] = yaml.safe_load((folder / "negotiation.yaml").read_text("utf-8"))["roles"]
    for role in roles.values():
        role["utility"]["reserve"] = 0.9
    _change(folder, {}, roles=roles)
    done = desk.do("analyse", str(folder))
    assert (done.code, "No permitted outcome gives every role its reserve" in done.out) == (0, True)
    assert desk.do("analyse", str(folder), "--json").json["points"] == {}
    assert desk.do("analyse", str(folder), "--svg", "greedy.svg").code == 0
    for role in roles.values():
        role["utility"] = {"reserve": 0.0, "issues": {}}
    _change(folder, {}, roles=roles)
    worthless = desk.do("analyse", str(folder))
    assert (worthless.code, worthless.out) == (2, "")
    assert worthless.err.startswith("handfast: no role of 'procurement' values any issue, so there is nothing to weigh")


def test_what_is_neither_a_session_nor_a_path_is_told(full_desk: Desk) -> None:
    """An unknown session and a missing path are told in a line."""
    for word, said in (("nosuch", "there is no session 'nosuch'"), ("./nosuch", "there is no negotiation './nosuch'")):
        done = full_desk.do("analyse", word)
        assert (done.code, done.out, done.err.startswith(f"handfast: {said}")) == (2, "", True)


def test_a_file_alone_is_enough(desk: Desk, small: Path) -> None:
    """The negotiation file itself can be analysed, whether its prompts are there or not."""
    lone = desk.path / "lone.yaml"
    lone.write_text((small / "negotiation.yaml").read_text("utf-8"), "utf-8")
    assert (
        desk.do("analyse", "lone.yaml", "--json").json["permitted"]
        == desk.do("analyse", str(small), "--json").json["permitted"]
    )


@pytest.mark.parametrize("width", ["40", "60", "120"])
def test_it_fits_the_terminal(desk: Desk, small: Path, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, from forty columns on."""
    desk.do("run", str(small), "--json")
    monkeypatch.setattr("orchestrator.cli.analyse.terminal_width", lambda: int(width))
    monkeypatch.setattr("orchestrator.cli.printing.terminal_width", lambda: int(width))
    lines = desk.do("analyse", "last").out.splitlines()
    assert [line for line in lines if len(line) > min(100, int(width))] == []


def test_a_misspelt_name_is_told_as_one(desk: Desk) -> None:
    """What is nearly the name of a shipped negotiation is no session that a journal lacks."""
    done = desk.do("analyse", "campaigm")
    assert (done.code, done.err) == (2, "handfast: there is no negotiation 'campaigm'\nhint: did you mean 'campaign'?\n")
