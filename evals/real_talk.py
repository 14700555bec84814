"""How often do the guards of words touch what people really said? Turns of a public corpus, on which nothing was tuned.

Each turn is judged as an `inform` of its speaker, once alone and once with the talk before it on record. Nobody labelled these
turns: what people say of their own lives is a claim without a fact here, and a deal told in words has no terms. So the share is
what a strict reading costs among strangers, not a rate of errors. A file of dialogues has a JSON object a line, such as
`{"dialogue": 1, "turns": [["birch", "Hello."], ["ash", "Hi there."]]}` with the roles of the scenario `camp`. Run
`python -m evals.real_talk DIALOGUES.jsonl tests/corpora/scenarios`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

from evals.words import judged_at
from orchestrator.messages.value import RoleName, Value
from orchestrator.report.scores import Judged, Share
from orchestrator.roles.corpus import Case, Message, Place

__all__ = ["SETTINGS", "Dialogue", "Setting", "judged_talk", "lines_of_talk", "places_of"]

Setting: TypeAlias = Literal["alone", "in talk"]
"""What the guards knew of a turn: itself only, or what was said before it too."""

SETTINGS: tuple[Setting, ...] = ("alone", "in talk")
_SCENARIO = "camp"


class Dialogue(Value):
    """What two people said to each other, in order."""

    dialogue: int
    turns: tuple[tuple[RoleName, str], ...]


def places_of(file: Path, setting: Setting) -> Iterator[Place]:
    """Yield every turn of a file of dialogues as a draft to judge."""
    for line, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        talk = Dialogue.model_validate_json(row)
        for number, (speaker, words) in enumerate(talk.turns):
            before = talk.turns[:number] if setting == "in talk" else ()
            case = Case(
                id=f"{talk.dialogue}-{number + 1}",
                scenario=_SCENARIO,
                sender=speaker,
                history=tuple(_said(at, *turn) for at, turn in enumerate(before, 1)),
                draft={"act": "inform", "text": words},
            )
            yield Place(file=file, line=line, case=case)


def judged_talk(file: Path, scenarios: Path, setting: Setting) -> tuple[Judged, ...]:
    """Return the verdicts of all turns of a file of dialogues."""
    return tuple(judged_at(place, scenarios) for place in places_of(file, setting))


def lines_of_talk(judged: Iterable[Judged]) -> Iterator[str]:
    """Yield the share of turns that were touched, in all and by kind, with its interval."""
    turns = tuple(judged)
    yield _told("touched", Share(sum(turn.is_false_alarm for turn in turns), len(turns)))
    kinds = Counter(kind for turn in turns if turn.is_false_alarm for kind in set(turn.kinds))
    yield from (_told(kind, Share(many, len(turns))) for kind, many in kinds.most_common())


def _said(at: int, speaker: RoleName, words: str) -> Message:
    return Message.model_validate({"id": f"m{at}", "sender": speaker, "act": "inform", "text": words})


def _told(what: str, share: Share) -> str:
    low, high = share.interval.low, share.interval.high
    return f"{what:<12}{share.part}/{share.whole} {share.value or 0:.1%} ({low:.1%} to {high:.1%})"


if __name__ == "__main__":
    for how in SETTINGS:
        print(f"-- {how}")  # noqa: T201 - it prints its figures
        for told in lines_of_talk(judged_talk(Path(sys.argv[1]), Path(sys.argv[2]), how)):
            print(told)  # noqa: T201 - it prints its figures
