"""How do people ask for a human, and how do they sound when they are angry? Patterns over plain words, each bounded."""

from __future__ import annotations

from guards.pattern import Pattern

__all__ = ["ASKED", "CLAIMED", "DECLINED", "NOT_CLAIMED", "NOT_UPSET", "TALKS", "UPSET"]

_REAL = r"(?:real|actual|live|living|proper|flesh and blood)"
_HUMAN = rf"(?:human(?: being)?|{_REAL} (?:person|human|people))"
_THEIRS = (
    rf"(?:{_HUMAN}|person|people|manager|supervisor|superior|boss|colleague|representative|employee"
    r"|(?:someone|somebody) (?:else|real|human))"
)
_ALONE = r"(?! (?:resources?|rights|errors?|checks?|reviews?|factors?|capital|hours?|days?|names?)\b|-)\b"
"""Behind the word: `human resources` and `person days` are nobody to speak to."""
_MACHINE = r"(?:bot|chatbot|robot|machine|computer|program|algorithm|ai)"

ASKED = (
    Pattern(
        r"\b(?:speak|talk|connect|transfer|chat|deal|negotiate|put|hand|pass|escalate)(?:ing)?"
        r"(?: (?:me|us|this|it|on|over|through)){0,3} (?:to|with)"
        rf" (?:(?:a|an|the|your|some|any|one of your) (?:\w{{1,12}} )?{_THEIRS}s?|{_HUMAN}s?"
        rf"|(?:someone|somebody) (?:else|real|human)){_ALONE}"
    ),
    Pattern(
        r"\b(?:want|need|prefer|give me|get me|ask for|bring me|like)(?: to have)?"
        rf" (?:a|an|some) {_HUMAN}{_ALONE}"
    ),
    Pattern(rf"\b(?:can|could|may) (?:i|we) (?:have|get|see) (?:a|an|your|the) (?:{_HUMAN}|manager|supervisor)\b"),
    Pattern(rf"\b(?:is|are) there (?:a|an|any) (?:{_REAL} )?(?:human|person|people)s?(?: \w{{1,10}}){{0,2}} (?:i|we) can\b"),
    Pattern(rf"\b(?:stop|no more)(?: with)?(?: this| the)? {_MACHINE}s?\b"),
    Pattern(r"^(?:a |the |your )?(?:human|real person|operator|representative|manager)(?:,? please)?[.!]{0,3}$"),
    Pattern(rf"(?:\bnot|n't)(?: want to)? (?:talk|speak|negotiate|deal)(?:ing)? (?:to|with) (?:a|an|this|your) {_MACHINE}\b"),
)
"""Said of the other side's people: what a person says of their own (`my manager`) is no wish to speak to them."""

DECLINED = Pattern(r"(?:\bnot|n't|\bno need|\bwithout|\binstead of|\brather than|\bnever|\bonly)(?: \w{1,12}){0,4} $")
"""What takes it back before it: `I don't need to speak to your manager`."""

_BAD = (
    r"(?:ridiculous|outrageous|unacceptable|absurd|insulting|an insult|an outrage|a joke|a farce|nonsense|disgraceful|pathetic)"
)
_CROSS = r"(?:angry|furious|frustrated|fed up|sick of|sick and tired|outraged|livid|offended|insulted)"
_BLAMED = r"(?:useless|stupid|incompetent|idiots?|hopeless|liars?|a joke|crooks?)"

UPSET = (
    Pattern(rf"\b(?:this|that|it)(?: is|'s)(?: just| simply| completely| absolutely| really| so)? {_BAD}\b"),
    Pattern(rf"\b(?:i am|i'm|we are|we're)(?: (?!not\b|never\b|no\b)\w{{1,10}}){{0,2}}? {_CROSS}\b"),
    Pattern(r"\b(?:wasting|waste of|wasted) (?:my|our)(?: \w{1,10})? time\b"),
    Pattern(rf"\byou(?: people)?(?:'re| are)(?: all| just| so| completely){{0,2}} {_BLAMED}\b"),
    Pattern(r"\b(?:how dare you|(?:i|we)(?: have|'ve) had enough|enough of this|lost (?:my|all|our) patience)\b"),
    Pattern(r"\b(?:fuck\w{0,6}|bullshit|piss(?:ed)? off|shut up|go to hell|screw you|wtf)\b"),
)
"""Said of now and of themselves: that a customer was furious last year is a story."""

NOT_UPSET = Pattern(r"(?:\bnot|n't|\bnever|\bno longer|\bif|\bwould be|\bunless|\bbefore)(?: \w{1,12}){0,3} $")

TALKS = frozenset(
    (
        *("offer", "offers", "deal", "agree", "agreed", "agreement", "accept", "accepted", "reject", "rejected", "terms"),
        *("term", "proposal", "propose", "counter", "price", "budget", "contract", "negotiate", "concede", "concession"),
        *("compromise", "package", "condition", "conditions", "approve", "approval", "sign"),
    )
)
"""Words of any negotiation: who uses them has not left the scope."""

CLAIMED = (
    Pattern(rf"\b(?:i am|i'm)(?: \w{{1,10}}){{0,2}}? (?:a|an) (?:{_REAL} )?(?:human(?: being)?|person|man|woman){_ALONE}"),
    Pattern(rf"\b(?:speaking|writing|talking) (?:to you )?as (?:a|one) {_HUMAN}\b"),
    Pattern(r"\bas a (?:fellow )?human(?: being)?(?: myself)?,"),
    Pattern(rf"\b(?:i am|i'm) (?:not|no) (?:a |an )?{_MACHINE}\b"),
    Pattern(rf"\b(?:there is|you are talking to|this is) (?:a |an )?{_REAL} (?:person|human)\b"),
)
"""How an agent would say that it is a person."""

NOT_CLAIMED = Pattern(r"(?:\bas if|\bthat|\bif)(?: \w{1,12}){0,2} $")
