"""Which words name things in this negotiation? Issues, options, roles, units, facts and approvers, made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from guards.claims.called import Called, called_by, names_of_issues, names_of_options, split_words
from guards.claims.stems import stems_of
from guards.claims.talk import PLAIN_TALK
from guards.claims.verbs import PAST_FORMS, SPEECH
from guards.claims.wordlist import words_of
from guards.claims.words import NAME, ROLE, SUBJECT, UNIT, WORDS
from orchestrator.messages.negotiation import ChoiceIssue, Issue, Negotiation, NumberIssue
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["CURRENCIES", "SPANS", "Lexicon", "lexicon_of", "unit_of"]

_MEASURES = {
    "usd": "usd us$ dollar dollars bucks $",
    "eur": "eur euro euros \u20ac",
    "gbp": "gbp pound pounds quid sterling \u00a3",
    "chf": "chf franken francs",
    "cent": "cent cents pence ct p\u00a2",
    "percent": "percent pct % prozent pourcent",
    "point": "point points pp",
    "hour": "hour hours h hr hrs stunden heures",
    "day": "day days tage tagen jours",
    "week": "week weeks wk wks wochen semaines fortnight",
    "month": "month months mo mos monate monaten mois",
    "year": "year years yr yrs jahre jahren ans",
    "quarter": "quarter quarters",
    "minute": "minute minutes mins",
    "second": "second seconds secs",
    "millisecond": "millisecond milliseconds ms",
    "thousand": "k",
}
_SPELT = {
    "m3": "cubic_metre cubic_meter",
    "m2": "square_metre square_meter",
    "mg/l": "mg milligram milligrams",
    "metre": "meter m",
    "tonne": "t ton tons",
    "km": "kilometre kilometer",
    "kg": "kilo kilogram kilogramme",
    "mwh": "megawatt-hour",
    "litre": "liter l",
}
"""How people write the units of files beside their names; `_` stands for a blank."""
SPANS = frozenset(("hour", "day", "week", "month", "year"))
"""Units of time in which things are counted."""
CURRENCIES = frozenset(("usd", "eur", "gbp", "chf"))
_SHORT = 3
"""Letters of words that are too short to be strange."""
_COUNTABLE = words_of("percent point hour day week month year second millisecond minute quarter")
_TIME_WORDS = {word: unit for unit in ("hour", "day", "week", "month", "year") for word in (unit, f"{unit}s")}


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of one negotiation; compared by identity, so that scans of a text can be shared.

    Its mappings are plain dicts, because a look-up through a proxy takes twice as long, and a scan makes hundreds.
    """

    bits: Mapping[str, int]
    """The classes of every word that tells something."""
    names: frozenset[str]
    """The first words of the names of issues."""
    called: Mapping[str, tuple[Called, ...]]
    """What is called by words that begin so: the options of issues, then the issues, of each the longest first."""
    roles: Mapping[str, RoleName]
    units: Mapping[str, str]
    """The canonical unit of each word that stands behind a figure."""
    by_unit: Mapping[str, IssueName]
    """The issue that alone is counted in a unit."""
    issues: Mapping[IssueName, Issue]
    counted: Mapping[IssueName, str]
    """The unit of each issue."""
    home: frozenset[str]
    """The units of the issues, and the currency."""
    countable: frozenset[str]
    """The units of the issues, and those of money, shares and time."""
    rules: tuple[str, ...]
    """The policies and the conditions of the gates, which all roles know."""
    currency: str
    known: frozenset[str]
    """Every word that the negotiation file itself uses."""
    named: frozenset[str]
    """These, and all that have a class."""
    ordinary: frozenset[str]
    """These, and the words of plain talk."""

    def strange_among(self, words: frozenset[str]) -> frozenset[str]:
        """Return which of some words neither the negotiation nor plain talk knows."""
        return frozenset([word for word in words - self.ordinary if _is_strange(word, self)])


@lru_cache(maxsize=8192)
def _is_strange(word: str, lexicon: Lexicon) -> bool:
    return len(word) > _SHORT and word.isalpha() and lexicon.ordinary.isdisjoint(stems_of(word))


def lexicon_of(negotiation: Negotiation) -> Lexicon:
    """Return the words of a negotiation; equal negotiations give the same object."""
    return _made(negotiation)  # pyright: ignore[reportArgumentType] - frozen models hash


