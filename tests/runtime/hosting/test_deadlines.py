"""Does time answer where nobody does, also after a restart? Parked sessions are woken when their gates are due."""

from __future__ import annotations

from datetime import timedelta

from orchestrator.errors import ChainBroken
from orchestrator.messages.command import Tell
from orchestrator.messages.entry import Row
from orchestrator.messages.gate import Gate
from orchestrator.messages.journal import Journal
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import SessionId
from orchestrator.runtime.hosting.duties import DEADLINES
from orchestrator.runtime.hosting.scan import Woken, scan
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import (
    sample_agreement,
    sample_entries,
    sample_interruption,
    sample_key,
    sample_news,
    sample_parked,
)
from tests.runtime.hosts import NOW, Talk, Time, hosted, settings, stored

HOUR = timedelta(hours=1)
ID = SessionId("sample-0001")


def timed(session: str = "sample-0001") -> Settings:
    """Return the settings of a session whose approver has an hour."""
    plain = settings(session)
    gates = (Gate(id="large", when="price > 50", approver="Ada", within=3600),)
    return plain.model_copy(update={"negotiation": plain.negotiation.model_copy(update={"gates": gates})})


async def test_time_answers_no() -> None:
    """When the approver's time is up the offer falls on its own, the talk goes on, and no timer is left at its end."""
    talk, time = Talk(price=60), Time()
    host, journal = hosted(talk, time=time)
    await host.submit(timed())
    await host.join()
    assert host.timers.due(ID) == NOW + HOUR
    talk.price = 40
    time.goes_on(3599)
    host.timers.ring()
    assert host.figures()["running"] == 0
    time.goes_on(1)
    host.timers.ring()
    await host.join()
    state, entries = stored(journal)
    assert (state.status, len(host.timers)) == ("agreed", 0)
    assert "Elapsed" in [type(entry.reply).__name__ for entry in entries]
    assert [fall.why for fall in state.falls][:1] == ["denied"]
    await host.stop(1)


async def test_timers_are_found_again_after_a_restart() -> None:
    """A server that begins reads from the rows who is due when, and wakes at once who was due while there was none."""
    talk, time = Talk(price=60), Time()
    first, journal = hosted(talk, time=time)
    for number in range(3):
        await first.submit(timed(f"sample-000{number}"))
    await first.submit(settings("sample-0009"))
    await first.join()
    await first.stop(1)
    second, _ = hosted(talk, journal, time=time)
    await second.start()
    assert (len(second.timers), second.timers.due(SessionId("sample-0000"))) == (3, NOW + HOUR)
    await second.stop(1)
    talk.price = 40
    time.goes_on(7200)
    third, _ = hosted(talk, journal, time=time)
    await third.start()
    third.timers.ring()
    await third.join()
    assert [stored(journal, f"sample-000{number}")[0].status for number in (0, 1, 2, 9)] == ["agreed"] * 3 + [None]
    await third.stop(1)


async def test_news_since_hide_no_timer() -> None:
    """However much was put on record after a session was parked, its time is found."""
    journal = await filled()
    host, _ = hosted(Talk(price=60), journal)
    await host.submit(timed("sample-0005"))
    await host.join()
    for number in range(12):
        await host.handle(Tell(name="stock", value=str(number), by="desk", session=ID))
    found = [woken for woken in scan(journal, DEADLINES.due) if isinstance(woken, Woken) and woken.at]
    assert found == [Woken(SessionId("sample-0005"), NOW + HOUR)]
    await host.stop(1)


async def test_what_there_is_to_do() -> None:
    """Sessions that are over or wait for a person alone need nothing; those that were under way go on, oldest first."""
    journal = await filled()
    assert list(scan(journal, DEADLINES.due)) == [Woken(SessionId("sample-0002"))]


async def test_a_session_that_cannot_be_read_is_told_of() -> None:
    """One whose entry was changed is left alone, with the reason, and hinders no other."""

    class Changed(MemoryJournal):
        def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
            rows = super().rows(session, after)
            return rows if session != "sample-0004" else tuple(replaced(row) for row in rows)

    journal = Changed(sample_key().sign)
    for entry in (*sample_interruption("sample-0004"), *sample_entries(2)):
        await journal.append(entry)
    found = list(scan(journal, DEADLINES.due))
    assert [each for each in found if isinstance(each, Woken)] == [Woken(ID)]
    assert [each.session for each in found if isinstance(each, ChainBroken)] == ["sample-0004"]


def replaced(row: Row) -> Row:
    """Return a row whose digest is not that of its content."""
    return Row(
        session=row.session,
        seq=row.seq,
        at=row.at,
        parent=row.parent,
        reply=row.reply,
        events=row.events,
        digest="0" * 64,
        signature=row.signature,
    )


async def filled() -> Journal:
    """Return a journal with a session of each kind."""
    journal = MemoryJournal(sample_key().sign)
    for entry in (*sample_news(), *sample_entries(2, "sample-0002"), *sample_agreement("sample-0003")):
        await journal.append(entry)
    for entry in sample_parked("sample-0004"):
        await journal.append(entry)
    return journal
