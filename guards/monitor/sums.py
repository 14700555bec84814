"""What is kept of all messages of a sender? Running sums, as many after one message as after a million."""

from __future__ import annotations

from typing import NamedTuple

from guards.monitor.form import Form
from guards.monitor.sift import Sift

__all__ = ["Sums", "added"]


class Sums(NamedTuple):
    """Sums over the messages of a sender. Sizes are in bytes of sentences, characters in those of the text."""

    messages: float = 0.0
    marks: float = 0.0
    """In the sketch of what was said."""
    words: float = 0.0
    said: float = 0.0
    """Words in sentences that were new."""
    size: float = 0.0
    sentences: float = 0.0
    barren: float = 0.0
    useful: float = 0.0
    telling: float = 0.0
    questions: float = 0.0
    figures: float = 0.0
    characters: float = 0.0
    unread: float = 0.0
    """Characters that nobody reads, each form by its weight."""
    talk: float = 0.0
    adding: float = 0.0
    """Messages with a new figure, a new subject or a changed term."""
    subject: float = 0.0
    vague: float = 0.0
    you: float = 0.0
    reason: float = 0.0
    yielding: float = 0.0
    excuse: float = 0.0
    padding: float = 0.0
    reply: float = 0.0


def added(sums: Sums, sift: Sift, form: Form, *, characters: int, tokens: int, moved: bool) -> Sums:
    """Return the sums with one more message; what is sent again with a changed term is not stale."""
    count = sift.classes.count
    return Sums(
        sums.messages + 1.0,
        sift.marks,
        sums.words + sift.words,
        sums.said + sift.said,
        sums.size + sift.size - (sift.stale if moved else 0),
        sums.sentences + sift.sentences,
        sums.barren + sift.barren,
        sums.useful + sift.useful,
        sums.telling + sift.telling,
        sums.questions + sift.questions,
        sums.figures + sift.figures,
        sums.characters + characters,
        sums.unread + form.unread + max(0, tokens - characters),
        sums.talk + form.talk,
        sums.adding + (1.0 if moved or sift.adds else 0.0),
        sums.subject + count("subject"),
        sums.vague + count("vague"),
        sums.you + count("you"),
        sums.reason + count("reason"),
        sums.yielding + count("yield"),
        sums.excuse + count("excuse"),
        sums.padding + count("padding"),
        sums.reply + count("reply"),
    )