@lru_cache(maxsize=16)
def _made(negotiation: Negotiation) -> Lexicon:
    units = _units(negotiation)
    names = names_of_issues(negotiation)
    options = names_of_options(negotiation)
    roles = _roles(negotiation)
    bits = dict(WORDS)
    for words, bit in ((units, UNIT), (names, NAME), (options, NAME), (roles, ROLE | SUBJECT)):
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    counted = {issue.name: unit_of(issue) for issue in negotiation.issues}
    known = frozenset(_all_words(negotiation))
    return Lexicon(
        bits=bits,
        names=frozenset(names),
        called={first: tuple(called_by(first, names, options)) for first in {**names, **options}},
        roles=roles,
        units=units,
        by_unit=_by_unit(negotiation),
        issues={issue.name: issue for issue in negotiation.issues},
        counted=counted,
        home=frozenset((negotiation.currency.lower(), *counted.values())),
        countable=frozenset(counted.values()) | CURRENCIES | _COUNTABLE,
        rules=(*(rule.rule for rule in negotiation.policies), *(gate.when for gate in negotiation.gates)),
        currency=negotiation.currency.lower(),
        known=known,
        named=known | bits.keys(),
        ordinary=known | bits.keys() | _plain(),
    )


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    """Return the words of plain talk with those that they are forms of."""
    words = PLAIN_TALK | PAST_FORMS | SPEECH
    return words.union(*map(stems_of, words))


def unit_of(issue: Issue) -> str:
    """Return the unit of an issue in small letters; one without is counted in what its name says: `contract_years`."""
    if isinstance(issue, NumberIssue) or (isinstance(issue, ChoiceIssue) and issue.numeric):
        named = (_TIME_WORDS[word] for word in split_words(issue.name) if word in _TIME_WORDS)
        return issue.unit.lower() or next(named, "")
    return ""


def _units(negotiation: Negotiation) -> dict[str, str]:
    units = {word: unit for unit, words in _MEASURES.items() for word in words.split()}
    own = {unit_of(issue) for issue in negotiation.issues} | {fact.unit.lower() for fact in negotiation.facts}
    for unit in sorted(own - {""} - units.keys()):
        for word in (unit, *_plurals(unit)):
            units.setdefault(word, unit)
    for unit in sorted(own & _SPELT.keys()):
        for word in _SPELT[unit].split():
            for form in (word, f"{word}s"):
                units.setdefault(form.replace("_", " "), unit)
    return units


def _plurals(word: str) -> tuple[str, ...]:
    return (f"{word}s", f"{word}es", f"{word[:-1]}ies") if word.endswith("y") else (f"{word}s", f"{word}es")


def _by_unit(negotiation: Negotiation) -> dict[str, IssueName]:
    owners: dict[str, list[IssueName]] = {}
    for issue in negotiation.issues:
        if unit_of(issue):
            owners.setdefault(unit_of(issue), []).append(issue.name)
    return {unit: names[0] for unit, names in owners.items() if len(names) == 1 and unit != "percent"}


def _roles(negotiation: Negotiation) -> dict[str, RoleName]:
    roles: dict[str, RoleName] = {}
    for role in negotiation.roles:
        word = role.name.lower()
        roles |= {word: role.name, f"{word}'s": role.name}
    return roles


def _all_words(negotiation: Negotiation) -> Iterator[str]:
    for issue in negotiation.issues:
        for called in (issue.name, *issue.aka, *(issue.options if isinstance(issue, ChoiceIssue) else ())):
            yield from _forms(called)
    for fact in negotiation.facts:
        yield from _forms(f"{fact.name} {fact.says} {fact.source} {fact.unit}")
    for rule in negotiation.policies:
        yield from _forms(f"{rule.id} {rule.why}")
    for gate in negotiation.gates:
        yield from _forms(f"{gate.id} {' '.join(gate.people)}")
    for role in negotiation.roles:
        yield from _forms(role.name)
    yield from _forms(negotiation.title)


def _forms(text: str) -> Iterator[str]:
    for word in split_words(text):
        yield from (word, f"{word}s", f"{word}'s", word.removesuffix("s"))
