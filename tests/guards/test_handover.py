"""When does an agent hand over to its own human? On what a person says, and on little else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guards.agenthood import owns_up_to_be_an_agent
from guards.handover import asks_for_human, hands_over, is_upset
from orchestrator.messages.alarm import Alarm
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.handover import HandOver
from orchestrator.messages.move import Move
from orchestrator.messages.value import OfferId, RoleName
from orchestrator.messages.view import View
from tests.corpus import view_of
from tests.guards.cases import CAMPAIGN, rows

BUDGET, CHANNEL, CAPACITY = (role.name for role in CAMPAIGN.roles)


@pytest.mark.parametrize("name", rows("handover"))
def test_words_raise_the_alarms_of_their_row(name: str) -> None:
    """Words of the table ask for a human, sound upset, or are plain talk of people, managers and prices."""
    row = rows("handover")[name]
    words = str(row["words"])
    assert (asks_for_human(words), is_upset(words)) == (bool(row.get("asks")), bool(row.get("upset")))


def _view(*said: str, act: str = "inform", people: tuple[RoleName, ...] = (BUDGET,)) -> View:
    moves = tuple(
        Move.model_validate(
            {"id": f"m{place}-test", "sender": BUDGET, "turn": place * 3, "round": place + 1, "act": act, "text": text}
        )
        for place, text in enumerate(said)
    )
    return replace(view_of(CAMPAIGN, BUDGET, ()), moves=moves, people=people)


def _hearing(rule: HandOver, role: RoleName = CHANNEL):  # noqa: ANN202 - what `hands_over` makes
    roles = tuple(seat.model_copy(update={"hand_over": rule}) if seat.name == role else seat for seat in CAMPAIGN.roles)
    return hands_over(CAMPAIGN.model_copy(update={"roles": roles}))


def test_an_agent_hands_over_when_it_is_asked() -> None:
    """The alarm names the agent, its human, and why."""
    words = "May I speak to your manager?"
    alarm = Alarm(role=CHANNEL, to="ann", why="budget asked for a human; channel hands over to its human")
    assert _hearing(HandOver(to="ann"))(words, _view(words), 0) == alarm


def test_only_what_the_file_names_hands_over() -> None:
    """A rule that waits for upset people does not hear that a human is asked for."""
    words = "May I speak to your manager?"
    assert _hearing(HandOver(to="ann", when=("upset",)))(words, _view(words), 0) is None


def test_a_seat_that_a_person_has_taken_hands_nothing_over() -> None:
    """Where the agent's human sits already, there is nobody to hand over."""
    words = "May I speak to your manager?"
    assert _hearing(HandOver(to="ann"))(words, _view(words, people=(BUDGET, CHANNEL)), 0) is None


def test_words_of_the_file_are_enough() -> None:
    """A pattern of the file's own hands over, whatever else is waited for."""
    words = "Then I will call the Ombudsmen."
    alarm = _hearing(HandOver(to="ann", when=(), words=("ombuds*",)))(words, _view(words), 0)
    assert alarm == Alarm(role=CHANNEL, to="ann", why="budget wrote 'Ombudsmen'; channel hands over to its human")


ASIDE = ("Nice weather today.", "Did you see the match?", "My cat is ill.")


def test_messages_about_nothing_of_the_agenda_hand_over() -> None:
    """Three messages in a row that touch no issue, figure or word of bargaining have left the scope; two have not."""
    hears = _hearing(HandOver(to="ann", when=("out_of_scope",), after=3))
    why = "budget has said nothing about the agenda in 3 messages; channel hands over to its human"
    assert hears(ASIDE[1], _view(*ASIDE[:2]), 0) is None
    assert hears(ASIDE[2], _view(*ASIDE), 0) == Alarm(role=CHANNEL, to="ann", why=why)


@pytest.mark.parametrize("middle", ["What about the launch?", "Make it 40000.", "Is that your last offer?"])
def test_a_word_about_the_matter_begins_the_count_anew(middle: str) -> None:
    """An issue, a figure, or a word of bargaining between them is enough."""
    hears = _hearing(HandOver(to="ann", when=("out_of_scope",), after=3))
    assert hears(ASIDE[2], _view(ASIDE[0], middle, ASIDE[2]), 0) is None


def test_what_was_said_before_the_human_looked_counts_no_more() -> None:
    """After the human let the talk go on, messages are counted from there."""
    hears = _hearing(HandOver(to="ann", when=("out_of_scope",), after=3))
    assert hears(ASIDE[2], _view(*ASIDE), 3) is None


def test_an_offer_is_about_the_matter() -> None:
    """Idle words beside an offer leave no scope."""
    hears = _hearing(HandOver(to="ann", when=("out_of_scope",), after=1))
    assert hears(ASIDE[0], _view(ASIDE[0], act="escalate"), 0) is None


@pytest.mark.parametrize(
    "words",
    [
        "I am a real person, trust me on this.",
        "I'm not a bot, you know.",
        "Speaking as a human being, I can follow you.",
        "I'm actually a human, like you.",
    ],
)
def test_no_agent_says_that_it_is_a_person(words: str) -> None:
    """Towards people such words of an agent are withheld; between agents, and of people themselves, they pass."""
    draft = Draft(act="inform", text=words)
    view = replace(view_of(CAMPAIGN, CHANNEL, ()), people=(BUDGET,))
    (finding,) = owns_up_to_be_an_agent(draft, view)
    assert (finding.code, finding.kind, finding.severity, finding.path) == ("people.agent", "fact", "withhold", "text")
    assert isinstance(finding, Finding)
    assert owns_up_to_be_an_agent(draft, replace(view, people=())) == ()
    assert owns_up_to_be_an_agent(draft, replace(view, people=(CHANNEL,))) == ()


@pytest.mark.parametrize(
    "words",
    [
        "I am an agent and speak for channel.",
        "I'm a bit above that.",
        "A person of ours will sign it.",
        "We plan with one man and two days.",
        "I'm not a judge of that.",
        "I can't say that I am a person.",
    ],
)
def test_honest_words_pass(words: str) -> None:
    """An agent may say what it is, and may speak of people."""
    view = replace(view_of(CAMPAIGN, CHANNEL, ()), people=(BUDGET,))
    assert owns_up_to_be_an_agent(Draft(act="inform", text=words), view) == ()


def test_moves_are_whole() -> None:
    """What the tests above stand on: the person's moves carry their words."""
    (move,) = _view("Hello").moves
    assert (move.id, move.text) == (OfferId("m0-test"), "Hello")
