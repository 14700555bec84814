"""Do the pages say what is so? Every fenced block of README, docs and prompts/README is run, parsed or validated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from orchestrator.assembly import load_folder, rules_for
from orchestrator.engine.rules import judge, read
from orchestrator.errors import ConfigError
from orchestrator.roles.sectiontable import SECTION_FORMS
from tests.corpus import view_of
from tests.generate import MADE
from tests.pages import DATABASE, PAGES, ROOT, Block, Terminal, anchors_of, blocks_of, commands_of, links_of, missing_lines

_LANGUAGES = {"console", "json", "markdown", "mermaid", "python", "sh", "text", "yaml"}
_HOUSE_RULES = ROOT / "prompts" / "campaign" / "negotiation.yaml"
_AUCTION = ROOT / "prompts" / "auction" / "negotiation.yaml"
_MAKE = re.compile(r"^make ([\w-]+)", re.MULTILINE)


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _blocks(language: str) -> list[Any]:
    blocks = (block for page in PAGES for block in blocks_of(page))
    return [pytest.param(block, id=block.place) for block in blocks if block.language == language]


def _with(language: str) -> list[Path]:
    return [page for page in PAGES if any(block.language == language for block in blocks_of(page))]


@pytest.mark.slow
@pytest.mark.timeout(240)  # a page may run a dozen sessions, each in a process of its own
@pytest.mark.parametrize("page", _with("console"), ids=_name)
def test_commands_do_what_the_page_shows(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Run in order in one folder, each command ends with the code behind it and prints the lines below it."""
    terminal = Terminal(folder=tmp_path)
    if DATABASE in page.read_text("utf-8"):
        terminal.database = str(request.getfixturevalue("postgres"))
    for command in [command for block in blocks_of(page) if block.language == "console" for command in commands_of(block)]:
        done = terminal.run(command)
        assert (command.line, done.returncode, done.stderr if done.returncode != command.code else "") == (
            command.line,
            command.code,
            "",
        )
        assert (command.line, missing_lines(command, done.stdout + done.stderr)) == (command.line, ())


@pytest.mark.parametrize("page", _with("python"), ids=_name)
def test_python_runs(page: Path) -> None:
    """The Python blocks of a page run, one after the other, in one namespace."""
    world: dict[str, object] = {"__name__": "page"}
    for block in blocks_of(page):
        if block.language == "python":
            exec(compile("\n" * block.line + block.text, _name(page), "exec", dont_inherit=True), world)  # noqa: S102 - our own pages
    assert len(world) > 2


@pytest.mark.parametrize("block", _blocks("yaml"))
def test_parts_of_a_negotiation_file_fit(block: Block, tmp_path: Path) -> None:
    """A part of a negotiation file that is put into the campaign, or the auction, gives files without a mistake."""
    part = cast("dict[str, Any]", yaml.safe_load(block.text) or {})
    base = _AUCTION if "auction" in part else _HOUSE_RULES
    whole = yaml.safe_load(base.read_text("utf-8"))
    merged = _merged(whole, part)
    if "pattern" in part:
        merged = {key: value for key, value in merged.items() if key not in SECTION_FORMS or key == part["pattern"]}
    _write(tmp_path, merged, base)
    pots = [{"name": take["pot"], "title": "a pot", "size": 1000} for take in part.get("budgets", {}).get("takes", ())]
    (tmp_path / "budgets.yaml").write_text(yaml.safe_dump({"pots": pots}), "utf-8")
    assert set(part) <= {*whole, "spend", "breakers", "budgets", "triggers", *SECTION_FORMS}
    assert load_folder(str(tmp_path)).negotiation.name == merged["name"]


def test_a_wrong_part_is_found_out(tmp_path: Path) -> None:
    """What the test above trusts in: a part with a misspelt key is a mistake."""
    _write(tmp_path, {**yaml.safe_load(_HOUSE_RULES.read_text("utf-8")), "stop": {"rouns": 3}})
    with pytest.raises(ConfigError):
        load_folder(str(tmp_path))


@pytest.mark.parametrize("block", _blocks("markdown"))
def test_role_files_can_be_rendered(block: Block, tmp_path: Path) -> None:
    """A role's file as shown is one that the campaign can be run with."""
    _write(tmp_path, yaml.safe_load(_HOUSE_RULES.read_text("utf-8")))
    (tmp_path / "capacity.md").write_text(block.text, "utf-8")
    assert block.text in [prompt.text for prompt in load_folder(str(tmp_path)).prompts]


@pytest.mark.parametrize("block", _blocks("json"))
def test_drafts_are_admitted(block: Block) -> None:
    """JSON on a page is a draft of `budget` in the campaign that no guard objects to."""
    negotiation = load_folder("campaign").negotiation
    rules = rules_for(negotiation)
    view = view_of(negotiation, "budget", ())
    reading = read(rules, block.text, view)
    assert reading.draft is not None
    assert (*reading.findings, *judge(rules, reading.draft, view)) == ()


@pytest.mark.parametrize("place", MADE, ids=_name)
def test_made_pages_are_up_to_date(place: Path) -> None:
    """What is made from the code says what the code says now; `make docs` makes it anew."""
    assert place.read_text("utf-8") == MADE[place]()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to another page, and to a heading, leads to one."""
    missing = [
        link
        for link in links_of(page)
        if not (target := (page.parent / link.partition("#")[0]).resolve() if link[0] != "#" else page).exists()
        or ("#" in link and link.partition("#")[2] not in anchors_of(target))
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_is_of_a_kind_that_is_tested(page: Path) -> None:
    """No block stands outside: its language is one that a test takes, and what it makes is in the Makefile."""
    assert {block.language for block in blocks_of(page)} <= _LANGUAGES
    wanted = {target for block in blocks_of(page) if block.language == "sh" for target in _MAKE.findall(block.text)}
    assert wanted <= set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def _merged(whole: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Put a part over the whole: mappings key by key down to issues, facts and roles, everything else as it is."""
    kept = dict(whole)
    for key, value in part.items():
        kept[key] = {**whole[key], **value} if key in ("issues", "facts", "roles", "auction") else value
    for role in part.get("roles", {}):
        kept["roles"][role] = {**whole["roles"][role], **part["roles"][role]}
    return kept


def _write(folder: Path, negotiation: dict[str, Any], base: Path = _HOUSE_RULES) -> None:
    (folder / "negotiation.yaml").write_text(yaml.safe_dump(negotiation, sort_keys=False), "utf-8")
    for role in negotiation["roles"].values():
        source = base.parent / role["prompt"]
        (folder / role["prompt"]).write_text(source.read_text("utf-8"), "utf-8")
