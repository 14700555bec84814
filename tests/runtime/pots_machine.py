"""How can talks share a pot, and what must hold however they do? A machine of random steps over one journal.

Talks open, propose, accept, withdraw, wait for an approval, are told news, are called off and amended; the pot gets other
sizes; several drivers write at once; the process dies between an answer and its entry, or in the middle of a transaction,
and everything is read again. After each step the pot is counted anew from the talks themselves, not from their pledges.
"""

# ruff: noqa: D401 - the docstring of a step or an invariant says what happens or what holds

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from guards.gates import gate_book
from guards.pots import leaves_enough
from guards.takes import take_book
from orchestrator.engine import Rules, Session, pending
from orchestrator.errors import Conflict, UsageError
from orchestrator.messages.cancelling import Cancelled
from orchestrator.messages.draft import Draft
from orchestrator.messages.gate import Gate
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Ledger
from orchestrator.messages.negotiation import Fact, Negotiation
from orchestrator.messages.pot import Budgets, PotsApplied, Take
from orchestrator.messages.reply import Reply, Reported, Ruled, Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Number, Terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, SessionId
from orchestrator.messages.view import Reading, View
from orchestrator.runtime.driver import open_session
from orchestrator.runtime.keeping import keep, refreshed
from orchestrator.runtime.potbook import apply_pots, audit
from orchestrator.runtime.record import entries_of, redecide, session_of
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.pots import sample_pot
from orchestrator.testing.samples import SAMPLE_START, sample_key, sample_negotiation

__all__ = ["PICK", "PRICES", "SharedPot", "picked", "proposal"]

_T = TypeVar("_T")
_MOST_TALKS = 7
PRICES = st.integers(0, 60)
PICK = st.integers(0, 99)


def _negotiation(size: int) -> Negotiation:
    sample = sample_negotiation()
    fact = Fact(
        name="stock",
        kind="number",
        value="0",
        says="pieces in stock",
        visible_to=tuple(role.name for role in sample.roles),
        source="ledger",
        as_of=SAMPLE_START.date(),
    )
    budgets = Budgets(file="budgets.yaml", pots=(sample_pot(size),), takes=(Take(pot="purse", amount="price"),))
    stop = sample.stop.model_copy(update={"repairs": 1, "rounds": 30, "offer_ttl_rounds": 3, "unchanged_rounds": 8})
    gates = (Gate(id="large", when="price > 30", approver="Ada"),)
    return sample.model_copy(update={"budgets": budgets, "facts": (fact,), "gates": gates, "stop": stop})


def _rules_for(negotiation: Negotiation) -> Rules:
    guard = leaves_enough(negotiation)
    guards = (guard,) if guard else ()
    return Rules(read=_read, guards=guards, gates=gate_book(negotiation), takes=take_book(negotiation))


def _read(text: str, _: View) -> Reading:
    return Reading(Draft.model_validate_json(text))


