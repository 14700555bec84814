"""What may the auction part of a file say? Its rules, and every mistake with its line, its key and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from guards.rulecheck import check_rules
from orchestrator.errors import ConfigError
from orchestrator.roles.find import find
from orchestrator.roles.load import load_negotiation

_BASE = """
name: stand
title: A stand at the fair
pattern: auction
issues:
  price: {kind: number, min: 10, max: 90, step: 5}
  buyer: {kind: choice, options: [ash, elm]}
  place: {kind: choice, options: [front, back]}
  built: {kind: flag}
  since: {kind: date, min: 2027-01-01, max: 2027-02-01}
auction:
AUCTION
roles:
  fair: {prompt: fair.md}
  ash: {prompt: ash.md}
  elm: {prompt: elm.md}
stop: {rounds: 9}
"""
_RIGHT = {
    "form": "second_price",
    "host": "fair",
    "price": "price",
    "winner": "buyer",
    "lot": "{place: front, built: true, since: 2027-01-04}",
    "reserve": "20",
}
_DOUBLE = {"form": "double", "price": "price", "winner": "buyer", "seller": "place", "rounds": "3"}


def told(folder: Path, rules: dict[str, str]) -> list[str]:
    """Return what is said to be wrong with a file that has these rules: line, key, problem and what was expected."""
    text = _BASE.replace("AUCTION", "\n".join(f"  {key}: {value}" for key, value in rules.items())).lstrip()
    file = folder / "negotiation.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        load_negotiation(file, check_rules)
    except ConfigError as error:
        return [f"{each.key}: {each.problem}; expected {each.expected}" for each in error.mistakes if each.line > 0]
    return []


def test_the_rules_are_read(tmp_path: Path) -> None:
    """What is not named has its usual value: all other roles bid, and an open bid goes up by one step of the price."""
    assert told(tmp_path, _RIGHT) == []
    auction = load_negotiation(tmp_path / "negotiation.yaml", check_rules).pattern_rules
    assert auction is not None
    assert auction.model_dump(mode="json") == {
        "kind": "auction",
        "form": "second_price",
        "host": "fair",
        "bidders": ["ash", "elm"],
        "price": "price",
        "winner": "buyer",
        "lot": [
            {"kind": "choice", "issue": "place", "value": "front"},
            {"kind": "flag", "issue": "built", "value": True},
            {"kind": "date", "issue": "since", "value": "2027-01-04"},
        ],
        "reserve": "20",
        "increment": "5",
        "rounds": 1,
        "tie": "earliest",
        "commission": "0",
        "commission_by": "host",
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"bidders": "[]"}, "auction.bidders: nobody bids; expected at least one role besides the host"),
        ({"bidders": "[ash, oak]"}, "auction.bidders: 'oak' is no role; expected 'fair', 'ash', 'elm'"),
        ({"bidders": "[ash, fair]"}, "auction.bidders: 'fair' bids at its own auction; expected other roles than the host"),
        ({"host": "fare"}, "auction.host: 'fare' is no role; expected 'fair', 'ash', 'elm'"),
        ({"host": ""}, "auction.host: is missing; expected 'fair', 'ash', 'elm'"),
        ({"reserve": "95"}, "auction.reserve: is 95, above every bid; expected a number from 10 to 90"),
        ({"reserve": "5"}, "auction.reserve: is 5, below every bid; expected a number from 10 to 90"),
        ({"reserve": ""}, "auction.reserve: is missing; expected the price of a winner whom nobody else bids against"),
        ({"commission": "0.6"}, "auction.commission: is 0.6; expected a number from 0 to 0.5"),
        ({"commission": "-0.1"}, "auction.commission: is -0.1; expected a number from 0 to 0.5"),
        (
            {"form": "dutch"},
            "auction.form: is 'dutch'; expected 'first_price', 'second_price', 'ascending', 'descending' or 'double'",
        ),
        ({"price": "cost"}, "auction.price: 'cost' is no issue that is a figure; expected 'price'"),
        ({"winner": "price"}, "auction.winner: 'price' is no choice; expected 'buyer', 'place'"),
        ({"winner": "place"}, "auction.winner: 'place' has the options front, back; expected exactly 'ash', 'elm'"),
        ({"lot": "{size: 3}"}, "auction.lot: 'size' is no issue; expected 'built', 'place', 'since'"),
        ({"lot": "{place: side}"}, "auction.lot: 'side' is no value of 'place'; expected one that the issue allows"),
        ({"lot": "{since: 2028-01-01}"}, "auction.lot: 2028-01-01 is no value of 'since'; expected one that the issue allows"),
        ({"lot": "{price: 20}"}, "auction.lot: 'price' is what is bid on; expected other issues"),
        ({"increment": "7"}, "auction.increment: is 7; expected a multiple of the step, 5"),
        ({"quiet": "2"}, "auction.quiet: has no meaning here; expected form: ascending"),
        ({"start": "20"}, "auction.start: has no meaning here; expected form: ascending or descending"),
        ({"sellers": "[ash]"}, "auction.sellers: has no meaning here; expected form: double"),
        (
            {"secret_reserve": "true", "reserve": "", "form": "first_price"},
            "auction.secret_reserve: has no reserve to keep; expected reserve",
        ),
        ({"form": "ascending"}, "auction.rounds: is missing; expected the round after which bidding closes"),
        ({"form": "descending", "rounds": "5"}, "auction.start: is missing; expected the price that the clock begins with"),
        (
            {"form": "descending", "rounds": "5", "start": "15"},
            "auction.start: is 15, beyond the reserve; expected at least 20",
        ),
        (
            {"form": "descending", "rounds": "5", "start": "50", "secret_reserve": "true"},
            "auction.secret_reserve: has no meaning where the clock stops at the reserve; expected false",
        ),
    ],
)
def test_what_does_not_fit_is_said(changes: dict[str, str], expected: str, tmp_path: Path) -> None:
    """Each mistake has its key and what was expected; none hides another."""
    rules = {key: value for key, value in {**_RIGHT, **changes}.items() if value}
    assert expected in told(tmp_path, rules)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "auction.sellers: nobody sells; expected at least one role"),
        ({"host": "fair"}, "auction.host: has no meaning in a double auction; expected bidders and sellers"),
        (
            {"sellers": "[ash]", "bidders": "[ash]"},
            "auction.sellers: 'ash' would buy from itself; expected other roles than the bidders",
        ),
        ({"reverse": "true"}, "auction.reverse: has no meaning in a double auction; expected false"),
        ({"reserve": "20"}, "auction.reserve: has no meaning in a double auction; expected limits of the roles"),
        ({"seller": ""}, "auction.seller: is missing; expected the issue that says who sells"),
        ({"sellers": "[fair]"}, "auction.lot: 'built' is open, and buyers and sellers could not meet; expected a value for it"),
    ],
)
def test_a_double_auction_has_two_sides(changes: dict[str, str], expected: str, tmp_path: Path) -> None:
    """It has buyers and sellers instead of a host, and nothing open between them but the price."""
    rules = {key: value for key, value in {**_DOUBLE, **changes}.items() if value}
    assert expected in told(tmp_path, rules)


def test_the_part_belongs_to_its_pattern(tmp_path: Path) -> None:
    """In a talk of another pattern it has no meaning."""
    text = (find("auction") / "negotiation.yaml").read_text(encoding="utf-8").replace("pattern: auction", "pattern: concession")
    (tmp_path / "negotiation.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_negotiation(tmp_path / "negotiation.yaml", check_rules)
    assert [(each.key, each.expected) for each in caught.value.mistakes] == [("auction", "pattern: auction")]
