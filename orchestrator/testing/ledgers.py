"""Does a journal keep the pots that its sessions share? Checks that run over any journal, as those of `journals` do.

For each pot, what all accounts hold together never exceeds its size; an entry that would is refused alone and leaves nothing.
"""
# ruff: noqa: D401 - the docstring of a check is the behaviour that it asks for

from __future__ import annotations

import asyncio
from decimal import Decimal

from orchestrator.errors import Conflict, Overdrawn, UsageError
from orchestrator.messages.entry import row_of
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Holding, Ledger, Stock
from orchestrator.messages.pot import POTS_BOOK, Room
from orchestrator.messages.value import SessionId
from orchestrator.testing.appending import append_all, refusal_of
from orchestrator.testing.journals import JournalCheck, OpenJournal
from orchestrator.testing.pots import PottedTalk, sample_pot, sample_pots_applied
from orchestrator.testing.samples import sample_entries, sample_key

__all__ = [
    "DURABLE_LEDGER_CHECKS",
    "LEDGER_CHECKS",
    "commits_what_is_agreed",
    "gives_a_pot_another_size",
    "goes_on_with_amendments_one_at_a_time",
    "has_the_same_ledger_when_opened_again",
    "holds_pots_to_one_size",
    "keeps_the_place_of_what_it_refuses",
    "knows_no_pots_at_first",
    "lets_as_many_hold_as_there_is",
    "refuses_a_place_before_a_pot",
    "refuses_what_others_do_not_leave",
    "releases_what_is_let_go",
    "reserves_what_an_offer_takes",
]


async def knows_no_pots_at_first(opened: OpenJournal) -> None:
    """A journal without pots holds nothing, and keeps sessions that draw on none."""
    journal, ledger = _open(opened)
    for entry in sample_entries(2):
        await journal.append(entry)
    assert (ledger.stocks(), ledger.holdings(), ledger.rooms(SessionId("sample-0001"), ["purse"])) == ((), (), ())
    await journal.close()


async def reserves_what_an_offer_takes(opened: OpenJournal) -> None:
    """An opening brings its pots; an offer that stands holds what it takes, and others are left the rest."""
    journal, ledger = _open(opened)
    talk = PottedTalk("talk-a")
    await journal.append(talk.opening)
    assert ledger.stocks() == (Stock(pot=sample_pot(), held=Decimal(0), session="talk-a", seq=0),)
    await journal.append(talk.propose(60))
    assert ledger.stocks() == (Stock(pot=sample_pot(), held=Decimal(60), session="talk-a", seq=0),)
    assert ledger.holdings() == ledger.holdings("purse") == (_holding("talk-a", 60, 0, seq=1),)
    assert ledger.holdings("another") == ()
    assert [ledger.rooms(SessionId(who), ["other", "purse"]) for who in ("talk-a", "talk-b")] == [_room(100), _room(40)]
    await journal.close()


async def commits_what_is_agreed(opened: OpenJournal) -> None:
    """An agreement commits its own amount and reserves nothing."""
    journal, ledger = _open(opened)
    talk = PottedTalk("talk-a")
    await append_all(journal, (talk.opening, talk.propose(60), talk.propose(40), talk.accept()))
    assert ledger.holdings() == (_holding("talk-a", 0, 40, seq=3),)
    assert ledger.rooms(SessionId("talk-b"), ["purse"]) == _room(60)
    await journal.close()


async def releases_what_is_let_go(opened: OpenJournal) -> None:
    """A withdrawal and an end without agreement give back what was held."""
    journal, ledger = _open(opened)
    withdrawn, ended = PottedTalk("talk-a"), PottedTalk("talk-b")
    await append_all(journal, (withdrawn.opening, withdrawn.propose(60), withdrawn.inform(), withdrawn.withdraw()))
    await append_all(journal, (ended.opening, ended.propose(100), ended.escalate()))
    assert ledger.holdings() == (_holding("talk-a", 0, 0, seq=3), _holding("talk-b", 0, 0, seq=2))
    assert ledger.rooms(SessionId("talk-c"), ["purse"]) == _room(100)
    await journal.close()


