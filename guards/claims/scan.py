"""What do these words claim, and how is it said? One linear pass over a text that feeds every guard of words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from itertools import accumulate, chain, compress, count, islice
from operator import add

from guards.claims.acts import acts_in
from guards.claims.calendar import days_in
from guards.claims.figures import NUMERAL
from guards.claims.lexicon import Lexicon
from guards.claims.plain import plain_text
from guards.claims.quantities import quantities_in
from guards.claims.saying import Clause, Named, Scan, Sentence, clause_made, named_made, sentence_made
from guards.claims.telling import Word, word_made
from guards.claims.words import NAME, NUMBER, ROLE, SUBJECT

__all__ = ["MOST", "MOST_PARTS", "scan"]

MOST = 300
"""How many figures a scan collects; a text with more is withheld, because nobody checks it."""

MOST_PARTS = 5_000
"""How many marks part a text; one with more is withheld, too, because no person wrote it for another."""
_LONG = 600
"""Characters of a clause; nobody writes more without a mark."""
_MARK = re.compile(r"[.!?;:,()\[\]\n{}](?![\da-z])| -+ |--| / ")
_PLAIN_MARK = re.compile(r"[.!?;:,()\[\]\n{}](?![\da-z])")
"""The same where no strokes stand between words, for which it is a third of the work."""
_ENDS = frozenset(".!?;\n")
_OFFER = re.compile(r"m\d+(?:-[a-z0-9]{4})?(?![a-z0-9])")
_CALLS = NAME | ROLE
_KEPT = frozenset("'%")
_FLAT = {code: chr(code) if chr(code).isalnum() or chr(code) in _KEPT else " " for code in range(128)} | {
    ord(sign): " " for sign in "\u20ac\u00a3\u00a2\u2026\u2022\u201c\u201d"
}


@lru_cache(maxsize=512)
def scan(text: str, lexicon: Lexicon) -> Scan:
    """Return what the text claims, in the words of one negotiation; computed once for each text."""
    plain = plain_text(text)
    words = tuple(plain.text.translate(_FLAT).split(" "))
    places = tuple(map(add, accumulate(map(len, words), initial=0), count()))
    classes = list(map(lexicon.bits.get, words))
    told = list(map(word_made, compress(zip(places, words, classes, count(), strict=False), classes)))
    kinds = reduce(int.__or__, filter(None, classes), 0)
    clauses, sentences = _parts(plain.text, told)
    starts = [clause.start for clause in clauses]
    numerals = list(NUMERAL.finditer(plain.text))
    days, used = days_in(plain.text, told, starts, kinds, numerals)
    figures = quantities_in(plain.text, told if kinds & NUMBER else (), used, starts, lexicon, numerals=numerals)
    quantities = sorted(islice(figures, MOST + 1))
    called = (_names(words, told, starts, lexicon) if kinds & _CALLS else (), _offers(plain.text, starts))
    named = sorted(islice(chain.from_iterable(called), 2 * MOST + 1))
    distinct = frozenset(words)
    acts = list(islice(acts_in(words, places, told, starts), MOST + 1)) if kinds & SUBJECT else []
    return Scan(
        original=text,
        plain=plain,
        words=distinct,
        strange=lexicon.strange_among(distinct),
        sentences=tuple(sentences),
        clauses=tuple(clauses),
        quantities=tuple(quantities[:MOST]),
        days=tuple(days[:MOST]),
        named=tuple(named[: 2 * MOST]),
        tokens=words,
        places=places,
        told=tuple(told),
        acts=tuple(acts[:MOST]),
        opens=tuple([sentence.start for sentence in sentences]),
        begins=tuple(starts),
        said_in=tuple(_said_in(words, places, sentences)),
        is_full=len(clauses) > MOST_PARTS
        or len(quantities) > MOST
        or len(acts) > MOST
        or len(days) > MOST
        or len(named) > 2 * MOST,
    )


def _parts(text: str, told: Sequence[Word]) -> tuple[list[Clause], list[Sentence]]:
    """Cut a text into clauses and sentences, and join the classes of the words of each."""
    clauses: list[Clause] = []
    sentences: list[Sentence] = []
    begins = opened = bits = whole = index = 0
    last = len(told)
    for end, mark in _marks(text):
        while index < last and (word := told[index])[0] < end:
            bits |= word[2]
            index += 1
        clauses.append(clause_made((begins, end, bits, len(sentences))))
        whole |= bits
        begins, bits = end, 0
        if mark in _ENDS:
            sentences.append(sentence_made((opened, end, whole, mark == "?", mark == ";")))
            opened, whole = end, 0
    return clauses, _asked(sentences)


def _said_in(words: Sequence[str], places: Sequence[int], sentences: Sequence[Sentence]) -> Iterator[frozenset[str]]:
    first = 0
    for sentence in sentences:
        last = bisect_left(places, sentence.end, first)
        yield frozenset(words[first:last])
        first = last


def _asked(sentences: list[Sentence]) -> list[Sentence]:
    """Return the sentences, where one that a semicolon joins to a question is a question too."""
    for place in range(len(sentences) - 2, -1, -1):
        if sentences[place + 1].is_question and sentences[place].ends_open:
            sentences[place] = sentences[place]._replace(is_question=True)
    return sentences


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each clause ends, and the mark that ends it, up to the most that are read.

    A full stop behind one letter ends nothing. A clause without end is cut, so that all work stays linear.
    """
    last = 0
    has_strokes = " -" in text or "--" in text or " / " in text
    for found in islice((_MARK if has_strokes else _PLAIN_MARK).finditer(text), MOST_PARTS):
        place = found.start()
        mark = text[place]
        if mark == "." and place > 1 and text[place - 2] in " .(" and text[place - 1].isalpha():
            continue
        end = found.end()
        if end - last > _LONG:
            yield from _cut(text, last, end)
        yield end, mark
        last = end
    yield from _cut(text, last, len(text))
    yield len(text), "."


def _cut(text: str, last: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield where a clause without end is cut, at blanks where there are some."""
    while end - last > _LONG:
        blank = text.rfind(" ", last + 1, last + _LONG)
        last = blank if blank > last else last + _LONG
        yield last, "\n"


def _names(words: Sequence[str], told: Sequence[Word], starts: Sequence[int], lexicon: Lexicon) -> Iterator[Named]:
    """Yield the names of issues, options and roles, the longest where several begin."""
    skip = -1
    for word in told:
        if not word[2] & _CALLS or word[3] <= skip:
            continue
        start, written, bits, order = word
        clause = bisect_right(starts, start) - 1
        if bits & ROLE:
            yield named_made((start, start + len(written), "role", lexicon.roles[written], None, True, clause))
        for sort, called, size, what, issue, strong in lexicon.called.get(written, ()):
            last = order + len(called)
            if last == order + 1 or words[order:last] == called:
                yield named_made((start, start + size, sort, what, issue, strong, clause))
                skip = last - 1
                break


def _offers(text: str, starts: Sequence[int]) -> Iterator[Named]:
    for found in _OFFER.finditer(text):
        start = found.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "_-"):
            continue
        yield named_made((start, found.end(), "offer", found.group(), None, True, bisect_right(starts, start) - 1))
