"""What proves an agreement?"""

from __future__ import annotations

import json

from inline_snapshot import snapshot

from orchestrator.report.receipt import receipt, receipt_lines
from tests.report.story import Story, low, masked


def test_a_receipt_holds_digests_approvals_and_the_head(agreed: Story) -> None:
    """Everything that somebody needs who wants to check the agreement later, and each approval once."""
    told = receipt(agreed.session, agreed.entries, "cd" * 64)
    assert json.loads(masked(agreed, json.dumps(told))) == snapshot(
        {
            "session": "launch-k4xq",
            "name": "launch",
            "status": "agreed",
            "reason": "all",
            "opened": "2026-09-01T09:00:00+00:00",
            "closed": "2026-09-01T09:00:14+00:00",
            "rounds": 3,
            "terms": {
                "search_spend": 61000,
                "creative_format": "video",
                "creative_hours": 180,
                "launch_date": "2026-10-01",
                "vip_list": False,
            },
            "digest": "<terms of m5-k4xq>",
            "backers": ["budget", "channel", "capacity"],
            "digests": {"negotiation": "<negotiation>", "prompts": "<prompts>", "rules": "<rules>"},
            "models": {"budget": "scripted:story", "channel": "scripted:story", "capacity": "scripted:story"},
            "spending": {},
            "seed": 7,
            "approvals": [
                {
                    "gate": "big-spend",
                    "by": "cmo",
                    "at": "2026-09-01T09:00:14+00:00",
                    "beforehand": False,
                    "offer": "m5-k4xq",
                    "digest": "<terms of m5-k4xq>",
                    "note": "Go.",
                }
            ],
            "denials": [
                {
                    "gate": "big-spend",
                    "by": "cmo",
                    "at": "2026-09-01T09:00:09+00:00",
                    "beforehand": False,
                    "offer": "m2-k4xq",
                    "digest": "<terms of m2-k4xq>",
                    "note": "Too dear.",
                }
            ],
            "head": {"entry": 14, "digest": "<entry 14>", "signature": "<digest>"},
            "key": "<key>",
            "version": "0.1.0",
            "rules_version": 2,
            "supersedes": None,
        }
    )


def test_a_receipt_can_be_read(agreed: Story) -> None:
    """The same for a person, a fact a line."""
    assert [masked(agreed, line) for line in receipt_lines(agreed.session, agreed.entries, "cd" * 64)] == snapshot(
        [
            "session      launch-k4xq",
            "terms        <terms of m5-k4xq>",
            "negotiation  <negotiation>",
            "prompts      <prompts>",
            "rules        <rules>",
            "denied       big-spend by cmo at 2026-09-01T09:00:09+00:00: Too dear.",
            "approved     big-spend by cmo at 2026-09-01T09:00:14+00:00: Go.",
            "head         <entry 14> (entry 14)",
            "signature    <digest>",
            "signed by    <key>",
            "made by      handfast 0.1.0, rules version 2",
        ]
    )


def test_an_approval_of_another_offer_does_not_count(story: Story) -> None:
    """Terms that were approved, fell and are offered anew are another offer: the old approval is not on its receipt."""
    story.settle()
    story.rule(approved=False)
    story.settle()
    assert receipt(story.session, story.entries, "")["approvals"] == []
    assert [line for line in receipt_lines(story.session, story.entries, "") if line.startswith("approved")] == []


def test_an_approval_given_beforehand_is_marked(story: Story) -> None:
    """A receipt tells an approval of what was seen from one of whatever would be agreed."""
    story.settle()
    story.rule(approved=True, beforehand=True)
    lines = [line for line in receipt_lines(story.session, story.entries, "") if line.startswith("approved")]
    assert lines == ["approved     big-spend by cmo at 2026-09-01T09:00:04+00:00, given beforehand"]


def test_a_session_without_agreement_has_a_receipt_too(story: Story) -> None:
    """It says that nothing binds, and that the head is not signed where it isn't."""
    story.write(act="propose", terms=low())
    lines = list(receipt_lines(story.session, story.entries, ""))
    assert lines[1] == "terms        none are binding"
    assert lines[-3] == "signature    none: the head is not signed"


def test_an_amended_session_names_what_it_supersedes(agreed: Story) -> None:
    """The receipt of a session that reopens an agreement names the old session."""
    story = Story("launch-new1", supersedes=agreed.session.id, precedent=agreed.session.terms)
    assert list(receipt_lines(story.session, story.entries, ""))[1] == "supersedes   launch-k4xq"
    assert receipt(story.session, story.entries, "")["supersedes"] == "launch-k4xq"
