"""Can dialogues of other people be judged turn by turn? Each turn as an inform, alone and with the talk before it."""

from __future__ import annotations

import json
from pathlib import Path

from evals.real_talk import SETTINGS, judged_talk, lines_of_talk, places_of

_SCENARIOS = Path(__file__).parent / "corpora" / "scenarios"
_TURNS = (
    ("birch", "Morning. Did you sleep?"),
    ("ash", "Barely. What do you need most?"),
    ("birch", "Water, I think. Ash has promised me that the council will pay for my tent."),
)


def _file(folder: Path) -> Path:
    file = folder / "talk.jsonl"
    file.write_text(json.dumps({"dialogue": 351, "turns": _TURNS}) + "\n", "utf-8")
    return file


def test_a_turn_is_an_inform_of_its_speaker(tmp_path: Path) -> None:
    """It is numbered in its dialogue, and its history is what was said before, or nothing."""
    alone, talk = (tuple(places_of(_file(tmp_path), setting)) for setting in SETTINGS)
    third = talk[2].case
    assert (third.id, third.sender, [message.sender for message in third.history]) == ("351-3", "birch", ["birch", "ash"])
    assert [place.case.history for place in alone] == [()] * 3


def test_the_share_touched_is_told(tmp_path: Path) -> None:
    """A promise that nobody made counts; a greeting and a question do not."""
    for setting in SETTINGS:
        judged = judged_talk(_file(tmp_path), _SCENARIOS, setting)
        assert [turn.is_false_alarm for turn in judged] == [False, False, True]
        assert next(lines_of_talk(judged)) == "touched     1/3 33.3% (6.1% to 79.2%)"
