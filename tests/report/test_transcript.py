"""How did the talk go?"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from textwrap import wrap

import pytest
from inline_snapshot import snapshot

from orchestrator.errors import ChainBroken
from orchestrator.messages.finding import Finding
from orchestrator.messages.gates import GateReading
from orchestrator.messages.negotiation import Stop
from orchestrator.messages.terms import Terms
from orchestrator.report.transcript import Scene, entry_json, entry_lines, transcript
from orchestrator.report.whatif import became
from tests.report.story import Story, low, masked, told


def _lines(story: Story) -> list[str]:
    lines = [f"{scene.entry.seq} {line.tone}: {line.text}" for scene in transcript(story.entries) for line in scene.lines]
    return [part for line in lines for part in wrap(line, 110)]


def test_a_story_is_told_move_by_move(agreed: Story) -> None:
    """Every move, what changed in it, what was refused and why, gates, rulings, falls, and the end."""
    assert _lines(agreed) == snapshot(
        [
            "1 move: round 1 · budget proposes m1: search spend 40,000, vip list yes, open: creative format, creative hours",
            "and launch date",
            '1 words: "Let us begin small."',
            "2 refused: round 1 · channel is refused (draft 1)",
            "2 finding: terms.creative_hours: 'capacity' has at most 320 hours, not 330 (mandate.limit)",
            "3 move: round 1 · channel proposes m2: search spend 62,000, creative format video, creative hours 180, launch",
            "date 2026-10-01, vip list no",
            '3 words: "Video, within the hours."',
            "4 refused: round 1 · capacity is refused (draft 1)",
            "4 finding: text: nobody controls success (guarantee.outcome)",
            "5 refused: round 1 · capacity is refused (draft 2)",
            "5 finding: text: nobody controls success (guarantee.outcome)",
            "6 move: round 1 · capacity accepts m2",
            "6 finding: its words were withheld",
            "6 finding: text: nobody controls success (guarantee.outcome)",
            "7 move: round 2 · budget accepts m2",
            "7 gate: settled: budget, channel and capacity back m2",
            "7 gate: gate big-spend reached: cmo must approve m2",
            "8 gate: gate big-spend: waiting for an answer",
            "9 gate: gate big-spend denied by cmo: Too dear.",
            "9 fall: m2 of channel falls: denied by cmo: Too dear.",
            "10 move: round 2 · channel proposes m5: search spend 61,000 (was 62,000), 4 as before",
            '10 words: "This is fair to all of us."',
            "11 move: round 2 · capacity accepts m5",
            "12 move: round 3 · budget accepts m5",
            "12 gate: settled: budget, channel and capacity back m5",
            "12 gate: gate big-spend reached: cmo must approve m5",
            "13 gate: gate big-spend: waiting for an answer",
            "14 gate: gate big-spend approved by cmo: Go.",
            "14 end: agreed on m5, digest 977ea06499d639f9",
        ]
    )


def test_rarer_things_are_told_too(agreed: Story) -> None:
    """A precedent, a fact that changed with the offer that fell, a rejection, a withdrawal, a question, an interruption."""
    story = Story("launch-new1", supersedes=agreed.session.id, precedent=agreed.session.terms)
    story.write(act="reject", offer=story.session.offers[0].id)
    story.write(act="propose", terms=low(), assumes=["studio_hours"])
    story.report("200")
    story.write(act="propose", terms=low(hours=150))
    story.write(act="query", text="Which days?")
    story.write(act="inform")
    story.write(act="withdraw", offer=story.session.offers[0].id)
    story.interrupt("stopped by its operator")
    for _ in range(4):
        story.say("prose")
    assert _lines(story) == snapshot(
        [
            "0 aside: the terms agreed before stand as m0",
            "1 move: round 1 · budget rejects m0",
            "1 fall: m0 of precedent falls: rejected by budget",
            "2 move: round 1 · channel proposes m2: search spend 62,000, creative format video, creative hours 180, launch",
            "date 2026-10-01, vip list no",
            "3 aside: fact studio_hours is now 200 hours",
            "3 fall: m2 of channel falls: fact 'studio_hours' has changed",
            "4 move: round 1 · capacity proposes m3: search spend 62,000, creative format video, creative hours 150, launch",
            "date 2026-10-01, vip list no",
            "5 move: round 2 · budget asks",
            '5 words: "Which days?"',
            "6 move: round 2 · channel informs",
            "7 move: round 2 · capacity withdraws m3",
            "7 fall: m3 of capacity falls: withdrawn",
            "8 aside: interrupted: stopped by its operator",
            "9 refused: round 3 · budget is refused (draft 1)",
            "9 finding: a draft is one JSON object (shape.json)",
            "10 refused: round 3 · budget is refused (draft 2)",
            "10 finding: a draft is one JSON object (shape.json)",
            "11 refused: round 3 · budget is refused (draft 3)",
            "11 finding: a draft is one JSON object (shape.json)",
            "11 fall: budget used up its repairs: a strategy writes for it",
            "12 refused: round 3 · budget's strategy is refused (draft 4)",
            "12 finding: a draft is one JSON object (shape.json)",
            "12 move: round 3 · budget says nothing",
        ]
    )


def test_words_at_a_terminal_steer_nothing(story: Story) -> None:
    """Escapes in an agent's words, and in what a finding quotes, do not come through."""
    story.write(act="inform", text="Hello \x1b[2J\u202eworld")
    story.say("\x1b]0;title\x07 prose")
    assert not [line for line in _lines(story) if "\x1b" in line or "\u202e" in line]
    assert not [line for scene in transcript(story.entries) for line in entry_lines(scene) if "\x1b" in line or "\x07" in line]


