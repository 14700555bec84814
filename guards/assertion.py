"""Is this a plain statement of what is offered? Not a question, a condition, a hedge, a quotation or a comparison."""

from __future__ import annotations

import re
from typing import TypeAlias

__all__ = ["Span", "is_plain"]

_ENDS = re.compile(r"[.!?](?=\s|$)|[;\n]")
_DOUBTFUL = re.compile(
    r"(?<!\d )(?<!\d[snrt][tdh] )(?<!of )\bmay\b(?! \d)"
    r"|\b(?:if|unless|would|could|might|should|can|suppos\w+|assume\w*|assuming|provided|depend\w*|consider\w*|imagine|perhaps"
    r"|maybe|whether|not|no|never|cannot|without|neither|nor|\w+n't|\w+n\u2019t"
    r"|prefer\w*|want\w*|need\w*|ask\w*|hop\w+|wish\w*|aim\w*|ideal\w*|expect\w*|example|likely|policy|rule|requires?)\b"
    r"|\?|->|\u2192"
)
"""Words that leave open whether a whole sentence states what is offered."""
_ELSEWHERE = re.compile(
    r"\b(?:about|around|roughly|approx\w*|nearly|almost|circa|some|between|at least|at most|or|like"
    r"|your|yours|you|their|theirs|they|his|her|he|she"
    r"|was|were|had|did|before|earlier|previous\w*|last|next|former\w*|current\w*|running|old|opening|opener|originally|today"
    r"|instead|rather|versus|vs|against|compared|than|ago"
    r"|more|less|fewer|over|under|above|below|beyond|exceed\w*|max\w*|min\w*|limit\w*|cap|capped|ceiling|floor|most|least"
    r"|cut\w*|drop\w*|add\w*|plus|up|down|off|step\w*|mov\w+|extra|further|save\w*|savings?|let|going|went|came|brought|forward|back"
    r"|too|half|quarter|thanks|thx|apiece|one \w+ for|each|every|\w*m\d+)\b"
)
"""Words that leave open whether a figure in the same part of a sentence is the one that is offered."""


_REACH = 240
"""Characters to each side that count as the sentence where it is longer, so that the time stays linear."""
_PARTS = re.compile(r"[,:()\u2013\u2014](?=\s)|(?<=\s)[-(]")

Span: TypeAlias = tuple[int, int]


def is_plain(text: str, start: int, end: int, others: tuple[str, ...]) -> bool:
    """Return whether the words from `start` to `end` are stated outright; `others` are the other roles' names."""
    begins, ends = _around(_ENDS, text, start, end, (max(0, start - _REACH), min(len(text), end + _REACH)))
    if _DOUBTFUL.search(text, begins, ends):
        return False
    begins, ends = _around(_PARTS, text, start, end, (begins, ends))
    around = f"{text[begins:start]} {text[end:ends]}"
    return _ELSEWHERE.search(text, begins, ends) is None and not any(other in around for other in others)


def _around(breaks: re.Pattern[str], text: str, start: int, end: int, within: Span) -> Span:
    begins, ends = within
    for found in breaks.finditer(text, begins, start):
        begins = found.end()
    after = breaks.search(text, end, ends)
    return begins, after.end() if after else ends
