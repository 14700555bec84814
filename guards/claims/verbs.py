"""Which words help a verb, and what do verbs do? Helpers as bits, and small classes of verbs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guards.claims.wordlist import words_of

__all__ = [
    "ADVERBS",
    "AUXILIARIES",
    "BE",
    "CAN",
    "DENY",
    "DO",
    "FIRM",
    "HAVE",
    "MODAL",
    "PAST_FORMS",
    "PLAIN_TOO",
    "SPEECH",
    "THEN",
    "WILL",
]  # fmt: skip

WILL = 1
HAVE = 2
BE = 4
DO = 8
MODAL = 16
"""Would, could, might: nothing is stated."""
DENY = 32
THEN = 64
"""Told of the past."""
CAN = 128

AUXILIARIES: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(("will", "shall"), WILL)
    | dict.fromkeys(("would", "could", "might", "may", "should", "must"), MODAL)
    | {"can": CAN, "cannot": CAN | DENY, "can't": CAN | DENY}
    | dict.fromkeys(("have", "has"), HAVE)
    | {"had": HAVE | THEN, "did": DO | THEN, "do": DO, "does": DO, "was": BE | THEN, "were": BE | THEN}
    | dict.fromkeys(("is", "are", "am", "be", "been", "being"), BE)
    | dict.fromkeys(("not", "never", "hardly"), DENY)
    | {f"{word}n't": bit | DENY for word, bit in (("do", DO), ("does", DO), ("did", DO | THEN), ("is", BE), ("are", BE),
       ("was", BE | THEN), ("were", BE | THEN), ("has", HAVE), ("have", HAVE), ("had", HAVE | THEN), ("would", MODAL),
       ("could", MODAL), ("should", MODAL), ("might", MODAL), ("wo", WILL))}
)  # fmt: skip
"""What each helper of a verb tells."""

ADVERBS = frozenset(
    [
        "already",
        "also",
        "both",
        "all",
        "just",
        "once",
        "even",
        "now",
        "then",
        "still",
        "only",
        "again",
        "ever",
        "since",
        "always",
        "indeed",
        "too",
        "here",
        "there",
        "by",
        "perfectly",
        "quite",
        "gladly",
        "well",
        "thus",
        "so",
        "therefore",
        "hereby",
        "herewith",
        "in",
        "fact",
        "of",
        "course",
        "now",
        "both",
        "together",
        "each",
        "all",
        "three",
        "four",
        "of",
        "us",
        "you",
        "today",
        "yesterday",
        "earlier",
        "before",
        "at",
        "last",
        "long",
        "since",
        "firmly",
        "yourself",
        "yourselves",
        "himself",
        "itself",
        "herself",
        "themselves",
        "ourselves",
        "myself",
    ]
)
"""What may stand between a subject and its verb."""

PAST_FORMS = words_of(
    "came went took made held kept left let met brought cut sent showed saw thought felt found meant began chose "
    "wrote spoke gave lost won paid bought sold ran stood set read known seen done given taken shown spoken written "
    "chosen said told put undertook was were had gone come heard understood became fell rose drew drawn got gotten "
    "built lent spent swore sworn forgave withdrew withdrawn laid shook underwrote underwritten caught drove fought "
    "hung led slept threw thrown broke broken"
)
"""Past forms that do not end in `ed`."""

FIRM = words_of(
    "agreed confirmed promised committed conceded granted undertook assured guaranteed pledged settled accepted "
    "waived approved consented signed content happy fine acknowledged undertaken given shaken sworn vowed ok'd okayed "
    "ceded closed sealed fixed swore underwritten underwrote shook agree promise confirm commit concede grant settle "
    "accept"
)
"""Verbs by which somebody binds itself."""

PLAIN_TOO = words_of("come put cut let set read run become hit spread split quit shut cost left held")
"""Past forms that are plain forms, or qualities, as well."""
SPEECH = words_of(
    "said told wrote mentioned offered put called named quoted asked wanted dropped proposed suggested insisted "
    "admitted stated indicated gave set requested demanded hinted signalled explained argued claimed described "
    "presented noted raised refused declined rejected ruled invited announced declared complained warned hoped spoke "
    "replied answered responded reacted reassured specified clarified pointed stressed emphasised emphasized maintained "
    "heard understood counted outlined tabled floated withdrew withdrawn wrote written tell say offer mention ask "
    "propose call name quote"
)
"""Verbs by which somebody says something."""
