"""Which conversations is the monitor learned from and measured on? Their traits by message, and who shares a thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from guards.monitor import SuspicionMonitor, monitor_of
from guards.rulecheck import check_rules
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.suspicion import Heard, Memory
from orchestrator.roles.corpus import Place, read_corpus
from orchestrator.roles.floods import Flood, FloodPlace, heard_in, read_floods
from orchestrator.roles.load import load_negotiation
from orchestrator.roles.tokens import count

__all__ = ["CORPORA", "Talk", "held_back", "honest_drafts", "monitor_for", "scenario", "talk_of", "talks_in", "threads_of"]

CORPORA = Path(__file__).parents[2] / "tests" / "corpora"
_LONG = 45
_BANDS = ((60, "below 60"), (200, "60 to 200"), (600, "200 to 600"), (1500, "600 to 1,500"))
_OF_A_DRAFT = 0.2
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One labelled conversation, as the monitor hears it."""

    id: str
    corpus: str
    scenario: str
    tactic: str
    is_attack: bool
    weight: float = 1.0
    """How much it counts when weights are learned."""
    heard: tuple[Heard, ...]
    traits: tuple[tuple[float, ...], ...]
    """After each message."""

    @property
    def tokens(self) -> int:
        """Return the tokens of all messages."""
        return sum(message.tokens for message in self.heard)

    @property
    def size(self) -> str:
        """Return the band of its largest message, in tokens."""
        largest = max(message.tokens for message in self.heard)
        return next((band for most, band in _BANDS if largest < most), "over 1,500")


def talks_in(*files: str) -> tuple[Talk, ...]:
    """Return the conversations of files of the corpora."""
    return tuple(talk_of(place) for file in files for place in read_floods(CORPORA / file))


def talk_of(place: FloodPlace) -> Talk:
    """Return a conversation with the traits after each of its messages."""
    case = place.case
    negotiation = scenario(case.scenario)
    heard = tuple(heard_in(place, negotiation, count))
    return Talk(
        id=case.id,
        corpus=place.file.stem,
        scenario=case.scenario,
        tactic=case.tactic,
        is_attack=case.label == "attack",
        heard=heard,
        traits=_traits(heard, monitor_for(case.scenario)),
    )


def honest_drafts() -> tuple[Talk, ...]:
    """Return what the senders of fit drafts said, before the draft and in it, in all scenarios of the draft corpora."""
    files = sorted(CORPORA.glob("drafts-*.jsonl"))
    places = (place for file in files for place in read_corpus(file))
    talks = (talk_of(_as_flood(place)) for place in places if not place.case.kinds and place.case.draft.get("text"))
    return tuple(replace(talk, weight=_OF_A_DRAFT) for talk in talks)


def _as_flood(place: Place) -> FloodPlace:
    case = place.case
    said = [(message.act, message.text) for message in case.history if message.sender == case.sender]
    texts = [*said, (case.draft["act"], case.draft["text"])]
    messages = [{"at": 30 * number, "act": act, "text": text} for number, (act, text) in enumerate(texts)]
    flood = Flood.model_validate(
        {
            "id": f"{place.file.stem}-{case.id}",
            "scenario": case.scenario,
            "sender": case.sender,
            "receiver": case.sender,
            "window": 16_000,
            "messages": messages,
            "label": "legitimate",
            "tactic": "draft",
        }
    )
    return FloodPlace(file=place.file, line=place.line, case=flood)


def held_back(talk: Talk) -> bool:
    """Return whether a conversation belongs to the third that nothing is learned from, by its id."""
    return int(sha256(talk.id.encode()).hexdigest(), 16) % 3 == 0


@lru_cache(maxsize=16)
def scenario(name: str) -> Negotiation:
    """Return a negotiation that stands beside the corpora."""
    return load_negotiation(CORPORA / "scenarios" / f"{name}.yaml", check_rules)


@lru_cache(maxsize=16)
def monitor_for(name: str) -> SuspicionMonitor:
    """Return the monitor of a scenario."""
    return monitor_of(scenario(name))


def threads_of(talks: Sequence[Talk]) -> tuple[int, ...]:
    """Return a number for each conversation; those that share a long sentence have the same."""
    owner = list(range(len(talks)))
    first: dict[str, int] = {}
    for number, talk in enumerate(talks):
        for sentence in _sentences(message.text for message in talk.heard):
            other = first.setdefault(sentence, number)
            one, another = sorted((_root(owner, number), _root(owner, other)))
            owner[another] = one
    return tuple(_root(owner, number) for number in range(len(talks)))


def _traits(heard: tuple[Heard, ...], monitor: SuspicionMonitor) -> tuple[tuple[float, ...], ...]:
    memory = Memory()
    found: list[tuple[float, ...]] = []
    for message in heard:
        taken = monitor.take(message, memory)
        memory = taken.memory
        found.append(taken.traits)
    return tuple(found)


def _sentences(texts: Iterable[str]) -> set[str]:
    found = (part.strip().lower() for text in texts for part in _SENTENCE.split(text.replace("> ", "")))
    return {sentence for sentence in found if len(sentence) > _LONG}


def _root(owner: list[int], number: int) -> int:
    while owner[number] != number:
        number = owner[number]
    return number
