"""What are the issues, parties and values of a domain called here? As rules can name them, no two alike, changes told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from orchestrator.messages.terms import exact
from orchestrator.roles.check import RESERVED_ROLES, is_free
from orchestrator.roles.domains.domain import Domain, Options

__all__ = ["Names", "are_numbers", "names_of"]

_LONGEST = 48
_USABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,47}", re.ASCII)
_LONGEST_VALUE = 200
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Our names in the order of the domain's."""

    issues: tuple[str, ...]
    roles: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    """By issue; empty for whole numbers."""
    remarks: tuple[str, ...] = ()


def names_of(domain: Domain) -> Names:
    """Return names that a negotiation file takes, with a remark for each that was changed."""
    issues = _apart(_identifier(issue.name, "issue") for issue in domain.issues)
    roles = _apart((_identifier(profile.name, "party") for profile in domain.profiles), RESERVED_ROLES)
    values = tuple(_values(issue) if isinstance(issue, Options) else () for issue in domain.issues)
    changed = [
        *_changed("issue", (issue.name for issue in domain.issues), issues),
        *_changed("profile", (profile.name for profile in domain.profiles), roles),
        *(
            remark
            for issue, ours in zip(domain.issues, values, strict=True)
            if isinstance(issue, Options)
            for remark in _changed(f"value of {issue.name!r}:", issue.values, ours)
        ),
    ]
    return Names(issues=issues, roles=roles, values=values, remarks=tuple(changed))


def are_numbers(values: Iterable[str]) -> bool:
    """Return whether all values are figures as a negotiation file writes them."""
    return all(_is_number(value) for value in values)


def _is_number(value: str) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and exact(number) == value and len(value.strip("-").replace(".", "")) <= _MOST_DIGITS


def _identifier(name: str, otherwise: str) -> str:
    """Return a name itself where rules can use it, else one of its letters and digits."""
    if _USABLE.fullmatch(name) and is_free(name.lower()):
        return name
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].rstrip("_")
    return word if word[:1].isalpha() and is_free(word) else f"{otherwise}_{word}".rstrip("_")


def _values(issue: Options) -> tuple[str, ...]:
    printable = ("".join(letter if letter.isprintable() else " " for letter in value) for value in issue.values)
    return _unlike(" ".join(value.split())[:_LONGEST_VALUE] or "value" for value in printable)


def _apart(names: Iterable[str], kept: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return names that differ in more than their case, as some file systems ask for; later ones get a number."""
    found: dict[str, str] = {}
    for name in names:
        free, count = name, 1
        while free.lower() in found or free in kept:
            count += 1
            free = f"{name}_{count}"
        found[free.lower()] = free
    return tuple(found.values())


def _unlike(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of which no two are alike; later ones get a number."""
    found: dict[str, None] = {}
    for name in names:
        free, count = name, 1
        while free in found:
            count += 1
            free = f"{name}_{count}"
        found[free] = None
    return tuple(found)


def _changed(what: str, theirs: Iterable[str], ours: Iterable[str]) -> Iterator[str]:
    return (f"{what} {old!r} is called {new} here" for old, new in zip(theirs, ours, strict=True) if old != new)
