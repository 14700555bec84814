"""Is an agreement reopened exactly once for each crossing, whatever crashes, comes twice, or comes at the wrong time?"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestrator.engine.reopening import successor_settings
from orchestrator.errors import UsageError
from orchestrator.messages.pot import Pledged
from orchestrator.messages.reopening import Reopened
from orchestrator.messages.value import SessionId
from orchestrator.runtime.agreementdates import come_due
from orchestrator.runtime.lineage import lineage
from orchestrator.runtime.record import entries_of, redecide
from orchestrator.runtime.reopening import announce, hears_of, live_successor, tell_fact, wake, wake_due
from orchestrator.storage.memory import MemoryJournal
from tests.runtime.agreements import (
    START,
    Clock,
    Died,
    Mortal,
    agree,
    fail,
    journal_of,
    negotiation,
    renewal_at,
    rules,
    stock,
    talk,
)


async def test_a_crossing_opens_one_successor_with_the_old_terms() -> None:
    """The successor has the old terms as its precedent, the new fact, no approvals, and names trigger, reason and fact."""
    clock = Clock()
    journal, session = await journal_of(negotiation(), clock)
    told = await tell_fact(journal, session, stock(9, source="recount"), "Ada", renewal_at(clock))
    assert told.reopened is not None
    assert told.reopened.cause is not None
    successor = talk(journal, told.reopened.successor)
    assert (told.did, told.was, told.reopened.cause.triggers) == ("reopened", "12", ("low",))
    assert successor.settings.cause == told.reopened.cause
    assert told.reopened.cause.fact == stock(9, source="recount")
    assert (successor.settings.supersedes, successor.settings.precedent) == (session, talk(journal, session).terms)
    assert [offer.terms for offer in successor.offers] == [talk(journal, session).terms]
    assert successor.facts == (stock(9, source="recount"),)
    assert (await tell_fact(journal, session, stock(9, source="recount"), "Ada", renewal_at(clock))).did == "unchanged"


async def test_terms_that_are_not_reopened_are_kept_by_a_policy() -> None:
    """Where all triggers that fire name issues, a policy keeps each other term; an amendment by a person lifts it."""
    clock = Clock()
    made = negotiation()
    only = made.model_copy(update={"triggers": tuple(each for each in made.triggers if each.id == "gone")})
    journal, session = await journal_of(only, clock)
    told = await tell_fact(journal, session, stock(2), "Ada", renewal_at(clock))
    assert told.reopened is not None
    assert told.reopened.cause is not None
    assert told.reopened.cause.changes == ("price",)
    assert talk(journal, told.reopened.successor).agenda.policies == ()


async def test_while_a_successor_is_negotiated_no_second_is_opened() -> None:
    """Another crossing while the first talk goes on is noted and told to that talk; after it failed, a new one counts."""
    clock = Clock()
    journal, session = await journal_of(negotiation(), clock)
    renewal = renewal_at(clock)
    first = await tell_fact(journal, session, stock(9), "Ada", renewal)
    assert (await tell_fact(journal, session, stock(11), "Ada", renewal)).did == "absorbed"
    assert (await tell_fact(journal, session, stock(2), "Ada", renewal)).did == "absorbed"
    clock.go_on(60)
    assert await wake(journal, session, renewal) is None
    assert first.reopened is not None
    await fail(journal, first.reopened.successor, clock)
    woken = await wake(journal, session, renewal)
    assert woken is not None
    assert woken.cause is not None
    assert woken.cause.triggers == ("month", "later")


async def test_an_agreement_that_was_superseded_hears_nothing() -> None:
    """Once the successor agrees, the old agreement is neither told of facts nor woken, and the new one is."""
    clock = Clock()
    journal, session = await journal_of(negotiation(), clock)
    renewal = renewal_at(clock)
    told = await tell_fact(journal, session, stock(9), "Ada", renewal)
    assert told.reopened is not None
    await agree(journal, told.reopened.successor, clock)
    assert not hears_of(journal, talk(journal, session), "stock")
    with pytest.raises(UsageError, match="session 'talk-0001' has no use for fact 'stock'"):
        await tell_fact(journal, session, stock(11), "Ada", renewal)
    clock.go_on(60)
    assert [old for old, _ in await wake_due(journal, renewal)] == [told.reopened.successor]
    assert await wake_due(journal, renewal) == ()


async def test_a_process_that_dies_between_announcing_and_opening_is_made_up_for() -> None:
    """The announced successor is opened by whoever looks next, under the id that was announced."""
    clock = Clock()
    journal, session = await journal_of(negotiation(), clock)
    with pytest.raises(Died):
        await tell_fact(Mortal(journal, 1), session, stock(9), "Ada", renewal_at(clock))
    announced = talk(journal, session).aftermath.reopened[-1].successor
    assert journal.rows(announced) == ()
    assert list(come_due(journal, clock())) == [session]
    assert [reopened.successor for _, reopened in await wake_due(journal, renewal_at(clock))] == [announced]
    assert talk(journal, announced).settings.supersedes == session


async def test_a_clock_that_is_set_back_fires_nothing_early() -> None:
    """A date counts from the latest time on record; one that has fired does not fire again when it comes a second time."""
    clock = Clock()
    journal, session = await journal_of(negotiation(), clock)
    clock.go_on(-1 / 24)
    assert await wake(journal, session, renewal_at(clock)) is None
    clock.now = START + timedelta(days=10)
    assert await wake(journal, session, renewal_at(clock)) is not None
    clock.go_on(-5)
    assert list(come_due(journal, clock())) == []
    clock.go_on(5)
    assert list(come_due(journal, clock())) == []


async def test_a_person_cannot_amend_what_is_being_renegotiated() -> None:
    """`announce` refuses a second live successor with the id of the first; after that has ended, it is noted."""
    clock = Clock()
    journal, session = await journal_of(negotiation(), clock)
    renewal = renewal_at(clock)
    told = await tell_fact(journal, session, stock(9), "Ada", renewal)
    assert told.reopened is not None
    with pytest.raises(UsageError, match="is being renegotiated in"):
        await announce(journal, session, SessionId("talk-0002"), renewal)
    await fail(journal, told.reopened.successor, clock)
    await announce(journal, session, SessionId("talk-0002"), renewal)
    assert talk(journal, session).aftermath.reopened[-1] == Reopened(
        successor=SessionId("talk-0002"), due=START.replace(day=11, hour=9)
    )


_STEPS = st.one_of(
    st.tuples(st.just("fact"), st.integers(0, 14)),
    st.tuples(st.just("days"), st.sampled_from([-0.1, 0.0, 3.0, 11.0, 40.0])),
    st.tuples(st.just("timer"), st.just(0)),
    st.tuples(st.just("agree"), st.just(0)),
    st.tuples(st.just("fail"), st.just(0)),
)
_LIVES = st.one_of(st.none(), st.integers(0, 2))


@given(steps=st.lists(st.tuples(_STEPS, _LIVES, st.booleans()), max_size=14), reopens=st.integers(0, 4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_the_chain_is_linear_and_ends(
    steps: list[tuple[tuple[str, float], int | None, bool]], reopens: int
) -> None:
    """With any facts, dates, ends and crashes there is one chain: a talk at a time, from the agreement that binds."""
    asyncio.run(_live_through(steps, reopens))


async def _live_through(steps: list[tuple[tuple[str, float], int | None, bool]], reopens: int) -> None:
    clock = Clock()
    journal, session = await journal_of(negotiation(reopens=reopens), clock)
    value = 12
    for (what, amount), lives, twice in steps:
        world = journal if lives is None else Mortal(journal, lives)
        if what == "days":
            clock.go_on(amount)
        for _ in range(2 if twice else 1):
            try:
                value = await _happen(world, what, int(amount), clock, value)
            except Died:
                continue
        _holds(journal, session, reopens)
    await wake_due(journal, renewal_at(clock))
    _holds(journal, session, reopens)


async def _happen(world: MemoryJournal | Mortal, what: str, amount: int, clock: Clock, value: int) -> int:
    renewal = renewal_at(clock)
    live = [each.id for each in world.summaries() if each.state == "unfinished"]
    if what == "fact":
        for summary in world.summaries():
            if hears_of(world, talk(world, summary.id), "stock"):
                await tell_fact(world, summary.id, stock(amount), "Ada", renewal)
        return amount
    if what == "timer":
        await wake_due(world, renewal)
    elif what == "agree" and live:
        await agree(world, live[0], clock)
    elif what == "fail" and live:
        await fail(world, live[0], clock)
    return value


def _holds(journal: MemoryJournal, first: SessionId, reopens: int) -> None:
    members = lineage(journal, first)
    assert {member.session.id for member in members} == {summary.id for summary in journal.summaries()}
    for member in members:
        session = redecide(entries_of(journal, member.session.id), rules)
        assert session == member.session
        ids = [each.successor for each in session.aftermath.reopened]
        assert len(ids) == len(set(ids))
        live = [each for each in ids if journal.rows(each) and talk(journal, each).status is None]
        agreed = [each for each in ids if journal.rows(each) and talk(journal, each).status == "agreed"]
        assert len(live) <= 1
        assert len(agreed) <= 1
        assert (live_successor(journal, session) or None) == (live[0] if live else None)
        number = session.settings.cause.number if session.settings.cause else 0
        assert number <= reopens
    assert len(members) <= 1 + reopens


async def test_what_an_agreement_holds_of_pots_goes_to_its_successor() -> None:
    """The successor is opened with what the old agreement has committed, so that the chain holds it once."""
    clock = Clock()
    journal, session = await journal_of(negotiation(), clock)
    held = Pledged(pot="media", account=session, holder=session, reserved=Decimal(0), committed=Decimal(40))
    agreed = talk(journal, session).but(pledges=(held,))
    reopened = Reopened(successor=SessionId("talk-0002"))
    assert successor_settings(agreed, reopened, version="test").pledges == (held,)
