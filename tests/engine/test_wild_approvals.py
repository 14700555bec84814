"""Do approvals hold whatever order people, timers and clocks come in? Random interleavings, doubled and opposite."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.engine import Ask, Rules, SeekApproval, Session, advance, begin, decide, due, enter, fresh, pending, refold
from orchestrator.messages.counter import Revised
from orchestrator.messages.elapsed import Elapsed
from orchestrator.messages.entry import Entry
from orchestrator.messages.question import Queried
from orchestrator.messages.reply import Reply, Reported, Ruled, Sought, Written
from orchestrator.messages.terms import Choice, Number, Terms, digest_of_terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, RoleName
from tests.engine.judges import rules_of
from tests.engine.talks import START, cases, settings_of

CASE = cases()["deadlines/one-of-two-is-not-enough"]
SETTINGS = settings_of(CASE)
RULES: Rules = rules_of(SETTINGS.negotiation, broken="")
MOST = 60

PEOPLE = ("boss", "ana", "ben", "chi", "eve", "")
STEPS = st.tuples(
    st.sampled_from(["go on", "go on", "go on", "approve", "approve", "deny", "elapse", "revise", "query", "fact", "again"]),
    st.sampled_from(["big", "red"]),
    st.sampled_from(PEOPLE),
    st.sampled_from([0, 1, 60, 1800, 3600, 7200, -3600]),
    st.sampled_from([50, 60, 70]),
    st.sampled_from(["red", "blue"]),
)


def terms_of(price: int, colour: str) -> Terms:
    """Return whole terms."""
    return (Number(issue=IssueName("price"), value=Decimal(price)), Choice(issue=IssueName("colour"), value=colour))


def next_reply(session: Session, at: datetime, price: int, colour: str) -> Reply | None:
    """Return what the session waits for: a proposal, an acceptance, or an approver who was asked."""
    effect = pending(session)
    if isinstance(effect, SeekApproval):
        return Sought(at=at, gate=effect.gate.id)
    if not isinstance(effect, Ask):
        return None
    role = effect.role
    others = [offer.id for offer in session.offers if offer.sender != role and role not in session.backers_of(offer.id)]
    proposal = {"act": "propose", "terms": {"price": price, "colour": colour}}
    text = json.dumps({"act": "accept", "offer": others[-1]} if others else proposal)
    usage = Usage(prompt=1, reply=1)
    return Written(at=at, role=effect.role, model="wild", text=text, size=len(text), usage=usage, began=at)


def reply_of(session: Session, step: tuple[str, str, str, int, int, str], at: datetime) -> Reply | None:
    """Return the reply that a step stands for; None where it stands for none here."""
    kind, gate, by, _, price, colour = step
    offer = session.offer(session.settled)
    digest = offer.digest if offer else digest_of_terms(terms_of(price, colour))
    about = {"at": at, "gate": gate, "by": by, "offer": offer.id if offer else "m1-0000", "digest": digest}
    match kind:
        case "approve" | "deny":
            return Ruled.model_validate({**about, "approved": kind == "approve"})
        case "revise":
            return Revised.model_validate({**about, "terms": terms_of(price, colour)})
        case "query":
            return Queried(at=at, gate=gate, by=by, to=RoleName("bob"), question="Why?")
        case "elapse":
            return Elapsed(at=at)
        case "fact":
            return Reported(at=at, fact=session.facts[0].model_copy(update={"value": str(price)}), by="crm")
        case _:
            return next_reply(session, at, price, colour)


def run(steps: list[tuple[str, str, str, int, int, str]]) -> tuple[Session, list[Entry]]:
    """Return the session that the steps lead to, and its entries."""
    entries = [begin(SETTINGS, START, RULES)]
    session = advance(fresh(SETTINGS), entries[0])
    at = datetime(2026, 1, 1, 9, tzinfo=UTC)
    for step in steps:
        at += timedelta(seconds=step[3])
        reply = entries[-1].reply if step[0] == "again" and len(entries) > 1 else reply_of(session, step, at)
        if reply is not None:
            entries.append(enter(session, reply, RULES))
            session = advance(session, entries[-1])
    return session, entries


def said_yes(entries: list[Entry], gate: str, digest: str) -> set[str]:
    """Return who said yes to these very terms at a gate, as the replies themselves tell it."""
    yes: set[str] = set()
    for entry in entries:
        match entry.reply:
            case Ruled(approved=True) as ruled if (ruled.gate, ruled.digest) == (gate, digest):
                yes.add(ruled.by)
            case Revised() as revised if revised.gate == gate and digest_of_terms(revised.terms) == digest:
                yes.add(revised.by)
            case _:
                pass
    return yes


@given(st.lists(STEPS, max_size=MOST))
def test_nothing_is_agreed_without_the_people_whom_its_terms_need(steps: list[tuple[str, str, str, int, int, str]]) -> None:
    """An agreement has the yes, to exactly its digest, of as many different named people as each of its gates asks for."""
    session, entries = run(steps)
    assert session.phase != "impossible"
    if session.status != "agreed":
        return
    assert session.digest is not None
    for gate in RULES.gates(session.terms).reached:
        yes = said_yes(entries, gate.id, session.digest) & set(gate.people)
        assert len(yes) >= gate.approvers
        here = [ruling for ruling in session.rulings if (ruling.gate, ruling.offer) == (gate.id, session.settled)]
        by = {ruling.by for ruling in here if ruling.approved}
        assert by <= yes
        assert len(by) == gate.approvers


@given(st.lists(STEPS, max_size=MOST))
def test_what_came_in_any_order_is_decided_again_as_it_was(steps: list[tuple[str, str, str, int, int, str]]) -> None:
    """Folded again, the entries give the session; decided again, each reply gives its events; said twice, it adds nothing."""
    session, entries = run(steps)
    assert refold(entries) == session
    state = fresh(SETTINGS)
    for entry in entries:
        assert decide(state, entry.reply, RULES) == entry.events
        state = advance(state, entry)
        if isinstance(entry.reply, Ruled | Revised | Elapsed | Queried | Sought):
            assert [event for event in decide(state, entry.reply, RULES) if event.kind != "asked"] == []


@given(st.lists(STEPS, max_size=MOST))
def test_no_clock_lets_a_time_pass_early(steps: list[tuple[str, str, str, int, int, str]]) -> None:
    """Time answers at the instant that was written down when the approver was asked, and at none before it."""
    session, entries = run(steps)
    state = fresh(SETTINGS)
    for entry in entries:
        expired = [event for event in entry.events if event.kind == "denied" and event.ruling.expired]
        until = due(state)
        assert bool(expired) == (until is not None and entry.reply.at >= until and _asks_time(entry.reply))
        state = advance(state, entry)
    assert state == session


def _asks_time(reply: Reply) -> bool:
    return isinstance(reply, Ruled | Revised | Elapsed | Queried)
