"""Which calls were repeated because their driver ended, and what may they have cost?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from orchestrator.engine import advance, begin, enter, fresh
from orchestrator.errors import Try
from orchestrator.messages.draft import Draft
from orchestrator.messages.entry import Entry
from orchestrator.messages.reply import Interrupted, Reply, Requested, Written
from orchestrator.messages.settings import SeatModel
from orchestrator.messages.spend import Price
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import Digest, RoleName
from orchestrator.report.repeats import Repeat, interruptions, repeats, repeats_json, repeats_lines
from orchestrator.testing.samples import SAMPLE_START, sample_rules, sample_settings

BUYER, SELLER = RoleName("buyer"), RoleName("seller")
AT = SAMPLE_START + timedelta(seconds=1)
DIED = "the driver ended before the answer was on record"


def requested(role: RoleName) -> Requested:
    """Return the request of a role's call: 1,000 tokens at 2 dollars a million, 500 at 8."""
    return Requested(at=AT, role=role, model="m", request=Digest("0" * 64), prompt=1000, reply=500)


def written(role: RoleName) -> Written:
    """Return an aside of a role."""
    text = Draft(act="inform").model_dump_json(exclude_none=True)
    return Written(at=AT, role=role, model="m", text=text, size=len(text), usage=Usage(prompt=9, reply=9), began=AT)


def played(*replies: Reply) -> tuple[Entry, ...]:
    """Return the entries of a talk of two models with a price."""
    price = Price(input=Decimal(2), output=Decimal(8))
    seats = tuple(SeatModel(role=role, model="m", price=price, costly=True) for role in (BUYER, SELLER))
    settings = sample_settings().model_copy(update={"models": seats})
    rules = sample_rules()
    entries = [begin(settings, SAMPLE_START, rules)]
    session = advance(fresh(settings), entries[0])
    for reply in replies:
        entries.append(enter(session, reply, rules))
        session = advance(session, entries[-1])
    return tuple(entries)


def test_a_call_whose_driver_died_is_told_at_its_full_price() -> None:
    """It has its role, its round, when it was asked, and the most that it may have cost."""
    entries = played(
        requested(BUYER),
        written(BUYER),
        requested(SELLER),
        written(SELLER),
        requested(BUYER),
        Interrupted(at=AT, why=DIED),
        requested(BUYER),
        written(BUYER),
    )
    assert repeats(entries, 2) == (
        Repeat(role=BUYER, round=2, asked=AT, tokens=1500, usd=Decimal("0.006"), why=DIED, again=True),
    )
    assert list(repeats_lines(entries, 2)) == [
        "interrupted  1 time",
        "repeated     buyer in round 2, asked 2026-01-05 09:00:01 UTC, at most 0.006 USD, 1,500 tokens lost: " + DIED,
    ]


def test_a_call_that_was_not_made_again_is_given_up() -> None:
    """Where the session has not gone on, nothing was repeated yet."""
    (call,) = repeats(played(requested(BUYER), Interrupted(at=AT, why=DIED)), 2)
    assert (call.again, call.round) == (False, 1)


def test_an_interruption_between_calls_repeats_none() -> None:
    """The receipt counts it and says that no call was repeated."""
    entries = played(Interrupted(at=AT, why="stopped by its operator"), requested(BUYER))
    assert repeats_json(entries, 2) == {"interruptions": 1, "repeated": []}
    assert list(repeats_lines(entries, 2)) == ["interrupted  1 time; no call on record was repeated"]


def test_calls_whose_failures_are_known_are_no_price_of_a_crash() -> None:
    """A provider that failed says what its tries cost: they are in the account, and repeat nothing."""
    tries = (Try(failure="Unavailable", message="gone", prompt=10),)
    entries = played(requested(BUYER), Interrupted(at=AT, why="gone", tries=tries))
    assert (interruptions(entries), repeats(entries, 2)) == (1, ())


def test_an_undisturbed_session_says_nothing() -> None:
    """A receipt of a session that nothing interrupted has no word of it."""
    entries = played(requested(BUYER), written(BUYER))
    assert (repeats_json(entries, 2), list(repeats_lines(entries, 2))) == ({}, [])
