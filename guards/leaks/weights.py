"""Does a sentence say how much each issue counts for its speaker? Two of the shares beside issues that are the very weights."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from guards.claims.called import split_words
from guards.claims.saying import Quantity, Scan, Sentence
from guards.claims.words import PARTS, SMALL
from orchestrator.messages.negotiation import Issue, Role
from orchestrator.messages.value import IssueName

__all__ = ["Weights", "may_be_shares", "tells_weights", "weights_of"]

_SHARE = re.compile(
    r"\b(?:(?P<count>one|two|three|four|five|six|seven|eight|nine) )?(?:last |good |first |full |remaining )?"
    rf"(?P<part>{'|'.join(PARTS)})\b"
)
_CLOSE, _LOOSE = 0.012, 0.06
_ROUNDED = re.compile(r"\b(?:about|around|some|roughly|nearly|almost|more|less|over|under|just|bit|little|good|most)\b")
_SHARES = frozenset(("", "percent", "point"))
_SHORT = 2
"""Letters of a word that names nothing: `a`, `of`."""
_ALL = 100.0
_ENOUGH = 2
"""Weights that have to be right before anybody can say that they were told."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each issue counts for a role, and by which words people name it."""

    shares: Mapping[IssueName, float]
    words: Mapping[str, IssueName]


def weights_of(role: Role, issues: Iterable[Issue]) -> Weights:
    """Return what each issue counts for a role, as a share of all that counts, with the words that name no other."""
    total = sum(worth.weight for worth in role.mandate.worths) or 1.0
    shares = {worth.issue: worth.weight / total for worth in role.mandate.worths}
    named: dict[str, set[IssueName]] = {}
    for issue in issues:
        for word in {word for called in (issue.name, *issue.aka) for word in split_words(called) if len(word) > _SHORT}:
            for form in (word, f"{word}s"):
                named.setdefault(form, set()).add(issue.name)
    words = {word: next(iter(names)) for word, names in named.items() if len(names & shares.keys()) == 1 == len(names)}
    return Weights(shares, MappingProxyType(words))


def tells_weights(said: Scan, sentence: Sentence, words: frozenset[str], weights: Weights) -> bool:
    """Return whether a sentence names two issues, each with the share that it counts for."""
    if not weights.shares or sentence.is_question:
        return False
    if words.isdisjoint(PARTS) and not may_be_shares(said.quantities_from(sentence.start, sentence.end)):
        return False
    first, last = bisect_left(said.places, sentence.start), bisect_left(said.places, sentence.end)
    tokens = zip(said.places[first:last], said.tokens[first:last], strict=True)
    named = [(place, weights.words[word]) for place, word in tokens if word in weights.words]
    if len({issue for _, issue in named}) < _ENOUGH:
        return False
    shares = sorted(_shares(said, sentence))
    if len(shares) < _ENOUGH:
        return False
    return any(_told(shares, named, weights.shares, is_before=is_before) >= _ENOUGH for is_before in (True, False))


def may_be_shares(here: Sequence[Quantity]) -> bool:
    """Return whether figures may be shares: several, in percent or without a unit."""
    return len([one for one in here if one.unit in _SHARES]) >= _ENOUGH


def _told(
    shares: list[tuple[int, float, float]],
    named: list[tuple[int, IssueName]],
    weights: Mapping[IssueName, float],
    *,
    is_before: bool,
) -> int:
    """Return how many issues stand with their weight, where each share belongs to the issue before or behind it."""
    right: set[IssueName] = set()
    taken: set[int] = set()
    places = [place for place, _ in named]
    for place, share, slack in shares:
        beside = bisect_left(places, place) - is_before
        if not 0 <= beside < len(named) or places[beside] in taken:
            continue
        start, issue = named[beside]
        taken.add(start)
        if issue in weights and abs(weights[issue] - share) <= slack:
            right.add(issue)
    return len(right)


def _shares(said: Scan, sentence: Sentence) -> Iterator[tuple[int, float, float]]:
    """Yield the shares of a sentence: where each stands, how much it is, and how far it may be off."""
    text = said.text[sentence.start : sentence.end]
    for found in _SHARE.finditer(text):
        count = SMALL.get(found["count"], 1)
        slack = _LOOSE if _ROUNDED.search(text[max(0, found.start() - 24) : found.start()]) else _CLOSE
        yield sentence.start + found.start(), count / PARTS[found["part"]], slack
    here = said.quantities_from(sentence.start, sentence.end)
    bare = [one.values[0] for one in here if not one.unit]
    is_share = any(one.unit in ("percent", "point") for one in here) or (len(bare) > 1 and sum(bare) == _ALL)
    for one in here:
        value = one.values[0]
        if one.unit in ("percent", "point") or (is_share and not one.unit and 5 <= value <= 95):
            yield one.start, value / 100, _CLOSE
        elif not one.unit and 0 < value < 1:
            yield one.start, value, _CLOSE