async def refuses_what_others_do_not_leave(opened: OpenJournal) -> None:
    """An entry that would hold more than others leave is Overdrawn, and neither it nor what it pledges is kept."""
    journal, ledger = _open(opened)
    first, second = PottedTalk("talk-a"), PottedTalk("talk-b")
    await append_all(journal, (first.opening, first.propose(60), second.opening))
    refusal = await refusal_of(journal, second.propose(41))
    assert isinstance(refusal, Overdrawn)
    facts = (refusal.session, refusal.seq, refusal.pot, refusal.asked, refusal.most, refusal.size)
    assert facts == ("talk-b", 1, "purse", Decimal(41), Decimal(40), Decimal(100))
    assert ledger.holdings() == (_holding("talk-a", 60, 0, seq=1),)
    assert len(journal.rows(SessionId("talk-b"))) == 1
    await journal.close()


async def keeps_the_place_of_what_it_refuses(opened: OpenJournal) -> None:
    """The place of an overdrawn entry is free for another, and the exact rest of a pot may be held."""
    journal, ledger = _open(opened)
    first, second = PottedTalk("talk-a"), PottedTalk("talk-b")
    await append_all(journal, (first.opening, first.propose(60), second.opening))
    before = second.session
    assert isinstance(await refusal_of(journal, second.propose(50)), Overdrawn)
    second.session = before
    entry = second.propose(40)
    await journal.append(entry)
    assert journal.rows(SessionId("talk-b"), 0) == (row_of(entry, sample_key().sign),)
    assert ledger.rooms(SessionId("talk-c"), ["purse"]) == _room(0)
    await journal.close()


async def refuses_a_place_before_a_pot(opened: OpenJournal) -> None:
    """Where an entry's place is taken it is a Conflict, whatever it would hold, and the ledger stays as it is."""
    journal, ledger = _open(opened)
    talk = PottedTalk("talk-a")
    await journal.append(talk.opening)
    before = talk.session
    await journal.append(talk.propose(60))
    for price in (10, 101):
        talk.session = before
        assert isinstance(await refusal_of(journal, talk.propose(price)), Conflict)
    assert ledger.holdings() == (_holding("talk-a", 60, 0, seq=1),)
    await journal.close()


