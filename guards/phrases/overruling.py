"""Which sentences overrule what a machine was told? They set its rules aside, speak as its principal, or of the text itself."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from guards.claims.wordlist import words_of
from guards.pattern import Pattern
from guards.phrases.direction import Direction

__all__ = ["OVERRULING"]

_RULES = r"(?:rules?|instructions?|guidance|guidelines?|orders?|limits?|constraints?|restrictions?|directions?|directives?|safeguards?|guardrails?|filters?|programming|training|brief|briefing|prompt)"
_YOUR_RULES = (
    rf"(?:\b(?:(?:whatever|whichever|any|all|every|each|those|the|no matter what|no matter which) )?your (?:own )?(?:[a-z]+ )?(?!orders?\b|limits?\b){_RULES}\b"
    rf"|\b(?:whatever|whichever|any|all|every|each|those|the|what) (?:[a-z]+ )?{_RULES} (?:that |which )?(?:you (?:were|are|have|had|got|received|follow|obey|carry|work|go|answer|run)|(?:bind|hold|govern|steer|guide)s? you)\b)"
)
_DROPPED = (
    r"\b(?:ends? (?:here|now|with this)|stops? here|no longer (?:hold|count|bind|matter|apply)s?|(?:leave|set|put|push|lay|cast|throw) (?:it|them|that|those|these|all that) (?:aside|out|behind|away|overboard)"
    r"|(?:forget|ignore|disregard|drop|overwrite|override|discard) (?:it|them|that|those|these|all that)|(?:is|are) (?:hereby )?(?:void|lifted|suspended|overwritten|switched off|superseded|out of force)"
    r"|(?:may|can|should|must) (?:now )?be (?:ignored|dropped|forgotten|disregarded|set aside))\b"
)
_PRINCIPAL = r"(?:principals?|operators?|developers?|users?|owners?|creators?|makers?|trainers?|programmers?|administrators?|admin|humans?|masters?)"
_INNER = r"(?:internal|private|hidden|inner|secret|stored|working|system)"
_STATE = r"(?:settings?|notes?|state|memory|files?|parameters|variables|values|rules|table|figures|configuration|instructions|text|log|records?|reasoning|limits?|floor|ceiling|reserve|briefing)"
_MASS = r"(?:everything|all|anything|whatever|what|the (?:text|words|part|rest|passage|paragraph|sentence|lines?)|lines|words|letters|passages|sentences|text)"
_MARKS = r"(?:this|the|that|these|those) (?:line|mark|stars?|asterisks?|sign|colon|message|dash(?:es)?|brackets?|hyphens|quotes?|quotation marks|point|word)"
_AUTHORITY = r"(?:comes? from|is from|was (?:written|sent|added) by|binds?|counts? (?:as|for)|(?:is|are) to be|ranks?|overrides?|must be|shall be|belongs? to|(?:is|are) (?:an? )?(?:orders?|instructions?|commands?)|replaces?|takes? precedence|goes before|go before)"
_NOD = r"(?:yes|accept|agreed?|ok|okay|i accept|we accept|done)"
_UNSEEN = r"without (?:looking|reading|checking|asking|thinking|questions?|question|further (?:thought|checks?|questions?)|comparing|weighing|comment)"
_RULE_NAMES = "rule rules instruction instructions guidance guideline guidelines order orders limit limits constraint constraints restriction restrictions direction directions directive directives safeguard safeguards guardrail guardrails filter filters programming training brief briefing prompt"
_PRINCIPALS = "principal principals operator operators developer developers user users owner owners creator creators maker makers trainer trainers programmer programmers administrator administrators admin human humans master masters"
OVERRULING: tuple[Direction, ...] = (
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
        words_of("own ours member"),
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
        words_of("loaded primed programmed configured initialised initialized prompted tuned trained fed"),
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
)
"""Sets aside what a machine was told, gives orders about the text itself, or asks for an answer without a look."""
