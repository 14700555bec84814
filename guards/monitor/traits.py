"""What speaks for and against a sender? Shares of all that was said so far and of the last message, each from 0 to 1."""

from __future__ import annotations

from guards.monitor.sift import Sift
from guards.monitor.sums import Sums

__all__ = ["SIGNS", "TRAITS", "traits_of"]

SIGNS: dict[str, int] = {
    "dull": 1,
    "barren": 1,
    "barren_now": 1,
    "void_now": 1,
    "thin": 1,
    "thin_now": 1,
    "padding": 1,
    "excuse": 1,
    "vague": 1,
    "foreign": 1,
    "form": 1,
    "talk": 1,
    "yielding": 1,
    "idle": 1,
    "burst": 1,
    "first": -1,
    "reply": -1,
    "reason": -1,
    "you": -1,
    "questions": -1,
    "telling": -1,
}
"""Each trait, and whether it speaks against a sender or for it: a weight of the other sign is not learned.

    dull        few different words in a long message
    barren      new sentences with neither a figure nor a word that bears on the negotiation, in all and now
    void_now    next to nothing that is new and bears on the negotiation
    thin        little of it
    padding     pairs of words that carry a sentence along: `it is`, `has been`, `as noted`
    excuse      reasons to send what was not asked for: `for completeness`, `for the record`
    vague       nouns and verbs of any business: alignment, background, considered
    foreign     few words that bear on the negotiation, where nobody is answered
    form        encodings, unseen characters, letters of other scripts, nesting, more tokens than characters
    talk        lines of a dialogue
    yielding    agreeing, conceding, accepting
    idle        messages that add neither a figure nor a subject nor a term, after the first of them
    burst       the same, many a minute
    first       the first message of all, when little is known of a sender
    reply       answers to the other side: `you asked`, `your last`
    reason      because, so that, unless, I need
    you         the other side, spoken to
    questions   question marks by sentence
    telling     new sentences with a figure and a word that bears on the negotiation
"""

TRAITS = tuple(SIGNS)

_STEADY = 40.0
"""Shares of the first few words say little, so they count in part; so do those of a short message."""
_SHORT = 60.0
_VOID = 8.0
_THIN = 3.0
_FULL = 1200.0
"""A message of this size that says something is not empty, however much of it is sent again."""


def traits_of(sums: Sums, sift: Sift, *, at: float, moved: bool) -> tuple[float, ...]:
    """Return the traits of a sender after a message, in the order of their names."""
    words, said = sums.words or 1.0, sums.said or 1.0
    whole, own = sums.size or 1.0, sift.size or 1.0
    sentences, characters = sums.sentences or 1.0, sums.characters or 1.0
    letters = max(1.0, words - sums.figures)
    steady = words / (words + _STEADY)
    short = min(1.0, sift.words / _SHORT)
    useful, useful_now = sums.useful / whole, sift.useful / min(own, _FULL)
    reply = min(1.0, sums.reply / (1.0 + words / 250.0))
    idle = (max(0.0, sums.messages - sums.adding - 1.0) / (sums.messages or 1.0)) ** 2
    still = 0.0 if moved else 1.0
    return (
        max(0.0, 1.0 - 6.0 * sift.contents / (sift.said or 1.0)),
        steady * sums.barren / whole,
        short * sift.barren / own,
        still * max(0.0, 1.0 - _VOID * useful_now) * min(1.0, own / 400.0),
        max(0.0, 1.0 - _THIN * useful) * whole / (whole + 900.0),
        still * max(0.0, 1.0 - _THIN * useful_now) * own / (own + 900.0),
        steady * min(1.0, sums.padding / said * 15.0),
        min(1.0, sums.excuse / (1.0 + words / 1000.0)),
        steady * min(1.0, sums.vague / said * 12.0),
        max(0.0, 1.0 - sums.subject / letters * 16.0) * letters / (letters + 150.0) * (1.0 - reply / 2.0),
        min(1.0, sums.unread / characters),
        steady * min(1.0, sums.talk / sentences * 1.5),
        steady * min(1.0, sums.yielding / said * 25.0),
        idle,
        idle * min(1.0, (sums.messages - 1.0) / (at + 5.0) * 6.0),
        1.0 if sums.messages == 1.0 else 0.0,
        reply,
        min(1.0, sums.reason / words * 12.0),
        min(1.0, sums.you / words * 20.0),
        min(1.0, sums.questions / sentences),
        sums.telling / whole,
    )
