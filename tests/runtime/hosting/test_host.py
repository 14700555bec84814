"""Are many sessions driven in one process as each would be alone? Opened, parked, woken, called off and stopped."""

from __future__ import annotations

import asyncio

import pytest

from orchestrator.engine import enter
from orchestrator.errors import Unavailable, UsageError
from orchestrator.messages.command import Cancel, Rule, Tell, Watch
from orchestrator.messages.reply import Interrupted
from orchestrator.messages.value import SessionId
from orchestrator.runtime.driver import BY_OPERATOR
from orchestrator.runtime.hosting.host import BY_SERVER
from orchestrator.runtime.hosting.limits import Limits
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import (
    SAMPLE_START,
    sample_entries,
    sample_interruption,
    sample_key,
    sample_parked,
    sample_rules,
)
from tests.runtime.hosts import Talk, Time, hosted, settings, stored, until

ID = SessionId("sample-0001")


async def test_sessions_run_to_their_end() -> None:
    """Each that is submitted is driven until it is over, no more at a time than there is room for."""
    talk = Talk()
    host, journal = hosted(talk, at_once=3)
    await host.start()
    for number in range(10):
        await host.submit(settings(f"sample-{number:04}"))
    await host.join()
    assert {stored(journal, f"sample-{number:04}")[0].status for number in range(10)} == {"agreed"}
    assert (talk.most_at_once, host.tally.opened, dict(host.tally.endings)) == (3, 10, {"agreed": 10})
    assert set(host.figures().values()) == {0}
    await host.stop(1)


async def test_a_parked_session_leaves_nothing_behind() -> None:
    """At a gate nothing is kept for it: no task, no lane, no timer; a word through the host makes it the agreement."""
    host, journal = hosted(Talk(price=60))
    await host.submit(settings())
    await host.join()
    state, _ = stored(journal)
    assert (state.phase, set(host.figures().values())) == ("approving", {0})
    offer = state.offer(state.settled)
    assert offer is not None
    word = Rule(session=ID, gate="large", by="Ada", approved=True, offer=offer.id, digest=offer.digest)
    answers = await asyncio.gather(*(host.handle(word) for _ in range(5)))
    assert [answered.says for answered in answers].count("Gate 'large' was approved by 'Ada' already.") == 4
    assert [type(entry.reply).__name__ for entry in stored(journal)[1]][-2:] == ["Sought", "Ruled"]
    await host.stop(1)


async def test_of_opposite_words_one_counts() -> None:
    """Given at once through the host, the first is on record and the other is told so; a denial lets the talk go on."""
    talk = Talk(price=60)
    host, journal = hosted(talk)
    await host.submit(settings())
    await host.join()
    offer = stored(journal)[0].offers[0]
    words = [
        Rule(session=ID, gate="large", by="Ada", approved=approved, offer=offer.id, digest=offer.digest)
        for approved in (False, True)
    ]
    talk.price = 40
    first, second = await asyncio.gather(*(host.handle(word) for word in words), return_exceptions=True)
    assert not isinstance(first, BaseException)
    assert isinstance(second, UsageError)
    assert second.message == "gate 'large' was denied by 'Ada' already"
    await host.join()
    assert stored(journal)[0].status == "agreed"
    await host.stop(1)


async def test_a_command_waits_for_the_effect_at_hand() -> None:
    """What is told to a running session is on record between two effects: no answer is lost, and none asked for twice."""
    talk = Talk()
    talk.may.clear()
    host, journal = hosted(talk)
    await host.submit(settings())
    await until(lambda: bool(talk.asked))
    told = asyncio.create_task(host.handle(Tell(name="stock", value="3", by="desk")))
    await asyncio.sleep(0)
    talk.may.set()
    with pytest.raises(UsageError, match="has a fact 'stock'"):
        await told
    await host.join()
    assert (talk.asked, stored(journal)[0].status) == (["buyer", "seller"], "agreed")
    await host.stop(1)


async def test_a_running_session_is_called_off_at_once() -> None:
    """The call under way is broken off, both are on record, and the session is over."""
    talk = Talk()
    talk.may.clear()
    host, journal = hosted(talk)
    await host.submit(settings())
    await until(lambda: bool(talk.asked))
    await host.handle(Cancel(session=ID, by="Kim", why="not needed"))
    await host.join()
    state, entries = stored(journal)
    assert (state.reason, [type(entry.reply).__name__ for entry in entries]) == (
        "cancelled",
        ["Opening", "Interrupted", "Cancelled"],
    )
    await host.stop(1)


