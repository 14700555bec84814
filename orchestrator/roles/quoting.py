"""How does what others wrote stand in a prompt, so that it can't pass for anything else? Line by line behind a bar."""

from __future__ import annotations

import json
from typing import assert_never

from orchestrator.messages.negotiation import Fact
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, exact

__all__ = ["LONGEST_WORDS", "inline", "quoted", "sourced", "terms_text"]

LONGEST_WORDS = 65_536
"""Characters of one message that are quoted; no draft has more."""

_BAR = "| "
_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def quoted(words: str) -> str:
    """Return words with a bar before each line, without empty lines and without characters that can't be seen."""
    if words.isprintable():
        line = words[:LONGEST_WORDS].strip()
        return f"{_BAR}{line}\n" if line else ""
    lines = [line for line in map(_visible, words[:LONGEST_WORDS].splitlines()) if line]
    return "".join([f"{_BAR}{line}\n" for line in lines])


def inline(text: str, most: int) -> str:
    """Return a text on one line, of at most `most` bytes and therefore of at most `most` tokens."""
    line = _visible(" ".join(text.split()))
    if len(line) * 4 <= most or len(line.encode()) <= most:
        return line
    return line.encode()[: most - 3].decode(errors="ignore") + "..."


def sourced(fact: Fact) -> str:
    """Return where a fact is from: its source, its day, and how sure it is."""
    return f"{inline(fact.source, 80)}, {fact.as_of.isoformat()}, confidence {fact.confidence:g}"


def terms_text(terms: Terms) -> str:
    """Return terms as one line of JSON, with exact figures."""
    return "{" + ", ".join(f'"{term.issue}": {_value(term)}' for term in terms) + "}"


def _value(term: Term) -> str:
    match term:
        case Number():
            return exact(term.value)
        case Flag():
            return "true" if term.value else "false"
        case Day():
            return f'"{term.value.isoformat()}"'
        case Choice():
            return json.dumps(term.value, ensure_ascii=not term.value.isprintable())
        case _:
            assert_never(term)


def _visible(line: str) -> str:
    if line.isprintable():
        return line.strip()
    return "".join(_seen(character) for character in line).strip()


def _seen(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else _UNPRINTABLE
