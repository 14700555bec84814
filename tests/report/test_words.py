"""What was settled, why did it end, and what is it worth?"""

from __future__ import annotations

from dataclasses import replace

from inline_snapshot import snapshot

from orchestrator.messages.negotiation import Agreement, Stop
from orchestrator.report.words import plan, why, worths
from tests.report.story import Story, low


def test_a_plan_says_who_what_when_and_how_much(agreed: Story) -> None:
    """A sentence for each owner, then one for what nobody owns; dates end their sentence."""
    assert list(plan(agreed.session, agreed.session.terms)) == snapshot(
        [
            "budget commits to: search spend 61,000 USD",
            "channel commits to: creative format video",
            "capacity commits to: 180 creative hours and launch on Thursday 1 October 2026",
            "all agree on: no vip list",
        ]
    )


def test_open_issues_are_left_out(story: Story) -> None:
    """A partial offer is said without what it leaves open, and without roles that give nothing."""
    story.write(act="propose", terms={"creative_hours": 120})
    assert list(plan(story.session, story.session.offers[0].terms)) == ["capacity commits to: 120 creative hours"]


def test_worths_stand_beside_reserves(agreed: Story) -> None:
    """Each role's utility is said with the least that it would have taken."""
    assert list(worths(agreed.session, agreed.session.terms)) == snapshot(
        ["budget 0.49 (reserve 0.25)", "channel 1.00 (reserve 0.25)", "capacity 0.50 (reserve 0.25)"]
    )


def test_an_agreement_names_its_backers_and_approvers(agreed: Story) -> None:
    """Why it ended: who backs it, in which round, and who approved exactly this offer."""
    assert why(agreed.session, agreed.entries) == snapshot(
        "Agreed in round 3 of 6: budget, channel and capacity back the same terms, approved by cmo."
    )


def test_a_wait_names_its_approver(story: Story) -> None:
    """A session that waits says for whom, at which gate, and what brought it there."""
    story.settle()
    story.seek()
    assert why(story.session, story.entries) == snapshot(
        "Settled, but not binding yet: it waits for the approval of cmo for gate 'big-spend' (search_spend > 60000)."
    )


def test_an_interruption_says_where_it_stopped(story: Story) -> None:
    """An interruption names the round and the reason, without anything that would steer a terminal."""
    story.write(act="propose", terms=low())
    story.interrupt("provider said \x1b[2Jno")
    assert why(story.session, story.entries) == snapshot("Interrupted in round 1 of 6: provider said no.")


def test_an_escalation_names_who_handed_it_over(story: Story) -> None:
    """An escalation names the role whose move it was."""
    story.write(act="inform", text="Good morning.")
    story.write(act="escalate")
    assert why(story.session, story.entries) == snapshot("No agreement: channel handed the matter to a person.")


def test_a_talk_that_stands_still_says_so(story: Story) -> None:
    """A talk in which nothing changed says for how many rounds."""
    while story.session.status is None:
        story.write(act="inform", text="Nothing new.")
    assert why(story.session, story.entries) == snapshot("No agreement: no offer changed in 5 rounds.")


def test_a_talk_out_of_rounds_says_so(story: Story) -> None:
    """A talk whose rounds are used up says how many there were."""
    spend = 40000
    while story.session.status is None:
        story.write(act="propose", terms=low(spend))
        spend += 500
    assert why(story.session, story.entries) == snapshot("No agreement: 6 rounds were used up.")


def test_a_session_without_a_last_word_says_so(story: Story) -> None:
    """What runs now cannot be told from what was killed; both are said."""
    story.write(act="propose", terms=low())
    assert why(story.session, story.entries) == "Unfinished in round 1 of 6: it runs now, or was killed."


def test_a_quorum_is_counted() -> None:
    """Where fewer than all had to agree, it is said who did, and how many of how many."""
    story = Story(agreement=Agreement(needs="quorum", quorum=2))
    story.write(act="propose", terms=low(spend=20000))
    story.accept()
    assert why(story.session, story.entries) == snapshot(
        "Agreed in round 1 of 6: budget and channel back the same terms, 2 of 3 roles, as the quorum asks."
    )


def test_time_that_is_used_up_is_said() -> None:
    """A talk that ran out of time says how much there was; one round is one round."""
    story = Story(stop=Stop(rounds=6, seconds=1))
    for _ in range(3):
        story.write(act="propose", terms=low(spend=20000))
    assert why(story.session, story.entries) == snapshot("No agreement: the 1.0 s for it were used up.")
    short = Story(stop=Stop(rounds=1))
    for _ in range(3):
        short.write(act="propose", terms=low(spend=20000))
    assert why(short.session, short.entries) == snapshot("No agreement: 1 round was used up.")


def test_a_fallback_that_escalates_is_the_roles_own(story: Story) -> None:
    """Where a role's fallback ends the talk, that role is named."""
    role = story.session.roles[0].model_copy(update={"fallback": "escalate"})
    story.session = replace(story.session, roles=(role, *story.session.roles[1:]))
    for _ in range(3):
        story.say("prose")
    assert why(story.session, story.entries) == "No agreement: budget handed the matter to a person."
