"""How does `load` answer files that are right and files that are wrong?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guards.rulecheck import check_rules
from orchestrator.errors import ConfigError, Mistake
from orchestrator.messages.gate import Gate
from orchestrator.messages.negotiation import (
    Agreement,
    ByOption,
    ChoiceIssue,
    DateIssue,
    Fact,
    FlagIssue,
    LinearDay,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
)
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.value import IssueName, RoleName
from orchestrator.roles.find import find, shipped
from orchestrator.roles.load import load, load_negotiation

_TABLES = Path(__file__).parent.parent / "tables"
_BASE = (_TABLES / "roles_base.yaml").read_text(encoding="utf-8")
_WRONG = [json.loads(line) for line in (_TABLES / "roles_wrong.jsonl").read_text(encoding="utf-8").splitlines()]

_BUYER, _SELLER = RoleName("buyer"), RoleName("seller")


def _no_rule_mistakes(_: Negotiation) -> tuple[RuleMistake, ...]:
    return ()


def _mistakes(read: Callable[[], object]) -> tuple[Mistake, ...]:
    with pytest.raises(ConfigError) as caught:
        read()
    return caught.value.mistakes


def _of(text: str, folder: Path) -> tuple[Mistake, ...]:
    file = folder / "negotiation.yaml"
    file.write_text(text, encoding="utf-8")
    return _mistakes(lambda: load_negotiation(file, _no_rule_mistakes))


def test_every_part_of_a_file_is_read() -> None:
    """A negotiation file becomes a typed negotiation: exact figures, dates, options, and everything in its order."""
    issue = IssueName
    assert load_negotiation(_TABLES / "roles_base.yaml", check_rules) == Negotiation(
        name="stall",
        title="A stall at the market",
        pattern="concession",
        currency="EUR",
        issues=(
            NumberIssue(
                name=issue("price"), owner=_SELLER, aka=("rent",), unit="EUR", min=Decimal(0), max=Decimal(100), step=Decimal(5)
            ),
            ChoiceIssue(name=issue("days"), owner=_BUYER, options=("1", "2", "7"), numeric=True),
            ChoiceIssue(name=issue("place"), owner=_SELLER, options=("gate", "square")),
            DateIssue(name=issue("start"), min=date(2027, 3, 1), max=date(2027, 3, 31)),
            FlagIssue(name=issue("roof")),
        ),
        facts=(
            Fact(
                name="list_price",
                kind="number",
                value="60",
                unit="EUR",
                says="published price",
                visible_to=(_BUYER, _SELLER),
                source="list",
                as_of=date(2027, 1, 1),
            ),
            Fact(
                name="purse",
                kind="number",
                value="80",
                says="the most to pay",
                visible_to=(_BUYER,),
                source="plan",
                as_of=date(2027, 1, 1),
                disclose="never",
            ),
        ),
        roles=(
            Role(
                name=_BUYER,
                prompt="buyer.md",
                mandate=Mandate(
                    limits=(Rule(id="ceiling", rule="price <= 80", why="plan"),),
                    reserve=0.3,
                    worths=(
                        LinearNumber(issue=issue("price"), weight=0.5, best=Decimal(40), worst=Decimal(90)),
                        ByOption(issue=issue("days"), weight=0.2, values=(("1", 0), ("2", 0.5), ("7", 1))),
                        ByOption(issue=issue("place"), weight=0.1, values=(("gate", 0), ("square", 1))),
                        LinearDay(issue=issue("start"), weight=0.1, best=date(2027, 3, 10), worst=date(2027, 3, 31)),
                        ByOption(issue=issue("roof"), weight=0.1, values=(("true", 1), ("false", 0))),
                    ),
                ),
            ),
            Role(name=_SELLER, prompt="seller.md", words="strict", fallback="hold"),
        ),
        policies=(Rule(id="band", rule="price >= 20", why="by-law"), Rule(id="dry", rule="roof || days < 7")),
        gates=(Gate(id="dear", when="price > 70", approver="warden"),),
        agreement=Agreement(needs="quorum", quorum=2, always=(_BUYER,)),
        stop=Stop(rounds=12, repairs=1, min_improvement=0.02),
    )


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in _WRONG])
def test_a_wrong_file_gives_exactly_its_mistakes(row: dict[str, object], tmp_path: Path) -> None:
    """Each mistake names line, key, what is wrong and what was expected; a file without mistakes gives none."""
    file = tmp_path / "negotiation.yaml"
    file.write_text(_BASE.replace(str(row["replace"]), str(row["by"]), 1), encoding="utf-8")
    if row["mistakes"]:
        found = _mistakes(lambda: load_negotiation(file, _no_rule_mistakes))
        assert {mistake.file for mistake in found} == {str(file)}
        assert [f"{it.line} | {it.key} | {it.problem} | {it.expected}" for it in found] == row["mistakes"]
    else:
        assert load_negotiation(file, _no_rule_mistakes).name == "stall"


def test_a_fact_is_of_the_kind_of_its_value(tmp_path: Path) -> None:
    """Numbers, dates, flags and words are told apart and kept as exact text."""
    file = tmp_path / "negotiation.yaml"
    kinds: list[tuple[str, str]] = []
    for value in ("2.50", "2027-03-01", "true", "half a day", "'42'"):
        file.write_text(_BASE.replace("value: 80", f"value: {value}"), encoding="utf-8")
        fact = load_negotiation(file, _no_rule_mistakes).facts[1]
        kinds.append((fact.kind, fact.value))
    assert kinds == [("number", "2.5"), ("date", "2027-03-01"), ("flag", "true"), ("text", "half a day"), ("text", "42")]


def test_a_rule_that_the_file_does_not_have_is_still_reported(tmp_path: Path) -> None:
    """A checker that speaks of an unknown rule is not silenced."""
    file = tmp_path / "negotiation.yaml"
    file.write_text(_BASE, encoding="utf-8")
    strange = RuleMistake(where="limits", role=RoleName("nobody"), id="x", problem="is strange")
    found = _mistakes(lambda: load_negotiation(file, lambda _: (strange,)))
    assert found == (Mistake(file=str(file), line=0, key="limits.x", problem="is strange"),)


def test_mistakes_of_rules_stand_on_the_lines_of_the_rules(tmp_path: Path) -> None:
    """What is wrong with a policy, a limit or a gate is reported where that rule is written, beside all other mistakes."""
    wrong = _BASE.replace("price >= 20", "prise >= 20").replace("price <= 80", "price <=").replace("price > 70", "price")
    file = tmp_path / "negotiation.yaml"
    file.write_text(wrong.replace("reserve: 0.3", "reserve: 3"), encoding="utf-8")
    found = _mistakes(lambda: load_negotiation(file, check_rules))
    assert [(mistake.line, mistake.key) for mistake in found] == [
        (18, "roles.buyer.limits.ceiling.rule"),
        (20, "roles.buyer.utility.reserve"),
        (32, "policies.band.rule"),
        (35, "gates.dear.when"),
    ]


def test_rules_are_not_judged_by_issues_that_could_not_be_read(tmp_path: Path) -> None:
    """Where an issue is wrong, rules that name it are not reported as well."""
    file = tmp_path / "negotiation.yaml"
    file.write_text(_BASE.replace("max: 100", "max: many"), encoding="utf-8")
    found = _mistakes(lambda: load_negotiation(file, check_rules))
    assert [mistake.key for mistake in found] == ["issues.price.max"]


@pytest.mark.parametrize(
    ("data", "mistake"),
    [
        pytest.param(b"", (0, "YAML", "the file is empty", "a negotiation"), id="empty"),
        pytest.param(b"- a\n- b\n", (1, "YAML", "the file is a list", "a mapping"), id="a list"),
        pytest.param(b"hello", (1, "YAML", "the file is 'hello'", "a mapping"), id="a word"),
        pytest.param(b"name: a\ntitle: \xff\n", (2, "file", "is not written in UTF-8", "UTF-8"), id="not UTF-8"),
        pytest.param(b"a" * 10_000_000, (0, "file", "is too large", "at most 1000000 bytes"), id="10 MB"),
        pytest.param(b"a: " + b"[" * 500_000, (1, "YAML", "values are nested too deeply", "at most 20 levels"), id="deep"),
        pytest.param(b"- a\n" * 200_000, (20_000, "YAML", "there are too many values", "at most 20000"), id="many"),
    ],
)
def test_a_file_that_is_no_negotiation_gives_one_plain_mistake(
    data: bytes, mistake: tuple[int, str, str, str], tmp_path: Path
) -> None:
    """Files that are empty, foreign, huge or deep are refused with one line, and quickly."""
    file = tmp_path / "negotiation.yaml"
    file.write_bytes(data)
    line, key, problem, expected = mistake
    found = _mistakes(lambda: load_negotiation(file, _no_rule_mistakes))
    assert found == (Mistake(file=str(file), line=line, key=key, problem=problem, expected=expected),)


def test_anchors_that_would_explode_are_refused_where_they_begin(tmp_path: Path) -> None:
    """A file whose aliases multiply is refused at its first anchor; nothing is expanded."""
    rows = [f"l{i + 1}: &l{i + 1} [{', '.join([f'*l{i}'] * 9)}]" for i in range(9)]
    found = _of("\n".join(["name: bomb", "l0: &l0 [x, x, x, x, x, x, x, x, x]", *rows]), tmp_path)
    problem = "anchors and aliases are not read here"
    file = str(tmp_path / "negotiation.yaml")
    assert found == (Mistake(file=file, line=2, key="YAML", problem=problem, expected="each value written out"),)


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    """A missing folder, a folder without its file, and a folder in the place of the file each give one mistake."""
    (tmp_path / "negotiation.yaml").mkdir()
    assert _mistakes(lambda: load(tmp_path / "gone", _no_rule_mistakes)) == (
        Mistake(file=str(tmp_path / "gone"), line=0, key="file", problem="does not exist"),
    )
    assert _mistakes(lambda: load(tmp_path, _no_rule_mistakes)) == (
        Mistake(file=str(tmp_path / "negotiation.yaml"), line=0, key="file", problem="cannot be read: it is no file"),
    )


@pytest.mark.parametrize("name", shipped())
def test_the_shipped_negotiations_are_without_mistakes(name: str) -> None:
    """Every shipped folder loads, with a prompt for each role and the parts of the house that they include."""
    folder = load(find(name), check_rules)
    assert folder.negotiation.name == name
    prompts = [prompt.name for prompt in folder.prompts]
    own = list(dict.fromkeys(role.prompt for role in folder.negotiation.roles))
    assert own == prompts[: len(own)]
    assert all(prompt.startswith("house/") for prompt in prompts[len(own) :])