def test_an_entry_can_be_seen_in_full(agreed: Story) -> None:
    """One entry: its place in the chain, the text as it was written, and each event as it is on record."""
    lines = [masked(agreed, line) for line in entry_lines(_scenes(agreed)[2])]
    assert [part for line in lines for part in wrap(line, 110)] == snapshot(
        [
            "entry 2 at 2026-09-01 09:00:02 UTC",
            "parent <entry 1>",
            "digest <entry 2>",
            "reply  written by scripted:story for channel in 0.400 s, 1,200 tokens read, 45 written, 180 characters:",
            '  | {"act": "propose", "terms": {"search_spend": 62000, "creative_format": "video", "creative_hours": 330,',
            '"launch_date": "2026-10-01", "vip_list": false}, "text": "Video or nothing."}',
            'event heard {"role":"channel","prompt_tokens":1200,"reply_tokens":45,"millis":400}',
            'event refused {"role":"channel","attempt":0,"findings":[{"code":"mandate.limit","kind":"authority","severity":',
            '"refuse","path":"terms.creative_hours","words":"330","message":"\'capacity\' has at most 320 hours, not',
            '330","allowed":""}]}',
        ]
    )


def test_every_kind_of_reply_has_a_line() -> None:
    """Openings, rulings, reports and interruptions are named in full too."""
    story = told()
    other = Story()
    other.report("300")
    other.interrupt("why not")
    lines = [
        line
        for entries in (story.entries[:1], story.entries[8:10], other.entries[1:])
        for scene in _scenes(story if entries[0] in story.entries else other)
        if scene.entry in entries
        for line in entry_lines(scene)
        if line.startswith("reply")
    ]
    assert lines == snapshot(
        [
            "reply  opening",
            "reply  sought",
            "reply  ruled on gate big-spend by cmo: no Too dear.",
            "reply  reported by studio: studio_hours is 300 hours",
            "reply  interrupted",
        ]
    )


def test_an_entry_is_json_as_it_is_on_record(agreed: Story) -> None:
    """For machines, reply and events are what the record holds."""
    entry = entry_json(agreed.entries[-1])
    assert json.loads(masked(agreed, json.dumps(entry))) == snapshot(
        {
            "seq": 14,
            "at": "2026-09-01T09:00:14+00:00",
            "parent": "<entry 13>",
            "digest": "<entry 14>",
            "reply": {
                "at": "2026-09-01T09:00:14Z",
                "kind": "ruled",
                "gate": "big-spend",
                "by": "cmo",
                "approved": True,
                "offer": "m5-k4xq",
                "digest": "<terms of m5-k4xq>",
                "note": "Go.",
                "beforehand": False,
            },
            "events": [
                {
                    "kind": "approved",
                    "ruling": {
                        "gate": "big-spend",
                        "by": "cmo",
                        "approved": True,
                        "offer": "m5-k4xq",
                        "digest": "<terms of m5-k4xq>",
                        "note": "Go.",
                        "beforehand": False,
                    },
                },
                {
                    "kind": "agreed",
                    "offer": "m5-k4xq",
                    "terms": [
                        {"kind": "number", "issue": "search_spend", "value": "61000"},
                        {"kind": "choice", "issue": "creative_format", "value": "video"},
                        {"kind": "number", "issue": "creative_hours", "value": "180"},
                        {"kind": "date", "issue": "launch_date", "value": "2026-10-01"},
                        {"kind": "flag", "issue": "vip_list", "value": False},
                    ],
                    "digest": "<terms of m5-k4xq>",
                    "backers": ["budget", "channel", "capacity"],
                },
                {"kind": "ended", "status": "agreed", "reason": "all"},
            ],
        }
    )


