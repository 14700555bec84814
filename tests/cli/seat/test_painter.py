"""What does a person see of the talk as it goes on? Agents' words as agents' words, and nobody's secrets but their own."""

from __future__ import annotations

from datetime import UTC, datetime

from orchestrator.cli.seat.painter import SeatPainter
from orchestrator.engine import Session, fresh, step
from orchestrator.engine.chain import begin
from orchestrator.messages.reply import Reply
from orchestrator.messages.settings import SeatModel
from orchestrator.messages.value import RoleName
from tests.cli.seat.sitting import BUYER, SUPPLIER, Talk
from tests.engine.talks import cases, play, settings_of

_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
_FULL = {"volume": 300000, "payment_days": 30, "delivery_days": 20, "warranty_months": 12, "first_delivery": "2027-02-01"}


class _Watched(Talk):
    """A talk that is painted as it goes."""

    def __post_init__(self) -> None:
        super().__post_init__()
        first = fresh(self.session.settings)
        self.lines: list[str] = []
        self.painter = SeatPainter(first, self.lines.append)
        self.painter.watch(begin(self.session.settings, _AT, self.rules))

    def _enter(self, reply: Reply) -> None:
        done = step(self.session, reply, self.rules)
        self.painter.watch(done.entry)
        self.session = done.session


def test_an_agents_words_stand_under_its_name_and_kind() -> None:
    """The first time it is said in full, by the program; later words stand under the heading alone."""
    talk = _Watched()
    talk.write(BUYER, {"act": "inform", "text": "Good morning."})
    talk.write(SUPPLIER, {"act": "inform", "text": "Good morning to you."})
    talk.write(BUYER, {"act": "inform", "text": "Shall we begin?"})
    assert talk.lines == [
        "round 1 · buyer informs",
        "  buyer is an agent, a program that speaks for its role, and no person.",
        '  agent buyer writes: "Good morning."',
        "round 1 · supplier informs",
        "round 2 · buyer informs",
        '  agent buyer writes: "Shall we begin?"',
    ]


def test_refused_drafts_of_an_agent_are_its_own() -> None:
    """Neither that it was refused nor why reaches a person; of their own last draft they are told."""
    talk = _Watched()
    talk.write(BUYER, {"act": "propose", "terms": {**_FULL, "unit_price": 2.9}})
    talk.write(BUYER, {"act": "inform"})
    assert talk.lines == ["round 1 · buyer informs"]
    for _ in range(3):
        talk.write(SUPPLIER, {"act": "propose", "terms": {**_FULL, "unit_price": 2.1}})
    assert [line[:56] for line in talk.lines[1:]] == [
        "Not sent; nobody else has seen it:",
        "! terms.unit_price: the offer has unit_price 2.1, which ",
        "supplier has used up its repairs: the turn passes.",
        "round 1 · supplier says nothing",
    ]


def test_long_words_are_shown_up_to_a_bound() -> None:
    """What is longer says how much more the journal holds."""
    talk = _Watched()
    talk.write(BUYER, {"act": "inform", "text": "So. " * 700})
    assert talk.lines[-1].endswith('…" (800 more characters are in the journal)')


def test_words_of_another_person_are_a_persons() -> None:
    """Where two people sit, each reads what the other wrote, under no heading of an agent."""
    talk = _Watched()
    talk.session = talk.session.but(seats=tuple(_person(role.name) for role in talk.session.roles))
    talk.painter = SeatPainter(talk.session, talk.lines.append)
    talk.write(BUYER, {"act": "inform", "text": "Good morning."})
    assert talk.lines == ["round 1 · buyer informs", '  buyer writes: "Good morning."']


def test_a_terminal_shows_the_seats_that_it_serves() -> None:
    """Another person's refused draft is theirs, and so is what their role alone can see; one's own words are not repeated."""
    talk = _Watched()
    talk.session = talk.session.but(seats=tuple(_person(role.name) for role in talk.session.roles))
    talk.painter = SeatPainter(talk.session, talk.lines.append, here=("supplier",))
    for _ in range(3):
        talk.write(BUYER, {"act": "propose", "terms": {**_FULL, "unit_price": 2.9}})
    talk.write(SUPPLIER, {"act": "inform", "text": "Good morning."})
    talk.write(BUYER, {"act": "inform", "text": "Good morning to you."})
    assert talk.lines == [
        "round 1 · buyer says nothing",
        "round 1 · supplier informs",
        "round 2 · buyer informs",
        '  buyer writes: "Good morning to you."',
    ]


def test_findings_of_an_unfit_offer_stay_with_the_operator() -> None:
    """An offer that falls as unfit is told with its public reason alone."""
    case = cases()["agreement/a-limit-of-a-role-outside-the-quorum-still-binds"]
    talk = play(case)
    lines: list[str] = []
    painter = SeatPainter(_seated(fresh(settings_of(case)), "ann"), lines.append)
    for entry in talk.entries:
        painter.watch(entry)
    assert [line for line in lines if "mandate.limit" in line] == []
    assert [line for line in lines if "it is outside the mandate of a role" in line] != []


def test_facts_that_change_are_told_to_those_who_see_them() -> None:
    """A fact that the person's role cannot see changes in silence."""
    case = cases()["facts/what-others-may-not-see-is-not-told-by-a-fall"]
    talk = play(case)
    seen: dict[str, list[str]] = {}
    for role in ("ann", "bob"):
        session = _seated(fresh(settings_of(case)), role)
        seen[role] = []
        painter = SeatPainter(session, seen[role].append)
        for entry in talk.entries:
            painter.watch(entry)
    assert [any("purse" in line and "is now" in line for line in seen[role]) for role in ("ann", "bob")] == [True, False]


def _seated(session: Session, role: str) -> Session:
    """Return a session in which a person sits in a seat, as far as a painter looks."""
    return session.but(seats=(_person(role),))


def _person(role: str) -> SeatModel:
    return SeatModel(role=RoleName(role), model="human:kim", costly=True)
