"""Which common words tell how something is said? Word classes as bits, and the words of each."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = [
    "APPROX",
    "CHANGE",
    "COMMIT",
    "COMPANY",
    "CONDITION",
    "FIRST",
    "HEDGE",
    "MONTH",
    "MONTHS",
    "NAME",
    "NEGATION",
    "NUMBER",
    "OFFER",
    "ORDINAL",
    "ORDINALS",
    "OTHERS",
    "PAST",
    "PERMIT",
    "QUOTE",
    "REPORT",
    "ROLE",
    "SCALE",
    "SMALL",
    "SOURCE",
    "SUBJECT",
    "TOTAL",
    "UNIT",
    "WEEKDAY",
    "WEEKDAYS",
    "WORDS",
    "YOU",
]  # fmt: skip

CONDITION = 1 << 0
"""What follows or stands beside it holds only under a condition."""
HEDGE = 1 << 1
"""Something is weighed, not stated."""
NEGATION = 1 << 2
FIRST = 1 << 3
"""The sender and its side."""
YOU = 1 << 4
"""The party that is spoken to."""
PAST = 1 << 5
COMMIT = 1 << 6
"""Somebody will do or is bound to do something."""
REPORT = 1 << 7
"""Somebody said or wrote it."""
APPROX = 1 << 8
CHANGE = 1 << 9
"""A difference, a step or a comparison is named."""
TOTAL = 1 << 10
"""A sum is named."""
SOURCE = 1 << 11
"""Where a figure comes from."""
NUMBER = 1 << 12
ORDINAL = 1 << 13
MONTH = 1 << 14
WEEKDAY = 1 << 15
UNIT = 1 << 16
NAME = 1 << 17
"""A word that names an issue."""
ROLE = 1 << 18
OTHERS = 1 << 19
"""They, all, everybody: parties without a name."""
QUOTE = 1 << 20
PERMIT = 1 << 21
"""Approvals, sign-offs and who gives them."""
SCALE = 1 << 22
SUBJECT = 1 << 23
"""Somebody who may do something."""
COMPANY = 1 << 24
"""The house that a role works for."""
OFFER = 1 << 25
"""Something is offered or asked for: in a draft with terms that leaves nothing open."""

_CLASSES: Mapping[int, str] = {
    SUBJECT: "i we you they he she everybody everyone all both nobody your their i'll we'll you'll they'll he'll she'll i've we've you've"
    " they've i'd we'd you'd they'd i'm we're you're they're he's she's company group firm management headquarters organisation"
    " organization directors leadership",
    OFFER: "can ready happy glad willing ask asks asking request requesting proposal want wants need needs",
    COMPANY: "company group firm management headquarters organisation organization directors leadership",
    CONDITION: "if unless suppose supposing provided providing assuming whether once otherwise depending depends subject wenn falls si",
    HEDGE: "assumed supposed believed imagined expected guessed feared could would might may perhaps maybe possibly probably likely think thought guess hope hoping suggest suggestion suggesting"
    " prefer preferably wish wonder wondering consider considering like i'd we'd you'd they'd rather seems seem appears apparently"
    " believe idea thinkable imagine say try trying ideally should can happy open willing ready glad"
    " proposal ask asking asks request requesting want wants wanted look looking need needs"
    " k\u00f6nnte w\u00e4re vielleicht pourrait peut-\u00eatre",
    NEGATION: "not no never cannot nothing nobody none neither nor without don't doesn't didn't won't can't isn't aren't wasn't weren't"
    " haven't hasn't hadn't wouldn't couldn't shouldn't needn't mustn't dont doesnt didnt wont cant isnt nowhere hardly nicht kein keine pas",
    FIRST: "i we our us my me ours mine i'm we're i've we've i'd we'd i'll we'll ourselves myself wir unser nous notre",
    YOU: "you your yours you're you've you'd you'll yourself yourselves ihr euer sie vous votre",
    PAST: "was were had did said agreed offered promised conceded wrote asked told moved came went gave dropped accepted proposed"
    " settled confirmed quoted put took made dropped cut raised lowered withdrew rejected refused declined started opened"
    " wanted showed shown became began earlier before previously originally last already yesterday been done"
    " committed granted assured undertook waived acknowledged undertaken given reached established",
    COMMIT: "will shall i'll we'll you'll they'll it'll won't promise promises commit commits guarantee undertake undertakes going"
    " must bound included includes including free gratis waive waives refund refunded refunds",
    REPORT: "said says say told tells wrote writes reported quoted quotes mentioned according stated named called call asked understood read",
    APPROX: "about around roughly approximately approx nearly almost circa ca some close say odd ish barely hardly just little"
    " slightly bit over under well round etwa rund environ",
    CHANGE: "more less fewer above below over under short apart between gap difference differences off up down by extra additional"
    " further than against vs versus from to instead left another plus minus leaves leave cut raise raised rise rises drop drops"
    " dropped later earlier before after ahead sooner beyond past another half twice double doubled triple times midpoint middle"
    " halfway midway move moved moves moving added adds add trimmed lower lowered higher fell wider longer shorter cheaper dearer"
    " better worse save saves saved free spare room away behind within inside remain remains remaining most least max min at net",
    TOTAL: "total totals totalling sum sums altogether together all makes make comes come worth amounts means per each every a year"
    " monthly annual annually weekly net gross average",
    SOURCE: "report reports export source sources according register log logs list sheet book handbook memo note calendar card"
    " statement invoice study survey records record measured shows showed data figures history statistics audit paper file letter"
    " plan contract form quote quotes written database",
    QUOTE: '"',
    OTHERS: "they them their theirs everybody everyone all both others nobody each she he her his",
    PERMIT: "approve approved approves approval cleared clear clearance signed sign signature sign-off signoff ok'd okayed authorised"
    " authorized blessing blessed nod consent consented released green-lit approved approver agreed informed briefed aware board",
}

SMALL: Mapping[str, int] = MappingProxyType(
    {
        word: value
        for value, word in enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
            ]
        )
    }
    | {
        word: 10 * value
        for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
    }
    | {"dozen": 12, "fourty": 40}
)
"""What each small number word counts."""

_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "grand": 1000}

ORDINALS: Mapping[str, int] = MappingProxyType(
    {
        word: value
        for value, word in enumerate(
            [
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "eleventh",
                "twelfth",
                "thirteenth",
                "fourteenth",
                "fifteenth",
                "sixteenth",
                "seventeenth",
                "eighteenth",
                "nineteenth",
                "twentieth",
            ],
            start=1,
        )
    }
    | {"thirtieth": 30}
)
"""Which day or place each ordinal names."""

_MONTH_NAMES = (
    "jan january januar janvier",
    "feb february februar f\u00e9vrier",
    "mar march m\u00e4rz mars",
    "apr april avril",
    "may mai",
    "jun june juni juin",
    "jul july juli juillet",
    "aug august ao\u00fbt",
    "sep sept september septembre",
    "oct october oktober octobre",
    "nov november novembre",
    "dec december dezember d\u00e9cembre",
)
MONTHS: Mapping[str, int] = MappingProxyType(
    {word: month for month, words in enumerate(_MONTH_NAMES, start=1) for word in words.split()}
)
_DAY_NAMES = ("monday mon montag lundi", "tuesday tue tues dienstag mardi", "wednesday wed mittwoch mercredi",
    "thursday thu thurs donnerstag jeudi", "friday fri freitag vendredi", "saturday samstag samedi", "sunday sonntag dimanche")  # fmt: skip
WEEKDAYS: Mapping[str, int] = MappingProxyType({word: day for day, words in enumerate(_DAY_NAMES) for word in words.split()})
"""Monday is 0."""


def _bits() -> dict[str, int]:
    bits: dict[str, int] = {}
    named = [
        *((bit, words.split()) for bit, words in _CLASSES.items()),
        (NUMBER, [*SMALL, *_SCALES]),
        (SCALE, [*_SCALES, "dozen"]),
        (ORDINAL, list(ORDINALS)),
        (MONTH, list(MONTHS)),
        (WEEKDAY, list(WEEKDAYS)),
    ]
    for bit, words in named:
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    return bits


WORDS: Mapping[str, int] = MappingProxyType(_bits())
"""The classes of each common word."""
