"""What becomes of commands at a desk? Each is on record once, or refused with the reason."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import pytest

from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.command import COMMAND, Answered, Cancel, Rule, Submit, Tell, Watch
from orchestrator.messages.digest import digest_of
from orchestrator.messages.entry import Entry
from orchestrator.messages.value import OfferId, SessionId
from orchestrator.runtime.desk import Desk, handle, refusal
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import (
    sample_agreement,
    sample_entries,
    sample_key,
    sample_news,
    sample_parked,
    sample_rules,
    sample_settings,
)

ID = SessionId("sample-0001")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def desk_with(*entries: Entry) -> Desk:
    """Return a desk over a journal in memory that holds these entries."""
    journal = MemoryJournal(sample_key().sign)
    for entry in entries:
        await journal.append(entry)
    return Desk(journal=journal, key=sample_key().public, rules_for=lambda _: sample_rules(), clock=lambda: NOW)


@pytest.fixture
async def desk() -> AsyncGenerator[Desk]:
    """Return a desk with a session that waits for Ada."""
    desk = await desk_with(*sample_parked())
    yield desk
    await desk.journal.close()


def session(desk: Desk) -> Session:
    """Return the session as it is on record."""
    return session_of(entries_of(desk.journal, ID))


def ruling(desk: Desk, *, approved: bool, by: str = "Ada") -> Rule:
    """Return a word about the offer that waits."""
    state = session(desk)
    offer = state.offer(state.settled)
    assert offer is not None
    return Rule(session=ID, gate="large", by=by, approved=approved, offer=offer.id, digest=offer.digest, note="Seen.")


async def test_an_approval_is_on_record(desk: Desk) -> None:
    """The approver's word about the offer that waits makes it the agreement, and whoever drives sessions hears of it."""
    heard: list[Session] = []
    answered = await handle(ruling(desk, approved=True), desk, heard.append)
    assert answered == Answered(says=f"Gate 'large' is approved by 'Ada' in session {ID}.", session=ID)
    assert [(each.status, each.seq) for each in heard] == [("agreed", 5)]
    assert heard == [session(desk)]


async def test_a_doubled_click_changes_nothing(desk: Desk) -> None:
    """The same word again is answered well, and no entry is written."""
    word = ruling(desk, approved=True)
    await handle(word, desk)
    again = await handle(word, desk)
    assert (again, session(desk).seq) == (Answered(says="Gate 'large' was approved by 'Ada' already.", session=ID), 5)


async def test_of_two_opposite_words_the_first_counts(desk: Desk) -> None:
    """Given in the same instant, one is on record and the other is told so."""
    words = (ruling(desk, approved=True), ruling(desk, approved=False))
    await handle(words[0], desk)
    with pytest.raises(UsageError, match=r"gate 'large' was approved by 'Ada' already") as refused:
        await handle(words[1], desk)
    assert refusal(refused.value) == Answered(
        code=2, says="gate 'large' was approved by 'Ada' already", hint=f"'handfast resume {ID}' goes on"
    )
    assert session(desk).seq == 5


async def test_a_word_about_another_offer_is_refused(desk: Desk) -> None:
    """A digest or an offer that does not wait there now is told apart from the one that does."""
    word = ruling(desk, approved=True)
    for other in (word.model_copy(update={"digest": digest_of("x")}), word.model_copy(update={"offer": OfferId("m9")})):
        with pytest.raises(UsageError, match=r"another offer waits at gate 'large' than the one that was shown"):
            await handle(other, desk)
    assert session(desk).seq == 4


async def test_a_session_is_cancelled_once() -> None:
    """It ends without agreement; the same person's second word is answered well, and another's is refused."""
    desk = await desk_with(*sample_entries(3))
    off = Cancel(session=ID, by="Kim", why="not needed")
    assert await handle(off, desk) == Answered(says=f"Session {ID} is cancelled by 'Kim'.", session=ID)
    assert (session(desk).status, session(desk).reason) == ("no_agreement", "cancelled")
    assert await handle(off, desk) == Answered(says=f"Session {ID} was cancelled by 'Kim' already.", session=ID)
    with pytest.raises(UsageError, match=r"session 'sample-0001' is over: without agreement, cancelled"):
        await handle(off.model_copy(update={"by": "Sam"}), desk)
    assert session(desk).seq == 4


async def test_an_agreement_is_not_cancelled() -> None:
    """What binds is not called off: its session is over."""
    desk = await desk_with(*sample_agreement())
    with pytest.raises(UsageError, match=r"session 'sample-0001' is over: agreed"):
        await handle(Cancel(session=ID, by="Kim", why="no"), desk)


async def test_a_submitted_session_is_opened_with_the_holders_key(desk: Desk) -> None:
    """It stands in the journal, signed by who holds it; the same one again is refused."""
    heard: list[Session] = []
    submit = Submit(settings=sample_settings("sample-0002").model_copy(update={"key": "00"}))
    answered = await handle(submit, desk, heard.append)
    assert answered == Answered(says="Session sample-0002 is opened.", session=SessionId("sample-0002"))
    assert [(each.id, each.settings.key) for each in heard] == [("sample-0002", sample_key().public)]
    with pytest.raises(UsageError, match=r"there is a session 'sample-0002' already"):
        await handle(submit, desk)


async def test_a_fact_is_told_to_all_who_know_it() -> None:
    """Sessions that are not over and know the fact take its value; the same again changes nothing."""
    desk = await desk_with(*sample_news(), *sample_entries(2, "sample-0002"), *sample_agreement("sample-0003"))
    told = Tell(name="stock", value="9", by="desk")
    assert (await handle(told, desk)).data == [{"session": "sample-0001", "did": "told", "was": "12"}]
    assert [fact.value for fact in session(desk).facts] == ["9"]
    assert (await handle(told, desk)).data == [{"session": "sample-0001", "did": "unchanged", "was": "9"}]
    assert session(desk).seq == 6


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (Tell(name="stock", value="many", by="desk", session=ID), "fact 'stock' is a number; 'many' is none"),
        (Tell(name="rain", value="1", by="desk", session=ID), "session 'sample-0001' knows no fact 'rain'"),
    ],
)
async def test_a_fact_that_cannot_be_told(told: Tell, message: str) -> None:
    """A value of another kind, or a fact that the session does not know, is refused."""
    desk = await desk_with(*sample_news())
    with pytest.raises(UsageError, match=message):
        await handle(told, desk)


async def test_nobody_drives_here(desk: Desk) -> None:
    """A desk alone says that nobody drives the sessions."""
    assert await handle(Watch(), desk) == Answered(says="Nobody drives the sessions of this journal now.")


def test_commands_survive_json() -> None:
    """A command read back from its JSON is the same command."""
    commands = (Watch(), Cancel(session=ID, by="Kim", why="x"), Submit(settings=sample_settings()))
    assert tuple(COMMAND.validate_json(COMMAND.dump_json(command)) for command in commands) == commands


async def test_words_at_the_same_time_conflict_and_one_stays(desk: Desk) -> None:
    """Two desks over one journal: only one of two opposite words is kept, whichever comes first."""
    words = (ruling(desk, approved=True), ruling(desk, approved=False))
    done = await asyncio.gather(*(handle(word, desk) for word in words), return_exceptions=True)
    assert [isinstance(each, Answered) for each in done].count(True) == 1
    assert len(session(desk).rulings) == 1
