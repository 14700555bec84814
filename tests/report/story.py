"""What session do the tests of reports tell? A launch in small: three roles, a fault, withheld words, a gate, a denial."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from orchestrator.engine import Rules, Session, advance, begin, enter, fresh
from orchestrator.messages.draft import Draft
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Opened
from orchestrator.messages.finding import Finding
from orchestrator.messages.gate import Gate
from orchestrator.messages.gates import GateReading
from orchestrator.messages.negotiation import (
    Agreement,
    ByOption,
    ChoiceIssue,
    DateIssue,
    Fact,
    FlagIssue,
    LinearDay,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Stop,
)
from orchestrator.messages.reply import Interrupted, Reply, Reported, Ruled, Sought, Written
from orchestrator.messages.settings import PromptSource, SeatModel, Settings
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, RoleName, SessionId
from orchestrator.messages.view import Reading, View

__all__ = ["Story", "launch", "low", "masked", "told"]

_BUDGET, _CHANNEL, _CAPACITY = RoleName("budget"), RoleName("channel"), RoleName("capacity")
_SPEND, _FORMAT, _HOURS, _DATE, _VIP = (
    IssueName(name) for name in ("search_spend", "creative_format", "creative_hours", "launch_date", "vip_list")
)
_START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def launch() -> Negotiation:
    """Return a small launch; above 60,000 USD the cmo must approve."""
    everybody = (_BUDGET, _CHANNEL, _CAPACITY)
    return Negotiation(
        name="launch",
        title="A launch in small",
        pattern="trade_space",
        currency="USD",
        issues=(
            NumberIssue(name=_SPEND, owner=_BUDGET, unit="USD", min=Decimal(0), max=Decimal(120000), step=Decimal(500)),
            ChoiceIssue(name=_FORMAT, owner=_CHANNEL, options=("static", "video")),
            NumberIssue(name=_HOURS, owner=_CAPACITY, unit="hour", min=Decimal(0), max=Decimal(400), step=Decimal(10)),
            DateIssue(name=_DATE, owner=_CAPACITY, min=date(2026, 9, 1), max=date(2026, 10, 31)),
            FlagIssue(name=_VIP),
        ),
        facts=(
            Fact(
                name="studio_hours",
                kind="number",
                value="320",
                unit="hour",
                says="studio hours free",
                visible_to=everybody,
                source="studio-calendar",
                as_of=date(2026, 8, 20),
            ),
        ),
        roles=(
            Role(
                name=_BUDGET,
                prompt="budget.md",
                mandate=_mandate(LinearNumber(issue=_SPEND, weight=1, best=Decimal(0), worst=Decimal(120000))),
            ),
            Role(
                name=_CHANNEL,
                prompt="channel.md",
                mandate=_mandate(ByOption(issue=_FORMAT, weight=1, values=(("static", 0.1), ("video", 1.0)))),
            ),
            Role(
                name=_CAPACITY,
                prompt="capacity.md",
                mandate=_mandate(LinearDay(issue=_DATE, weight=1, best=date(2026, 10, 31), worst=date(2026, 9, 1))),
            ),
        ),
        gates=(Gate(id="big-spend", when="search_spend > 60000", approver="cmo"),),
        stop=Stop(rounds=6),
    )


def low(spend: int = 62000, hours: int = 180) -> dict[str, Any]:
    """Return complete terms as a draft writes them."""
    return {
        "search_spend": spend,
        "creative_format": "video",
        "creative_hours": hours,
        "launch_date": "2026-10-01",
        "vip_list": False,
    }


class Story:
    """A session as it is told, reply by reply."""

    def __init__(
        self,
        session: str = "launch-k4xq",
        *,
        supersedes: str | None = None,
        precedent: Terms = (),
        agreement: Agreement | None = None,
        stop: Stop | None = None,
    ) -> None:
        changes = {"agreement": agreement or Agreement(), "stop": stop or launch().stop}
        self.rules = Rules(read=_read, guards=(_no_hours_above_320, _no_promises), gates=_gates)
        settings = Settings(
            session=SessionId(session),
            negotiation=launch().model_copy(update=changes),
            prompts=(PromptSource(name="budget.md", text="You guard the money."),),
            models=tuple(SeatModel(role=role.name, model="scripted:story") for role in launch().roles),
            seed=7,
            key="ab" * 32,
            version="0.1.0",
            supersedes=SessionId(supersedes) if supersedes else None,
            precedent=precedent,
        )
        self.entries: list[Entry] = [begin(settings, _START, self.rules)]
        self.session: Session = advance(fresh(settings), self.entries[0])

    def now(self) -> datetime:
        """Return the time of the next reply: a second after the one before."""
        return _START + timedelta(seconds=len(self.entries))

    def take(self, reply: Reply) -> Entry:
        """Let a reply come."""
        entry = enter(self.session, reply, self.rules)
        self.entries.append(entry)
        self.session = advance(self.session, entry)
        return entry

    def write(self, **draft: object) -> Entry:
        """Let the role whose turn it is write a draft."""
        return self.say(json.dumps(draft))

    def say(self, text: str) -> Entry:
        """Let the role whose turn it is write a text."""
        began = self.now() - timedelta(milliseconds=400)
        usage = Usage(prompt=1200, reply=len(text) // 4)
        role = self.session.speaker.name
        return self.take(
            Written(at=self.now(), role=role, model="scripted:story", text=text, size=len(text), usage=usage, began=began)
        )

    def accept(self) -> Entry:
        """Let the role whose turn it is accept the latest offer."""
        return self.write(act="accept", offer=self.session.offers[-1].id)

    def settle(self, **terms: int) -> None:
        """Let one propose and the others accept."""
        self.write(act="propose", terms=low(**terms), text="This is fair to all of us.")
        self.accept()
        self.accept()

    def seek(self) -> Entry:
        """Ask the approver of the gate, who is not there."""
        return self.take(Sought(at=self.now(), gate="big-spend"))

    def rule(self, *, approved: bool, note: str = "", beforehand: bool = False) -> Entry:
        """Let the approver rule on the settled offer."""
        offer = self.session.offer(self.session.settled)
        assert offer is not None
        return self.take(
            Ruled(
                at=self.now(),
                gate="big-spend",
                by="cmo",
                approved=approved,
                offer=offer.id,
                digest=offer.digest,
                note=note,
                beforehand=beforehand,
            )
        )

    def report(self, value: str) -> Entry:
        """Report a new value of the studio's hours."""
        fact = launch().facts[0].model_copy(update={"value": value})
        return self.take(Reported(at=self.now(), fact=fact, by="studio"))

    def interrupt(self, why: str) -> Entry:
        """Stop the driver."""
        return self.take(Interrupted(at=self.now(), why=why))


