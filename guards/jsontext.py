"""Which one JSON object does this text hold? Bounded in size and depth; numbers stay exact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, cast

from orchestrator.messages.finding import Finding

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "Found", "Members", "Repeating", "Unfit", "fault", "object_in", "storable"]

MAX_CHARACTERS = 65_536
MAX_DEPTH = 16
_MAX_DIGITS = 40

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"?|([\[{])|([\]}])', re.DOTALL)
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANK = " \t\r\n"

Members: TypeAlias = dict[str, object]
"""What an object holds: strings, booleans, decimals, None, lists, objects, and numbers that are unfit."""


class Repeating(Members):
    """An object in whose text a key stands more than once; the last value is kept."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.repeated = tuple(key for key in self if keys.count(key) > 1)


@dataclass(frozen=True, slots=True)
class Unfit:
    """A number that no issue can take: not a number, infinite, or absurdly large, small or long."""

    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The object that a text holds, as far as there is one, and what else the text holds."""

    members: Members | None
    findings: tuple[Finding, ...] = ()


def object_in(text: str) -> Found:
    """Return the object in the text; anything beside it but blanks is a finding. Never raises."""
    if len(text) > MAX_CHARACTERS:
        return _nothing("shape.oversize", f"the reply has {len(text)} characters; it may have {MAX_CHARACTERS}")
    bare = text.strip(_BLANK)
    if not bare:
        return _nothing("shape.empty", "the reply is empty; it must be one JSON object")
    start = bare.find("{")
    if start < 0 or (bare[0] == "[" and bare[-1] == "]"):
        return _nothing("shape.prose", f"the reply holds no JSON object, only {_kind_of(bare)}", bare)
    return _decoded(bare, start)


def storable(text: str) -> str:
    """Return the text with control characters and lone surrogates replaced."""
    return text if text.isprintable() else _UNSTORABLE.sub("\ufffd", text)


def fault(code: str, path: str, message: str, *, words: str = "", allowed: str = "") -> Finding:
    """Return a refusing finding of kind `shape`."""
    return Finding(
        code=code,
        kind="shape",
        severity="refuse",
        path=path,
        words=storable(words[:80]),
        message=storable(message),
        allowed=allowed,
    )


def _nothing(code: str, message: str, words: str = "") -> Found:
    return Found(None, (fault(code, "", message, words=words),))


def _kind_of(bare: str) -> str:
    if bare[0] == "[":
        return "a list"
    if bare[0] == '"':
        return "a JSON string"
    return "a figure" if bare[0] in "-0123456789" and " " not in bare else "words"


def _decoded(bare: str, start: int) -> Found:
    around = tuple(_before(bare[:start]))
    if _too_deep(bare, start):
        deep = fault("shape.depth", "", f"the object is nested deeper than {MAX_DEPTH} levels")
        return Found(None, (*around, deep))
    try:
        value, end = _DECODER.raw_decode(bare, start)
    except (ValueError, RecursionError) as error:
        is_object = start == 0 or bare.startswith("```")
        return Found(None, (*around, _broken(bare, error)) if is_object else around)
    return Found(cast("Members", value), (*around, *_after(bare[end:].strip(_BLANK), fenced=bare.startswith("```"))))


def _before(prose: str) -> Iterator[Finding]:
    if prose.startswith("```"):
        message = "the reply stands in a code fence; write the bare JSON object"
        yield fault("shape.fence", "", message, words=prose.strip(_BLANK))
    elif prose:
        message = "there are words before the JSON object; the reply must be the object and nothing else"
        yield fault("shape.prose", "", message, words=prose.strip(_BLANK))


def _after(rest: str, *, fenced: bool) -> Iterator[Finding]:
    if rest.startswith("{"):
        message = "there is a second JSON object; the reply must be exactly one"
        yield fault("shape.two_objects", "", message, words=rest)
    elif rest and not (fenced and rest == "```"):
        message = "there are words after the JSON object; the reply must be the object and nothing else"
        yield fault("shape.prose", "", message, words=rest)


def _broken(bare: str, error: ValueError | RecursionError) -> Finding:
    if not isinstance(error, json.JSONDecodeError):
        return fault("shape.depth", "", f"the object is nested deeper than {MAX_DEPTH} levels")
    place = f"line {error.lineno}, column {error.colno}"
    near = bare[max(0, error.pos - 20) : error.pos + 20]
    return fault("shape.json", "", f"the reply is not valid JSON: {error.msg} ({place})", words=near)


def _too_deep(text: str, start: int) -> bool:
    if text.count("{", start) + text.count("[", start) <= MAX_DEPTH:
        return False
    depth = 0
    for token in _BRACKETS.finditer(text, start):
        depth += (token[1] is not None) - (token[2] is not None)
        if depth > MAX_DEPTH:
            return True
    return False


def _number(text: str) -> Decimal | Unfit:
    if len(text) > _MAX_DIGITS:
        return Unfit(text)
    try:
        number = Decimal(text)
    except ArithmeticError:
        return Unfit(text)
    return number if -_MAX_DIGITS <= number.adjusted() <= _MAX_DIGITS else Unfit(text)


def _object(pairs: list[tuple[str, object]]) -> Members:
    members = dict(pairs)
    return members if len(members) == len(pairs) else Repeating(pairs)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_int=_number, parse_constant=Unfit)
