"""Is a clause a flat statement, of now or of later? No question, hedge, denial, condition or report of what was."""

from __future__ import annotations

from guards.claims.acts import is_past
from guards.claims.context import Context
from guards.claims.saying import Clause, Sentence
from guards.claims.verbs import PLAIN_TOO
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION

__all__ = ["flat_words"]

_WEIGHED = words_of(
    "would could might may should must ought let let's if unless when what who which how why whether until till because while "
    "although though since whatever whichever whoever wherever whenever than lest whose whom"
)
"""Words with which nothing is stated, or only beside something else."""
_BE = words_of("is are be being get gets isn't aren't")
_BEFORE_NAMES = words_of("the a an our your my their its his her any each every of these those no all both and or as per")
"""Words behind which a past form is a quality: `the promised rate`."""
_LONG = 600
"""Characters of a sentence; nobody looks closer at a longer one."""
_NEAR = 4
"""Words before a past form among which one that makes a passive of it stands."""


def flat_words(context: Context, clause: Clause) -> tuple[str, ...]:
    """Return the words of a clause that states something flatly; none where it does not."""
    said = context.scan
    sentence = said.sentences[clause.sentence]
    if sentence.is_question or clause.bits & (HEDGE | NEGATION):
        return ()
    if sentence.bits & CONDITION and _is_conditional(context, clause, sentence):
        return ()
    words = tuple(filter(None, said.tokens_in(clause.start, clause.end)))
    if not _WEIGHED.isdisjoint(words) or any(_is_of_past(words, place) for place in range(len(words))):
        return ()
    return words


def _is_conditional(context: Context, clause: Clause, sentence: Sentence) -> bool:
    """Return whether a sentence holds under a condition; `once a year` is none."""
    words = context.scan.tokens_in(clause.start, clause.end)
    if (
        "once" not in words
        or sentence.end - sentence.start > _LONG
        or context.scan.told_in(sentence.start, clause.start) & CONDITION
    ):
        return True
    behind = words[words.index("once") + 1 :][:1]
    return behind not in (("a",), ("every",), ("per",)) or bool(context.scan.told_in(clause.end, sentence.end) & CONDITION)


def _is_of_past(words: tuple[str, ...], place: int) -> bool:
    """Return whether a word tells of the past, and is neither a passive nor a quality: `is kept`, `the promised rate`."""
    word = words[place]
    if not is_past(word) or word in PLAIN_TOO:
        return False
    before = words[max(0, place - _NEAR) : place]
    return _BE.isdisjoint(before) and before[-1:] != () and before[-1] not in _BEFORE_NAMES
