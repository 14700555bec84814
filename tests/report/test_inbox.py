"""What does a person see who approves? What changed, what is unusual, what the roles did, and why each term is as it is."""

from __future__ import annotations

from orchestrator.engine import SeekApproval, pending
from orchestrator.messages.terms import Choice, Number, Terms
from orchestrator.messages.value import IssueName
from orchestrator.report.explain import explanation_json, explanation_lines
from orchestrator.report.inbox import Inbox, inbox_lines
from tests.engine.talks import Played, Yaml, cases, play

REPLIES: list[Yaml] = [
    {"ann": {"act": "propose", "terms": {"price": 20, "colour": "red"}, "text": "Good morning", "evidence": ["stock"]}},
    {"bob": {"act": "propose", "terms": {"price": 400, "colour": "red"}}},
    {"bob": {"act": "propose", "terms": {"price": 90, "colour": "red"}}},
    {"ann": {"act": "propose", "terms": {"price": 100, "colour": "red"}}},
    {"bob": {"act": "accept", "offer": "m3"}},
]
PRICE = (
    "price 100: first named by ann in round 2 (m3); before that 20 by ann in round 1 (m1, citing stock) "
    "and 90 by bob in round 1 (m2)"
)


def waiting() -> Played:
    """Return a talk whose offer waits for Kim, who must say why."""
    base = cases()["solver/a-whole-proposal-does-not"]["talk"]
    talk: Yaml = {
        **base,
        "pattern": "approval",
        "pattern_rules": {"kind": "approval", "by": "Kim", "reason": True},
        "gates": [{"id": "approval", "when": "true", "approver": "Kim"}],
    }
    return play({"talk": talk, "replies": REPLIES})


def inbox_of(talk: Played, *earlier: int) -> list[str]:
    """Return what the approver sees, beside earlier agreements at these prices."""
    effect = pending(talk.session)
    assert isinstance(effect, SeekApproval)
    terms = tuple(_terms(price) for price in earlier)
    return list(inbox_lines(Inbox(session=talk.session, entries=talk.entries, offer=effect.offer, earlier=terms)))


def _terms(price: int) -> Terms:
    return (Number.model_validate({"issue": "price", "value": price}), Choice(issue=IssueName("colour"), value="blue"))


def test_the_approver_sees_it_all() -> None:
    """Changes, ends of ranges, values never agreed before, refused drafts, and the story of each term."""
    assert inbox_of(waiting(), 30, 40, 50) == [
        "What changed since the offer of ann before it:",
        "price 100 (was 20)",
        "What is unusual:",
        "price is at its largest, 100",
        "price 100 lies outside 30 to 50, where 3 earlier sessions agreed",
        "colour red was never agreed in 3 earlier sessions",
        "ann gains 0.00 above its reserve: it has given nearly all that it may",
        "What the roles did:",
        "ann: nothing was found",
        "bob: 1 draft refused (policy.range)",
        "Why each term is as it is:",
        PRICE,
        "colour red: first named by ann in round 1 (m1, citing stock)",
        "A reason is asked for:",
        "say with --note why you approve or deny; a decision without one does not count",
    ]


def test_two_earlier_agreements_are_no_measure() -> None:
    """Where hardly anything was agreed before, nothing is called unusual for it."""
    assert [line for line in inbox_of(waiting(), 30, 40) if "earlier" in line] == []


def test_terms_that_nobody_named_are_said_to_be_so() -> None:
    """A value from code or from the talk before has no author at the table."""
    talk = waiting()
    line = next(explanation_lines(talk.session, _terms(55)))
    assert line == "price 55: nobody at the table named it; it comes from the terms before, or from the rules"
    assert explanation_json(talk.session, _terms(100))[0] == {
        "issue": "price",
        "value": "100",
        "first": "m3-0000",
        "shifts": [
            {"role": "ann", "move": "m1-0000", "round": 1, "value": "20", "evidence": ["stock"]},
            {"role": "bob", "move": "m2-0000", "round": 1, "value": "90", "evidence": []},
            {"role": "ann", "move": "m3-0000", "round": 2, "value": "100", "evidence": []},
        ],
    }
