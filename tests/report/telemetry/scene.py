"""How does a session come about whose spans are known? Entry by entry, at times that a test can count on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from orchestrator.assembly import rules_for
from orchestrator.engine import advance, begin, enter, fresh
from orchestrator.errors import Try
from orchestrator.messages.digest import sha256
from orchestrator.messages.entry import Entry
from orchestrator.messages.model import Prompt
from orchestrator.messages.reply import Finish, Interrupted, Reply, Requested, Ruled, Sought, Written
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.spend import NO_BOUNDS, Price, Spend
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.messages.view import View
from orchestrator.models.costs import named
from orchestrator.report.telemetry.calls import Called, Content
from orchestrator.report.telemetry.span import Span
from orchestrator.report.telemetry.story import Telling, spans_of
from orchestrator.testing.samples import sample_negotiation

__all__ = ["ADDRESS", "BUYER", "PLAIN", "SESSION", "START", "Scene", "at", "called", "with_content"]

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SESSION = SessionId("sample-0001")
BUYER, SELLER = RoleName("buyer"), RoleName("seller")
ADDRESS = "http://models.test:8080/v1"
_PRICE = Price(input=Decimal(2), output=Decimal(10))
_BUYERS = f"openai:some-model?base_url={ADDRESS}&tries=2"
_SELLERS = "strategy:linear"


def at(seconds: float) -> datetime:
    """Return a time so many seconds after the beginning."""
    return START + timedelta(seconds=seconds)


def called(model: str) -> Called:
    """Name a model, as the assembly does."""
    known = named(model)
    return Called(provider=known.provider, model=known.name, address=known.host, port=known.port)


PLAIN = Telling(called=called)


def with_content(*secrets: str) -> Telling:
    """Tell with prompts and answers, but without these words."""

    def clean(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, "[key]")
        return text

    def assemble(view: View) -> Prompt:
        return Prompt(system=f"You are the {view.role}.", user=f"Round {view.round}.", tokens=5, reply=100)

    return Telling(called=called, content=Content(assemble=assemble, clean=clean))


class Scene:
    """A talk about one price between a buyer behind a service and a seller of this process."""

    def __init__(self, spend: Spend = NO_BOUNDS) -> None:
        negotiation = sample_negotiation()
        self.settings = Settings(
            session=SESSION,
            negotiation=negotiation,
            models=(
                SeatModel(role=BUYER, model=_BUYERS, price=_PRICE, costly=True),
                SeatModel(role=SELLER, model=_SELLERS),
            ),
            spend=spend,
        )
        self.rules = rules_for(negotiation)
        self.fresh = fresh(self.settings)
        self.entries: list[Entry] = [begin(self.settings, START, self.rules)]
        self.session = advance(self.fresh, self.entries[0])

    def enter(self, reply: Reply) -> None:
        """Put a reply on record."""
        entry = enter(self.session, reply, self.rules)
        self.entries.append(entry)
        self.session = advance(self.session, entry)

    def request(self, second: float) -> None:
        """Let the buyer's model be asked."""
        digest = sha256(b"request")
        self.enter(Requested(at=at(second), role=BUYER, model=_BUYERS, request=digest, prompt=900, reply=100))

    def buyer(self, began: float, text: str, *, finish: Finish = "stop", tries: tuple[Try, ...] = (), cached: int = 0) -> None:
        """Let the buyer's model answer, three seconds after it was asked."""
        usage = Usage(prompt=1000, reply=50, cached=cached)
        self._write(began, 3, BUYER, _BUYERS, text, usage=usage, finish=finish, tries=tries)

    def seller(self, began: float, text: str) -> None:
        """Let the seller's strategy answer, in half a second."""
        self._write(began, 0.5, SELLER, _SELLERS, text, usage=Usage(prompt=900, reply=20))

    def fall_back(self, began: float, text: str) -> None:
        """Let the strategy act for the buyer, in a second."""
        self._write(began, 1, BUYER, _SELLERS, text, usage=Usage(prompt=900, reply=20))

    def interrupt(self, second: float, tries: tuple[Try, ...] | None = None) -> None:
        """Stop the driver."""
        self.enter(Interrupted(at=at(second), why="it cannot go on", tries=tries))

    def settle(self, price: int) -> None:
        """Let both back one price, in four entries and five seconds; above 50, Ada is asked."""
        self.request(1)
        self.buyer(1, f'{{"act": "propose", "terms": {{"price": {price}}}, "text": "Take it."}}')
        self.seller(5, f'{{"act": "accept", "offer": "{self.session.offers[0].id}"}}')
        if self.session.phase == "approving":
            self.enter(Sought(at=at(6), gate="large"))

    def rule(self, second: float, *, approved: bool) -> None:
        """Let Ada rule."""
        offer = self.session.offers[0]
        ruled = Ruled(at=at(second), gate="large", by="Ada", approved=approved, offer=offer.id, digest=offer.digest, note="Hm.")
        self.enter(ruled)

    def tree(self, telling: Telling = PLAIN) -> Span:
        """Return all spans."""
        tree = spans_of(self.fresh, self.entries, telling)
        assert tree is not None
        return tree

    def _write(
        self,
        began: float,
        took: float,
        role: RoleName,
        model: str,
        text: str,
        *,
        usage: Usage,
        finish: Finish = "stop",
        tries: tuple[Try, ...] = (),
    ) -> None:
        self.enter(
            Written(
                at=at(began + took),
                role=role,
                model=model,
                text=text,
                size=len(text),
                usage=usage,
                began=at(began),
                finish=finish,
                tries=tries,
            )
        )
