"""Which numbers, texts, names and signs stand in the text of a rule? Its tokens, with where each begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Token", "TokenKind", "tokens_of"]

TokenKind: TypeAlias = Literal["number", "text", "name", "sign", "end"]

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
    |(?P<text>[rR]?(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"[^"\\\n]*"|'[^'\\\n]*'))(?!["'])
    |(?P<number>(?:[0-9]{1,20}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,2})?)(?![0-9A-Za-z_.])
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?!["'])
    |(?P<sign>==|!=|<=|>=|&&|\|\||[-+*/<>!?:,()\[\]{}.%])
    |(?P<odd>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a rule. One that is not known to CEL or to us is a sign that no rule of grammar takes."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def value(self) -> str:
        """Return what stands between the quotes of a text."""
        bare = self.text.lstrip("rR")
        return bare[3:-3] if bare[:3] in ('"""', "'''") else bare[1:-1]


def tokens_of(source: str) -> tuple[Token, ...]:
    """Return the tokens of a rule, blanks and comments left out, and one of kind `end` after them."""
    found = (_token(match) for match in _TOKEN.finditer(source) if match.lastgroup != "space")
    return (*found, Token("end", "", len(source), len(source)))


def _token(match: re.Match[str]) -> Token:
    match match.lastgroup:
        case "number":
            kind: TokenKind = "number"
        case "text" if _is_plain(match.group()):
            kind = "text"
        case "name":
            kind = "name"
        case _:
            kind = "sign"
    return Token(kind, match.group(), match.start(), match.end())


def _is_plain(text: str) -> bool:
    """Return whether a text says what it shows: a backslash means something else unless the text is raw."""
    return "\\" not in text or text[0] in "rR"
