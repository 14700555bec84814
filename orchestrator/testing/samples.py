"""What does a small session look like? A buyer and a seller, one price, one gate, and chains of entries that hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from orchestrator.engine import Rules, Session, advance, begin, enter, fresh
from orchestrator.messages.digest import sha256
from orchestrator.messages.draft import Draft
from orchestrator.messages.entry import Entry
from orchestrator.messages.gate import Gate
from orchestrator.messages.gates import GateReading
from orchestrator.messages.negotiation import Fact, Negotiation, NumberIssue, Role, Stop
from orchestrator.messages.reply import Interrupted, Reply, Reported, Ruled, Sought, Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Number, Terms, digest_of_terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, OfferId, RoleName, SessionId
from orchestrator.messages.view import Reading, View
from orchestrator.storage.keys import SigningKey

__all__ = [
    "SAMPLE_START",
    "sample_agreement",
    "sample_entries",
    "sample_escalation",
    "sample_fact",
    "sample_interruption",
    "sample_key",
    "sample_negotiation",
    "sample_news",
    "sample_parked",
    "sample_rules",
    "sample_session",
    "sample_settings",
]

SAMPLE_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""When a sample session opens, unless another time is asked for; each reply comes a second after the one before."""

_ASIDE = "We look at the figures again and come back with an answer."


def sample_key() -> SigningKey:
    """Return a key that everybody knows. It signs samples and must sign nothing else."""
    return SigningKey(bytes.fromhex(sha256(b"handfast sample key")))


def sample_negotiation() -> Negotiation:
    """Return a talk about one price, from 0 to 100; above 50, Ada must approve."""
    return Negotiation(
        name="sample",
        title="One price",
        pattern="trade_space",
        currency="EUR",
        issues=(NumberIssue(name=IssueName("price"), unit="EUR", min=Decimal(0), max=Decimal(100)),),
        roles=(Role(name=RoleName("buyer"), prompt="buyer.md"), Role(name=RoleName("seller"), prompt="seller.md")),
        gates=(Gate(id="large", when="price > 50", approver="Ada"),),
        stop=Stop(rounds=1_000_000, seconds=10_000_000, unchanged_rounds=1_000_000),
    )


def sample_settings(session: str = "sample-0001") -> Settings:
    """Return the settings of a sample session, to be signed with the sample key."""
    return Settings(session=SessionId(session), negotiation=sample_negotiation(), key=sample_key().public)


def sample_rules() -> Rules:
    """Return rules under which a text is the JSON of a draft, no guard objects, and the gate is reached above 50."""
    return Rules(read=_read, guards=(), gates=_gates)


def sample_session(entries: Sequence[Entry]) -> Session:
    """Return the session that sample entries tell."""
    session = fresh(sample_settings(entries[0].session))
    for entry in entries:
        session = advance(session, entry)
    return session


def sample_entries(
    count: int, session: str = "sample-0001", *, start: datetime = SAMPLE_START, text: str = _ASIDE
) -> tuple[Entry, ...]:
    """Return the first `count` entries of a talk that goes on: its opening, then asides of each role in turn."""
    scene = _Scene(session, start)
    for _ in range(count - 1):
        scene.write(Draft(act="inform", text=text))
    return tuple(scene.entries)


def sample_parked(session: str = "sample-0001", *, start: datetime = SAMPLE_START) -> tuple[Entry, ...]:
    """Return the four entries of a talk that was settled at 60 and waits for Ada."""
    scene = _Scene(session, start)
    scene.settle(60)
    scene.enter(Sought(at=scene.now(), gate="large"))
    return tuple(scene.entries)


def sample_fact(at: datetime = SAMPLE_START) -> Reported:
    """Return what the desk tells the seller: that 12 pieces are in stock."""
    fact = Fact(
        name="stock",
        kind="number",
        value="12",
        says="pieces in stock",
        visible_to=(RoleName("seller"),),
        source="ledger",
        as_of=at.date(),
    )
    return Reported(at=at, fact=fact, by="desk")


def sample_news(session: str = "sample-0001", *, start: datetime = SAMPLE_START) -> tuple[Entry, ...]:
    """Return the five entries of a talk that waits for Ada, and in which a fact has changed meanwhile."""
    scene = _Scene(session, start, sample_parked(session, start=start))
    scene.enter(sample_fact(scene.now()))
    return tuple(scene.entries)


def sample_agreement(session: str = "sample-0001", *, start: datetime = SAMPLE_START) -> tuple[Entry, ...]:
    """Return the five entries of a talk that Ada's approval ended with an agreement."""
    scene = _Scene(session, start, sample_parked(session, start=start))
    offer = OfferId(f"m1-{session[-4:]}")
    digest = digest_of_terms(_at(60))
    scene.enter(Ruled(at=scene.now(), gate="large", by="Ada", approved=True, offer=offer, digest=digest, note="Fair."))
    return tuple(scene.entries)


def sample_escalation(session: str = "sample-0001", *, start: datetime = SAMPLE_START, asides: int = 0) -> tuple[Entry, ...]:
    """Return the entries of a talk that a role ended without agreement, at once or after so many asides."""
    scene = _Scene(session, start, sample_entries(1 + asides, session, start=start))
    scene.write(Draft(act="escalate", text="I cannot bargain about this."))
    return tuple(scene.entries)


def sample_interruption(session: str = "sample-0001", *, start: datetime = SAMPLE_START) -> tuple[Entry, ...]:
    """Return the three entries of a talk that somebody interrupted after the first offer."""
    scene = _Scene(session, start)
    scene.write(Draft(act="propose", terms=_at(40)))
    scene.enter(Interrupted(at=scene.now(), why="Ctrl-C"))
    return tuple(scene.entries)


class _Scene:
    """A sample session as it is written, entry by entry."""

    def __init__(self, session: str, start: datetime, entries: tuple[Entry, ...] = ()) -> None:
        self.start = start
        self.rules = sample_rules()
        self.entries = list(entries) or [begin(sample_settings(session), start, self.rules)]
        self.session = sample_session(self.entries)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=len(self.entries))

    def enter(self, reply: Reply) -> None:
        entry = enter(self.session, reply, self.rules)
        self.entries.append(entry)
        self.session = advance(self.session, entry)

    def write(self, draft: Draft) -> None:
        text = draft.model_dump_json(exclude_none=True)
        role = self.session.speaker.name
        usage = Usage(prompt=900, reply=len(text) // 4)
        began = self.now() - timedelta(milliseconds=400)
        self.enter(Written(at=self.now(), role=role, model="sample", text=text, size=len(text), usage=usage, began=began))

    def settle(self, price: int) -> None:
        self.write(Draft(act="propose", terms=_at(price), text=f"{price} EUR, all in."))
        self.write(Draft(act="accept", offer=self.session.offers[0].id))


def _at(price: int) -> Terms:
    return (Number(issue=IssueName("price"), value=Decimal(price)),)


def _read(text: str, _: View) -> Reading:
    return Reading(Draft.model_validate_json(text))


def _gates(terms: Terms) -> GateReading:
    large = any(isinstance(term, Number) and term.value > Decimal(50) for term in terms)
    return GateReading(sample_negotiation().gates if large else ())
