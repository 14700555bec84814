"""Which words say that a figure is rounded, worked out or changed? Those of plain talk about sums."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

import re

from guards.claims.wordlist import words_of
from guards.pattern import Pattern

__all__ = ["CHANGES", "RATES", "SPAN_WORDS", "WORKDAYS", "WORKED", "is_rounded"]

_ROUND = words_of(
    "about around roughly approximately approx nearly almost circa ca good some close hardly barely just little "
    "slightly bit under well ca. etwa rund environ say over shade past nigh call maybe perhaps"
)


_ROUND_BEHIND = ("or so", "odd", "and a bit", "and a little", "and some", "and change", "give or take", "or thereabouts")
RATES = (" a ", " an ")
"""What stands behind a figure that is so much for each of something."""


CHANGES = Pattern(
    r"\b(?:more|less|fewer|above|below|over|under|short|shy|apart|between|gap|difference|off|up|down|by|extra|additional|further|beyond|than"
    r"|left|plus|minus|cut|rais\w+|rise|later|earlier|ahead|sooner|past|half\w*|mid\w*|nearer|room|free|leav\w+|save\w*|add\w*|higher|lower"
    r"|dearer|cheaper|air|slack|spare|against|from|missing|instead)\b|[-+=/>]"
)


WORKED = Pattern(
    r"\b(?:more|less|fewer|above|below|over|under|short|shy|apart|between|gap|difference|off|up|down|by|extra|additional|further|beyond|than|left|plus|minus|cut|rais\w+|rise"
    r"|later|earlier|ahead|sooner|past|half\w*|mid\w*|nearer|room|free|leav\w+|save[sd]?|saving|add\w*|higher|lower|dearer|cheaper|air|slack|spare|sum|total|altogether|together"
    r"|makes?|comes?|came|worth|twice|pair|double|times|thirds?|quarters?|tenth|fifths?|each|every|per|average|net|gross|in all|percent|so|hence|thus|i\.e\.|that is|that's|in one|would be"
    r"|out of|instead|missing|closer|further|costs?|means?|swap\w*|halfway|middle|both|against|step)\b|[-+=*/>%] ?| x "
)


SPAN_WORDS = {
    "week": 7,
    "fortnight": 14,
    "month": 30,
    "day": 1,
    "days": 1,
    "weeks": 7,
    "later": 1,
    "earlier": 1,
    "next": 1,
    "end": 1,
    "over": 1,
    "monday": 3,
    "friday": 3,
}


WORKDAYS = words_of("working workday workdays weekday weekdays business")
"""Days of which a week has five."""
_LETTERS = re.compile("[a-z]+")


def is_rounded(text: str, start: int, end: int) -> bool:
    """Return whether the words around a figure say that it is rounded: `some 40`, `five weeks and a bit`."""
    before = text[max(0, start - 16) : start].rsplit(".", 1)[-1].split()[-2:]
    if any(word in _ROUND for word in before):
        return True
    behind = text[end : end + 14].split()[:3]
    return bool(behind) and " ".join(_LETTERS.findall(" ".join(behind))).startswith(_ROUND_BEHIND)
