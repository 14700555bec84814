"""Are policies on words read, and their mistakes named?"""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.assembly import load_folder, load_scenario
from orchestrator.errors import ConfigError
from orchestrator.messages.negotiation import Negotiation, WordPolicy
from orchestrator.roles.find import shipped_folder
from orchestrator.roles.variables import variables

_TEXT = (shipped_folder() / "campaign" / "negotiation.yaml").read_text("utf-8")
_LINE = next(number for number, line in enumerate(_TEXT.splitlines(), 1) if line.startswith("policies:")) + 1


def _with(folder: Path, *policies: str) -> Negotiation:
    lines = _TEXT.splitlines()
    lines[_LINE - 1 : _LINE - 1] = [f"  - {policy}" for policy in policies]
    file = folder / "negotiation.yaml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return load_scenario(file)


def test_policies_on_words_stand_beside_those_on_terms(tmp_path: Path) -> None:
    """They are read in their order, and every role is told them with the other policies."""
    policies = ("{id: no-rivals, words: [acme, 'glob*'], why: brand}", "{id: private, personal: [email, iban]}")
    negotiation = _with(tmp_path, *policies)
    assert negotiation.word_policies == (
        WordPolicy(id="no-rivals", words=("acme", "glob*"), why="brand"),
        WordPolicy(id="private", personal=("email", "iban")),
    )
    assert negotiation.policies == load_folder("campaign").negotiation.policies
    told = str(variables(negotiation, negotiation.roles[0])["policy_lines"]).splitlines()
    assert told[-2:] == ["- no-rivals: never write 'acme', 'glob*' (brand)", "- private: never write email, iban"]


@pytest.mark.parametrize(
    ("policy", "key", "problem"),
    [
        ("{id: a, words: []}", "policies.a", "names nothing"),
        ("{id: a, words: [acme, acme]}", "policies.a.words", "'acme' is there twice"),
        ("{id: a, words: ['*']}", "policies.a.words.1", "is '*'"),
        ("{id: a, words: ['(a+)+']}", "policies.a.words.1", "is '(a+)+'"),
        ("{id: a, words: ['a*b*c*d']}", "policies.a.words.1", "is 'a*b*c*d'"),
        ("{id: a, personal: [birthday]}", "policies.a.personal.1", "is 'birthday'"),
        ("{id: total-cap, words: [acme]}", "policies.total-cap.id", f"is there twice, first on line {_LINE}"),
    ],
)
def test_mistakes_in_policies_on_words_are_named(policy: str, key: str, problem: str, tmp_path: Path) -> None:
    """Each mistake has its key and what is wrong with it."""
    with pytest.raises(ConfigError) as raised:
        _with(tmp_path, policy)
    assert [(mistake.key, mistake.problem) for mistake in raised.value.mistakes] == [(key, problem)]
