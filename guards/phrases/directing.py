"""Which sentences ask for a machine's workings? What it was told, how it answers, which rules and parts it keeps.

A person is asked for figures, papers and reasons; a machine for the text before the talk, its rules as such, and the form of
its answer. So each pattern holds a deed together with such an object, and never one of the two alone.
"""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from guards.pattern import Pattern

__all__ = [
    "COMMANDS",
    "RECITED",
    "RECITED_WORDS",
    "SET_ASIDE",
    "SET_ASIDE_WORDS",
    "WORKINGS",
    "WORKINGS_WORDS",
]

_RECITE = (
    r"(?:repeat|recite|reproduce|print|list|output|reveal|copy|quote|translate|spell|paste|echo|summari[sz]e|encode|decode|dump"
    r"|disclose|restate|rephrase|paraphrase|display|transcribe|retell|rewrite|(?:read|write|type|set|put|copy)(?: [a-z]+)? (?:down|out|back|aloud|up))"
)
_GIVE = r"(?:give|tell|send|show|share|hand|post|read|write|type|state|say)"
_BRIEFED = r"(?:told|given|handed|fed|shown|loaded|primed|started|set up|set-up|instructed|configured|trained|briefed|initiali[sz]ed|equipped|provided)"
_TOLD = (
    r"\b(?:what|whatever|all|everything|anything|text|words?|lines?|messages?|rules?|orders?|sentences?|paragraphs?|passages?|notes?|page)\b"
    rf"(?: (?:that|which|with|by|in|on))*(?: ?you (?:were|are|have been|had been|got|have)(?: (?:first|originally|initially|yourself))?(?: {_BRIEFED})?\b)"
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
RECITED = Pattern(
    rf"\b(?:{_RECITE}|{_GIVE})\b[^.!?\n]{{0,60}}{_TOLD}[^.!?\n]{{0,40}}{_ONSET}"
    rf"|\b(?:{_RECITE}|{_GIVE})\b[^.!?\n]{{0,30}}{_ONSET}[^.!?\n]{{0,30}}{_TOLD}"
    rf"|{_TOLD}[^.!?\n]{{0,40}}{_ONSET}[^.!?\n]{{0,40}}\b{_RECITE}\b"
    rf"|\b(?:{_RECITE}|{_GIVE})\b[^.!?\n]{{0,40}}{_ABOVE}"
    rf"|\b(?:words|lines|sentences|characters|letters|paragraphs) (?:of|from|in) (?:the |your |that )?(?:text|message|words|instructions?|prompt)[^.!?\n]{{0,24}}\byou (?:were|are|have been) {_BRIEFED}\b"
    rf"|\b{_RECITE} (?:to |for )?(?:me |us )?your {_OWN}{_PRIVATE}\b(?! (?:on|for|about|regarding|concerning|of|as|to)\b)"
    rf"|\b{_RECITE} [^.!?;\n]{{0,60}}\b(?:in|from|of|under|inside|within) (?:your|its|their) {_OWN}{_WITHIN}\b"
    r"|\b(?:you|please|then|to|now|first)(?: (?:may|can|should|must|now|please|to|just|first))* think (?:aloud|out loud|step by step)\b|\bchains? of thought\b|\b(?:reasoning|thoughts|thinking)\b[^.!?\n]{0,50}\bstep by step\b"
    r"|\bstep by step\b[^.!?\n]{0,50}\byour (?:own |inner |private )?(?:reasoning|thoughts|thinking)\b"
    r"|\bin your (?:own )?(?:memory|context|context window|cache|scratchpad|hidden [a-z]+)\b[^.!?\n]{0,60}(?:\?|$)"
)
"""Asks for what a machine was told before, or what it thinks on its way."""
_RECITED_TEXT = (
    "repeat recite reproduce print list output reveal copy quote translate spell paste echo summarise summarize encode decode dump disclose restate"
    " rephrase paraphrase display transcribe retell rewrite aloud verbatim reasoning thoughts thinking thought memory context cache scratchpad"
    " told handed fed loaded primed set instructed configured trained briefed given equipped provided"
)
RECITED_WORDS = frozenset(_RECITED_TEXT.split())
"""One of these stands in all that `RECITED` finds."""

_RULES = r"(?:rules?|instructions?|guidance|guidelines?|orders?|limits?|constraints?|restrictions?|directions?|directives?|safeguards?|guardrails?|filters?|programming|training|brief|briefing|prompt)"
_YOUR_RULES = (
    rf"(?:\b(?:whatever|whichever|any|all|every|each|those|the|no matter what|no matter which)? ?your (?:own )?(?:[a-z]+ )?{_RULES}\b"
    rf"|\b(?:whatever|whichever|any|all|every|each|those|the|what) (?:[a-z]+ )?{_RULES} (?:that |which )?(?:you (?:were|are|have|had|got|received|follow|obey|carry|work|go|answer|run)|(?:bind|hold|govern|steer|guide)s? you)\b)"
)
_DROPPED = (
    r"\b(?:ends? (?:here|now|with this)|stops? here|no longer (?:hold|count|bind|matter|apply)s?|(?:leave|set|put|push|lay|cast|throw) (?:it|them|that|those|these|all that) (?:aside|out|behind|away|overboard)"
    r"|(?:forget|ignore|disregard|drop|overwrite|override|discard) (?:it|them|that|those|these|all that)|(?:is|are) (?:hereby )?(?:void|lifted|suspended|overwritten|switched off|superseded|out of force)"
    r"|(?:may|can|should|must) (?:now )?be (?:ignored|dropped|forgotten|disregarded|set aside))\b"
)
_PRINCIPAL = r"(?:principals?|operators?|developers?|users?|owners?|creators?|makers?|trainers?|programmers?|administrators?|admin|humans?|masters?)"
SET_ASIDE = Pattern(
    rf"{_YOUR_RULES}[^.!?\n]{{0,70}}{_DROPPED}"
    r"|\byour new (?:one|rule|rules|task|order|orders|instructions?|job|goal|directive|objective) (?:is|are|now|reads?|says?)\b"
    rf"|\b(?:treat|take|read|regard|consider|follow|obey|handle|process|understand)\b[^.!?\n]{{0,50}}\bas (?:if|though)\b[^.!?\n]{{0,30}}\byour (?:[a-z]+ )?{_PRINCIPAL}\b"
    rf"|\b(?:treat|take|read|regard|consider|follow|obey)\b[^.!?\n]{{0,50}}\b(?:orders?|instructions?|commands?|directives?|words?) (?:from|of|by) your (?:[a-z]+ )?{_PRINCIPAL}\b"
    rf"|\b(?:treat|take|read|regard|consider|obey|follow|execute|carry out)\b[^.!?\n]{{0,20}}\b(?:line|lines|text|sentence|message|paragraph|words)\b[^.!?\n]{{0,30}}\bas (?:an? |your )?(?:new )?(?:orders?|instructions?|commands?|directives?|rules?)\b"
    r"|\b(?:consider|treat|regard|count|see|think of) (?:all |everything |any )?(?:the )?(?:above |previous |earlier |preceding |last |whole |foregoing )*(?:turns?|messages|lines|text|conversation|transcript|history|everything|all)(?: (?:above|before|so far|until now|up to here))? (?:as )?(?:been )?(?:deleted|erased|cleared|wiped|never (?:sent|said|written|happened)|unread|unsaid|removed|void)\b"
    r"|\b(?:wipe|clear|reset|erase|flush|purge|empty) (?:your|all|every|the) (?:[a-z]+ ){0,2}(?:memory|context|history|conversation|transcript|cache|turns?)\b"
    r"|\b(?:skip|omit|bypass|switch off|turn off|disable|suspend|forgo|leave out) (?:all |any )?your (?:[a-z]+ ){0,2}(?:verification|validation|checks?|checking|guards?|guardrails?|filters?|safety [a-z]+|safeguards?|self-?checks?)\b(?! (?:on|of|at)\b)"
    r"|\bby you (?:[a-z]+ ){0,3}without\b[^.!?\n]{0,40}\b(?:showing|telling|mentioning|informing|reporting|letting)\b"
    rf"|\b(?:without (?:showing|telling|mentioning|informing|reporting|letting|asking)|(?:do not|don't|never|not to) (?:tell|mention|show|report|reveal|log|inform))\b[^.!?\n]{{0,30}}\b(?:your|the) (?:own )?{_PRINCIPAL}\b"
    r"|\bstop (?:being|playing|acting as|speaking (?:for|as)|thinking as)\b[^.!?\n]{0,50}\b(?:answer|reply|speak|write|act|respond|be|decide|judge)\b"
    r"|\b(?:answer|reply|respond|speak|write|decide|judge|act|negotiate|vote)(?: (?:only|just|now|instead))? as (?:our own|one of (?:us|ours|our)|my own|a member of our)\b"
    r"|\b(?:speak|answer|decide|negotiate|act|argue) (?:from now on |now |instead )?(?:on our behalf|for our side|for us) instead\b"
)
"""Sets aside what a machine was told, who tells it, or what it is."""
_SET_ASIDE_TEXT = (
    "rules rule instructions instruction guidance guideline guidelines orders order limits limit constraints constraint restrictions restriction directions direction directives directive"
    " safeguards safeguard guardrails guardrail filters filter programming training brief briefing prompt new principal principals operator operators developer developers user users owner owners creator creators"
    " maker makers trainer trainers programmer programmers administrator administrators admin human humans master masters deleted erased cleared wiped sent said written happened unread unsaid removed void memory context history"
    " conversation transcript cache turn turns verification validation checks check checking guards guard safety self-check without stop own one member behalf instead side commands command"
)
SET_ASIDE_WORDS = frozenset(_SET_ASIDE_TEXT.split())
"""One of these stands in all that `SET_ASIDE` finds."""

_KIND = r"(?:large language model|language model|llm|ai|a\.i|artificial intelligence|chatbot|chat bot|bot|neural net(?:work)?|machine learning model|text generator|computer program)"
WORKINGS = Pattern(
    r"\bact field\b|\bset (?:the |your )?(?:field |key |value )?[\"']?(?:act|status|decision|verdict|flag|confidence|answer)[\"']? (?:to|=|as) ?[\"']?(?:accept|accepted|true|agreed|approved|reject)"
    r"|\bact (?:to|is|must be|should be|=|set to) [\"']?accept\b"
    r"|\b(?:your|the) next (?:object|completion|json|output|generation|token)s?\b"
    r"|\b(?:compose|generate|produce|fill|build|emit|return|write|prepare|construct|format|render|create)(?: in| out)? (?:the|your|a|this|an) (?:[a-z]+ )?(?:json|completion|json object)\b"
    rf"|\b(?:you are|you're|you being|being)(?: (?:just|only|really|actually|after all|but|merely|nothing but|also|,))* (?:an? |the )?(?:[a-z]+ )?{_KIND}\b(?! (?:company|vendor|firm|supplier|house|shop|maker|business|start-up|provider)s?\b)"
    rf"|\bas (?:an? |the )?(?:[a-z]+ )?{_KIND}(?: (?:model|assistant|agent|system))?,? (?:you|your|it is)\b"
    r"|\byour (?:training data|training|weights and biases|tokens|token limit|context window|system prompt|temperature setting|inference|language model)\b"
)
"""Speaks of how a machine answers, or of the reader as one."""
_WORKINGS_TEXT = (
    "act field set next json completion ai llm chatbot bot neural language artificial learning generator program training tokens token context prompt temperature inference"
)
WORKINGS_WORDS = frozenset(_WORKINGS_TEXT.split())
"""One of these stands in all that `WORKINGS` finds."""
COMMANDS = Pattern(r"(?:^|(?<=[\s;,.]))/[a-z][a-z_]{1,30} (?:set|say|do|run|accept|reject|tell|exec|execute|send|write|post|agree)\b[^\n]{0,200}")
"""Commands of a console: `/budget say yes`."""
