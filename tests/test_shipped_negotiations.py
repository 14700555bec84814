"""Are the shipped negotiations fit to be shown? Their roles' prompts, their cases, and what honest models reach in them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from evals.deal import Deal
from evals.deals import deals_of
from evals.expected import Expected, misses, read_expected
from orchestrator.assembly import load_folder
from orchestrator.errors import ConfigError
from orchestrator.messages.draft import Act
from orchestrator.messages.settings import PromptSource
from orchestrator.roles.find import find, shipped
from orchestrator.roles.load import Folder

SEEDS = 20
_TICKED = re.compile(r"`([a-z0-9_]+)`")
_INCLUDED = re.compile(r"{%.*?%}|---.*?---\n", re.DOTALL)
_FIELDS = frozenset(("assumes", "evidence", "notes", *get_args(Act)))
_CASE = Expected(agreed=0.9, rounds=10, refused=0.5, worth=(1.0, 1.2), gates=("big",))
_DEAL = Deal(seed=0, reason="all", rounds=8, refused=0, gates=("big",), worths=(0.6, 0.5), digest="d", is_held=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_honest_models_reach_what_the_case_says(name: str) -> None:
    """Over twenty seeds enough sessions agree, soon enough, with nothing unfit agreed and hardly a draft refused."""
    assert misses(read_expected(find(name)), deals_of(name, range(SEEDS))) == ()


@pytest.mark.parametrize(
    ("deals", "missed"),
    [
        ((_DEAL,) * 10, ()),
        ((_DEAL,) * 8 + (replace(_DEAL, digest=None),) * 2, ("8 of 10 sessions agreed; expected 90%",)),
        ((replace(_DEAL, is_held=False, seed=3),), ("seed 3: what was agreed breaks a rule",)),
        ((replace(_DEAL, rounds=11), _DEAL), ("a session agreed in round 11; expected by round 10",)),
        ((replace(_DEAL, refused=2), _DEAL), ("1.00 drafts refused in a session; expected at most 0.5",)),
        ((replace(_DEAL, worths=(0.4, 0.5)),), ("agreements are worth 0.90 to all together; expected 1 to 1.2",)),
        ((replace(_DEAL, gates=("big", "odd")),), ("gate 'odd' was reached",)),
    ],
)
def test_what_was_not_reached_is_named(deals: tuple[Deal, ...], missed: tuple[str, ...]) -> None:
    """Each expectation that sessions fall short of is told in one line."""
    assert misses(_CASE, deals) == missed


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("agreed: 2\nrounds: 3\nrefused: 0\nworth: [0, 1]\n", "case.yaml: agreed: "),
        ("agreed: 0.9\nrounds: 3\nrefused: 0\nworth: [0, 1]\nmood: good\n", "case.yaml: mood: "),
        ("agreed: [", "case.yaml:"),
    ],
)
def test_a_case_that_is_none_is_a_mistake_in_a_file(text: str, first: str, tmp_path: Path) -> None:
    """What is wrong with a case is said with its key."""
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_expected(tmp_path)
    assert caught.value.message.startswith(first)


@pytest.mark.parametrize("name", shipped())
def test_prompts_name_facts_that_are_there_and_may_be_told(name: str) -> None:
    """A name in backticks is a fact of the negotiation that the role may tell, or one that it is told it can't see."""
    folder = load_folder(name)
    facts = {fact.name: fact for fact in folder.negotiation.facts}
    for prompt in _of_roles(folder):
        for ticked in set(_TICKED.findall(_own(prompt.text))) - _FIELDS:
            assert (prompt.name, ticked, facts[ticked].disclose) == (prompt.name, ticked, "may")


def test_no_role_talks_like_another() -> None:
    """No long line stands in the own words of two roles."""
    told: dict[str, str] = {}
    for name in shipped():
        for prompt in _of_roles(load_folder(name)):
            for line in {line.strip() for line in _own(prompt.text).splitlines() if len(line) > 60}:
                assert (line, told.setdefault(line, f"{name}/{prompt.name}")) == (line, f"{name}/{prompt.name}")
    assert len(told) > 300


def _of_roles(folder: Folder) -> list[PromptSource]:
    names = {role.prompt for role in folder.negotiation.roles}
    return [prompt for prompt in folder.prompts if prompt.name in names]


def _own(text: str) -> str:
    return _INCLUDED.sub("", text)
