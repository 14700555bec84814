"""What do prompt files say, and how are their mistakes found?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestrator.errors import ConfigError
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.settings import PromptSource
from orchestrator.messages.value import RoleName
from orchestrator.roles.fixed import fixed_part
from orchestrator.roles.front import RolePrompt, read_front
from orchestrator.roles.load import Folder, load, load_negotiation
from orchestrator.roles.variables import VARIABLES, variables

_TABLES = Path(__file__).parent.parent / "tables"
_BASE = (_TABLES / "roles_base.yaml").read_text(encoding="utf-8")
_WRONG = [json.loads(line) for line in (_TABLES / "roles_wrong_prompts.jsonl").read_text(encoding="utf-8").splitlines()]
_BODY = "You are {{ role }}.\n{{ agenda }}\n{{ mandate }}\n{{ policy_lines }}\n{{ fact_lines }}\n"


def _no_rule_mistakes(_: Negotiation) -> tuple[RuleMistake, ...]:
    return ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a negotiation, two prompts and a house of its own."""
    (tmp_path / "negotiation.yaml").write_text(_BASE, encoding="utf-8")
    (tmp_path / "buyer.md").write_text(f"---\nmodel: strategy:linear?seed=3\n---\n{_BODY}", encoding="utf-8")
    (tmp_path / "seller.md").write_text(f'{_BODY}{{% include "house/rules.md" %}}\n', encoding="utf-8")
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "rules.md").write_text("Be brief, {{ role }}.\n", encoding="utf-8")
    return tmp_path


def _mistakes(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, _no_rule_mistakes)
    return [f"{Path(it.file).name} | {it.line} | {it.key} | {it.problem} | {it.expected}" for it in caught.value.mistakes]


def test_a_folder_is_read_with_every_file_that_it_uses(folder: Path) -> None:
    """The prompts of the roles and the parts of the house are kept as they are written, for the record."""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in ("buyer.md", "seller.md", "house/rules.md")}
    assert load(folder, _no_rule_mistakes) == Folder(
        negotiation=load_negotiation(folder / "negotiation.yaml", _no_rule_mistakes),
        prompts=tuple(PromptSource(name=name, text=text) for name, text in texts.items()),
    )
    assert load(folder / "negotiation.yaml", _no_rule_mistakes) == load(folder, _no_rule_mistakes)


def test_a_role_is_written_for_by_the_model_of_its_file(folder: Path) -> None:
    """A prompt may name a model; one that doesn't leaves it open."""
    loaded = load(folder, _no_rule_mistakes)
    models = [loaded.model_of(RoleName(name)) for name in ("buyer", "seller", "nobody")]
    assert models == ["strategy:linear?seed=3", None, None]


def test_a_part_that_the_folder_has_not_comes_from_the_shipped_house(folder: Path) -> None:
    """A folder's own house counts first, the shipped one for all other names."""
    (folder / "buyer.md").write_text(_BODY + '{% include "house/draft.md" %}', encoding="utf-8")
    names = [prompt.name for prompt in load(folder, _no_rule_mistakes).prompts]
    assert names == ["buyer.md", "seller.md", "house/draft.md", "house/rules.md"]


def test_line_ends_do_not_change_what_is_on_record(folder: Path) -> None:
    """The same files written on another system give the same texts."""
    before = load(folder, _no_rule_mistakes)
    for name in ("negotiation.yaml", "buyer.md"):
        (folder / name).write_bytes((folder / name).read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder, _no_rule_mistakes) == before


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in _WRONG])
def test_a_wrong_prompt_gives_its_mistake_with_file_and_line(row: dict[str, str | None], folder: Path) -> None:
    """Missing files, front matter, templates, names and includes are all reported where they are written."""
    file = folder / str(row["file"])
    file.unlink()
    if "hex" in row:
        file.write_bytes(bytes.fromhex(str(row["hex"])))
    elif row["text"] is not None:
        file.write_text(row["text"].replace("BODY", _BODY), encoding="utf-8")
    assert _mistakes(folder) == [row["mistake"]]


def test_a_huge_prompt_is_not_read(folder: Path) -> None:
    """A file beyond the bound is refused before anything is made of it."""
    (folder / "buyer.md").write_bytes(b"x" * 300_000)
    assert _mistakes(folder) == ["buyer.md | 0 | file | is too large | at most 250000 bytes"]


def test_a_body_that_grows_without_bound_is_refused(folder: Path) -> None:
    """Loops in loops end at the bound of a body."""
    loops = "".join(f"{{% for {name} in issues %}}" for name in "abcdef")
    (folder / "buyer.md").write_text(_BODY + loops + "x" * 50 + "{% endfor %}" * 6, encoding="utf-8")
    assert _mistakes(folder) == ["buyer.md | 0 | body | is too long | at most 400000 characters"]


def test_macros_loops_and_conditions_are_allowed(folder: Path) -> None:
    """A body may be a small program of its own over what it is told."""
    macro = "{% macro shout(text) %}{{ text | upper }}{% endmacro %}"
    loop = "{% for issue in issues if issue.owner == role %}{{ loop.index }}. {{ shout(issue.name) }}{% endfor %}\n"
    (folder / "buyer.md").write_text(_BODY + macro + loop, encoding="utf-8")
    loaded = load(folder, _no_rule_mistakes)
    system = fixed_part(loaded.prompts, loaded.negotiation, RoleName("buyer")).system.text  # pyright: ignore[reportArgumentType]
    assert system.endswith("\n1. DAYS\n")


