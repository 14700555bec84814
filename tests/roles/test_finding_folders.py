"""Where are negotiations found, and how does a new one begin?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guards.rulecheck import check_rules
from orchestrator.errors import UsageError
from orchestrator.roles.create import create
from orchestrator.roles.find import find, house_folder, shipped, shipped_folder
from orchestrator.roles.load import load
from orchestrator.roles.nodes import plain_of
from orchestrator.roles.schema import schema, schema_text
from orchestrator.roles.yaml import read_yaml

SHIPPED = (
    "approval",
    "auction",
    "campaign",
    "cloud",
    "licence",
    "logistics",
    "media",
    "procurement",
    "release",
    "theatre",
)
KNOWN = f"shipped are {', '.join(SHIPPED)}; a path of your own works as well"


def test_a_name_finds_a_shipped_folder() -> None:
    """The shipped negotiations are found by name; the house is no negotiation."""
    assert shipped() == SHIPPED
    assert find("campaign") == shipped_folder() / "campaign"
    assert (house_folder() / "draft.md").is_file()


def test_an_existing_path_wins_over_a_shipped_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the user's own is meant where one of that name is there."""
    (tmp_path / "campaign").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find("campaign") == Path("campaign")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("cloudd", "did you mean 'cloud'?"),
        ("house", KNOWN),
        ("../prompts", KNOWN),
        ("x" * 5_000, KNOWN),
        ("\0", KNOWN),
    ],
)
def test_what_is_not_there_is_said_with_what_is(name: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown name gives a usage error with the nearest shipped name, or with all of them."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        find(name)
    assert (caught.value.message, caught.value.hint) == (f"there is no negotiation {name!r}", hint)


def test_a_new_negotiation_is_without_mistakes(tmp_path: Path) -> None:
    """What `create` writes validates as it is, and carries its own name."""
    folder = create("spring", tmp_path)
    assert folder == tmp_path / "spring"
    assert sorted(file.name for file in folder.iterdir()) == [
        "guest.md",
        "host.md",
        "negotiation.schema.json",
        "negotiation.yaml",
    ]
    loaded = load(folder, check_rules)
    assert (loaded.negotiation.name, [role.name for role in loaded.negotiation.roles]) == ("spring", ["guest", "host"])


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder that is there already stays as it is."""
    (tmp_path / "spring").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        create("spring", tmp_path)
    assert list((tmp_path / "spring").iterdir()) == []


@pytest.mark.parametrize("name", ["", "a b", "../up", "a/b", "-x", "x" * 65])
def test_a_name_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    """Names with blanks, paths or too many letters make no folder."""
    with pytest.raises(UsageError, match="cannot name a negotiation"):
        create(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    """Where a file stands in the way, the reason is said."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be made: Not a directory"):
        create("spring", tmp_path / "file")


def test_the_shipped_schema_is_the_one_of_the_forms() -> None:
    """`prompts/negotiation.schema.json` is what `schema_text` writes; write it anew when a form changes."""
    assert (shipped_folder() / "negotiation.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_knows_every_key_of_the_shipped_files() -> None:
    """Each shipped file has only keys of the schema, and all that it requires."""
    known = json.loads(json.dumps(schema()))
    assert (known["additionalProperties"], known["$schema"]) == (False, "https://json-schema.org/draft/2020-12/schema")
    for name in shipped():
        file = shipped_folder() / name / "negotiation.yaml"
        root = read_yaml(file.read_text(encoding="utf-8"), file.name).root
        assert root is not None
        written = plain_of(root)
        assert isinstance(written, dict)
        assert isinstance(written["roles"], dict)
        assert set(known["required"]) <= set(written) <= set(known["properties"])
        roles = known["properties"]["roles"]["additionalProperties"]["properties"]
        assert all(isinstance(role, dict) and set(role) <= set(roles) for role in written["roles"].values())
