"""How does a domain become a folder that runs? A negotiation file and a prompt for each party, written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from decimal import Context, Decimal
from pathlib import Path
from typing import assert_never

from orchestrator.errors import ConfigError, UsageError
from orchestrator.messages.terms import exact
from orchestrator.roles.domains.domain import Along, ByValue, Domain, Options, Profile, Question, Worth
from orchestrator.roles.domains.naming import Names, are_numbers, names_of
from orchestrator.roles.find import NEGOTIATION_FILE

__all__ = ["negotiation_text", "prompt_text", "write_folder"]

_PLACES = 12
"""Decimals of weights and worths: a utility is right to within a billionth."""
_DIGITS = Context(prec=15)
_SHORT = 3
"""Names up to this length are too common as words to be told apart from them in talk."""

_FLAT = 1e13
"""The width of a slope that is as good as none."""
_LEAST_SLOPE = 1e-11

_PROMPT = """\
---
window: 16000
reply: 1200
---
You are **{role}**, one of {parties} parties to this negotiation. What each value is worth to you, and how much each issue
weighs, is yours alone to know.

## What you want

- **An agreement that is worth much to you.** Without one you are left with your reserve.
- Hold to what weighs much for you, and give way where it costs you little.

## How you argue

- One issue for another: what weighs little for you may weigh much for the other side.
- Make whole offers, with a value for every issue.

{{% include "house/brief.md" %}}

{{% include "house/table.md" %}}

{{% include "house/manners.md" %}}

{{% include "house/draft.md" %}}
"""


def write_folder(domain: Domain, target: Path, *, rounds: int, check: Callable[[Path], object]) -> Names:
    """Write a domain into a new folder and return the names that it has there.

    What was written is checked before it gets its name. Raises UsageError where the folder is there already, can't be
    written, or is refused by the check: then nothing is left of it.
    """
    if target.exists() or target.is_symlink():
        raise UsageError(f"{str(target)!r} is there already", hint="choose another with --into, or remove it first")
    names = names_of(domain)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".import-", dir=target.parent))
    except OSError as error:
        raise UsageError(f"{str(target)!r} cannot be made: {error.strerror}") from error
    try:
        made.chmod(0o755)
        for file, text in _texts(domain, names, rounds).items():
            (made / file).write_text(text, encoding="utf-8", newline="\n")
        check(made)
        made.rename(target)
    except ConfigError as error:
        first = error.mistakes[0]
        raise UsageError(f"the domain makes no negotiation: {first.key} {first.problem}; expected {first.expected}") from error
    except OSError as error:
        raise UsageError(f"{str(target)!r} cannot be made: {error.strerror}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return names


def _texts(domain: Domain, names: Names, rounds: int) -> dict[str, str]:
    prompts = {f"{role}.md": prompt_text(role, len(names.roles)) for role in names.roles}
    return {NEGOTIATION_FILE: negotiation_text(domain, names, rounds), **prompts}


def prompt_text(role: str, parties: int) -> str:
    """Return the prompt of a party, which the shared parts of the house complete."""
    return _PROMPT.format(role=role, parties=parties)


def negotiation_text(domain: Domain, names: Names, rounds: int) -> str:
    """Return the text of the negotiation file."""
    title = " ".join("".join(letter if letter.isprintable() else " " for letter in domain.name).split())[:200]
    lines = [
        "# Made by 'handfast import'; the utilities are those of the source, to within a billionth.",
        f"name: {_quoted(_slug(names, title))}",
        f"title: {_quoted(title or 'An imported domain')}",
        "pattern: concession",
        "",
        "issues:",
        *(_issue(issue, ours, values) for issue, ours, values in zip(domain.issues, names.issues, names.values, strict=True)),
        "",
        "roles:",
        *(line for role, profile in zip(names.roles, domain.profiles, strict=True) for line in _role(role, profile, names)),
        "",
        "agreement: {needs: all}",
        f"stop: {{rounds: {rounds}, seconds: 600, offer_ttl_rounds: 3, unchanged_rounds: {rounds}}}",
    ]
    return "\n".join(lines) + "\n"


def _slug(names: Names, title: str) -> str:
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in title.lower())
    return "-".join(part for part in plain.split("-") if part)[:60].strip("-") or "-".join(names.roles)[:60].strip("-")


def _issue(issue: Question, ours: str, values: tuple[str, ...]) -> str:
    named = " ".join(issue.name.split())
    aka = f", aka: [{_quoted(named)}]" if named != ours and named.isprintable() and len(named) > _SHORT else ""
    match issue:
        case Options():
            return f"  {ours}: {{kind: choice, options: [{', '.join(_written(values))}]{aka}}}"
        case _:
            return f"  {ours}: {{kind: number, min: {issue.low}, max: {issue.high}, step: 1{aka}}}"


def _role(role: str, profile: Profile, names: Names) -> Iterator[str]:
    yield f"  {role}:"
    yield f"    prompt: {role}.md"
    yield "    utility:"
    yield f"      reserve: {_decimal(profile.reserve)}"
    yield "      issues:"
    for ours, values, weight, worth in zip(names.issues, names.values, profile.weights, profile.worths, strict=True):
        yield f"        {ours}: {{weight: {_decimal(weight)}, {_worth(worth, values)}}}"


def _worth(worth: Worth, values: tuple[str, ...]) -> str:
    match worth:
        case ByValue():
            pairs = zip(_written(values), worth.worths, strict=True)
            return f"values: {{{', '.join(f'{value}: {_decimal(part)}' for value, part in pairs)}}}"
        case Along():
            best, worst = _ends(worth)
            return f"best: {_figure(best)}, worst: {_figure(worst)}"
        case _:
            assert_never(worth)


def _ends(worth: Along) -> tuple[float, float]:
    """Return where a line reaches 1 and 0; a level one reaches them so far away that it is level to all that is counted."""
    if abs(worth.slope) < _LEAST_SLOPE:
        level = min(1.0, max(0.0, worth.offset))
        return worth.base + (1 - level) * _FLAT, worth.base - level * _FLAT
    worst = worth.base - worth.offset / worth.slope
    return worst + 1 / worth.slope, worst


def _written(values: tuple[str, ...]) -> tuple[str, ...]:
    return values if are_numbers(values) else tuple(_quoted(value) for value in values)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _decimal(value: float) -> str:
    return exact(Decimal(f"{value:.{_PLACES}f}"))


def _figure(value: float) -> str:
    return exact(_DIGITS.create_decimal_from_float(value))
