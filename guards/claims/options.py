"""Do the words name the options and flags of the terms? Those that are stated otherwise than the terms have them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from guards.claims.context import Context, finding
from guards.claims.known import meant_terms
from guards.claims.saying import Named, Scan
from guards.claims.ties import is_offered
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION, OFFER, PAST, REPORT
from orchestrator.messages.finding import Finding

__all__ = ["options_of_the_terms"]

_OFF = words_of("no without not minus drop dropped waive waived skip skipped off out false never exclude excludes excluded")
_ON = words_of("yes in on included includes including true agreed granted stays remains part")
_IS = words_of("is are be stays stay remains remain drops drop goes go comes come now still again")
"""Between a flag and what is said of it."""
_SMALL = frozenset(("in", "on", "off", "out", "part", "no", "yes", "without"))
"""What says yes or no only where nothing of its own follows: `the stream is on`; `it is on the table` does not."""
_WITH = (
    ("with",),
    ("plus",),
    ("including",),
    ("with", "the"),
    ("with", "a"),
    ("and", "a"),
    ("plus", "a"),
    ("plus", "the"),
    ("including", "the"),
    ("include",),
    ("includes",),
    ("add",),
    ("grant",),
    ("yes", "to"),
)
_AND = (("and",), ("but",), ("plus",), ("",))
"""Behind one of these begins what is said of the next flag."""
_EQUAL = frozenset((":", "=", "-"))
_JOINTS = frozenset(("and", "but", "then", "as", "too", "again", "now"))
_IDIOMS = frozenset(("table", "counter", "door", "market", "side", "line", "spot", "whole", "record"))
_VAGUE = words_of("ask asks about on discuss your you would could question talk whether or nor subject")


def options_of_the_terms(context: Context) -> Iterator[Finding]:
    """Find an option or a flag of an issue that is stated although the terms have another."""
    own = context.known.own
    if own is None or not context.reports:
        return
    said = {named.what for named in context.scan.named if named.sort == "option"}
    flags = {term.issue: term.value for term in meant_terms(context.draft, context.view) if term.kind == "flag"}
    for named in context.scan.named:
        if named.issue is None:
            continue
        if named.sort == "issue" and named.issue in flags:
            if _is_said(context, named) not in (None, flags[named.issue]):
                yield _other_option(context, named, str(flags[named.issue]).lower())
        elif named.sort == "option":
            term = own.options.get(named.issue)
            is_other = term is not None and term not in (named.what, *said) and not term.startswith(f"{named.what}-")
            is_other = is_other and named.what not in own.options.values()
            if (
                term
                and is_other
                and not context.is_weighed(named)
                and _is_stated(context, named)
                and not _is_idiom(context, named)
            ):
                yield _other_option(context, named, term)


def _is_stated(context: Context, named: Named) -> bool:
    return not context.clause(named.clause).bits & REPORT and is_offered(context, named)


def _is_idiom(context: Context, named: Named) -> bool:
    """Return whether an option stands in a phrase of talk: `8.10 is on the table`."""
    before = context.scan.text[max(0, named.start - 8) : named.start].split()[-2:]
    return named.what in _IDIOMS and before[-1:] == ["the"] and before[0] in ("on", "off", "at", "over", "round")


def _other_option(context: Context, named: Named, term: str) -> Finding:
    quoted = context.scan.quote(named.start, named.end)
    message = f"the words say {quoted!r} for {named.issue!r}, but the terms say {term!r}"
    return finding(context, "terms.option", "terms", named.start, named.end, message, term)


def _is_said(context: Context, named: Named) -> bool | None:
    """Return whether words affirm a flag, or deny it; None where they leave that open."""
    said = context.scan
    place, behind = bisect_left(said.places, named.start), bisect_left(said.places, named.end)
    before, after = said.tokens[max(0, place - 3) : place], said.tokens[behind : behind + 2]
    sentence = context.sentence(named.clause)
    if sentence.is_question or sentence.bits & (CONDITION | PAST) or not _VAGUE.isdisjoint((*before, *after[:1])):
        return None
    if before[-1:] in (("no",), ("without",)):
        return False
    is_weighed = any(
        word.bits & HEDGE and not word.bits & OFFER and word.word != "say"
        for word in said.told_words(sentence.start, named.start)
    )
    is_listed = after[:1] in (("yes",), ("no",))
    told = None if is_weighed and not is_listed else _told_behind(said, named, behind)
    if told is not None:
        return told
    near = said.tokens[place - 1 : place + 1] if place else ()
    is_left_out = before[-1:] == ("leave",) and after[:1] == ("out",)
    beside = (*before[-1:], *after[:1]) if before[-1:] in _AND else (*before[-2:], *after[:1])
    if is_left_out or not _OFF.isdisjoint(beside) or any(word.startswith("un") for word in near):
        return False
    is_brought = before[-1:] in _WITH or before[-2:] in _WITH
    is_denied = is_brought and said.told_in(context.clause(named.clause).start, named.start) & NEGATION
    return not is_denied if is_brought or not _ON.isdisjoint(after[:1]) else None


def _told_behind(said: Scan, named: Named, place: int) -> bool | None:
    """Return what is said of a flag behind its name: `: yes`, `is not included`, `stays in`; None for neither."""
    tokens, is_list = said.tokens, said.text[named.end : named.end + 2].strip()[:1] in _EQUAL
    while place < len(tokens) and (tokens[place] in _IS or (is_list and not tokens[place])):
        place += 1
    word, following = (*tokens[place : place + 2], "", "")[:2]
    if word in _SMALL and following and following not in _JOINTS:
        return None
    if word == "not" and following in _ON:
        return False
    return True if word in _ON else False if word in _OFF and word != "not" else None
