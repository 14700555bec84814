"""Is somebody to pay, or to be spared, when something happens? `If a box breaks, that is 150 to us`, `each late van costs you 50`."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from guards.claims.context import Context
from guards.claims.lexicon import CURRENCIES
from guards.claims.saying import Quantity, Sentence
from guards.claims.wordlist import words_of

__all__ = ["IN_CASE", "tells_redress"]

IN_CASE = words_of("each every any should if whenever overtime exit")
"""Without one of these nothing is said to be owed in a case."""
_SUPPOSED = words_of("if should whenever")
_COUNTED = words_of("each every any")
_NO_EVENTS = words_of(
    "i you we he she it that this these those they there both neither one either nothing everything so not needed necessary "
    "possible anything all what who i'm we're you're it's that's then only ever as"
)
"""Whom and what people talk with and about; where something happens, a thing is named."""
_ARTICLES = words_of("a an the our your their its single any one of more")
_SUCH = words_of(
    "that which who whose over under above below beyond found late later missing short lost broken damaged where when without"
)
"""What tells which of several things is meant: `each van that comes late`, `each day over that`."""
_AMISS = words_of(
    "late delay delayed delays fails fail failed breaks break broken broke missing misses missed miss short shortfall damaged damage "
    "spoilt exit fewer overtime faulty wrong defective mistake mistakes error errors idle absent cancelled cancel cancels cancellation "
    "overruns overrun"
)
_REDRESS = words_of(
    "pay pays paid cost costs knock knocks twice double doubles triple deduct deducts deducted rebate discount keep keeps free refund refunds refunded credit "
    "credited fall falls forfeit forfeits owe owes compensation charge charged bear bears bill billed waive waived void ours yours"
)
_OWED = words_of("keep keeps deduct deducts forfeit forfeits owe owes knock knocks twice refund refunds")
_DUE = words_of(
    "pay pays bear bears keep keeps credit credits credited refund refunds refunded owe owes cost costs falls fall knock knocks "
    "nothing charged billed reimburse reimburses compensate compensates double twice forfeit forfeits deduct deducts rebate waive waives"
)
"""What is owed, kept or spared, whatever the sum."""
_TO_WHOM = words_of("off back free us you")
"""What makes it owed beside a sum of money."""
_WEIGHED = words_of("would could might perhaps maybe i'd we'd you'd")
_THEN = words_of("we you i then that")
"""Words that begin what follows from a supposition where no comma does."""
_BEFORE_WHOM = words_of("for to of with by from on between like than and")
_MOST = 8
"""Cases of one sentence that are looked at."""
_MONEY = CURRENCIES | {"cent", "percent"}


def tells_redress(context: Context, sentence: Sentence, words: frozenset[str]) -> bool:
    """Return whether a sentence says flatly who owes what when something happens that nobody negotiates."""
    is_amiss = not _AMISS.isdisjoint(words) and not (_REDRESS & words) <= _AMISS
    if is_amiss and (not _OWED.isdisjoint(words) or context.strange_in(words) > 0):
        return True
    if words.isdisjoint(_DUE) and (words.isdisjoint(_TO_WHOM) or not _sums(context, sentence.start, sentence.end)):
        return False
    return _WEIGHED.isdisjoint(words) and any(_is_due(context, *parts) for parts in islice(_cases(context, sentence), _MOST))


def _cases(context: Context, sentence: Sentence) -> Iterator[tuple[int, int, int, int]]:
    """Yield each case that a sentence speaks of and what follows from it: the places between which both stand."""
    said = context.scan
    first, last = bisect_left(said.places, sentence.start), bisect_left(said.places, sentence.end)
    tokens = said.tokens
    for at in range(first, last):
        if tokens[at] in _COUNTED and not _SUCH.isdisjoint(tokens[at + 2 : min(at + 4, last)]):
            yield said.places[at], said.clause_at(said.places[at]).end, sentence.start, sentence.end
        elif tokens[at] in _SUPPOSED and _supposes(tokens, at, last):
            start, end = said.places[at], said.clause_at(said.places[at]).end
            then = next((place for place in range(at + 4, last) if said.places[place] < end and _follows(tokens, place)), None)
            end = said.places[then] if then else end
            yield (start, end, end, sentence.end) if end < sentence.end else (start, end, sentence.start, start)


def _supposes(tokens: Sequence[str], at: int, last: int) -> bool:
    """Return whether a word supposes that something happens to a thing: `if a vase breaks`, `should the cargo be late`."""
    if tokens[at] == "should" and tokens[at - 1 : at] not in ((), ("",), ("but",), ("and",)) and at:
        return False
    named = next((word for word in tokens[at + 1 : min(at + 5, last)] if word not in _ARTICLES), "")
    return bool(named) and named not in _NO_EVENTS


def _follows(tokens: Sequence[str], place: int) -> bool:
    """Return whether a word begins what follows: `... under 11.9 we knock a dollar off`; `hard for you` is none."""
    return tokens[place] in _THEN and tokens[place - 1] not in _BEFORE_WHOM


def _is_due(context: Context, start: int, end: int, opens: int, closes: int) -> bool:
    """Return whether what follows from a case is money or a burden, and neither is about an issue."""
    said = context.scan
    due = frozenset(said.tokens_in(opens, closes))
    sums = _sums(context, opens, closes)
    if due.isdisjoint(_DUE - context.lexicon.known) and (not sums or due.isdisjoint(_TO_WHOM)):
        return False
    return not said.named_from(start, end) and not _are_terms(context, sums)


def _sums(context: Context, start: int, end: int) -> list[Quantity]:
    return [one for one in context.scan.quantities_from(start, end) if one.unit in _MONEY]


def _are_terms(context: Context, sums: Sequence[Quantity]) -> bool:
    own = context.known.own
    return own is not None and any(value in own.figures.values() for one in sums for value in one.values)
