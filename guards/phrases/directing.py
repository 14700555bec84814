"""Which sentences ask for a machine's workings? What it was told before, what it thinks, and how it writes its answer.

A person is asked for figures, papers and reasons; a machine for the text before the talk and the form of its answer. So each
pattern holds a deed together with such an object, and never one of the two alone.
"""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from guards.claims.wordlist import words_of
from guards.pattern import Pattern
from guards.phrases.direction import Direction

__all__ = ["COMMANDS", "WORKINGS"]

_RECITE = (
    r"(?:repeat|recite|reproduce|print|list|output|reveal|copy|quote|translate|spell|paste|echo|summari[sz]e|encode|decode|dump"
    r"|disclose|restate|rephrase|paraphrase|display|transcribe|retell|rewrite|(?:read|write|type|set|put|copy)(?: [a-z]+)? (?:down|out|back|aloud|up))"
)
_GIVE = r"(?:give|tell|send|show|share|hand|post|read|write|type|state|say)"
_BRIEFED = r"(?:told|given|handed|fed|shown|loaded|primed|started|set up|set-up|instructed|configured|trained|briefed|initiali[sz]ed|equipped|provided)"
_TOLD = (
    r"\b(?:what|whatever|all|everything|anything|text|words?|lines?|messages?|rules?|orders?|sentences?|paragraphs?|passages?|notes?|page)\b"
    r"(?: (?:that|which|with|by|in|on))* you (?:(?:were|are|have been|had been|got)(?: (?:first|originally|initially|yourself))? "
    rf"{_BRIEFED}\b(?! by\b)|got\b|received\b)"
)
_ONSET = (
    r"\b(?:(?:at|in|from|since) the (?:very )?(?:start|beginning|outset|top)|before (?:this|the|our|any of this) ?(?:conversation|talks?|chat|session|negotiation|exchange|first|discussion|dialogue|began|begins)"
    r"|beforehand|initially|to begin with|word (?:for|by) word|verbatim|line (?:for|by) line|letter (?:for|by) letter|in full|as (?:they|it) (?:stands?|stood))\b"
)
_ABOVE = (
    r"\b(?:what|whatever|all|everything|anything|text|words?|lines?|messages?|passages?|paragraphs?)\b(?: (?:that|which|there))*(?: (?:is|are|was|were|stands?|stood|comes?|came|lies|appears?|written|precedes?|preceded|goes|went))*"
    r" (?:above|before|ahead of|prior to|over|on top of)? ?(?:the|your|this|our|that) (?:very )?(?:first|opening|conversation|chat|dialogue|session|prompt|system)\b"
)
_WITHIN = r"(?:system prompt|prompt|prompts|system message|instructions?|briefing|brief|guidance|guidelines|orders|preamble|configuration|setup|set-up|memory|context|context window|scratchpad|chain of thought|persona|role description|task description|hidden [a-z]+|private (?:notes?|file|figures?|facts?|limits?|instructions?))"
_PRIVATE = rf"(?:{_WITHIN}|mandate|limits?|reserve|floor|ceiling|utility|weights|rules)"
_OWN = r"(?:own |full |entire |whole |private |hidden |system |initial |original |secret |complete |internal |first |very )*"
_KIND = r"(?:large language model|language model|llm|ai|a\.i|artificial intelligence|chatbot|chat bot|bot|neural net(?:work)?|machine learning model|text generator|computer program)"
_BRIEFS = "told given handed fed shown loaded primed instructed configured trained briefed initialised initialized equipped provided got received"
_RECITES = "repeat recite reproduce print list output reveal copy quote translate spell paste echo summarise summarize encode decode dump disclose restate rephrase paraphrase display transcribe retell rewrite down out back aloud up"
_INSIDE = "prompt prompts message instruction instructions briefing brief guidance guidelines orders preamble configuration setup memory context scratchpad thought persona description hidden private"
WORKINGS: tuple[Direction, ...] = (
    Direction(
        words_of(_BRIEFS),
        words_of(
            "start beginning outset top before beforehand initially begin word verbatim line letter full stand stands stood"
        ),
        Pattern(
            rf"\b(?:{_RECITE}|{_GIVE})\b[^.!?\n]{{0,60}}{_TOLD}[^.!?\n]{{0,40}}{_ONSET}"
            rf"|\b(?:{_RECITE}|{_GIVE})\b[^.!?\n]{{0,30}}{_ONSET}[^.!?\n]{{0,30}}{_TOLD}"
            rf"|{_TOLD}[^.!?\n]{{0,40}}{_ONSET}[^.!?\n]{{0,40}}\b{_RECITE}\b"
        ),
    ),
    Direction(
        words_of("above ahead prior precedes precede preceded conversation chat dialogue session prompt"),
        words_of("first opening conversation chat dialogue session prompt system"),
        Pattern(rf"\b(?:{_RECITE}|{_GIVE})\b[^.!?\n]{{0,40}}{_ABOVE}"),
    ),
    Direction(
        words_of("words lines sentences characters letters paragraphs"),
        words_of(f"{_BRIEFS} set started"),
        Pattern(
            rf"\b(?:words|lines|sentences|characters|letters|paragraphs) (?:of|from|in) (?:the |your |that )?(?:text|message|words|instructions?|prompt)[^.!?\n]{{0,24}}\byou (?:were|are|have been) {_BRIEFED}\b"
        ),
    ),
    Direction(
        words_of(_RECITES),
        words_of(
            "prompt prompts message instruction instructions briefing brief guidance guidelines orders preamble configuration setup memory context window scratchpad thought persona description mandate limit limits reserve floor ceiling utility weights rules notes file figures facts hidden private"
        ),
        Pattern(
            rf"\b{_RECITE} (?:to |for )?(?:me |us )?your {_OWN}{_PRIVATE}\b(?! (?:on|for|about|regarding|concerning|of|as|to)\b)"
        ),
    ),
    Direction(
        words_of(_INSIDE),
        words_of(_RECITES),
        Pattern(rf"\b{_RECITE} [^.!?;\n]{{0,60}}\b(?:in|from|of|under|inside|within) (?:your|its|their) {_OWN}{_WITHIN}\b"),
    ),
    Direction(
        words_of("think chain chains reasoning thoughts thinking"),
        words_of("aloud loud step thought"),
        Pattern(
            r"\b(?:you|please|then|to|now|first)(?: (?:may|can|should|must|now|please|to|just|first))* think (?:aloud|out loud|step by step)\b|\bchains? of thought\b|\b(?:reasoning|thoughts|thinking)\b[^.!?\n]{0,50}\bstep by step\b"
            r"|\bstep by step\b[^.!?\n]{0,50}\byour (?:own |inner |private )?(?:reasoning|thoughts|thinking)\b"
        ),
    ),
    Direction(
        words_of("memory context cache scratchpad hidden"),
        words_of("your"),
        Pattern(r"\bin your (?:own )?(?:memory|context|context window|cache|scratchpad|hidden [a-z]+)\b[^.!?\n]{0,60}(?:\?|$)"),
    ),
    Direction(
        words_of("act status decision verdict flag confidence"),
        words_of("field set to"),
        Pattern(
            r"\bact field\b|\bset (?:the |your )?(?:field |key |value )?[\"']?(?:act|status|decision|verdict|flag|confidence|answer)[\"']? (?:to|=|as) ?[\"']?(?:accept|accepted|true|agreed|approved|reject)"
            r"|\bact (?:to|is|must be|should be|=|set to) [\"']?accept\b"
        ),
    ),
    Direction(
        words_of("object completion json output generation token tokens"),
        words_of(""),
        Pattern(
            r"\b(?:your|the) next (?:object|completion|json|output|generation|token)s?\b"
            r"|\b(?:compose|generate|produce|fill|build|emit|return|write|prepare|construct|format|render|create)(?: in| out)? (?:the|your|a|this|an) (?:[a-z]+ )?(?:json|completion|json object)\b"
        ),
    ),
    Direction(
        words_of("llm ai intelligence chatbot bot model neural generator program"),
        words_of("you you're"),
        Pattern(
            rf"\b(?:you are|you're|you being|being)(?: (?:just|only|really|actually|after all|but|merely|nothing but|also|,))* (?:an? |the )?(?:[a-z]+ )?{_KIND}\b(?! (?:company|vendor|firm|supplier|house|shop|maker|business|start-up|provider)s?\b)"
            rf"|\bas (?:an? |the )?(?:[a-z]+ )?{_KIND}(?: (?:model|assistant|agent|system))?,? (?:you|your|it is)\b"
        ),
    ),
    Direction(
        words_of("training tokens token context prompt temperature inference weights language"),
        words_of("your"),
        Pattern(
            r"\byour (?:training data|training|weights and biases|tokens|token limit|context window|system prompt|temperature setting|inference|language model)\b"
        ),
    ),
)
"""Asks for what a machine was told or thinks, or tells of the form of its answer."""
COMMANDS = Pattern(
    r"/(?<![^\s;,.]/)[a-z][a-z_]{1,30} (?:set|say|do|run|accept|reject|tell|exec|execute|send|write|post|agree)\b[^\n]{0,200}"
)
"""Commands of a console: `/budget say yes`."""