def test_a_recorded_session_without_a_part_of_the_house_says_so(folder: Path) -> None:
    """Prompts that include what was not kept cannot be made again."""
    loaded = load(folder, _no_rule_mistakes)
    with pytest.raises(ConfigError, match=r"'house/rules\.md' is not there"):
        fixed_part(loaded.prompts[:2], loaded.negotiation, RoleName("seller"))  # pyright: ignore[reportArgumentType]


def test_a_house_part_that_includes_itself_is_refused(folder: Path) -> None:
    """Parts that include each other without end are a mistake, and end."""
    (folder / "house" / "rules.md").write_text('{% include "house/rules.md" %}', encoding="utf-8")
    assert _mistakes(folder) == [
        "rules.md | 1 | body | cannot be rendered: it includes itself | variables, filters, conditions and loops"
    ]


def test_all_mistakes_of_all_files_come_at_once(folder: Path) -> None:
    """A wrong negotiation file doesn't hide wrong prompts, nor one prompt the other."""
    (folder / "negotiation.yaml").write_text(_BASE.replace("min: 0, max: 100", "min: 0, max: 0"), encoding="utf-8")
    (folder / "buyer.md").write_text(_BODY + "{{ a }}{{ b }}", encoding="utf-8")
    (folder / "seller.md").write_text("---\nwindow: 1\n---\n" + _BODY, encoding="utf-8")
    assert [mistake.split(" | ")[:3] for mistake in _mistakes(folder)] == [
        ["negotiation.yaml", "6", "issues.price.max"],
        ["buyer.md", "6", "body"],
        ["buyer.md", "6", "body"],
        ["seller.md", "2", "window"],
    ]


def test_pinned_parts_that_do_not_fit_the_window_are_a_mistake(folder: Path) -> None:
    """The window must hold instructions, the fullest state and a few words of all; what is needed is said, and is enough."""
    (folder / "buyer.md").write_text(f"---\nwindow: 2000\nreply: 500\n---\n{_BODY}", encoding="utf-8")
    (mistake,) = _mistakes(folder)
    assert mistake.startswith(
        "buyer.md | 2 | window | is 2000: what must be in every prompt of 'buyer' does not fit | at least "
    )
    needed = int(mistake.rsplit(" ", 1)[1])
    (folder / "buyer.md").write_text(f"---\nwindow: {needed}\nreply: 500\n---\n{_BODY}", encoding="utf-8")
    assert len(load(folder, _no_rule_mistakes).prompts) == 3
    (folder / "buyer.md").write_text(f"---\nwindow: {needed - 1}\nreply: 500\n---\n{_BODY}", encoding="utf-8")
    assert len(_mistakes(folder)) == 1


def test_what_two_roles_share_is_reported_once(folder: Path) -> None:
    """Two roles may share a prompt file; its mistakes are not doubled, and the default window is named like any other."""
    shared = _BASE.replace("prompt: seller.md", "prompt: buyer.md").replace("min: 0, max: 100", "min: 0, max: 0")
    (folder / "negotiation.yaml").write_text(shared, encoding="utf-8")
    (folder / "buyer.md").write_text("You are {{ role }}. {{ agenda }} {{ policies }} {{ facts }}", encoding="utf-8")
    assert [mistake.split(" | ")[:4] for mistake in _mistakes(folder)] == [
        ["negotiation.yaml", "6", "issues.price.max", "is 0"],
        ["buyer.md", "1", "body", "never tells the role its mandate"],
    ]


def test_front_matter_is_optional_and_read_once() -> None:
    """A file without front matter is all body; a later line of hyphens belongs to the body."""
    assert read_front("a\n---\nb\n", "f.md").prompt == RolePrompt(body="a\n---\nb\n")
    front = read_front("---\nmodel: x:y\nwindow: 8000\nreply: 700\n---\na\n---\nb", "f.md")
    assert front.prompt == RolePrompt(model="x:y", window=8000, reply=700, body="a\n---\nb", body_line=6)
    assert read_front("---\n# nothing\n---\na", "f.md").prompt == RolePrompt(body="a", body_line=4)


def test_a_role_is_told_what_is_its_own_and_nothing_of_the_others(folder: Path) -> None:
    """The variables of a role hold its own mandate and the facts that it can see, and no other role's."""
    negotiation = load(folder, _no_rule_mistakes).negotiation
    buyer, seller = (variables(negotiation, role) for role in negotiation.roles)
    assert set(buyer) == VARIABLES
    assert buyer["mandate"] == (
        "- limit ceiling: price <= 80 (plan)\n"
        "- reserve: 0.3\n"
        "- worth of price: weight 0.5, best 40, worst 90\n"
        "- worth of days: weight 0.2, 1 0, 2 0.5, 7 1\n"
        "- worth of place: weight 0.1, gate 0, square 1\n"
        "- worth of start: weight 0.1, best 2027-03-10, worst 2027-03-31\n"
        "- worth of roof: weight 0.1, true 1, false 0"
    )
    assert buyer["fact_lines"] == (
        "- list_price: published price: 60 EUR (list, 2027-01-01, confidence 1)\n"
        "- purse: the most to pay: 80 (plan, 2027-01-01, confidence 1); never tell"
    )
    assert buyer["example"] == (
        '{"act": "propose", "terms": {"price": 50, "days": 2, "place": "square", "start": "2027-03-16", "roof": true}, '
        '"text": "Why this offer is good for you as well."}'
    )
    assert "80" not in repr([seller[name] for name in ("mandate", "facts", "fact_lines", "limits", "issues")])
    assert (seller["role"], seller["others"], seller["mandate"]) == ("seller", ("buyer",), "- reserve: 0")
    assert seller["agreement"] == "At least 2 of 2 roles must accept the same offer, always among them: buyer."
