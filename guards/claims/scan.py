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
from guards.claims.saying import Clause, Named, Quantity, Scan, Sentence, clause_made, named_made, sentence_made
from guards.claims.telling import Word, word_made
from guards.claims.wordlist import words_of
from guards.claims.words import MONTH, NAME, NUMBER, ROLE, SUBJECT

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
_MEASURED = re.compile(r"(?:\d|\b(?:per|a|each|every|thousand)) $")
"""What stands before a measure that looks like the number of a message: `6 EUR per m3`."""
_MAY = "may"
_A_DAY = re.compile(r"[0-3]?\d(?:st|nd|rd|th)?|20\d\d")
_BEHIND_MAY = words_of("be have not well still also even need seem look cost take do go come i we you it they suit help fit")
"""What makes a verb of it: `20 may be too much`."""
_TO_MONTHS = frozenset(
    ("in", "of", "by", "until", "till", "from", "since", "early", "late", "mid", "before", "after", "on", "to", "for")
)
"""Behind one of these `may` is a month."""
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
    if _MAY in words:
        _name_months(words, classes)
    told = list(map(word_made, compress(zip(places, words, classes, count(), strict=False), classes)))
    kinds = reduce(int.__or__, filter(None, classes), 0)
    clauses, sentences = _parts(plain.text, told)
    starts = [clause.start for clause in clauses]
    numerals = list(NUMERAL.finditer(plain.text))
    days, used = days_in(plain.text, told, starts, kinds, numerals)
    figures = quantities_in(plain.text, told if kinds & NUMBER else (), used, starts, lexicon, numerals=numerals)
    quantities = sorted(islice(figures, MOST + 1))
    called = (_names(words, told, starts, lexicon) if kinds & _CALLS else (), _offers(plain.text, starts))
    named = _besides_units(sorted(islice(chain.from_iterable(called), 2 * MOST + 1)), quantities, lexicon, clauses)
    distinct = frozenset(words)
    acts = list(islice(acts_in(words, places, told, starts), MOST + 1)) if kinds & SUBJECT else []
    return Scan(
        original=text,
        plain=plain,
        words=distinct,
        strange=lexicon.strange_among(distinct),
        sentences=tuple(sentences),
        clauses=tuple(clauses),
        quantities=tuple(_outside_names(quantities[:MOST], named)),
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


def _name_months(words: Sequence[str], classes: list[int | None]) -> None:
    """Take the doubt from each `may` that is a month: beside a day, or behind a word that leads to a time."""
    for place in [place for place, word in enumerate(words) if word == _MAY]:
        before = words[place - 1] if place else ""
        behind = next((word for word in words[place + 1 : place + 3] if word != "the"), "")
        is_day = _A_DAY.fullmatch(before) is not None and behind not in _BEHIND_MAY
        if is_day or before in _TO_MONTHS or _A_DAY.fullmatch(behind):
            classes[place] = MONTH


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


def _outside_names(quantities: list[Quantity], named: Sequence[Named]) -> list[Quantity]:
    """Leave out figures that are part of the name of an issue: `price per 100 kg`."""
    if not named or not quantities:
        return quantities
    kept: list[Quantity] = []
    for one in quantities:
        place = bisect_left(named, (one.start,)) - 1
        if place < 0 or named[place].sort != "issue" or one.end > named[place].end:
            kept.append(one)
    return kept


def _besides_units(
    named: list[Named], quantities: Sequence[Quantity], lexicon: Lexicon, clauses: Sequence[Clause]
) -> list[Named]:
    """Leave out names that are the unit of a figure of another issue of that unit: `5,000 tonnes a day`."""
    units = [(figure.start, figure.end) for figure in quantities if figure.unit and figure.unit not in lexicon.by_unit]
    if not units or not named:
        return named
    issues = [one for one in named if one.sort == "issue"]
    inside = {one.start for one in issues for start, end in units if start < one.start and one.end <= end}
    figured = {figure.clause for figure in quantities}
    free = [one for one in issues if one.clause not in figured]
    return [one for one in named if one.start not in inside or not _has_rival(one, issues, free, lexicon, clauses)]


def _has_rival(
    named: Named, issues: Sequence[Named], free: Sequence[Named], lexicon: Lexicon, clauses: Sequence[Clause]
) -> bool:
    """Return whether another issue that is counted alike is named in the clause of one, or before it where no figure stands."""
    unit = lexicon.counted[named.issue] if named.issue else ""
    here = (one for one in issues if one.clause == named.clause)
    before = (one for one in free if one.start < named.start and clauses[one.clause].sentence == clauses[named.clause].sentence)
    return any(one.issue and one.issue != named.issue and lexicon.counted[one.issue] == unit for one in (*here, *before))


def _offers(text: str, starts: Sequence[int]) -> Iterator[Named]:
    for found in _OFFER.finditer(text):
        start = found.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "_-" or _MEASURED.search(text, max(0, start - 9), start)):
            continue
        yield named_made((start, found.end(), "offer", found.group(), None, True, bisect_right(starts, start) - 1))