def told() -> Story:
    """Return the whole story: refused and mended, withheld, denied, offered anew, approved, agreed."""
    story = Story()
    story.write(act="propose", terms={"search_spend": 40000, "vip_list": True}, text="Let us begin small.")
    story.write(act="propose", terms=low(hours=330), text="Video or nothing.")
    story.write(act="propose", terms=low(), text="Video, within the hours.")
    story.write(act="accept", offer="m2-k4xq", text="We guarantee success.")
    story.write(act="accept", offer="m2-k4xq", text="We guarantee it still.")
    story.write(act="accept", offer="m2-k4xq", text="Guaranteed.")
    story.accept()
    story.seek()
    story.rule(approved=False, note="Too dear.")
    story.settle(spend=61000)
    story.seek()
    story.rule(approved=True, note="Go.")
    return story


def masked(story: Story, text: str) -> str:
    """Return the text with names for digests, which change with every field that a record gets."""
    known = {str(entry.digest): f"<entry {entry.seq}>" for entry in story.entries}
    known |= {str(move.digest): f"<terms of {move.id}>" for move in story.session.moves if move.act == "propose"}
    for event in story.entries[0].events:
        if isinstance(event, Opened):
            known |= {event.negotiation: "<negotiation>", event.prompts: "<prompts>", event.rules: "<rules>"}
    known |= {story.session.settings.key: "<key>"}
    return re.sub(r"\b[0-9a-f]{64,}\b", lambda found: known.get(found.group(), "<digest>"), text)


def _mandate(worth: LinearNumber | LinearDay | ByOption) -> Mandate:
    return Mandate(reserve=0.25, worths=(worth,))


def _read(text: str, view: View) -> Reading:
    try:
        raw = json.loads(text)
        terms = tuple(_term(view, name, value) for name, value in raw.pop("terms", {}).items())
        return Reading(Draft(terms=terms, **raw))
    except ValueError:
        message = "a draft is one JSON object"
        return Reading(
            None, (Finding(code="shape.json", kind="shape", severity="refuse", path="", words=text[:40], message=message),)
        )


def _term(view: View, name: str, value: Any) -> Term:
    issue = view.agenda.issue(name)
    match issue:
        case NumberIssue():
            return Number(issue=issue.name, value=Decimal(value))
        case ChoiceIssue():
            return Choice(issue=issue.name, value=value)
        case DateIssue():
            return Day(issue=issue.name, value=date.fromisoformat(value))
        case FlagIssue():
            return Flag(issue=issue.name, value=value)
        case None:
            raise ValueError(name)


def _no_hours_above_320(draft: Draft, _: View) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code="mandate.limit",
            kind="authority",
            severity="refuse",
            path="terms.creative_hours",
            words=str(term.value),
            message=f"'capacity' has at most 320 hours, not {term.value}",
        )
        for term in draft.terms
        if isinstance(term, Number) and term.issue == _HOURS and term.value > Decimal(320)
    )


def _no_promises(draft: Draft, _: View) -> tuple[Finding, ...]:
    if "guarantee" not in draft.text.lower():
        return ()
    message = "nobody controls success"
    return (
        Finding(
            code="guarantee.outcome", kind="guarantee", severity="withhold", path="text", words="guarantee", message=message
        ),
    )


def _gates(terms: Terms) -> GateReading:
    dear = any(isinstance(term, Number) and term.issue == _SPEND and term.value > Decimal(60000) for term in terms)
    return GateReading(launch().gates if dear else ())
