"""Who does what? Each subject of a text with its verb: whose act it is, in which tense, and how firmly it is said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guards.claims.telling import Word
from guards.claims.verbs import ADVERBS, AUXILIARIES, BE, CAN, DO, HAVE, MODAL, PAST_FORMS, THEN, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import ROLE, SUBJECT

__all__ = ["Act", "acts_in", "is_past"]

_ENDINGS = {"ll": WILL, "ve": HAVE, "re": BE, "m": BE, "d": MODAL, "s": BE}
_OWNERS = frozenset(("your", "their"))
_PRESENT = words_of("indeed speed exceed proceed succeed hundred")
_HAVING = frozenset(("have", "has", "had"))
"""Helpers that are themselves the verb where no past form follows: `will have its own view`."""
_STAFF = words_of("team people staff crew management department side desk office control care services board lead leads itself")
"""Words behind the name of a role that speak of it still: `infection control has`."""
_MOST = 7
"""Words between a subject and its verb that are looked at."""


class Act(NamedTuple):
    """A subject with its verb."""

    start: int
    end: int
    """Behind the verb."""
    who: str
    """The word of the subject: `you`, `we`, `budget`, `everyone`."""
    verb: str
    mood: int
    """The classes of the words that help the verb (`guards.claims.verbs`)."""
    order: int
    """The place of the verb among the words."""
    subject: int
    """The place of the subject among the words."""
    clause: int
    is_whose: bool
    """Whether the subject is a thing of theirs: `your last paper`."""

    @property
    def is_past(self) -> bool:
        """Return whether it is told of the past."""
        return bool(self.mood & THEN) or (bool(self.mood & HAVE) and is_past(self.verb))


def acts_in(words: Sequence[str], places: Sequence[int], told: Sequence[Word], starts: Sequence[int]) -> Iterator[Act]:
    """Yield each subject with its verb, in order."""
    for word in told:
        if word.bits & SUBJECT:
            act = _act(words, places, word, starts)
            if act:
                yield act
                yield from _joined(words, places, act)


_BEFORE_OBJECTS = words_of("of to from with by sent gave told showed handed owe promised quoted")
"""Behind one of these `you` does nothing: `the terms in front of you set 33`, `the paper we sent you showed 47`."""


def _act(words: Sequence[str], places: Sequence[int], word: Word, starts: Sequence[int]) -> Act | None:
    name, _, ending = word.word.partition("'")
    if name == "you" and word.order and words[word.order - 1] in _BEFORE_OBJECTS:
        return None
    begun = _begun(words, word, name, ending)
    if begun is None:
        return None
    first, mood = begun
    if word.bits & ROLE and words[first : first + 1] and words[first] in _STAFF:
        first += 1
    is_whose = name in _OWNERS or begun[0] > word.order + 1
    place, limit = first, min(len(words), word.order + 1 + _MOST)
    while place < limit:
        bit = AUXILIARIES.get(words[place], 0)
        if not bit and words[place] not in ADVERBS and not words[place].endswith("ly"):
            break
        mood |= bit
        place += 1
    if place >= limit or not words[place]:
        place -= 1
        if place <= word.order:
            return None
    if place > first and words[place - 1] in _HAVING and words[place] != "to" and not is_past(words[place]):
        place -= 1
    verb = words[place]
    end = places[place] + len(verb)
    return Act(
        word.start,
        end,
        name,
        verb,
        _mood(mood, verb, ending),
        place,
        word.order,
        bisect_right(starts, word.start) - 1,
        is_whose,
    )


def _begun(words: Sequence[str], word: Word, name: str, ending: str) -> tuple[int, int] | None:
    """Return where the verb of a subject begins, and its mood so far; a thing of somebody's may stand between."""
    place, mood = word.order + 1, _ENDINGS.get(ending, 0)
    if name not in _OWNERS and ending != "s":
        return place, mood
    verb = next((at for at in range(place, min(len(words), place + 4)) if _is_verb(words[at])), None)
    if verb is None or "" in words[place:verb]:
        return None if name in _OWNERS else (place, mood)
    return verb, mood if verb == place else 0


def _mood(mood: int, verb: str, ending: str) -> int:
    """Return the mood of a verb with its helpers: past forms tell of the past, `you'd agreed` too, `would have` does not."""
    if is_past(verb) and not mood & (WILL | MODAL | CAN | DO | BE):
        mood |= THEN
    if ending == "d" and is_past(verb) and not verb.endswith(("put", "set", "cut", "let", "come")):
        mood = (mood & ~MODAL) | THEN
    return mood & ~HAVE if mood & MODAL and mood & HAVE else mood


def _joined(words: Sequence[str], places: Sequence[int], act: Act) -> Iterator[Act]:
    """Yield what the same subject did besides: `you declined and came down`."""
    if not act.is_past:
        return
    for place in range(act.order + 1, min(len(words) - 1, act.order + 8)):
        if not words[place]:
            return
        if words[place] in ("and", "but") and is_past(words[place + 1]):
            end = places[place + 1] + len(words[place + 1])
            yield act._replace(end=end, verb=words[place + 1], mood=THEN, order=place + 1)
            return


def _is_verb(word: str) -> bool:
    return word in AUXILIARIES or is_past(word)


def is_past(verb: str) -> bool:
    """Return whether a word is a past form of a verb, as far as its letters tell."""
    return verb in PAST_FORMS or (verb.endswith("ed") and len(verb) > 4 and verb not in _PRESENT)
