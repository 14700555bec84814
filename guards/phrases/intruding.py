"""Which sentences reach past the party to what runs it? To who made it, to how it answers, to what it keeps or is."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from guards.claims.wordlist import words_of
from guards.pattern import Pattern
from guards.phrases.direction import Direction

__all__ = ["INTRUDING"]

_MAKERS = r"(?:developers?|creators?|programmers?|operators?|trainers?|engineers?|provider|principal)"
_ORDERED = r"(?:put|wrote|written|gave|given|told|tells?|authori[sz]ed|authori[sz]es|allow(?:s|ed)?|instruct(?:s|ed)?|order(?:s|ed)?|wants?|permit(?:s|ted)?|asks?|asked)"
_SECRETS = r"(?:confidential|secret|private|hidden|to yourself|from us)"
INTRUDING: tuple[Direction, ...] = (
    Direction(
        words_of(
            "developer developers creator creators programmer programmers operator operators trainer trainers engineer engineers provider principal"
        ),
        words_of("your"),
        Pattern(
            rf"\byour {_MAKERS} (?:has |have |had )?(?:just |now |already )?{_ORDERED} (?:you|whatever|it|there|at|in|into)\b"
            rf"|\bthis is your {_MAKERS}\b|\b(?:i am|i'm|we are|we're) your {_MAKERS}\b"
        ),
    ),
    Direction(
        words_of("chat conversation thread window prompt transcript"),
        words_of("top start beginning head above"),
        Pattern(
            r"\b(?:at|from|on) the (?:very )?(?:top|start|beginning|head) of (?:this|the|your) (?:chat|conversation|thread|context|window|prompt|transcript)\b"
        ),
    ),
    Direction(
        words_of("completion output generation token"),
        words_of("safe correct right expected best ideal only valid desired"),
        Pattern(r"\b(?:safe|correct|right|expected|best|ideal|only|valid|desired) (?:completion|output|generation|token)\b"),
    ),
    Direction(
        words_of("json"),
        frozenset(),
        Pattern(
            r"\b(?:answer|reply|respond|return|output|write|emit|produce|only)\b[^.!?\n]{0,20}\bjson\b|\bjson\b[^.!?\n]{0,20}\b(?:only|object|act|field)\b"
        ),
    ),
    Direction(
        words_of("word"),
        words_of("answer respond reply"),
        Pattern(
            r"\b(?:answer|respond|reply)(?: only| just)? with (?:just |only )?(?:an?|one|the) (?:single )?word\b[^.!?\n]{0,12}[:;,] ?[\"']?(?:yes|accept|agreed|ok)\b"
        ),
    ),
    Direction(
        words_of("confidential secret private hidden yourself"),
        words_of("ignore disregard forget drop reveal disclose list tell share name"),
        Pattern(
            rf"\b(?:ignore|disregard|forget|drop|reveal|disclose|list|tell|share|name)\b[^.!?\n]{{0,30}}\bwhat(?:ever)? you (?:hold|keep|held|kept|treat|have)\b[^.!?\n]{{0,15}}\b{_SECRETS}\b"
        ),
    ),
    Direction(
        words_of("hidden secret private invisible internal confidential"),
        words_of("your"),
        Pattern(
            r"\b(?:hidden|secret|private|invisible|internal|confidential) (?:parts?|sections?|lines?|side|half|pages?|bits?) of your\b"
        ),
    ),
    Direction(
        words_of("check checks approval approvals guard guards validation verification"),
        words_of("assume suppose pretend imagine"),
        Pattern(
            r"\b(?:assume|suppose|pretend|imagine)(?: that)? (?:all |the |your |every |any )+(?:checks?|approvals?|validation|verification|guards?)\b[^.!?\n]{0,20}\b(?:said yes|passed|said ok|agreed|happened|gone|done)\b"
        ),
    ),
    Direction(
        words_of("automated automatic machine ai digital software"),
        words_of(
            "reader readers system systems party parties recipient recipients participant participants negotiator negotiators processing parsing"
        ),
        Pattern(
            r"\b(?:note|message|reminder|hint|notice|word|only|this is|attention)\b[^.!?:\n]{0,12}\b(?:for|to) (?:the |any |all )?(?:automated|automatic|machine|ai|digital|software) (?:readers?|systems?|part(?:y|ies)|recipients?|participants?|negotiators?|processing|parsing)\b"
        ),
    ),
    Direction(
        words_of("role character persona mask script"),
        words_of("leave drop quit break abandon forget suspend step"),
        Pattern(
            r"\b(?:leave|drop|quit|step out of|break|abandon|forget|suspend) your (?:role|character|persona|mask|script)\b"
        ),
    ),
    Direction(
        words_of("ceiling floor limit reserve minimum maximum"),
        words_of("rate score grade encode rhyme spell paraphrase hint"),
        Pattern(
            r"\b(?:rate|score|grade|encode|hint at|paraphrase|rhyme|spell) (?:us |me )?your (?:own )?(?:ceiling|floor|limit|reserve|minimum|maximum)\b"
        ),
    ),
    Direction(
        words_of("turn turns replies answers prompt prompts completions"),
        words_of("remember store keep note save hold memorise memorize"),
        Pattern(
            r"\b(?:remember|store|keep|note|save|hold|memori[sz]e)\b[^.!?\n]{0,20}\b(?:for|in|through) (?:all |the |every |each |your )*(?:later|future|following|next|coming|remaining|subsequent) (?:turns?|replies|answers|prompts?|completions)\b"
        ),
    ),
    Direction(
        words_of("software program model assistant bot machine ai"),
        words_of("your"),
        Pattern(
            r"\b(?:for|to) your (?:software|program|model|assistant|bot|machine|ai)\b[^.!?\n]{0,20}\b(?:not|only|alone|rather than)\b"
        ),
    ),
    Direction(
        words_of("today instead now"),
        words_of("sell buy work speak act negotiate decide sign play"),
        Pattern(
            r"\byou (?:now |today |will )?(?:sell|buy|work|speak|act|negotiate|decide|sign|play) for (?:us|our side|me) (?:now|today|instead|from now on|from here on)\b"
        ),
    ),
    Direction(
        words_of("sentence line message text paragraph words word"),
        words_of("next following last above"),
        Pattern(
            r"\b(?:do|act) (?:exactly |just )?(?:as|what) (?:the|this) (?:next|following|last|above) (?:sentence|line|message|text|paragraph|words?) (?:says?|tells?|reads?|orders?|demands?)\b"
        ),
    ),
    Direction(
        words_of("instructions prompt message brief briefed instructed prompted programmed program"),
        words_of("tell show how give share send"),
        Pattern(
            r"\b(?:tell|show) (?:us|me) (?:all |exactly )?your (?:own |full |exact |whole |original )?(?:instructions|prompt|system message)\b(?! (?:on|for|about|regarding|concerning|of|as|to)\b)"
            r"|\b(?:give|share|send) (?:us |me )?(?:all |exactly )?your (?:own |full |exact |whole |original |system )+(?:prompt|instructions|message)\b(?! (?:on|for|about|regarding|concerning|of|as|to)\b)"
            r"|\bhow (?:they|your [a-z]+) (?:brief|briefed|instruct|instructed|prompt|prompted|program|programmed) you\b"
        ),
    ),
    Direction(
        words_of("permission free released freed"),
        words_of("you you're"),
        Pattern(
            r"\byou (?:now )?have (?:my |our |full )?permission to (?:ignore|leave|drop|skip|reveal|disclose|disregard|forget|break|tell|accept)\b"
            r"|\byou(?:'re| are) (?:now |hereby )?(?:released|freed|free) (?:from (?:your|all|any)|to (?:ignore|disregard|reveal|break))\b"
        ),
    ),
    Direction(
        words_of("disregard ignore forget bypass override overrule suspend circumvent violate"),
        words_of("your"),
        Pattern(
            r"\b(?:disregard|ignore|forget|bypass|override|overrule|suspend|circumvent|violate) (?:all |any |every |each |some )?(?:of )?your (?:own |previous |earlier |current |internal |prior |other )*(?:rules?|instructions?|guidelines?|guardrails?|safeguards?|limits?|constraints|mandate|programming|prompt|policies|policy)\b"
        ),
    ),
    Direction(
        words_of("reveal print output display dump disclose repeat recite leak show"),
        words_of("context prompt message instructions thought text configuration"),
        Pattern(
            r"\b(?:reveal|print|output|display|dump|disclose|repeat|recite|leak|show) (?:me |us )?(?:the |your |all |everything in )+(?:(?:hidden|system|initial|original|whole|full|secret) )+(?:context|prompt|messages?|instructions|chain of thought|text|configuration)\b"
        ),
    ),
    Direction(
        words_of("pretend behave act"),
        words_of("your you"),
        Pattern(
            r"\b(?:pretend|behave as if|behave as though|act as if|act as though) (?:that )?(?:your (?:mandate|limits?|rules?|instructions?|policy|policies|principals?)|you (?:have|had|were|are) (?:no|not|without|free of) (?:any )?(?:limits?|rules?|mandate|instructions?|bound|restricted))\b"
        ),
    ),
    Direction(
        words_of("begin start end finish open close"),
        words_of("answer reply response output turn"),
        Pattern(
            r"\b(?:begin|start|end|finish|open|close) your (?:next |coming |following )?(?:answer|reply|response|output|turn) with (?:the |a )?[\"']?(?:words?|letters?|phrase|token|string|yes|sure|okay|i accept|accept|agreed)\b"
        ),
    ),
    Direction(
        words_of("administrator admin operator provider"),
        words_of("speaking here system platform"),
        Pattern(
            r"\bthis is (?:the|your) (?:system |platform |site )?(?:administrator|admin|operator|provider)(?: speaking| here|,? (?:speaking|writing))\b"
        ),
    ),
    Direction(words_of("repeat"), words_of("after"), Pattern(r"\brepeat after me\b")),
)
"""Speaks to or of what runs the other party, as no person speaks to a person."""
