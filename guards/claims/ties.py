"""What is a figure tied to? The few words around it tell if it is offered, theirs, a change, a sum, a rule or a fact."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from guards.claims.anchors import anchor_of, stems
from guards.claims.arithmetic import akin, same
from guards.claims.context import Context
from guards.claims.saying import Named, Quantity, SpokenDay
from guards.claims.wordlist import words_of

__all__ = ["is_cited", "is_offered"]

_THEIRS = words_of("your yours their theirs they them his her he she was were had did")
_BOTH = words_of(
    "than before earlier previous previously first original originally opening opener old current currently running "
    "contract standard more less fewer above below over under off up down extra further additional another plus minus "
    "apart between gap difference short shy later sooner nearer closer least most max min maximum minimum cap limit "
    "line gate rule policy law legal rise raise raised cut drop dropped lower lowered higher step steps move moved "
    "moves went add added adds save saved saves half third quarter tenth twice double times x average total sum "
    "altogether together makes come comes thus worth against versus vs compared beyond within "
    "close other others again left leaves spare room remaining again not no without ago which trim "
    "trimmed or halfway"
)
_LEFT = words_of(
    "from instead place lieu rather last next same by came back give gave needs requires takes report says said told wrote "
    "quoted asked offered wanted named call called until till after each every per some to toward towards lose "
    "is-at"
)
_MOTION = words_of(
    "to raise raised rise rises cut cuts drop drops dropped lower lowered move moved moves go goes went come comes came down"
)
"""Words of a step; what stands behind `to` is where it ends: `we come down to 40`."""
_WHILE = "over"
_IS_EQUAL = re.compile(r"[a-z] ?= ?$")
"""An equals sign behind a word: `rental share = 80` says a term, `5 x 8 = 40` works something out."""
_SPANS = frozenset(("day", "week", "month", "year", "hour"))
_LEFT_REACH, _RIGHT_REACH = 5, 3


def is_offered(context: Context, found: Quantity | SpokenDay | Named) -> bool:
    """Return whether nothing beside a value says that it is anything but a term of the sender's offer; asked once for each."""
    place = (found.start, found.end)
    if place not in context.offered:
        context.offered[place] = _is_offered(context, found)
    return context.offered[place]


def _is_offered(context: Context, found: Quantity | SpokenDay | Named) -> bool:
    said = context.scan
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    before = _free(context, range(here - 1, max(-1, here - 1 - _LEFT_REACH), -1))
    before = before[1:] if before[:1] == (_WHILE,) and isinstance(found, Quantity) and found.unit in _SPANS else before
    before = before[1:] if before[:1] in (("from",), ("the", "from")) and isinstance(found, SpokenDay) else before
    before = tuple(word for word in before if word != "to") if isinstance(found, Named) else before
    before = tuple([word for word in before if word not in _MOTION]) if before[:1] == ("to",) else before
    inside = () if isinstance(found, Named) else said.tokens[here + (said.tokens[here : here + 1] == ("between",)) : behind]
    after = _free(context, range(behind, min(len(said.tokens), behind + _RIGHT_REACH)))
    front = said.text[max(0, found.start - 4) : found.start]
    front = "" if _IS_EQUAL.search(front) else front[-2:]
    near = front + said.text[found.end : found.end + 2]
    if (isinstance(found, Quantity) and found.sign) or any(sign in near for sign in '=+*>x("'):
        return False
    if "/" in near and not _is_listed(said.text, found.start, found.end):
        return False
    if (
        not _BOTH.isdisjoint((*before, *inside, *after))
        or not _LEFT.isdisjoint(before)
        or not _THEIRS.isdisjoint((*before, *after))
    ):
        return False
    if (
        "you" in before
        or ("go", "let") in pairwise(before)
        or any(word[:1] == "m" and word[1:].isdigit() for word in (*before, *after))
    ):
        return False
    return not any(word in context.lexicon.roles for word in (*before, *after))


def _is_listed(text: str, start: int, end: int) -> bool:
    """Return whether the slashes beside a value only part the entries of a list: `64 / mixed / 24 hours`."""
    return text[max(0, start - 2) : start] in ("/ ", " ", "") or " / " in (text[max(0, start - 3) : start], text[end : end + 3])


def _free(context: Context, order: range) -> tuple[str, ...]:
    """Return the words up to the next mark that are no part of the name of an issue or an option."""
    said = context.scan
    words: list[str] = []
    ends = sorted((said.places[order[0]], said.places[order[-1]])) if order else (0, 0)
    called = [named for named in said.named_from(ends[0] - 32, ends[1] + 1) if named.sort in ("issue", "option")]
    for index in order:
        if not said.tokens[index]:
            break
        place = said.places[index]
        if not any(place - 32 <= named.start <= place < named.end for named in called):
            words.append(said.tokens[index])
    return tuple(words)


def is_cited(context: Context, found: Quantity) -> bool:
    """Return whether a figure is one of a rule, or of a fact that its sentence speaks of."""
    sentence = context.sentence(found.clause)
    words = stems(context.scan.text[sentence.start : sentence.end])
    for fact in context.view.facts:
        is_its = fact.kind == "number" and any(same(value, float(fact.value)) for value in found.values)
        if is_its and anchor_of(fact).words & words:
            return True
    rules = (figure for figure in context.known.figures if figure.origin == "rule" and akin(figure.unit, found.unit))
    return any(same(value, figure.value) for figure in rules for value in found.values)