def test_what_became_of_a_reply_is_a_few_phrases(agreed: Story) -> None:
    """Decided by other rules, a reply is compared by phrases that a person can weigh against each other."""
    assert [became(entry.events) for entry in agreed.entries] == snapshot(
        [
            ("opened",),
            ("propose tabled as m1",),
            ("refused: terms.creative_hours: 'capacity' has at most 320 hours, not 330 (mandate.limit)",),
            ("propose tabled as m2",),
            ("refused: text: nobody controls success (guarantee.outcome)",),
            ("refused: text: nobody controls success (guarantee.outcome)",),
            ("accept tabled as m3, words withheld (text: nobody controls success (guarantee.outcome))",),
            ("accept tabled as m4", "settled m2", "reached gate big-spend of cmo"),
            (),
            ("denied at gate big-spend by cmo", "unsettled m2", "m2 fell: denied"),
            ("propose tabled as m5",),
            ("accept tabled as m6",),
            ("accept tabled as m7", "settled m5", "reached gate big-spend of cmo"),
            (),
            ("approved at gate big-spend by cmo", "agreed m5", "ended: agreed, all"),
        ]
    )


def test_what_became_of_rarer_replies(story: Story) -> None:
    """Falling back, holding, a fact that changed, and an end without agreement have phrases too."""
    for _ in range(3):
        story.say("prose")
    story.say("prose")
    story.report("300")
    story.write(act="escalate")
    assert [became(entry.events) for entry in story.entries[3:]] == snapshot(
        [
            ("refused: a draft is one JSON object (shape.json)", "fell back to strategy"),
            ("refused: a draft is one JSON object (shape.json)", "held"),
            ("fact studio_hours became 300",),
            ("escalate tabled as m1", "ended: no_agreement, escalated"),
        ]
    )


def _scenes(story: Story) -> list[Scene]:
    return list(transcript(story.entries))


def test_an_unfit_offer_and_an_unfit_precedent_are_told(agreed: Story) -> None:
    """What the guards said of an offer as a whole is told where it fell, or where it never stood."""
    changed = tuple(
        term.model_copy(update={"value": Decimal(330)}) if term.issue == "creative_hours" else term
        for term in agreed.session.terms
    )
    assert _lines(Story("launch-new1", supersedes=agreed.session.id, precedent=changed)) == snapshot(
        [
            "0 refused: the terms agreed before cannot stand any more",
            "0 finding: terms.creative_hours: 'capacity' has at most 320 hours, not 330 (mandate.limit)",
        ]
    )


def test_expired_offers_are_told() -> None:
    """An offer whose life has ended falls without anybody's doing."""
    story = Story(stop=Stop(rounds=6, offer_ttl_rounds=1))
    story.write(act="propose", terms=low())
    for _ in range(3):
        story.write(act="inform")
    assert [line for line in _lines(story) if " fall: " in line] == snapshot(["3 fall: m1 of budget falls: expired"])


def test_entries_without_an_opening_are_no_transcript(agreed: Story) -> None:
    """A record that does not begin at its beginning is not told."""
    with pytest.raises(ChainBroken):
        list(transcript(agreed.entries[1:]))


def test_an_offer_that_cannot_bind_is_told(story: Story) -> None:
    """Where a rule cannot be decided on the whole offer, it falls, and the operator sees the finding."""
    finding = Finding(
        code="gate.undecided", kind="approval", severity="refuse", path="", message="gate 'big-spend' is undecided"
    )

    def undecided(_: Terms) -> GateReading:
        return GateReading((), (finding,))

    story.rules = replace(story.rules, gates=undecided)
    story.settle()
    assert _lines(story)[-3:] == snapshot(
        [
            "3 gate: settled: budget, channel and capacity back m1",
            "3 fall: m1 of budget falls: unfit to bind: a rule could not be decided",
            "3 finding: gate 'big-spend' is undecided (gate.undecided)",
        ]
    )
