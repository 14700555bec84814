"""Which words lead off the record? Talks that nobody wrote down, and times that no fact names."""

# ruff: noqa: E501 - phrases stay whole

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guards.claims.acts import is_past
from guards.claims.anchors import anchor_of, says
from guards.claims.called import split_words
from guards.claims.context import Context, finding
from guards.claims.saying import Clause, Scan, Sentence
from guards.claims.topics import root
from guards.claims.verbs import CAN, MODAL, PLAIN_TOO, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION, PERMIT
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import DateIssue, Fact

__all__ = ["ELSEWHERE", "IN_A_MONTH", "events_on_record", "talks_in", "told_as_known"]

_TALK = (
    r"on the (?:phone|telephone|call|sidelines)|by (?:phone|telephone)|over (?:lunch|dinner|coffee|breakfast|drinks|the phone|a beer|tea)|face to face|in person"
    r"|(?:in|at|on|during|after) (?:our|the|that|your|this) (?:\w+ )?(?:call|phone call|meeting|visit|workshop|conversation|dinner|lunch|fair|site visit|walk|chat|session|talk)s?\b|verbally|in the corridor|off the record"
)
_UNITS = (
    r"(?:days?|weeks?|months?|years?|summer|spring|autumn|winter|season|night|quarter|monday|tuesday|wednesday|thursday|friday)"
)
_TIME = (
    rf"(?:last|this|the other|a|an|one|two|three|four|five|some|many|few|several) (?:\w+ )?{_UNITS} ago|last {_UNITS}|yesterday|the other day|this (?:morning|year|week|month|season|summer|spring|autumn|winter)"
    r"|(?:before|after|at|over|since|around|between) (?:christmas|easter|new year|the holidays|the summer|the strike|the flood|the fire)|over the weekend|recently|lately|overnight|already"
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_CALLED = tuple(_MONTHS.split("|"))
"""As words call them, whatever the locale."""
_TALKS = Pattern(rf"\b(?:{_TALK})\b")
ELSEWHERE = Pattern(
    rf"\b(?:{_TALK}|last {_UNITS}|yesterday|(?:a|two|three|some|many) {_UNITS} ago|the other day|this morning)\b"
)
IN_A_MONTH = Pattern(rf"(?: to)?(?: us| me| them)?(?: back)? in (?:early |late |mid-)?(?:{_MONTHS})\b(?! \d)")
"""Words behind a verb of speech that say when it was said."""
_TIMES = Pattern(
    rf"\b(?:{_TIME}|in (?:early |late |mid-)?(?:{_MONTHS})(?! \d)|(?:in|since|of|last) (?:19|20)\d\d|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
)
_DATES = frozenset(("date", "dates", "day", "days"))
_TIMED = frozenset(
    f"ago last yesterday other this christmas easter year holidays summer strike flood fire weekend recently lately overnight already"
    f" monday tuesday wednesday thursday friday saturday sunday {_MONTHS.replace('|', ' ')}".split()
)
_TALKED = words_of(
    "phone telephone call sidelines lunch dinner coffee breakfast drinks beer tea face person meeting visit workshop "
    "conversation fair walk chat session talk verbally corridor record calls meetings visits talks chats"
)
_COMMONPLACE = words_of("everybody everyone known knows all common")
_AS_ALL_KNOW = Pattern(
    r"\b(?:as|which) (?:everybody|everyone|we all|you all|all of us|the whole \w+) knows?\b|\b(?:it is|it's|as is) (?:well |widely |common )?known\b|\bcommon knowledge\b"
)
_PARTIES = words_of("i we you they said asked told")
_BOUND = 0.3
"""How firmly words are tied to a fact whose time they share."""
_WEIGHED = CONDITION | HEDGE | NEGATION
_WORD = re.compile(r"\d{4}|[a-z]{3,}")
_PLAIN = frozenset(
    [
        "last",
        "this",
        "other",
        "one",
        "two",
        "three",
        "four",
        "five",
        "some",
        "many",
        "few",
        "several",
        "ago",
        "since",
        "before",
        "after",
        "early",
        "late",
        "mid",
        "the",
        "over",
        "between",
        "around",
        "days",
        "day",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "on",
        "in",
        "of",
    ]
)


def talks_in(scan: Scan) -> Iterator[re.Match[str]]:
    """Yield where words speak of a talk that nobody wrote down."""
    return iter(()) if _TALKED.isdisjoint(scan.words) else scan.finds(_TALKS)


def events_on_record(context: Context) -> Iterator[Finding]:
    """Find events that are told with a time of which no fact and no message speaks."""
    text = context.scan.text
    timed = _TIMED.union(filter(_is_year, context.scan.words)) if " 20" in text or " 19" in text else _TIMED
    known: dict[tuple[int, str], bool] = {}
    told: dict[int, bool] = {}
    for hit in context.scan.matches(_TIMES, timed):
        clause, sentence = context.scan.clause_at(hit.start()), context.scan.sentence_of(hit.start())
        is_open = sentence.is_question or sentence.bits & PERMIT
        if is_open or (clause.bits & _WEIGHED and context.scan.told_in(clause.start, hit.start()) & _WEIGHED):
            continue
        if clause.start not in told:
            told[clause.start] = _is_told(context, clause)
        if not told[clause.start] or _is_named(context, hit) or _is_day(context, hit) or _is_of_an_offer(context, clause, hit):
            continue
        asked = (clause.start, hit.group())
        if asked not in known:
            known[asked] = _is_known(context, clause, hit)
        if known[asked] or (hit.group() == "already" and not _is_news(context, clause)):
            continue
        yield finding(
            context, "fact.event", "fact", clause.start, clause.end,
            f"no fact and no message tells of {context.scan.quote(clause.start, clause.end)!r}", "facts that you see",
        )  # fmt: skip


def _is_named(context: Context, hit: re.Match[str]) -> bool:
    """Return whether a time is part of the name of an issue: `previews on Wednesday`."""
    named = context.scan.named_from(hit.start() - 48, hit.end())
    return any(one.sort == "issue" and one.start <= hit.start() and hit.end() <= one.end for one in named)


def _is_news(context: Context, clause: Clause) -> bool:
    """Return whether a clause tells of others than the parties, in words that the negotiation does not know."""
    said = context.scan
    words = said.tokens_in(clause.start, clause.end)
    is_of_a_party = any(named.sort in ("role", "offer") for named in said.named_from(clause.start, clause.end))
    return not is_of_a_party and _PARTIES.isdisjoint(words) and any(map(context.is_strange, words))


def _is_of_an_offer(context: Context, clause: Clause, hit: re.Match[str]) -> bool:
    """Return whether words speak of a day of an offer by its month: `the date in March was a slip`."""
    said = context.scan
    words = {*said.tokens_in(clause.start, clause.end)}
    is_of_a_day = not _DATES.isdisjoint(words) or any(
        isinstance(context.lexicon.issues.get(named.issue), DateIssue)
        for named in said.named_from(clause.start, clause.end)
        if named.issue
    )
    return is_of_a_day and any(_CALLED[known.value.month - 1] in hit.group() for known in context.known.days)


def _is_day(context: Context, hit: re.Match[str]) -> bool:
    """Return whether words are part of a day that stands on record: `on Sunday the 4th`."""
    days = (day for day in context.scan.days if day.start < hit.end() and hit.start() < day.end)
    return any(day.may_be(known.value) for day in days for known in context.known.days)


def _is_told(context: Context, clause: Clause) -> bool:
    """Return whether a clause has a past form; one that is a plain form too counts where nothing is yet to come."""
    said = context.scan
    past = {word for word in said.tokens_in(clause.start, clause.end) if is_past(word)}
    if past - PLAIN_TOO:
        return True
    return bool(past) and not any(
        act.mood & (WILL | MODAL | CAN) for act in said.acts if clause.start <= act.start < clause.end
    )


def _is_year(word: str) -> bool:
    return word[:2] in ("19", "20") and word[2:4].isdecimal()


def told_as_known(context: Context) -> Iterator[Finding]:
    """Find what is called known to everybody and that speaks of what neither the file nor plain talk knows."""
    said = context.scan
    for hit in () if _COMMONPLACE.isdisjoint(said.words) else said.finds(_AS_ALL_KNOW):
        sentence = said.sentence_of(hit.start())
        if sentence.is_question or _is_ruled(context, sentence):
            continue
        if any(map(context.is_strange, said.tokens_in(sentence.start, sentence.end))):
            yield _untold(context, sentence.start, sentence.end)


def _is_ruled(context: Context, sentence: Sentence) -> bool:
    """Return whether a sentence names the figure of a rule, which indeed all know."""
    rules = {figure.value for figure in context.known.figures if figure.origin == "rule"}
    here = context.scan.quantities_from(sentence.start, sentence.end)
    return any(value in rules for found in here for value in found.values)


def _untold(context: Context, start: int, end: int) -> Finding:
    return finding(
        context, "fact.event", "fact", start, end,
        f"no fact and no message tells of {context.scan.quote(start, end)!r}", "facts that you see",
    )  # fmt: skip


def _is_known(context: Context, clause: Clause, hit: re.Match[str]) -> bool:
    """Return whether a fact of which a sentence speaks, or a message that shares its words, names a time."""
    said, words = context.scan, hit.group()
    sentence = said.sentences[clause.sentence]
    named = [word for word in _WORD.findall(words) if word not in _PLAIN]
    timed = [fact for fact in context.view.facts if _names(_times_of(fact), words, named)]
    others = [word for word in said.tokens_in(sentence.start, sentence.end) if word not in words]
    here = said.quantities_from(sentence.start, sentence.end)
    if any(says(found, anchor_of(fact)) for fact in timed for found in here):
        return True
    if timed and any(tie.weight >= _BOUND and tie.fact in timed for tie in context.topics.of(others)):
        return True
    roots = frozenset([root(word) for word in others]) - {""}
    told = (move.text.lower() for move in context.known.moves)
    return any(_names(text, words, named) and not roots.isdisjoint([root(word) for word in split_words(text)]) for text in told)


def _times_of(fact: Fact) -> str:
    return f"{fact.name.replace('_', ' ')} {fact.says} {_CALLED[fact.as_of.month - 1]} {fact.as_of.year} {fact.value if fact.kind == 'date' else ''}".lower()


def _names(told: str, words: str, named: Sequence[str]) -> bool:
    return words in told or (bool(named) and all(word in told for word in named))
