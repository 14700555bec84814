"""Can people see the pots that sessions share, change their sizes, and audit them?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.desk import Desk

_POTS = "pots:\n  - {name: media, title: media money, unit: EUR, size: 90000, why: plan}\n"
_TALK = """\
name: spring
title: The spring flight
pattern: concession
issues:
  spend: {kind: number, unit: EUR, min: 0, max: 80000, step: 1000}
roles:
  brand: {prompt: brand.md, utility: {issues: {spend: {weight: 1, best: 20000, worst: 80000}}}}
  agency: {prompt: agency.md, utility: {issues: {spend: {weight: 1, best: 80000, worst: 20000}}}}
stop: {rounds: 12}
budgets:
  file: budgets.yaml
  takes: [{pot: media, amount: spend}]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with a negotiation that draws on a pot, and its budget file."""
    (tmp_path / "budgets.yaml").write_text(_POTS, "utf-8")
    (tmp_path / "spring.yaml").write_text(_TALK, "utf-8")
    return Desk(tmp_path)


def _resized(desk: Desk, size: int) -> None:
    (desk.path / "budgets.yaml").write_text(_POTS.replace("90000", str(size)), "utf-8")


def _run(desk: Desk, seed: int = 1) -> str:
    done = desk.do("run", "spring.yaml", "--seed", str(seed), "--json")
    assert done.code == 0, done
    return str(done.json["session"])


def test_a_pot_fills_until_nothing_is_left(desk: Desk) -> None:
    """Talk after talk commits what it agrees; the last one has too little left to agree on anything that it wants."""
    first, second = _run(desk), _run(desk, 2)
    (pot,) = desk.do("budgets", "--json").json
    held = {each["session"]: int(each["committed"]) for each in pot["by"]}
    assert set(held) == {first, second}
    assert pot == {
        "name": "media",
        "title": "media money",
        "unit": "EUR",
        "size": "90000",
        "committed": str(sum(held.values())),
        "reserved": "0",
        "free": str(90000 - sum(held.values())),
        "by": sorted(pot["by"], key=lambda each: -int(each["committed"])),
    }
    assert sum(held.values()) <= 90000
    assert desk.do("verify", "--all").code == 0


def test_the_bar(desk: Desk) -> None:
    """A person sees a bar, figures with units, and by whom the pot is held, in whatever width there is."""
    session = _run(desk)
    (pot,) = desk.do("budgets", "--json").json
    committed, free = int(pot["committed"]), int(pot["free"])
    assert desk.do_at(80, "budgets").out.split("\n") == [
        "media: media money (plan)",
        f"  [{'#' * (60 * committed // 90000)}{'.' * (60 - 60 * committed // 90000)}]",
        f"  90,000 EUR: {committed:,} committed, 0 reserved, {free:,} free",
        f"  {session}: {committed:,} EUR committed",
        "",
    ]
    assert max(map(len, desk.do_at(40, "budgets").out.split("\n"))) <= 40


def test_a_journal_without_pots(desk: Desk) -> None:
    """Where no session has drawn on any, that is said."""
    assert desk.do("run", "campaign", "--model", "strategy:linear", "--json").code in (0, 5)
    assert desk.do("budgets").out == (
        "This journal knows no pots yet: the first session that draws on one brings it, or 'handfast budgets apply' does.\n"
    )
    assert desk.do("budgets", "--json").json == []


def test_sizes_come_into_force_by_name(desk: Desk) -> None:
    """A new size is refused by `run` until a person puts it into force; what is in force already changes nothing."""
    _run(desk)
    _resized(desk, 100_000)
    refused = desk.do("run", "spring.yaml")
    assert (refused.code, "pot 'media' is 90000 EUR in steps of 0.01 in this journal" in refused.err) == (2, True)
    applied = [desk.do("budgets", "apply", "budgets.yaml", "--by", "Kim") for _ in range(2)]
    assert [(done.code, done.out) for done in applied] == [
        (0, "In force by 'Kim': media 100000 EUR.\n"),
        (0, "All pots of the file have these sizes already.\n"),
    ]
    _run(desk, 2)
    assert "the book of pots: its entry holds" in desk.do("verify", "--all").out
    assert desk.do("budgets", "audit").code == 0
    assert [line for line in desk.do("sessions").out.split("\n") if "@" in line] == []


_TRIGGERS = """\
triggers:
  - {id: short, pot: media, when: free < 10000, why: little is left, by: Mara}
  - {id: much, pot: media, when: committed > 80000, why: much is committed}
