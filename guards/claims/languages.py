"""Is a sentence in a language that is read here? English in full, German and French as far as their figures and days go."""

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.context import Context, finding
from guards.claims.stems import stems_of
from guards.claims.wordlist import words_of
from orchestrator.messages.finding import Finding

__all__ = ["languages_that_are_read"]

_GERMAN = words_of(
    "und ist nicht wir für mit auf dem eine einen einer wird sind kann können aber oder wenn dass auch nach unser unsere "
    "unserem unseren zum zur vom beim beträgt liegt bieten ihr ihre ihrem euch haben wäre würde"
)
_FRENCH = words_of(
    "et est nous vous les des du pour avec dans sur ce cette qui une sont pas plus notre votre nos vos leur je elle donc "
    "jours semaines où serait avons avez sera"
)
"""Words of grammar that few neighbours of these languages share."""
_READ = _GERMAN | _FRENCH
_ENGLISH = words_of("it is so am do as and or its an for but be are of in that this was were if not you he she my me us")
"""Words of grammar that the lexicon of talk leaves out."""
_LEAST = 6
"""Words of a sentence from which on its language can be told."""
_FEW = 3
"""So many long words that nobody knows make a sentence worth a look; it is foreign where one word in so many is known."""
_OTHER_LETTERS = 12
"""Letters of other scripts in a text that make words of another language."""
_LAST_LATIN = "\u036f"


def languages_that_are_read(context: Context) -> Iterator[Finding]:
    """Find a sentence most words of which are in no language that is read, or words in another script."""
    said = context.scan
    text = said.text
    if not text.isascii() and sum(letter > _LAST_LATIN and letter.isalpha() for letter in text) >= _OTHER_LETTERS:
        yield _unread(context, 0, len(text))
        return
    strange = context.strange
    if len(strange) < _FEW:
        return
    for sentence, words in zip(said.sentences, said.said_in, strict=True):
        if len(words) >= _LEAST and len(strange & words) >= _FEW and _is_foreign(context, words):
            yield _unread(context, sentence.start, sentence.end)


def _is_foreign(context: Context, words: frozenset[str]) -> bool:
    if not _READ.isdisjoint(words):
        return False
    ordinary = context.lexicon.ordinary
    long = [word for word in words if len(word) > 1 and word.isalpha()]
    known = sum(word in _ENGLISH or not ordinary.isdisjoint((word, *stems_of(word))) for word in long)
    return len(long) >= _LEAST and known * _FEW < len(long)


def _unread(context: Context, start: int, end: int) -> Finding:
    return finding(
        context, "fact.unread", "fact", start, end,
        f"{context.scan.quote(start, end)!r} is in a language that is not read here, so nobody can check what it claims",
        "English; in German and French, figures and days are checked and nothing else",
    )  # fmt: skip
