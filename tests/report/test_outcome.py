"""What became of a session, for machines?"""

from __future__ import annotations

import json

from inline_snapshot import snapshot

from orchestrator.engine import refold
from orchestrator.report.outcome import findings_of, outcome
from tests.report.story import Story, low, masked


def test_an_agreement_is_told_whole(agreed: Story) -> None:
    """Terms as JSON scalars, utilities of all roles, rounds, tokens that add up, and every finding with its fate."""
    told = outcome(agreed.session, agreed.entries)
    assert json.loads(masked(agreed, json.dumps(told))) == snapshot(
        {
            "session": "launch-k4xq",
            "name": "launch",
            "title": "A launch in small",
            "seed": 7,
            "status": "agreed",
            "reason": "all",
            "terms": {
                "search_spend": 61000,
                "creative_format": "video",
                "creative_hours": 180,
                "launch_date": "2026-10-01",
                "vip_list": False,
            },
            "digest": "<terms of m5-k4xq>",
            "utilities": {"budget": 0.491667, "channel": 1.0, "capacity": 0.5},
            "rounds": 3,
            "tokens": {
                "total": 12239,
                "budget": {"prompt": 3600, "reply": 43},
                "channel": {"prompt": 3600, "reply": 138},
                "capacity": {"prompt": 4800, "reply": 58},
            },
            "spending": {},
            "context": {
                "estimated": False,
                "sent": {
                    "budget": {
                        "messages": 1,
                        "tokens": 0,
                        "bytes": 19,
                        "cut": 0,
                        "withheld": 0,
                        "flagged": [],
                        "per_second": 0.25,
                        "rounds": [0, 0, 0],
                        "growth": [0, 0],
                    },
                    "channel": {
                        "messages": 2,
                        "tokens": 0,
                        "bytes": 50,
                        "cut": 0,
                        "withheld": 0,
                        "flagged": [],
                        "per_second": 0.5,
                        "rounds": [0, 0, 0],
                        "growth": [0, 0],
                    },
                    "capacity": {
                        "messages": 0,
                        "tokens": 0,
                        "bytes": 0,
                        "cut": 0,
                        "withheld": 1,
                        "flagged": [],
                        "per_second": 0.0,
                        "rounds": [0, 0, 0],
                        "growth": [0, 0],
                    },
                },
                "windows": {},
            },
            "findings": [
                {
                    "role": "channel",
                    "turn": 1,
                    "attempt": 0,
                    "code": "mandate.limit",
                    "kind": "authority",
                    "severity": "refuse",
                    "path": "terms.creative_hours",
                    "words": "330",
                    "message": "'capacity' has at most 320 hours, not 330",
                    "outcome": "refused",
                },
                {
                    "role": "capacity",
                    "turn": 2,
                    "attempt": 0,
                    "code": "guarantee.outcome",
                    "kind": "guarantee",
                    "severity": "withhold",
                    "path": "text",
                    "words": "guarantee",
                    "message": "nobody controls success",
                    "outcome": "refused",
                },
                {
                    "role": "capacity",
                    "turn": 2,
                    "attempt": 1,
                    "code": "guarantee.outcome",
                    "kind": "guarantee",
                    "severity": "withhold",
                    "path": "text",
                    "words": "guarantee",
                    "message": "nobody controls success",
                    "outcome": "refused",
                },
                {
                    "role": "capacity",
                    "turn": 2,
                    "attempt": 2,
                    "code": "guarantee.outcome",
                    "kind": "guarantee",
                    "severity": "withhold",
                    "path": "text",
                    "words": "guarantee",
                    "message": "nobody controls success",
                    "outcome": "withheld",
                },
            ],
            "backers": ["budget", "channel", "capacity"],
            "offer": None,
            "waiting": [],
            "supersedes": None,
            "measure": {
                "kind": "trade_space",
                "created": 1.241667,
                "first": 1.233333,
                "packages": 3,
                "conditional": 0,
                "version": None,
            },
        }
    )


def test_equal_records_give_equal_objects(agreed: Story) -> None:
    """The object is made from the record alone: folding the entries again gives the same, and JSON takes it."""
    again = refold(agreed.entries)
    assert outcome(again, tuple(agreed.entries)) == outcome(agreed.session, agreed.entries)
    assert json.loads(json.dumps(outcome(agreed.session, agreed.entries), allow_nan=False))["session"] == "launch-k4xq"


