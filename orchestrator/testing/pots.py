"""What does a small talk about a shared pot look like? The sample negotiation, whose price is taken of one pot."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from orchestrator.engine import Rules, Session, advance, begin, enter, fresh, pots_of
from orchestrator.messages.draft import Draft
from orchestrator.messages.entry import FIRST_PARENT, Entry, seal
from orchestrator.messages.gates import GateReading
from orchestrator.messages.pot import POTS_BOOK, Budgets, Pot, PotsApplied, Room, Take, Taken
from orchestrator.messages.reply import Reply, Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Number, Terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import Digest, IssueName, SessionId
from orchestrator.messages.view import Reading, View
from orchestrator.testing.samples import SAMPLE_START, sample_key, sample_negotiation

__all__ = ["PottedTalk", "sample_pot", "sample_pots_applied", "sample_potted_rules"]


def sample_pot(size: int = 100) -> Pot:
    """Return a pot of so much money."""
    return Pot(name="purse", title="what all talks may spend", unit="EUR", size=Decimal(size), why="sample")


def sample_pots_applied(size: int, seq: int = 0, parent: Digest = FIRST_PARENT) -> Entry:
    """Return an entry of the book of pots that gives the sample pot another size."""
    at = SAMPLE_START + timedelta(days=1, seconds=seq)
    reply = PotsApplied(at=at, by="Ada", file="budgets.yaml", pots=(sample_pot(size),), key=sample_key().public)
    return seal(POTS_BOOK, seq, parent, reply, ())


def sample_potted_rules() -> Rules:
    """Return rules without guards, by which an offer takes its price of the pot: what the journal itself holds back shows."""
    return Rules(read=_read, guards=(), gates=lambda _: GateReading(()), takes=_takes)


class PottedTalk:
    """A talk that draws on the sample pot, written entry by entry; nothing of it is appended anywhere."""

    def __init__(self, session: str, size: int = 100, amends: Session | None = None) -> None:
        budgets = Budgets(file="budgets.yaml", pots=(sample_pot(size),), takes=(Take(pot="purse", amount="price"),))
        self.rules = sample_potted_rules()
        settings = Settings(
            session=SessionId(session),
            negotiation=sample_negotiation().model_copy(update={"budgets": budgets}),
            key=sample_key().public,
            supersedes=amends.id if amends else None,
            precedent=amends.terms if amends else (),
            pledges=amends.pledges if amends else (),
        )
        # Whoever writes these talks knows nothing of what is left: only the journal refuses.
        self.rooms = tuple(Room(pot=pot, size=Decimal(10**9), most=Decimal(10**9)) for pot in pots_of(fresh(settings)))
        self.opening = begin(settings, SAMPLE_START, self.rules, self.rooms)
        self.session = advance(fresh(settings), self.opening)

    def propose(self, price: int) -> Entry:
        """Return the entry in which whoever has the turn proposes a price."""
        return self.said(Draft(act="propose", terms=_at(price)))

    def accept(self) -> Entry:
        """Return the entry in which whoever has the turn accepts the other's newest offer, which settles it."""
        offer = next(offer for offer in reversed(self.session.offers) if offer.sender != self.session.speaker.name)
        return self.said(Draft(act="accept", offer=offer.id))

    def withdraw(self) -> Entry:
        """Return the entry in which whoever has the turn withdraws its own offer."""
        offer = next(offer for offer in self.session.offers if offer.sender == self.session.speaker.name)
        return self.said(Draft(act="withdraw", offer=offer.id))

    def inform(self) -> Entry:
        """Return the entry of an aside."""
        return self.said(Draft(act="inform", text="We look at it again."))

    def escalate(self) -> Entry:
        """Return the entry in which whoever has the turn ends the talk."""
        return self.said(Draft(act="escalate", text="This needs a person."))

    def said(self, draft: Draft) -> Entry:
        """Return the entry that a draft of whoever has the turn becomes; the talk goes on from it."""
        text = draft.model_dump_json(exclude_none=True)
        at = SAMPLE_START + timedelta(seconds=self.session.seq)
        usage = Usage(prompt=900, reply=len(text) // 4)
        began = at - timedelta(milliseconds=400)
        role = self.session.speaker.name
        return self.take(Written(at=at, role=role, model="sample", text=text, size=len(text), usage=usage, began=began))

    def take(self, reply: Reply) -> Entry:
        """Return the entry that a reply becomes; the talk goes on from it."""
        entry = enter(self.session, reply, self.rules)
        self.session = advance(self.session, entry)
        return entry


def _at(price: int) -> Terms:
    return (Number(issue=IssueName("price"), value=Decimal(price)),)


def _read(text: str, _: View) -> Reading:
    return Reading(Draft.model_validate_json(text))


def _takes(terms: Terms) -> tuple[Taken, ...]:
    return tuple(Taken("purse", term.value) for term in terms if isinstance(term, Number))