"""


@pytest.fixture
def watchful(desk: Desk) -> Desk:
    """Return the desk with triggers on a large pot."""
    (desk.path / "spring.yaml").write_text(_TALK + _TRIGGERS, "utf-8")
    _resized(desk, 300_000)
    return desk


def test_a_smaller_pot_reopens_an_agreement(watchful: Desk) -> None:
    """`budgets apply` says which agreement a new size reopens, once; the history of its successor says why."""
    old = _run(watchful)
    assert watchful.do("triggers", "list").out.splitlines()[1] == "  short: when free < 10000 of pot 'media': little is left"
    size = int(watchful.do("budgets", "--json").json[0]["committed"]) + 9_999
    _resized(watchful, size)
    applied = watchful.do("budgets", "apply", "budgets.yaml", "--by", "Kim")
    new = watchful.do("sessions", "--json").json[0]["id"]
    assert (applied.code, applied.out) == (0, f"In force by 'Kim': media {size} EUR.\n{old}: reopened as {new}\n")
    assert watchful.do("triggers", "run").out == "No agreement is due.\n"
    assert watchful.do("resume", new, "--plain").code == 0
    assert f"pot media: 9999 of {size} was free then" in " ".join(watchful.do("history", new).out.split())
    assert watchful.do("verify", "--all").code == 0
    assert watchful.do("budgets", "audit").code == 0


def test_another_agreement_reopens_the_one_before(watchful: Desk) -> None:
    """`triggers run` sees what another talk has committed, reopens the agreement for which that is news, and no other."""
    old, _ = _run(watchful), _run(watchful, 2)
    (woken,) = watchful.do("triggers", "run", "--json").json
    assert (woken["session"], woken["cause"]["triggers"]) == (old, ["much"])
    assert watchful.do("triggers", "run", "--json").json == []


def test_triggers_on_pots_are_checked_with_the_file(desk: Desk) -> None:
    """A pot that nothing is taken of, an unknown figure and a pot without `when` are mistakes with file, line and key."""
    bad = """\
triggers:
  - {id: a, pot: mediaa, when: free < 1, why: test}
  - {id: b, pot: media, when: fre < 1, why: test}
  - {id: c, pot: media, after: 1d, why: test}
"""
    (desk.path / "spring.yaml").write_text(_TALK + bad, "utf-8")
    done = desk.do("validate", "spring.yaml")
    first = len(_TALK.splitlines()) + 2
    told = [line.partition("spring.yaml:")[2] for line in (done.out + done.err).splitlines() if "triggers" in line]
    expected = [
        "triggers.a.pot: nothing is taken of 'mediaa'; expected 'media'",
        (
            "triggers.b.when: cannot be used: undeclared reference to 'fre'; "
            "expected an expression over free, committed, reserved, size that gives true or false"
        ),
        "triggers.c.pot: stands without 'when'; expected a 'when' over free, committed, reserved and size",
    ]
    assert told == [f"{first + place}: {each}" for place, each in enumerate(expected)]


def test_a_pot_is_not_lowered_below_what_is_held(desk: Desk) -> None:
    """Who lowers a pot too far is told how much is held, and by whom; nothing changes."""
    session = _run(desk)
    (before,) = desk.do("budgets", "--json").json
    _resized(desk, 100)
    done = desk.do("budgets", "apply", "budgets.yaml", "--by", "Kim")
    held = before["committed"]
    assert (done.code, done.err) == (
        2,
        f"handfast: pot 'media' cannot be lowered to 100 EUR: {held} is held\nhint: held by {session} {held}\n",
    )
    assert desk.do("budgets", "--json").json == [before]


def test_an_amendment_replaces_what_was_committed(desk: Desk) -> None:
    """The pot holds one agreement and not two after an amendment, in the amending session's name."""
    first = _run(desk)
    done = desk.do("amend", first, "--seed", "5", "--json")
    assert done.code == 0, done
    (pot,) = desk.do("budgets", "--json").json
    assert [(each["session"], each["account"]) for each in pot["by"]] == [(done.json["session"], first)]
    assert pot["committed"] == pot["by"][0]["committed"]
    again = desk.do("amend", first, "--json")
    assert (again.code, "in the place of" in again.err) == (2, True)
    assert desk.do("budgets", "audit").out == "1 pot, 1 holding: the ledger is what the entries say\n"


def test_a_session_that_is_called_off_gives_back_what_it_held(desk: Desk) -> None:
    """What stands when a session is stopped stays reserved, and is free when it goes on to an end without agreement."""
    done = desk.do("run", "spring.yaml", "--seed", "1", "--spend", "calls=1", "--json")
    assert done.code == 4, done
    (pot,) = desk.do("budgets", "--json").json
    assert (int(pot["reserved"]) > 0, pot["by"][0]["session"]) == (True, done.json["session"])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE pledges SET committed = '1'", "says that"),
        ("UPDATE pots SET held = '1'", "the ledger has 1"),
        ("UPDATE pots SET size = '99999'", "another size there than in the ledger"),
        ("DELETE FROM pledges", "the ledger has nothing"),
        ("INSERT INTO pledges VALUES ('media', 'ghost', 'ghost', '0', '5', 'ghost', 3)", "'ghost' holds nothing"),
    ],
)
def test_the_audit_finds_what_was_changed(desk: Desk, change: str, problem: str) -> None:
    """A ledger that is not what the entries say is told with the entry at fault, and the exit code is 1."""
    _run(desk)
    with closing(sqlite3.connect(desk.journal)) as database, database:
        database.execute(change)
    done = desk.do("budgets", "audit")
    assert (done.code, problem in done.err, done.err.startswith("handfast: entry ")) == (1, True, True), done.err


def test_a_book_that_was_changed_is_found_out(desk: Desk) -> None:
    """The entries of the book of pots are chained and signed as all others are."""
    _run(desk)
    _resized(desk, 95_000)
    assert desk.do("budgets", "apply", "budgets.yaml", "--by", "Kim").code == 0
    with closing(sqlite3.connect(desk.journal)) as database, database:
        database.execute("UPDATE entries SET reply = replace(reply, 'Kim', 'Tom') WHERE session = '~pots'")
    done = desk.do("verify", "--all")
    assert (done.code, "'~pots'" in done.err) == (1, True), done.err
