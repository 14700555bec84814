"""Are the values of a market read as written, and is everything else told with its line?"""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.errors import ConfigError
from orchestrator.roles.marketfile import Listed, read_market

CSV = "side,value\nbuyer,12.5\nseller,3\n\nBuyer, 8 \n"
YAML = "buyers: [12.5, 8]\nsellers:\n  - 3\n"


@pytest.mark.parametrize(
    ("name", "text"), [("a.csv", CSV), ("a.txt", CSV.replace("\n", "\r\n")), ("a.yaml", YAML), ("a.YML", YAML)]
)
def test_values_are_read_in_their_order(name: str, text: str, tmp_path: Path) -> None:
    """CSV and YAML say the same: the values of buyers and of sellers."""
    (tmp_path / name).write_text(text, "utf-8")
    assert read_market(tmp_path / name) == Listed(buyers=(12.5, 8.0), sellers=(3.0,))


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "", ["a.csv:1: header: is ''; expected side,value"]),
        ("a.csv", "value,side\nbuyer,1\n", ["a.csv:1: header: is 'value,side'; expected side,value"]),
        ("a.csv", "side,value\nbuyer,1\n", ["a.csv: sellers: there are none; expected at least one value"]),
        ("a.csv", "side,value\nbuyer,1,2\n", ["a.csv:2: line: is 'buyer,1,2'; expected buyer or seller, a comma and a value"]),
        ("a.csv", "side,value\nowner,1\n", ["a.csv:2: line: is 'owner,1'; expected buyer or seller, a comma and a value"]),
        (
            "a.csv",
            "side,value\nbuyer,much\nseller,-1\nseller,nan\nbuyer,1_0\nbuyer,1e13\n",
            [
                "a.csv:2: buyers: is 'much'; expected a number from 0 to 1e12",
                "a.csv:3: sellers: is '-1'; expected a number from 0 to 1e12",
                "a.csv:4: sellers: is 'nan'; expected a number from 0 to 1e12",
                "a.csv:5: buyers: is '1_0'; expected a number from 0 to 1e12",
                "a.csv:6: buyers: is '1e13'; expected a number from 0 to 1e12",
            ],
        ),
        ("a.yaml", "- 1\n", ["a.yaml:1: YAML: is no mapping; expected the lists buyers and sellers"]),
        ("a.yaml", "buyers: 3\nsellers: [1]\n", ["a.yaml:1: buyers: is no list; expected a list of values"]),
        (
            "a.yaml",
            "buyers: [[1]]\nsellers: [1]\n",
            ["a.yaml:1: buyers: is 'no single value'; expected a number from 0 to 1e12"],
        ),
        ("a.yaml", "owners: [1]\n", ["a.yaml:1: owners: is unknown; expected buyers or sellers"]),
        ("a.yaml", "", ["a.yaml: YAML: the file is empty; expected a negotiation"]),
    ],
)
def test_wrong_values_are_told_with_their_line(name: str, text: str, says: list[str], tmp_path: Path) -> None:
    """Each mistake names the file, the line, what is there and what was expected."""
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        read_market(tmp_path / name)
    assert raised.value.message.replace(f"{tmp_path}/", "").splitlines() == says


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """What can't be read is a mistake of its file."""
    with pytest.raises(ConfigError, match=r"nowhere\.csv: file: does not exist"):
        read_market(tmp_path / "nowhere.csv")


def test_only_the_first_mistakes_of_many_are_told(tmp_path: Path) -> None:
    """A file in which everything is wrong fills no screens."""
    (tmp_path / "a.csv").write_text("side,value\n" + "buyer,x\n" * 500, "utf-8")
    with pytest.raises(ConfigError) as raised:
        read_market(tmp_path / "a.csv")
    assert len(raised.value.mistakes) == 20
