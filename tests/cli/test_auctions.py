"""Can a person run an auction, see what it brought, and look for abuse over a journal?"""

from __future__ import annotations

import json

import pytest

from tests.cli.desk import Desk


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk at which the shipped auction has run twice."""
    desk = Desk(tmp_path_factory.mktemp("auctions"))
    for seed in ("1", "2"):
        assert desk.do("run", "auction", "--seed", seed, "--plain", "--moves", "moves.jsonl").code == 0
    return desk


def test_sealed_bids_stay_sealed_while_it_runs(sold: Desk) -> None:
    """The view tells that a bid came; the bids are told when the bidding is closed; `show` tells them all afterwards."""
    out = sold.do("run", "auction", "--plain").out
    before, _, after = out.partition("bidding is closed")
    assert "aurora hands in a sealed bid" in before
    assert "52,000" not in before
    assert "aurora 52000, basalt 47000, cobalt 43500, dune 31000" in after
    assert "price 52,000" in sold.do("show", "last").out


def test_moves_of_sealed_bidders_are_delivered_without_their_bids(sold: Desk) -> None:
    """Who listens to the bus learns that somebody moved, and no more."""
    moves = [json.loads(line)["move"] for line in (sold.path / "moves.jsonl").read_text("utf-8").splitlines()]
    assert {key for move in moves if move["sender"] == "aurora" for key in move} == {"id", "sender", "turn", "round", "act"}
    assert any("text" in move for move in moves if move["sender"] == "publisher")


def test_the_end_of_an_auction_tells_its_measure(sold: Desk) -> None:
    """What was paid against the reserve, the best bids, and what is worth something to the two sides alone."""
    out = " ".join(sold.do("run", "auction", "--plain").out.split())
    assert "Agreed in round 2 of 4: the award is to publisher and aurora." in out
    assert "Sold to aurora at 47,000; 23,000 above the reserve; the best of 4 bids was 52,000, the second 47,000" in out
    assert "Nothing unusual in its bids" in out
    assert "dune 0.00" not in out


def test_json_has_the_measure(sold: Desk) -> None:
    """For machines, with exact figures as text."""
    told = sold.do("run", "auction", "--json").json
    assert {key: told["measure"][key] for key in ("winner", "price", "gain", "received")} == {
        "winner": "aurora",
        "price": "47000",
        "gain": "23000",
        "received": "45120",
    }
    assert told["measure"]["unusual"] == []


def test_a_journal_of_auctions_is_listed(sold: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each with what it brought, then all together, then what is unusual; a journal without auctions says so."""
    done = sold.do("auctions")
    assert done.code == 0
    assert done.out.count("(second price): Sold to aurora at 47,000") >= 2
    assert "Nothing unusual in the bids." in done.out
    figures = sold.do("auctions", "--json").json
    assert (len(figures["auctions"]) >= 2, figures["findings"]) == (True, [])
    assert sold.do("auctions", "--name", "other").out == "This journal holds no auctions that are over.\n"
    empty = Desk(tmp_path_factory.mktemp("none"))
    assert empty.do("run", "procurement", "--rounds", "1", "--plain").code == 3
    assert empty.do("auctions").out == "This journal holds no auctions that are over.\n"


@pytest.mark.slow
def test_the_shipped_auction_agrees_on_its_seeds(tmp_path_factory: pytest.TempPathFactory) -> None:
    """With default models a hundred seeds give a hundred awards, all inside every limit."""
    desk = Desk(tmp_path_factory.mktemp("seeds"))
    codes = [desk.do("run", "auction", "--seed", str(seed), "--json").code for seed in range(100)]
    assert codes.count(0) >= 90


@pytest.mark.slow
def test_a_ring_in_a_journal_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two who take turns over sixteen sealed auctions are named, with their bids as evidence."""
    desk = Desk(tmp_path_factory.mktemp("ring"))
    for number in range(16):
        ring = f"bidder:ring?with=aurora+basalt&number={number}"
        words = ("--model", f"aurora={ring}", "--model", f"basalt={ring}", "--model", "*=bidder:honest")
        assert desk.do("run", "auction", "--seed", str(number), "--json", *words).code == 0
    (found,) = desk.do("auctions", "--json").json["findings"]
    assert (found["code"], found["who"], len(found["evidence"])) == ("auction.ring", ["aurora", "basalt"], 32)
    out = desk.do("auctions").out
    assert "auction.ring: of 'aurora' and 'basalt' one alone went for the lot in 16 of 16 auctions" in " ".join(out.split())
