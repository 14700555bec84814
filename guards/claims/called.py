"""What are issues and options called? By their names and aliases in full, and by words that only one of them has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from guards.claims.talk import PLAIN_TALK
from guards.claims.wordlist import words_of
from guards.claims.words import WORDS
from orchestrator.messages.negotiation import ChoiceIssue, Negotiation
from orchestrator.messages.value import IssueName

__all__ = ["Called", "Name", "called_by", "names_of_issues", "names_of_options", "split_words"]

_DULL = words_of("a an the of in on at per and or to for by week month year day hours days weeks months price cost share")


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name an issue; `strong` if they are its name or an alias in full."""

    words: tuple[str, ...]
    issue: IssueName
    strong: bool


class Called(NamedTuple):
    """Words that name an issue or an option of one."""

    sort: str
    """`option` or `issue`."""
    words: tuple[str, ...]
    size: int
    """Their letters and the blanks between them."""
    what: str
    """The option, or the name of the issue."""
    issue: IssueName
    strong: bool


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a name: `search_spend` and `Search spend` alike."""
    return tuple(re.findall(r"[^\W_]+", text.lower()))


def names_of_issues(negotiation: Negotiation) -> dict[str, tuple[Name, ...]]:
    """Return the names of issues by their first words, of each the longest first."""
    strong: dict[tuple[str, ...], set[IssueName]] = {}
    weak: dict[str, set[IssueName]] = {}
    for issue in negotiation.issues:
        for called in (issue.name, *issue.aka):
            words = split_words(called)
            strong.setdefault(words, set()).add(issue.name)
            for word in words:
                weak.setdefault(word, set()).add(issue.name)
    found = [Name(words, next(iter(who)), strong=True) for words, who in strong.items() if len(who) == 1 and words]
    taken = {name.words for name in found}
    found += [
        Name((word,), next(iter(who)), strong=False)
        for word, who in weak.items()
        if len(who) == 1 and (word,) not in taken and word not in _DULL and word not in WORDS
    ]
    return _by_first(found)


def _by_first(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    firsts: dict[str, list[Name]] = {}
    for name in sorted(names, key=lambda name: (-len(name.words), name.words)):
        firsts.setdefault(name.words[0], []).append(name)
    return {word: tuple(found) for word, found in firsts.items()}


def names_of_options(negotiation: Negotiation) -> dict[str, tuple[tuple[tuple[str, ...], IssueName, str], ...]]:
    """Return the options of choices by their first words, with their issues."""
    firsts: dict[str, list[tuple[tuple[str, ...], IssueName, str]]] = {}
    for issue in negotiation.issues:
        if isinstance(issue, ChoiceIssue) and not issue.numeric:
            for option in issue.options:
                words = split_words(option)
                if words and not words[0].isdigit() and option not in ("none", "us"):
                    firsts.setdefault(words[0], []).append((words, issue.name, option))
    for word, issue, option in _telling_parts(negotiation):
        firsts.setdefault(word, []).append(((word,), issue, option))
    return {word: tuple(sorted(found, key=lambda option: -len(option[0]))) for word, found in firsts.items()}


def _telling_parts(negotiation: Negotiation) -> Iterator[tuple[str, IssueName, str]]:
    """Yield the last words of options that no other option and no issue has: `lyon` of `rotterdam-lyon`."""
    texts = [
        (issue.name, option, split_words(option))
        for issue in negotiation.issues
        if isinstance(issue, ChoiceIssue) and not issue.numeric
        for option in issue.options
    ]
    many = Counter(word for _, _, words in texts for word in set(words))
    names = {word for issue in negotiation.issues for name in (issue.name, *issue.aka) for word in split_words(name)}
    for issue, option, words in texts:
        last = words[-1] if len(words) > 1 else ""
        if (
            len(last) > 3
            and last.isalpha()
            and many[last] == 1
            and last not in names
            and last not in PLAIN_TALK
            and last not in WORDS
        ):
            yield last, issue, option


def called_by(
    first: str, names: Mapping[str, tuple[Name, ...]], options: Mapping[str, tuple[tuple[tuple[str, ...], IssueName, str], ...]]
) -> Iterator[Called]:
    """Yield what is called by words that begin so: the options, then the issues."""
    for words, issue, option in options.get(first, ()):
        yield Called("option", words, len(" ".join(words)), option, issue, strong=True)
    for name in names.get(first, ()):
        yield Called("issue", name.words, len(" ".join(name.words)), name.issue, name.issue, name.strong)