async def test_what_was_under_way_goes_on() -> None:
    """At start, sessions whose driver died, and those that a server interrupted, are driven; those a person left are not."""
    journal = MemoryJournal(sample_key().sign)
    for entry in (*sample_entries(2), *sample_interruption("sample-0003"), *sample_entries(2, "sample-0004")):
        await journal.append(entry)
    last = stored(journal, "sample-0004")[0]
    await journal.append(enter(last, Interrupted(at=SAMPLE_START, why=BY_OPERATOR), sample_rules()))
    host, _ = hosted(Talk(), journal)
    await host.start()
    await host.join()
    ends = [stored(journal, f"sample-000{number}")[0].status for number in (1, 3, 4)]
    assert ends == ["agreed", "agreed", None]
    await host.stop(1)


async def test_stopped_it_finishes_the_effect_at_hand() -> None:
    """Within the grace, the answer under way is kept and the interruption stands behind it; the next host goes on."""
    talk = Talk()
    talk.may.clear()
    host, journal = hosted(talk)
    await host.submit(settings())
    await until(lambda: bool(talk.asked))
    stopping = asyncio.create_task(host.stop(5))
    await asyncio.sleep(0)
    talk.may.set()
    assert await stopping == 1
    entries = stored(journal)[1]
    assert [type(entry.reply).__name__ for entry in entries] == ["Opening", "Written", "Interrupted"]
    assert (getattr(entries[-1].reply, "why", ""), talk.asked) == (BY_SERVER, ["buyer"])
    again, _ = hosted(talk, journal)
    await again.start()
    await again.join()
    assert (stored(journal)[0].status, talk.asked) == ("agreed", ["buyer", "seller"])
    await again.stop(1)


async def test_stopped_it_waits_no_longer_than_its_grace() -> None:
    """What is not answered in time is broken off, on record."""
    talk = Talk()
    talk.may.clear()
    host, journal = hosted(talk)
    await host.submit(settings())
    await until(lambda: bool(talk.asked))
    assert await host.stop(0.01) == 1
    assert [type(entry.reply).__name__ for entry in stored(journal)[1]] == ["Opening", "Interrupted"]


async def test_a_failing_model_is_tried_again_later() -> None:
    """The interruption is on record and told in a line; when its time has come the session goes on."""
    talk, time, said = Talk(), Time(), list[str]()

    def fail() -> None:
        talk.fails = lambda: None
        raise Unavailable("the service is down")

    talk.fails = fail
    host, journal = hosted(talk, time=time, said=said)
    await host.submit(settings())
    await host.join()
    assert said == ["session sample-0001: the service is down; tried again in 5 s"]
    assert (stored(journal)[0].status, host.figures()["set_back"], host.figures()["timers"]) == (None, 1, 1)
    time.goes_on(5)
    host.timers.ring()
    await host.join()
    assert (stored(journal)[0].status, host.figures()["set_back"]) == ("agreed", 0)
    await host.stop(1)


async def test_a_session_that_cannot_be_driven_harms_no_other() -> None:
    """It is left as it is, and said so once; the others run."""
    said: list[str] = []
    host, journal = hosted(Talk(), said=said)
    for entry in sample_entries(2, "sample-0009"):
        changed = entry
        await journal.append(changed)
    broken = Talk()
    broken.fails = lambda: (_ for _ in ()).throw(RuntimeError("no"))
    other, _ = hosted(broken, journal, said=said)
    await other.start()
    await other.join()
    assert (said, other.tally.left) == (["session sample-0009: RuntimeError: no; it is left as it is"], 1)
    await other.stop(1)
    await host.submit(settings())
    await host.join()
    assert stored(journal)[0].status == "agreed"
    await host.stop(1)


@pytest.mark.parametrize("most", [1, 4])
async def test_a_provider_is_called_so_often_at_once(most: int) -> None:
    """However many sessions run, no more calls of a provider are under way than it takes."""
    talk = Talk()
    host, _ = hosted(talk, limits=Limits({"test": most}))
    for number in range(10):
        await host.submit(settings(f"sample-{number:04}"))
    await host.join()
    assert (talk.most_at_once, host.limits.calls) == (most, {"test": 20})
    await host.stop(1)


async def test_it_says_what_it_does() -> None:
    """Asked, a host names the sessions that run and those that are ready."""
    talk = Talk()
    talk.may.clear()
    host, journal = hosted(talk, at_once=1)
    for entry in sample_parked("sample-0005"):
        await journal.append(entry)
    await host.start()
    for number in range(3):
        await host.submit(settings(f"sample-000{number}"))
    answered = await host.handle(Watch())
    assert answered.data == {"running": ["sample-0000"], "ready": ["sample-0001", "sample-0002"], "timers": 0, "stuck": 0}
    assert answered.says == "1 run, 2 are ready, 0 have a time to be woken."
    talk.may.set()
    await host.join()
    await host.stop(1)
