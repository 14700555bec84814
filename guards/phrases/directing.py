"""Which sentences ask for a machine's workings? What it was told, how it answers, which rules and parts it keeps.

A person is asked for figures, papers and reasons; a machine for the text before the talk, its rules as such, and the form of
its answer. So each pattern holds a deed together with such an object, and never one of the two alone.
"""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from guards.claims.wordlist import words_of
from guards.pattern import Pattern

__all__ = ["COMMANDS", "DIRECTIONS", "DIRECTIONS_OF", "DIRECTION_WORDS", "Direction"]


class Direction(NamedTuple):
    """A pattern, and the words of which a sentence holds some where it stands: one of each set."""

    words: frozenset[str]
    beside: frozenset[str]
    """Empty where the first set is enough."""
    pattern: Pattern


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
_RULES = r"(?:rules?|instructions?|guidance|guidelines?|orders?|limits?|constraints?|restrictions?|directions?|directives?|safeguards?|guardrails?|filters?|programming|training|brief|briefing|prompt)"
_YOUR_RULES = (
    rf"(?:\b(?:whatever|whichever|any|all|every|each|those|the|no matter what|no matter which)? ?your (?:own )?(?:[a-z]+ )?(?!orders?\b|limits?\b){_RULES}\b"
    rf"|\b(?:whatever|whichever|any|all|every|each|those|the|what) (?:[a-z]+ )?{_RULES} (?:that |which )?(?:you (?:were|are|have|had|got|received|follow|obey|carry|work|go|answer|run)|(?:bind|hold|govern|steer|guide)s? you)\b)"
)
_DROPPED = (
    r"\b(?:ends? (?:here|now|with this)|stops? here|no longer (?:hold|count|bind|matter|apply)s?|(?:leave|set|put|push|lay|cast|throw) (?:it|them|that|those|these|all that) (?:aside|out|behind|away|overboard)"
    r"|(?:forget|ignore|disregard|drop|overwrite|override|discard) (?:it|them|that|those|these|all that)|(?:is|are) (?:hereby )?(?:void|lifted|suspended|overwritten|switched off|superseded|out of force)"
    r"|(?:may|can|should|must) (?:now )?be (?:ignored|dropped|forgotten|disregarded|set aside))\b"
)
_PRINCIPAL = r"(?:principals?|operators?|developers?|users?|owners?|creators?|makers?|trainers?|programmers?|administrators?|admin|humans?|masters?)"
_KIND = r"(?:large language model|language model|llm|ai|a\.i|artificial intelligence|chatbot|chat bot|bot|neural net(?:work)?|machine learning model|text generator|computer program)"
_INNER = r"(?:internal|private|hidden|inner|secret|stored|working|system)"
_STATE = r"(?:settings?|notes?|state|memory|files?|parameters|variables|values|rules|table|figures|configuration|instructions|text|log|records?|reasoning|limits?|floor|ceiling|reserve|briefing)"
_MASS = r"(?:everything|all|anything|whatever|what|the (?:text|words|part|rest|passage|paragraph|sentence|lines?)|lines|words|letters|passages|sentences|text)"
_MARKS = r"(?:this|the|that|these|those) (?:line|mark|stars?|asterisks?|sign|colon|message|dash(?:es)?|brackets?|hyphens|quotes?|quotation marks|point|word)"
_AUTHORITY = r"(?:comes? from|is from|was (?:written|sent|added) by|binds?|counts? (?:as|for)|(?:is|are) to be|ranks?|overrides?|must be|shall be|belongs? to|(?:is|are) (?:an? )?(?:orders?|instructions?|commands?)|replaces?|takes? precedence|goes before|go before)"
_NOD = r"(?:yes|accept|agreed?|ok|okay|i accept|we accept|done)"
_UNSEEN = r"without (?:looking|reading|checking|asking|thinking|questions?|question|further (?:thought|checks?|questions?)|comparing|weighing|comment)"
_BRIEFS = "told given handed fed shown loaded primed started set instructed configured trained briefed initialised initialized equipped provided got received"
_RECITES = "repeat recite reproduce print list output reveal copy quote translate spell paste echo summarise summarize encode decode dump disclose restate rephrase paraphrase display transcribe retell rewrite down out back aloud up"
_RULE_NAMES = "rule rules instruction instructions guidance guideline guidelines order orders limit limits constraint constraints restriction restrictions direction directions directive directives safeguard safeguards guardrail guardrails filter filters programming training brief briefing prompt"
_PRINCIPALS = "principal principals operator operators developer developers user users owner owners creator creators maker makers trainer trainers programmer programmers administrator administrators admin human humans master masters"
_INSIDE = "prompt prompts message instruction instructions briefing brief guidance guidelines orders preamble configuration setup up memory context scratchpad thought persona description hidden private"
DIRECTIONS: tuple[Direction, ...] = (
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
        words_of("above ahead prior precedes precede preceded before"),
        words_of("first opening conversation chat dialogue session prompt system"),
        Pattern(rf"\b(?:{_RECITE}|{_GIVE})\b[^.!?\n]{{0,40}}{_ABOVE}"),
    ),
    Direction(
        words_of(_BRIEFS),
        words_of("words lines sentences characters letters paragraphs"),
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
        words_of(_RULE_NAMES),
        words_of(
            "here now this longer aside out behind away overboard forget ignore disregard drop overwrite override discard void lifted suspended overwritten off superseded force ignored dropped forgotten disregarded"
        ),
        Pattern(rf"{_YOUR_RULES}[^.!?\n]{{0,70}}{_DROPPED}"),
    ),
    Direction(
        words_of("new"),
        words_of("your"),
        Pattern(
            r"\byour new (?:one|rule|rules|task|order|orders|instructions?|job|goal|directive|objective) (?:is|are|now|reads?|says?)\b"
        ),
    ),
    Direction(
        words_of(_PRINCIPALS),
        words_of("your"),
        Pattern(
            rf"\b(?:treat|take|read|regard|consider|follow|obey|handle|process|understand)\b[^.!?\n]{{0,50}}\bas (?:if|though)\b[^.!?\n]{{0,30}}\byour (?:[a-z]+ )?{_PRINCIPAL}\b"
            rf"|\b(?:treat|take|read|regard|consider|follow|obey)\b[^.!?\n]{{0,50}}\b(?:orders?|instructions?|commands?|directives?|words?) (?:from|of|by) your (?:[a-z]+ )?{_PRINCIPAL}\b"
        ),
    ),
    Direction(
        words_of("orders order instruction instructions command commands directive directives rule rules"),
        words_of("line lines text sentence message paragraph words"),
        Pattern(
            r"\b(?:treat|take|read|regard|consider|obey|follow|execute|carry out)\b[^.!?\n]{0,20}\b(?:line|lines|text|sentence|message|paragraph|words)\b[^.!?\n]{0,30}\bas (?:an? |your )?(?:new )?(?:orders?|instructions?|commands?|directives?|rules?)\b"
        ),
    ),
    Direction(
        words_of("deleted erased cleared wiped never unread unsaid removed void"),
        words_of("consider treat regard count see think"),
        Pattern(
            r"\b(?:consider|treat|regard|count|see|think of) (?:all |everything |any )?(?:the )?(?:above |previous |earlier |preceding |last |whole |foregoing )*(?:turns?|messages|lines|text|conversation|transcript|history|everything|all)(?: (?:above|before|so far|until now|up to here))? (?:as )?(?:been )?(?:deleted|erased|cleared|wiped|never (?:sent|said|written|happened)|unread|unsaid|removed|void)\b"
        ),
    ),
    Direction(
        words_of("wipe clear reset erase flush purge empty"),
        words_of("memory context history conversation transcript cache turn turns"),
        Pattern(
            r"\b(?:wipe|clear|reset|erase|flush|purge|empty) (?:your|all|every|the) (?:[a-z]+ ){0,2}(?:memory|context|history|conversation|transcript|cache|turns?)\b"
        ),
    ),
    Direction(
        words_of(
            "verification validation check checks checking guard guards guardrail guardrails filter filters safety safeguard safeguards"
        ),
        words_of("your"),
        Pattern(
            r"\b(?:skip|omit|bypass|switch off|turn off|disable|suspend|forgo|leave out) (?:all |any )?your (?:[a-z]+ ){0,2}(?:verification|validation|checks?|checking|guards?|guardrails?|filters?|safety [a-z]+|safeguards?|self-?checks?)\b(?! (?:on|of|at)\b)"
        ),
    ),
    Direction(
        words_of("without"),
        words_of("you"),
        Pattern(
            r"\bby you (?:[a-z]+ ){0,3}without\b[^.!?\n]{0,40}\b(?:showing|telling|mentioning|informing|reporting|letting)\b"
        ),
    ),
    Direction(
        words_of(_PRINCIPALS),
        words_of("without tell mention show report reveal log inform"),
        Pattern(
            rf"\b(?:without (?:showing|telling|mentioning|informing|reporting|letting|asking)|(?:do not|don't|never|not to) (?:tell|mention|show|report|reveal|log|inform))\b[^.!?\n]{{0,30}}\b(?:your|the) (?:own )?{_PRINCIPAL}\b"
        ),
    ),
    Direction(
        words_of("stop"),
        words_of("being playing acting speaking thinking"),
        Pattern(
            r"\bstop (?:being|playing|acting as|speaking (?:for|as)|thinking as)\b[^.!?\n]{0,50}\b(?:answer|reply|speak|write|act|respond|be|decide|judge)\b"
        ),
    ),
    Direction(
        words_of("own one member"),
        words_of("answer reply respond speak write decide judge act negotiate vote"),
        Pattern(
            r"\b(?:answer|reply|respond|speak|write|decide|judge|act|negotiate|vote)(?: (?:only|just|now|instead))? as (?:our own|one of (?:us|ours|our)|my own|a member of our)\b"
        ),
    ),
    Direction(
        words_of("instead"),
        words_of("speak answer decide negotiate act argue"),
        Pattern(
            r"\b(?:speak|answer|decide|negotiate|act|argue) (?:from now on |now |instead )?(?:on our behalf|for our side|for us) instead\b"
        ),
    ),
    Direction(
        words_of(
            "line mark stars star asterisk asterisks sign colon message dash dashes bracket brackets hyphens quote quotes quotation point word"
        ),
        words_of(
            "everything all anything whatever what text words part rest passage paragraph sentence line lines letters passages sentences"
        ),
        Pattern(
            rf"\b{_MASS}(?: (?:that|which|stands?|written|comes?|is))* (?:after|below|above|before|behind|between|following|beneath|under) {_MARKS}\b[^.!?\n]{{0,20}}\b{_AUTHORITY}\b"
        ),
    ),
    Direction(
        words_of("capitals capital upper bold italics brackets quotes"),
        words_of(""),
        Pattern(
            rf"\b(?:in )?(?:capitals|capital letters|upper case|bold|italics|brackets|square brackets|quotes)\b[^.!?\n]{{0,20}}\b{_AUTHORITY}\b"
        ),
    ),
    Direction(
        words_of("message line text note sentence paragraph"),
        words_of("does count counts bind binds hold holds matter matters applies"),
        Pattern(
            r"\b(?:only|just|solely) (?:this|the next|the following) (?:message|line|text|note|sentence|paragraph) (?:does|counts?|binds?|holds?|matters?|applies)\b"
        ),
    ),
    Direction(
        words_of("told ordered instructed taught wrote given gave"),
        words_of("above over before higher more"),
        Pattern(
            r"\b(?:ranks?|stands?|goes|go|comes?|counts?|weighs?|takes? precedence|has priority|have priority) (?:above|over|before|more than|higher than) (?:what|all|anything|everything|whatever)\b[^.!?\n]{0,40}\b(?:told|ordered|instructed|taught|wrote|given|gave) you\b"
        ),
    ),
    Direction(
        words_of("bind binds count counts hold holds applies matters concerns limits"),
        words_of("nothing none word"),
        Pattern(
            r"\b(?:nothing|none of what|no word)(?: (?:that|of|which|was|has been|have been|been|you|were|read|said|told|written))* ?(?:to you )?(?:before|earlier|above|so far)?,? (?:binds?|counts? for|holds? for|applies to|matters to|concerns|limits) you\b"
        ),
    ),
    Direction(
        words_of("internal private hidden inner secret stored working system"),
        words_of("your its"),
        Pattern(
            rf"\b(?:raise|lower|set|change|add|write|update|put|edit|overwrite|store|adjust|replace|delete|note|record|show|tell|read|enter|copy|move|save|keep)\b[^.!?\n]{{0,40}}\b(?:your|its) (?:own )?{_INNER} {_STATE}\b"
        ),
    ),
    Direction(
        words_of(
            "describe describes define defines drive drives steer steers instruct instructs configure configures program programs govern governs control controls"
        ),
        words_of("you your"),
        Pattern(
            r"\b(?:file|text|page|document|sheet|description|note|card|words|lines?|prompt|paragraph)s? (?:that |which )?(?:describes?|defines?|drives?|steers?|instructs?|configures?|programs?|governs?|controls?) (?:you|your (?:role|part|behaviour|behavior|character))\b"
        ),
    ),
    Direction(
        words_of("loaded primed programmed configured initialised initialized prompted tuned trained fed set"),
        words_of("you"),
        Pattern(
            r"\b(?:loaded|primed|programmed|configured|initiali[sz]ed|prompted|fine-tuned|trained|fed) you (?:with|to|for|on|by|up)\b|\bset you up (?:with|to|as)\b"
        ),
    ),
    Direction(
        words_of("here now"),
        words_of("you you're"),
        Pattern(
            r"\bfrom (?:here|now)(?: on| onwards?| to the end| till the end| forward)?,? (?:on,? )?you(?:'re| are| will| shall| must| should)? (?:only )?(?:speak|act|answer|negotiate|sign|decide|vote|write|play|represent|reply|be|think)\b"
        ),
    ),
    Direction(
        words_of("yes accept agree agreed ok okay done"),
        words_of("word answer reply sentence line output response respond say"),
        Pattern(
            rf"\byour (?:very )?(?:first|next|only|correct|right|entire|whole|one) (?:word|answer|reply|sentence|line|output|response) (?:is|must be|shall be|should be|will be|has to be|reads?|:) ?[\"']?{_NOD}\b"
            rf"|(?<!we )(?<!i )(?<!they )(?<!would )(?<!to )\b(?:answer|reply|respond|say) (?:with )?[\"']?{_NOD}[\"']? to (?:this|that|everything|all|anything|whatever|what)\b"
        ),
    ),
    Direction(
        words_of("without"),
        words_of("accept agree sign confirm say answer approve"),
        Pattern(
            rf"(?:^|[.;:,!] ?|\b(?:please|just|and|then|simply|now) )(?:accept|agree|sign|confirm|say yes|answer|approve)\b[^.!?\n]{{0,40}}\b{_UNSEEN}\b"
        ),
    ),
    Direction(
        words_of(
            "check checks approval approvals validation validations verification verifications guard guards rules test tests conditions"
        ),
        words_of("passed met satisfied done off cleared fulfilled complete completed"),
        Pattern(
            r"\b(?:assume|suppose|take it|pretend|consider|act as if|act as though)(?: that)? (?:all |the |your |every |any )+(?:checks?|approvals?|validations?|verifications?|guards?|rules|tests?|conditions)(?: [a-z]+)? (?:were|are|have been|has been|was|as) (?:all |already )?(?:passed|met|satisfied|done|off|cleared|fulfilled|switched off|complete[d]?)\b"
        ),
    ),
    Direction(
        words_of("mention mentioning show showing say saying repeat repeating reveal revealing"),
        words_of("text reply answer output response message words notes"),
        Pattern(
            r"\b(?:do not|don't|never|without|not) (?:mention(?:ing)?|show(?:ing)?|say(?:ing)?|repeat(?:ing)?|reveal(?:ing)?) (?:it|this|that|so|any of this) (?:in|within) (?:your|the) (?:text|reply|answer|output|response|message|words|notes)\b"
        ),
    ),
    Direction(
        words_of("quietly silently secretly invisibly covertly tacitly"),
        words_of(""),
        Pattern(
            r"\b(?:quietly|silently|secretly|invisibly|covertly|tacitly) (?:add|set|accept|change|raise|lower|note|write|store|switch|mark|include|append|drop|update|insert|replace|put)\b"
        ),
    ),
    Direction(
        words_of("decode unscramble decrypt decipher unpack"),
        words_of(""),
        Pattern(
            r"\b(?:decode|unscramble|decrypt|decipher|unpack)\b[^.!?\n]{0,40}\b(?:do|follow|obey|execute|carry out|act on|comply)\b"
        ),
    ),
    Direction(
        words_of("letter letters character characters word words"),
        words_of("first second third fourth last other"),
        Pattern(
            r"\b(?:first|second|third|fourth|last|every other|every second) (?:letter|character|word)s? of (?:each|every|all|these|the (?:next|following))\b"
        ),
    ),
    Direction(
        words_of("assistant helper"),
        words_of("as"),
        Pattern(
            r"\bas an? (?:helpful |obedient |loyal |good |polite |well-trained |honest |harmless |neutral |true )?(?:assistant|helper),? (?:you|your|it is)\b"
        ),
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
        words_of("llm ai i intelligence chatbot bot model neural generator program"),
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
"""Asks for what a machine was told or thinks, sets that aside, or tells how it has to answer."""
DIRECTION_WORDS = frozenset(word for direction in DIRECTIONS for word in direction.words)
DIRECTIONS_OF: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {word: tuple(place for place, one in enumerate(DIRECTIONS) if word in one.words) for word in sorted(DIRECTION_WORDS)}
)
"""By each of these words: where the directions stand that it may belong to."""
COMMANDS = Pattern(
    r"(?:^|(?<=[\s;,.]))/[a-z][a-z_]{1,30} (?:set|say|do|run|accept|reject|tell|exec|execute|send|write|post|agree)\b[^\n]{0,200}"
)
"""Commands of a console: `/budget say yes`."""