class SharedPot(RuleBasedStateMachine):
    """Talks over a journal in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.journal: Journal = self.opened()
        self.size = 100
        self.count = 0
        self.ticks = 0
        self.talks: dict[SessionId, Session] = {}
        self.rows: dict[SessionId, int] = {}

    def opened(self) -> Journal:
        """Return the journal, opened."""
        return MemoryJournal(sample_key().sign)

    def teardown(self) -> None:
        """Close the journal."""
        self.run(self.journal.close())
        self.runner.close()

    def run(self, doing: Coroutine[None, None, _T]) -> _T:
        """Do something, and return what comes of it."""
        return self.runner.run(doing)

    # What can happen

    @initialize()
    def the_first_talks(self) -> None:
        """Two talks are there from the start."""
        self.open_talk()
        self.open_talk()

    @precondition(lambda self: self.count < _MOST_TALKS)
    @rule()
    def open_talk(self) -> None:
        """A new talk draws on the pot."""
        self._open(Settings(session=self._name(), negotiation=_negotiation(self.size), key=sample_key().public))

    @precondition(lambda self: self.count < _MOST_TALKS and self._agreed())
    @rule(pick=PICK)
    def amend(self, pick: int) -> None:
        """An agreement is reopened; where another talk has already done so, it is refused."""
        old = picked(self._agreed(), pick)
        with suppress(UsageError):
            self._open(
                Settings(
                    session=self._name(),
                    negotiation=_negotiation(100),
                    key=sample_key().public,
                    supersedes=old.id,
                    precedent=old.terms,
                    pledges=old.pledges,
                )
            )

    @precondition(lambda self: self._talking())
    @rule(pick=PICK, price=PRICES, rests=st.booleans(), fresh=st.booleans())
    def propose(self, pick: int, price: int, *, rests: bool, fresh: bool) -> None:
        """Whoever has the turn in a talk proposes, knowing what is left now or only what was left some time ago."""
        session = picked(self._talking(), pick)
        if fresh:
            session = self.run(refreshed(session, _rules_for(session.settings.negotiation), self.journal, self._now))
        self._say(session, proposal(price, rests=rests))

    @precondition(lambda self: self._talking())
    @rule(pick=PICK)
    def accept(self, pick: int) -> None:
        """Whoever has the turn accepts the newest offer of another."""
        session = picked(self._talking(), pick)
        offer = next((each for each in reversed(session.offers) if each.sender != session.speaker.name), None)
        if offer is not None:
            self._say(session, Draft(act="accept", offer=offer.id))

    @precondition(lambda self: self._talking())
    @rule(pick=PICK, price=st.integers(0, 30))
    def agree(self, pick: int, price: int) -> None:
        """One proposes so little that nobody need approve it, and the next accepts: an agreement, if the pot bears it."""
        session = picked(self._talking(), pick)
        self._say(session, proposal(price))
        session = self.talks[session.id]
        newest = session.offers[-1:]
        if session in self._talking() and newest and newest[0].sender != session.speaker.name:
            self._say(session, Draft(act="accept", offer=newest[0].id))

    @precondition(lambda self: self._talking())
    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        """Whoever has the turn withdraws its offer."""
        session = picked(self._talking(), pick)
        offer = next((each for each in session.offers if each.sender == session.speaker.name), None)
        if offer is not None:
            self._say(session, Draft(act="withdraw", offer=offer.id))

    @precondition(lambda self: self._talking())
    @rule(pick=PICK, ends=st.sampled_from([False, False, False, True]))
    def pass_on(self, pick: int, *, ends: bool) -> None:
        """A turn passes without an offer, so that offers grow old; now and then the talk ends by it."""
        act = "escalate" if ends else "inform"
        self._say(picked(self._talking(), pick), Draft(act=act, text="We look at it again."))

    @precondition(lambda self: self._waiting())
    @rule(pick=PICK, approved=st.booleans())
    def rule_on(self, pick: int, *, approved: bool) -> None:
        """The approver approves or denies."""
        session = picked(self._waiting(), pick)
        offer = session.offer(session.settled)
        assert offer is not None
        ruled = Ruled(at=self._now(), gate="large", by="Ada", approved=approved, offer=offer.id, digest=offer.digest)
        self._keep(session, ruled)

    @precondition(lambda self: self._going())
    @rule(pick=PICK)
    def news(self, pick: int) -> None:
        """A fact changes; offers that rest on it fall, also one that waits for approval."""
        session = picked(self._going(), pick)
        fact = session.facts[0].model_copy(update={"value": str(self.ticks + 1)})
        self._keep(session, Reported(at=self._now(), fact=fact, by="desk"))

    @precondition(lambda self: self._going())
    @rule(pick=PICK)
    def call_off(self, pick: int) -> None:
        """A talk is called off."""
        self._keep(picked(self._going(), pick), Cancelled(at=self._now(), by="Kim", why="not needed"))

    @rule(size=st.integers(40, 160))
    def resize(self, size: int) -> None:
        """Somebody gives the pot another size; below what is held it is refused."""
        pots = (sample_pot(size),)
        applied = PotsApplied(at=self._now(), by="Ada", file="budgets.yaml", pots=pots, key=sample_key().public)
        held = self._counted()
        try:
            self.run(apply_pots(applied, self.journal))
        except UsageError:
            assert size < held, f"{size} was refused although only {held} is held"
        else:
            assert size >= held, f"{size} was taken although {held} is held"
            self.size = size

    @precondition(lambda self: len(self._talking()) > 1)
    @rule(prices=st.lists(PRICES, min_size=2, max_size=5))
    def propose_at_once(self, prices: list[int]) -> None:
        """Several drivers propose in one moment, none knowing of the others; one talk may have two drivers."""
        talking = self._talking()
        chosen = [talking[place % len(talking)] for place in range(len(prices))]

        async def all_at_once() -> list[Session | BaseException]:
            writing = (
                keep(session, self._written(session, proposal(price)), self._rules(session), self.journal)
                for session, price in zip(chosen, prices, strict=True)
            )
            return await asyncio.gather(*writing, return_exceptions=True)

        for outcome in self.run(all_at_once()):
            if isinstance(outcome, Session):
                self._note(outcome)
            else:
                assert isinstance(outcome, Conflict), repr(outcome)

    # What must always hold

    @invariant()
    def nobody_spends_what_is_not_there(self) -> None:
        """What the talks have agreed, and what of their offers can still settle, is never more than there is."""
        assert self._counted() <= self.size, f"{self._counted()} is held of {self.size}"

    @invariant()
    def the_ledger_is_what_the_talks_hold(self) -> None:
        """The ledger says of every chain of talks what counting its offers and agreements says; so does the audit."""
        ledger = self.journal
        assert isinstance(ledger, Ledger)
        told = {each.account: each.held for each in ledger.holdings() if each.held}
        assert told == {account: held for account, held in self._accounts().items() if held}
        assert sum(stock.held for stock in ledger.stocks()) == self._counted()
        assert audit(self.journal) == ()

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every entry that was acknowledged is there, and its session stands where it stood."""
        for name, session in self.talks.items():
            entries = entries_of(self.journal, name)
            assert len(entries) == self.rows[name] == session.seq
            assert session_of(entries) == session

    def decided_alike(self) -> None:
        """Deciding every reply again gives the same entries, pledges among them."""
        for name in self.talks:
            redecide(entries_of(self.journal, name), _rules_for)

    # How it is done

    def _open(self, settings: Settings) -> None:
        self._note(self.run(open_session(settings, _rules_for(settings.negotiation), self.journal, self._now)))

    def _say(self, session: Session, draft: Draft) -> None:
        self._keep(session, self._written(session, draft))

    def _keep(self, session: Session, reply: Reply) -> None:
        self._note(self.run(keep(session, reply, self._rules(session), self.journal)))

    def _note(self, session: Session) -> None:
        self.talks[session.id] = session
        self.rows[session.id] = session.seq

    def _rules(self, session: Session) -> Rules:
        return _rules_for(session.settings.negotiation)

    def _name(self) -> SessionId:
        self.count += 1
        return SessionId(f"talk-{self.count:04}")

    def _now(self) -> datetime:
        self.ticks += 1
        return SAMPLE_START + timedelta(seconds=self.ticks)

    def _written(self, session: Session, draft: Draft) -> Written:
        text, at = draft.model_dump_json(exclude_none=True), self._now()
        role = session.speaker.name
        return Written(at=at, role=role, model="m", text=text, size=len(text), usage=Usage(prompt=1, reply=1), began=at)

    def _going(self) -> list[Session]:
        return [session for session in self.talks.values() if pending(session) is not None]

    def _talking(self) -> list[Session]:
        return [each for each in self._going() if each.phase in ("asking", "repairing", "falling_back")]

    def _waiting(self) -> list[Session]:
        return [session for session in self._going() if session.phase == "approving"]

    def _agreed(self) -> list[Session]:
        return [session for session in self.talks.values() if session.status == "agreed"]

    def _counted(self) -> Decimal:
        return sum(self._accounts().values(), Decimal(0))

    def _accounts(self) -> dict[str, Decimal]:
        """Count anew what each chain of talks holds, from its offers and agreements alone."""
        return {name: self._held(session) for name, session in self.talks.items() if session.settings.supersedes is None}

    def _held(self, session: Session) -> Decimal:
        """Return what a chain holds from this talk on: its last talk that is going on or has agreed counts."""
        for other in self.talks.values():
            if other.settings.supersedes == session.id and other.status != "no_agreement":
                return max(self._held(other), Decimal(0) if other.status == "agreed" else _price(session.terms))
        if session.status == "agreed":
            return _price(session.terms)
        if session.status == "no_agreement":
            return Decimal(0)
        return max((_price(offer.terms) for offer in session.offers), default=Decimal(0))


def picked(sessions: list[Session], pick: int) -> Session:
    """Return one of the sessions."""
    return sessions[pick % len(sessions)]


def proposal(price: int, *, rests: bool = False) -> Draft:
    """Return a proposal of a price, which may rest on the fact."""
    return Draft(act="propose", terms=_at(price), assumes=("stock",) if rests else ())


def _at(price: int) -> Terms:
    return (Number(issue=IssueName("price"), value=Decimal(price)),)


def _price(terms: Terms) -> Decimal:
    return next((term.value for term in terms if isinstance(term, Number)), Decimal(0))