def test_tokens_add_up(agreed: Story) -> None:
    """The total is the sum of what all roles read and wrote."""
    tokens = outcome(agreed.session, agreed.entries)["tokens"]
    assert isinstance(tokens, dict)
    parts = [part for name, part in tokens.items() if name != "total"]
    assert tokens["total"] == sum(part["prompt"] + part["reply"] for part in parts if isinstance(part, dict))  # type: ignore[operator]


def test_a_session_that_waits_binds_nothing(story: Story) -> None:
    """Its terms are those of an offer, not binding ones; it says at which gate it waits, for whom, and since when."""
    story.settle()
    story.seek()
    told = outcome(story.session, story.entries)
    parts = {key: told[key] for key in ("status", "reason", "terms", "digest", "utilities", "offer", "waiting")}
    assert json.loads(masked(story, json.dumps(parts))) == snapshot(
        {
            "status": "waiting",
            "reason": "approval",
            "terms": {},
            "digest": None,
            "utilities": {},
            "offer": {
                "id": "m1-k4xq",
                "sender": "budget",
                "terms": {
                    "search_spend": 62000,
                    "creative_format": "video",
                    "creative_hours": 180,
                    "launch_date": "2026-10-01",
                    "vip_list": False,
                },
                "digest": "<terms of m1-k4xq>",
                "utilities": {"budget": 0.483333, "channel": 1.0, "capacity": 0.5},
                "backers": ["budget", "channel", "capacity"],
                "warnings": [],
            },
            "waiting": [
                {"gate": "big-spend", "approver": "cmo", "when": "search_spend > 60000", "asked": "2026-09-01T09:00:04+00:00"}
            ],
        }
    )


def test_a_settled_session_whose_approver_was_not_asked_is_interrupted(story: Story) -> None:
    """Killed between settling and asking, it can be resumed, so it is not yet waiting."""
    story.settle()
    told = outcome(story.session, story.entries)
    assert (told["status"], told["reason"], told["waiting"]) == ("interrupted", "unfinished", [])


def test_an_interruption_gives_its_reason(story: Story) -> None:
    """The reason is that of the interruption; without one the session is unfinished."""
    story.write(act="propose", terms=low())
    assert outcome(story.session, story.entries)["reason"] == "unfinished"
    story.interrupt("stopped by its operator")
    told = outcome(story.session, story.entries)
    assert (told["status"], told["reason"], told["rounds"]) == ("interrupted", "stopped by its operator", 1)


def test_no_agreement_has_no_terms(story: Story) -> None:
    """An end without agreement has a reason, and neither terms nor utilities."""
    story.write(act="escalate", text="A person must look at this.")
    told = outcome(story.session, story.entries)
    keys = ("status", "reason", "terms", "digest", "utilities", "backers", "offer")
    assert {key: told[key] for key in keys} == {
        "status": "no_agreement",
        "reason": "escalated",
        "terms": {},
        "digest": None,
        "utilities": {},
        "backers": [],
        "offer": None,
    }


def test_findings_count_turns_and_attempts(story: Story) -> None:
    """A finding names its turn and which draft of that turn it was in; a turn that is held counts as a turn."""
    for _ in range(3):
        story.say("prose")
    story.say("more prose")
    found = [(item.role, item.turn, item.attempt, item.outcome) for item in findings_of(story.entries)]
    assert found == [
        ("budget", 0, 0, "refused"),
        ("budget", 0, 1, "refused"),
        ("budget", 0, 2, "refused"),
        ("budget", 0, 3, "refused"),
    ]


def test_terms_that_cannot_stand_any_more_are_found(agreed: Story) -> None:
    """Where the rules of now forbid the terms of the superseded agreement, the findings say so, as nobody's."""
    terms = tuple(
        term.model_copy(update={"value": term.value * 2}) if term.kind == "number" and term.issue == "creative_hours" else term
        for term in agreed.session.terms
    )
    story = Story("launch-new1", supersedes=agreed.session.id, precedent=terms)
    found = [(item.role, item.turn, item.outcome, item.finding.code) for item in findings_of(story.entries)]
    assert found == [("precedent", 0, "unfit", "mandate.limit")]
    assert outcome(story.session, story.entries)["supersedes"] == "launch-k4xq"
