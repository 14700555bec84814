"""Does a leave approve what it covers, once for each use, and nothing after it was taken back or has run out?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from orchestrator.approval.beforehand import Beforehand
from orchestrator.approval.leaves import ByLeave, LeaveBook, new_leave_id
from orchestrator.engine.leaves import known, left
from orchestrator.errors import ChainBroken, UsageError
from orchestrator.messages.approval import Answer
from orchestrator.messages.entry import seal
from orchestrator.messages.gate import Gate
from orchestrator.messages.leave import LEAVES, Leave, Used
from orchestrator.messages.move import Offer
from orchestrator.messages.reply import Sought
from orchestrator.messages.settings import GivenApproval
from orchestrator.messages.terms import Number, Terms, digest_of_terms
from orchestrator.messages.value import IssueName, OfferId, RoleName, SessionId
from orchestrator.storage.chain import check_chain
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_key

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 28, tzinfo=UTC)
GATE = Gate(id="finance", when="spend > 100", approver="ana", others=("ben",), approvers=2)


def leave_of(name: str = "leave-1", **others: object) -> Leave:
    """Return a leave of up to 120 until Friday."""
    usual = {"id": name, "gate": "finance", "by": "ana", "when": "spend <= 120", "until": FRIDAY, "note": "as agreed"}
    return Leave.model_validate({**usual, **others})


def offer_of(spend: int, name: str = "m1-aaaa") -> Offer:
    """Return an offer of so much."""
    terms: Terms = (Number(issue=IssueName("spend"), value=Decimal(spend)),)
    return Offer(id=OfferId(name), sender=RoleName("buyer"), terms=terms, digest=digest_of_terms(terms), turn=0, falls=9)


def covers(when: str, terms: Terms) -> bool:
    """Stand in for the rules of a negotiation, which know one expression here."""
    spend = next(term.value for term in terms if isinstance(term, Number))
    return when == "spend <= 120" and spend <= 120


class Fixed:
    """A journal with its book, and approvers of sessions at times that a test sets."""

    def __init__(self) -> None:
        self.journal = MemoryJournal(sample_key().sign)
        self.now = NOW

    @property
    def book(self) -> LeaveBook:
        """Return a book of its own, as each process has one."""
        return LeaveBook(self.journal, sample_key().public)

    def approver(self, session: str = "talk-1", asks_why: frozenset[str] = frozenset()) -> ByLeave:
        """Return the approver of a session."""
        return ByLeave(
            first=Beforehand((GivenApproval(gate="other", by="zoe"),)),
            book=self.book,
            session=SessionId(session),
            negotiation="talk",
            covers=covers,
            asks_why=asks_why,
            clock=lambda: self.now,
        )


YES = Answer(by="ana", approved=True, note="as agreed", beforehand=True, leave="leave-1")


async def test_a_leave_approves_what_it_covers_and_the_record_names_it() -> None:
    """An offer inside the terms is approved by the leave, which is told; one outside them waits for a person."""
    desk = Fixed()
    await desk.book.allow(leave_of(), NOW)
    assert await desk.approver()(GATE, offer_of(120)) == YES
    assert await desk.approver()(GATE, offer_of(121)) is None
    found = known(desk.book.read(), "leave-1")
    assert found is not None
    assert [(used.session, used.offer, used.digest) for used in found.uses] == [("talk-1", "m1-aaaa", offer_of(120).digest)]


@pytest.mark.parametrize(
    ("leave", "why"),
    [
        (leave_of(gate="board"), "another gate"),
        (leave_of(by="eve"), "somebody who does not rule there"),
        (leave_of(negotiation="other"), "another negotiation"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_leave_for_something_else_approves_nothing(leave: Leave, why: str) -> None:
    """A leave holds for its own gate, negotiation and people."""
    desk = Fixed()
    await desk.book.allow(leave, NOW)
    assert await desk.approver()(GATE, offer_of(100)) is None, why


async def test_approvals_given_for_the_session_come_first_and_use_no_leave() -> None:
    """What was given when the session was opened is looked at before any leave."""
    desk = Fixed()
    other = Gate(id="other", when="true", approver="zoe")
    assert await desk.approver()(other, offer_of(1)) == Answer(by="zoe", approved=True, beforehand=True)
    assert desk.journal.rows(LEAVES) == ()


async def test_no_leave_approves_where_a_reason_is_asked_for() -> None:
    """A gate that asks why each time is not passed by leave."""
    desk = Fixed()
    await desk.book.allow(leave_of(), NOW)
    assert await desk.approver(asks_why=frozenset({"finance"}))(GATE, offer_of(100)) is None


async def test_a_leave_is_over_at_its_time_and_stays_over_when_the_clock_is_set_back() -> None:
    """At the first instant after it, a leave approves nothing; nor does it once the chain knows a later time."""
    desk = Fixed()
    await desk.book.allow(leave_of(), NOW)
    desk.now = FRIDAY
    assert await desk.approver()(GATE, offer_of(100)) is None
    await desk.book.allow(leave_of("leave-2", by="ben"), FRIDAY + timedelta(hours=1))
    desk.now = NOW
    assert await desk.approver()(GATE, offer_of(100)) is None


async def test_a_leave_that_was_taken_back_approves_nothing_more() -> None:
    """Revoked by who gave it, a leave is not used from then on, not even for the offer that has used it; once is enough."""
    desk = Fixed()
    await desk.book.allow(leave_of(), NOW)
    assert await desk.approver()(GATE, offer_of(100)) == YES
    with pytest.raises(UsageError) as another:
        await desk.book.revoke("leave-1", "eve", "", NOW)
    assert another.value.message == "leave 'leave-1' is of 'ana', and not of 'eve'"
    assert await desk.book.revoke("leave-1", "ana", "enough", NOW) is True
    assert await desk.book.revoke("leave-1", "ana", "", NOW) is False
    assert await desk.approver()(GATE, offer_of(100)) is None
    with pytest.raises(UsageError) as none:
        await desk.book.revoke("leave-9", "ana", "", NOW)
    assert none.value.message == "there is no leave 'leave-9' in this journal"


async def test_the_same_offer_uses_a_leave_once_however_often_its_driver_dies() -> None:
    """A use that is on record is not taken again for the same offer of the same session."""
    desk = Fixed()
    await desk.book.allow(leave_of(uses=1), NOW)
    assert [await desk.approver()(GATE, offer_of(100)) for _ in range(3)] == [YES, YES, YES]
    assert await desk.approver()(GATE, offer_of(100, "m2-aaaa")) is None


async def test_no_two_sessions_take_the_last_use() -> None:
    """Of many sessions at once, as many are approved as there are uses, and the chain holds them all."""
    desk = Fixed()
    await desk.book.allow(leave_of(uses=3), NOW)
    approvers = [desk.approver(f"talk-{number}") for number in range(12)]
    answers = await asyncio.gather(*(approver(GATE, offer_of(100)) for approver in approvers))
    assert [answer for answer in answers if answer] == [YES, YES, YES]
    report = check_chain(desk.journal.rows(LEAVES), sample_key().public)
    assert [entry.reply.kind for entry in report.entries] == ["founded", "allowed", "used", "used", "used"]
    assert report.unsigned_tail == 0
    found = known(desk.book.read(), "leave-1")
    assert found is not None
    assert left(found) == 0


async def test_the_chain_of_leaves_is_no_session() -> None:
    """Lists of sessions leave it out."""
    desk = Fixed()
    await desk.book.allow(leave_of(), NOW)
    assert (desk.journal.summaries(), len(desk.journal.rows(LEAVES))) == ((), 2)


async def test_an_entry_that_does_not_follow_or_belong_is_found_out() -> None:
    """What is no reply about leaves, or stands where another should, breaks the chain."""
    desk = Fixed()
    await desk.book.allow(leave_of(), NOW)
    head = desk.book.read()
    await desk.journal.append(seal(LEAVES, 2, head.head, Sought(at=NOW, gate="finance"), ()))
    with pytest.raises(ChainBroken):
        desk.book.read()
    other = Fixed()
    await other.book.allow(leave_of(), NOW)
    used = Used(at=NOW, leave="leave-1", session=SessionId("t"), offer=OfferId("m1"), digest=offer_of(1).digest)
    await other.journal.append(seal(LEAVES, 2, offer_of(1).digest, used, ()))
    with pytest.raises(ChainBroken):
        other.book.read()


def test_ids_of_leaves_differ() -> None:
    """Each leave gets an id of its own."""
    assert len({new_leave_id() for _ in range(100)}) == 100