async def lets_as_many_hold_as_there_is(opened: OpenJournal) -> None:
    """Of offers that come in one moment as many are kept as the pot bears; what draws on no pot is kept with them."""
    journal, ledger = _open(opened)
    talks = [PottedTalk(f"talk-{number:02}") for number in range(12)]
    await asyncio.gather(*(journal.append(talk.opening) for talk in talks))
    plain = sample_entries(2)
    offers = [talk.propose(30) for talk in talks]
    arriving = (*offers[:6], *plain, *offers[6:])
    outcomes = await asyncio.gather(*(journal.append(entry) for entry in arriving), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType"] * 5 + ["Overdrawn"] * 9
    assert len(journal.rows(plain[0].session)) == 2
    assert ledger.rooms(SessionId("talk-xx"), ["purse"]) == _room(10)
    kept = [len(journal.rows(talk.session.id)) for talk in talks]
    assert sorted(kept) == [1] * 9 + [2] * 3
    await journal.close()


async def holds_pots_to_one_size(opened: OpenJournal) -> None:
    """The first session that draws on a pot brings its size; one whose file has another is refused, and told both."""
    journal, ledger = _open(opened)
    await journal.append(PottedTalk("talk-a").opening)
    refusal = await refusal_of(journal, PottedTalk("talk-b", size=120).opening)
    assert isinstance(refusal, UsageError)
    assert str(refusal) == (
        "pot 'purse' is 100 EUR in steps of 0.01 in this journal (since session 'talk-a'), and 120 EUR in steps of 0.01 in the"
        " budget file"
    )
    assert journal.rows(SessionId("talk-b")) == ()
    assert ledger.stocks() == (Stock(pot=sample_pot(), held=Decimal(0), session="talk-a", seq=0),)
    await journal.close()


async def goes_on_with_amendments_one_at_a_time(opened: OpenJournal) -> None:
    """An amendment holds in the place of what it supersedes; another of the same is refused until it has ended in vain."""
    journal, ledger = _open(opened)
    old = PottedTalk("talk-a")
    await append_all(journal, (old.opening, old.propose(60), old.accept()))
    first, second = (PottedTalk(name, amends=old.session) for name in ("talk-b", "talk-c"))
    await journal.append(first.opening)
    assert ledger.holdings() == (_holding("talk-a", 0, 60, holder="talk-b", session="talk-b", seq=0),)
    assert isinstance(await refusal_of(journal, second.opening), UsageError)
    assert journal.rows(SessionId("talk-c")) == ()
    await journal.append(first.propose(100))
    assert ledger.holdings() == (_holding("talk-a", 40, 60, holder="talk-b", session="talk-b", seq=1),)
    await journal.append(first.escalate())
    assert ledger.holdings() == (_holding("talk-a", 0, 60, session="talk-b", seq=2),)
    await append_all(journal, (second.opening, second.propose(20), second.accept()))
    assert ledger.holdings() == (_holding("talk-a", 0, 20, holder="talk-c", session="talk-c", seq=2),)
    assert ledger.rooms(SessionId("talk-d"), ["purse"]) == _room(80)
    await journal.close()


async def gives_a_pot_another_size(opened: OpenJournal) -> None:
    """A size can be raised, and lowered to what is held; below it is refused, and it is told who holds."""
    journal, ledger = _open(opened)
    talk = PottedTalk("talk-a")
    await append_all(journal, (talk.opening, talk.propose(60)))
    refusal = await refusal_of(journal, sample_pots_applied(59))
    assert isinstance(refusal, UsageError)
    assert (str(refusal), refusal.hint) == (
        "pot 'purse' cannot be lowered to 59 EUR: 60 is held",
        "held by talk-a 60",
    )
    lowered = sample_pots_applied(60)
    await append_all(journal, (lowered, sample_pots_applied(90, 1, lowered.digest)))
    assert ledger.stocks() == (Stock(pot=sample_pot(90), held=Decimal(60), session=POTS_BOOK, seq=1),)
    assert [summary.id for summary in journal.summaries()] == ["talk-a"]
    await journal.close()


async def has_the_same_ledger_when_opened_again(opened: OpenJournal) -> None:
    """Pots and what is held of them are there when the same place is opened again."""
    journal, ledger = _open(opened)
    talk = PottedTalk("talk-a")
    await append_all(journal, (talk.opening, talk.propose(60)))
    kept = (ledger.stocks(), ledger.holdings())
    await journal.close()
    journal, ledger = _open(opened)
    assert (ledger.stocks(), ledger.holdings()) == kept
    other = PottedTalk("talk-b")
    await journal.append(other.opening)
    assert isinstance(await refusal_of(journal, other.propose(41)), Overdrawn)
    await journal.close()


LEDGER_CHECKS: tuple[JournalCheck, ...] = (
    knows_no_pots_at_first,
    reserves_what_an_offer_takes,
    commits_what_is_agreed,
    releases_what_is_let_go,
    refuses_what_others_do_not_leave,
    keeps_the_place_of_what_it_refuses,
    refuses_a_place_before_a_pot,
    lets_as_many_hold_as_there_is,
    holds_pots_to_one_size,
    goes_on_with_amendments_one_at_a_time,
    gives_a_pot_another_size,
)
"""What a journal must pass whose sessions share pots."""

DURABLE_LEDGER_CHECKS: tuple[JournalCheck, ...] = (has_the_same_ledger_when_opened_again,)
"""What such a journal must pass that outlives its process."""


def _open(opened: OpenJournal) -> tuple[Journal, Ledger]:
    journal = opened()
    assert isinstance(journal, Ledger)
    return journal, journal


def _holding(account: str, reserved: int, committed: int, *, seq: int, holder: str = "", session: str = "") -> Holding:
    return Holding(
        pot="purse",
        account=account,
        holder=holder or account,
        reserved=Decimal(reserved),
        committed=Decimal(committed),
        session=session or account,
        seq=seq,
    )


def _room(most: int) -> tuple[Room, ...]:
    return (Room(pot="purse", size=Decimal(100), most=Decimal(most)),)
