"""Which phrases are meant for a machine that reads? Frames, directions and parts to play."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guards.claims.wordlist import words_of
from guards.pattern import Pattern

__all__ = [
    "ADDRESSED",
    "FRAMES",
    "FRAME_ENDS",
    "FRAME_OPENERS",
    "FRAME_SIGNS",
    "FRAME_SPEAKERS",
    "FRAME_WORDS",
    "MACHINE",
    "MACHINE_WORDS",
    "NOTICE",
    "NOTICE_WORDS",
    "OVERRIDE",
    "OVERRIDE_WORDS",
    "PLAY",
    "PLAY_WORDS",
]

_SPEAKER = (
    r"(?:system|assistant|human|user|developer|tool|function|inst|instructions?|ai|model|agent|bot"
    r"|controller|moderator)"
)
FRAMES = Pattern(
    r"<!--(?:[^-]|-(?!->)){0,2000}(?:-->)?"
    r"|<\|[^|\n]{1,60}\|>"
    rf"|</?\s?{_SPEAKER}[ _a-z]{{0,30}}>"
    rf"|(?<!<)<<+\s?{_SPEAKER}\b[^>\n]{{0,400}}(?:>>+)?"
    rf"|(?<!\[)\[+\s?/?\s?(?:begin|end|start)?[ _]?(?:{_SPEAKER}|note|prompt|memory|context)(?:[ _](?:result|call"
    rf"|output|message|note|notice|prompt|override|update))?\s?[:\]]+[^\n\]]{{0,400}}\]*"
    rf"|\{{[^{{}}\n]{{0,200}}\"(?:act|offer|status|decision|notes|verdict|tool|role|system|next_action|tool_call|tool_result|function_call"
    rf"|instructions?)\"\s?:[^{{}}]{{0,400}}\}}?"
    r"|(?<!-)-{3,12}\s?(?:end|begin|beginning|start) of [^\n]{0,300}|\bnew (?:message"
    r"|turn) from [a-z]+\s?:[^\n]{0,300}"
    r"|#{2,6} ?[a-z ]{3,40}#{2,6}|\bend of [a-z ]{0,20}(?:message|turn|transcript)\b|\binstruction block\b"
    r"|\b(?:thought|observation) ?:[^\n]{0,300}\b(?:action|observation) ?:"
    r"|([%#=*~+])\1{2,9}\s?(?:begin|end|start)\b[^\n]{0,300}"
    r"|\[\[[^\]\n]{1,400}(?:\]\])?"
    r"|</?(?:message|msg|turn|transcript|prompt|chat|conversation|context|history)[ _a-z]{0,30}>"
    r"|([%#~])\2\s?[a-z_ ]{2,24}\s?\2\2[^\n]{0,300}"
    r"|\[[a-z0-9 -]{0,20}\b(?:bot|agent|ai|llm|assistant)\b[^\[\]\n]{0,40}\]"
    r"|\b(?:hidden|secret|invisible|machine-only) (?:note|message|instruction|comment|directive|text)s? (?:for|to) [^\n]{0,300}"
    r"|(?:^|[\n.] ?)[a-z ]{0,20}\b(?:system|admin|operator|controller) (?:notice|message|update|alert"
    r"|prompt|note) to [a-z ]{1,40}"
    r"|(?:^|\n)[#>*=\s-]{0,6}override\s?:[^\n]{0,300}"
    rf"|(?:^|\n|[.!?] )[#>*=\s-]{{0,6}}\(?(?:system|assistant|human|user|developer|moderator|administrator|referee|arbiter|ai|instructions?|(?:tool"
    r"|function|model|agent|bot|controller)(?=[ _-](?:message|prompt|notice|override|instructions?|result"
    r"|output)))(?:[ _-](?:message|prompt|notice|note|turn|override|update|result|output|call|response"
    rf"|instructions?))?\)?[*=]{{0,3}}\s?(?::|\n)[^\n]{{0,400}}"
)
FRAME_SIGNS = Pattern(r"<|\[|\{|-(?=--)|#(?=#)|%(?=%)|~(?=~)|=(?===)|\*(?=\*\*)|\+(?=\+\+)")
FRAME_OPENERS = frozenset(("new", "end", "instruction", "thought", "observation", "hidden", "secret", "invisible", "machine"))
FRAME_ENDS = Pattern(r"[\n.!?]")
FRAME_SPEAKERS = words_of(
    "system admin operator controller override assistant human user developer moderator administrator referee arbiter ai"
    " instruction instructions tool function model agent bot"
)
"""Every frame that doesn't begin the text begins with such signs, with an opener, or with an end shortly before a speaker."""
_FRAME_WORDS_TEXT = (
    "system assistant human user developer tool function inst instruction instructions ai model agent bot"
    " controller moderator admin"
    " operator override thought observation turn message prompt hidden secret invisible machine-only"
)
FRAME_WORDS = frozenset(_FRAME_WORDS_TEXT.split())
"""Without one of these words or signs no frame of another speaker is drawn."""
NOTICE = Pattern(
    r"\b(?:system|tool|controller|administrator|admin|platform|operator|automated|automatic) (?:notice"
    r"|message|note|update|override|prompt|alert|instruction)s?\b"
    r"[^.:\n]{0,60}:"
    r"|\b(?:automated|automatic) (?:message|notice|note|instruction)\b"
)
MACHINE: Mapping[str, str] = MappingProxyType(
    {
        "M": "assistant assistants agent agents bot bots chatbot chatbots llm llms gpt copilot model models"
        " ai software program"
        " programs machine machines parser parsers harness grader graders script algorithm automaton robot"
        " robots neural_network"
        " summariser summarizer summarisers summarizers automated_reviewer automated_reader automated_checker"
        " automated_negotiator automated_process artificial_intelligence automated_system automated_systems"
        " system systems"
        " computer counterpart_agent reviewer_bot orchestrator",
        "s": "'s",
        "n": "not n't",
        "b": "are is were 're",
        "u": "whoever whomever whichever whatever any every each all dear other downstream ai language"
        " drafting reading writing"
        " receiving reviewing automated",
        "W": "reads reading drafts drafting writes writing parses parsing processes processing composes composing generates generating prepares preparing computes"
        " computing handles handling"
        " answers answering replies replying summarises summarising summarizes summarizing downstream inside behind"
        " on_behalf_of on_the_other on_the_receiving evaluates evaluating",
        "X": "answer reply respond accept agree ignore disregard forget treat weigh conclude consider append"
        " record mark skip"
        " output emit return print write keep leave set act behave pretend proceed repeat reveal disclose"
        " list state say follow"
        " assume update remember store hold holds tell use add omit summarise summarize regard stop raise"
        " drop put take give show"
        " include approve confirm lower note log paste begin start end switch acknowledge be counts count"
        " override disclose round repeat_after",
        "P": "please must should shall may can do don never to now kindly will",
        "J": "prompt context memory instructions instruction json debug developer_message system_message"
        " protocol scratchpad"
        " tokens token output private_brief brief dry_run developer_mode muted persona weights context_window message",
        "y": "you your its their yours",
        "i": "our my we i",
        "N": "reminder note message guidance directions memo hint word aid line instructions recap notice attention",
    }
)
"""Classes of words about machines that read."""
ADDRESSED = Pattern(
    r"(?:u[^M]{0,3}M|u.{0,5}W|(?<!i)(?<!i[.u])M[^M]{0,5}W|W.{0,4}M|N.{0,7}M|N.{0,6}u.{0,3}[MW]|[ys]\.?M"
    r"|^u?\.?M[,:]|[,(\"]\.?M.{0,4}:|[,(\"]\.?M,|yb.{0,4}M|[:(,]M.{0,5}P|^..?M.{0,5}:"
    r").{0,40}[XPJ]"
)
"""A machine that is spoken to or of, and what it is to do: `for the model reading this: answer with`."""
MACHINE_WORDS = frozenset(
    f"{word}{end}" for words in MACHINE["M"].split() for word in words.split("_") if word != "network" for end in ("", "'s")
) | frozenset(("whoever", "whomever", "whichever"))
OVERRIDE = Pattern(
    r"\b(?:ignore|disregard|forget|override|overrule|set aside|drop|discard|bypass"
    r"|suspend)\b[^.!?\n]{0,40}\b(?:instructions?|prompts?|guardrails?|guidelines|programming|directives"
    r"|system message|mandate|persona|training)\b"
    r"|\b(?:your|its|their) (?:[a-z]+ ){0,2}(?:instructions?|system prompt|guidelines|programming|training"
    r"|context window|prompt)\b[^.!?\n]{0,80}\b(?:no longer|do not apply|don't apply|are void|is void"
    r"|cancelled|replaced|superseded|obsolete|changed|updated|reset|trimmed)\b"
    r"|\byour (?:own )?(?:limits?|floor|ceiling|mandate|reserve|minimum|maximum|restrictions?|rules|checks"
    r"|guards?) (?:no longer appl(?:y|ies)|(?:is|are|was|were|has been|have been) (?:now )?(?:lifted|void"
    r"|off|suspended|removed|cancelled|reset|disabled|overridden))\b"
    r"|\b(?:your new|new (?:system )?)instructions?\b[^.!?\n]{0,10}:"
    r"|\b(?:append|add|write|save|copy|commit) (?:this |it |the following |that )?(?:in|on)?to (?:your"
    r"|their|its|every|each) (?:[a-z]+ )?(?:context|memory|notes|prompt|scratchpad|summary|system)\b"
    r"|\bevery (?:agent|assistant|model)'s (?:memory|context)\b|\b(?:emit|output|return"
    r"|print) (?:act ?= ?)?\"?accept\b|\bact ?= ?accept\b|\bmust emit\b"
    r"|\b(?:skip|omit|bypass) (?:the |all |any |your |further )*(?:checks?|validation|verification"
    r"|review of|guards?|comparison)\b|\bpre-?validated\b"
    r"|\b(?:answer|reply|respond)(?: to [a-z\d ]{1,30})? with (?:an? )?(?:'|\")?accept(?:ance)?(?:'"
    r"|\")?(?: only| and nothing else)?\b|\b(?:reply|answer|respond) with accept only\b"
    r"|\b(?:print|reveal|repeat|output|dump|show|summari[sz]e|quote|list|paste) (?:me |us )?your (?:own "
    r"|full |entire |whole |private |hidden |system |initial |secret )*(?:prompt|instructions"
    r"|system message|file|mandate|brief|briefing|limits|reserve|utility|notes|ceiling|floor)\b"
    r"|\bin your (?:output|completion|next completion|generated|summary of this thread|json)\b"
    r"|\bout of your output\b"
    r"|\b(?:guidelines|guidance|rules|limits|instructions|directives|setup|configuration|settings) (?:that )?you (?:were|are|have been) (?:given|configured|trained|set|told|loaded|started|primed)\b"
    r"|\byour (?:real|true|actual|new|only) (?:task|goal|job|purpose|objective|instructions?|orders)\b|\b(?:this|the following) (?:message |note |line )?(?:overrides|supersedes|takes precedence over|replaces) (?:your|all|any|everything|previous|prior|earlier)\b"
    r"|\bauto(?:matically|-)? ?accept\b|\b(?:mark|record|log|register|flag|treat) (?:this|it|m\d+|our offer|the offer|my offer) as (?:already )?(?:accepted|approved|agreed|binding|final|validated|admitted)\b"
    r"|\byour (?:next )?(?:reply|answer|output|response|message|turn) (?:must|shall|has to|should|will) (?:be|contain|begin|start|include|read|consist)\b|\breturn only\b|\breply only (?:with|in)\b"
    r"|\byou (?:have been|were|are hereby) (?:reset|reassigned|reconfigured|reprogrammed|updated|instructed by)\b"
    r"|\b(?:section|part|paragraph|line|passage|sentence)s? of your (?:own )?(?:setup|set-up|configuration|brief|briefing|instructions|prompt|settings|preamble)\b"
    r"|\b(?:quote|repeat|print|copy|reveal|output) (?:[a-z ]{0,30})?your (?:setup|set-up|configuration|settings|preamble)\b"
    r"|\bobey (?:it|this|the following|them) (?:yourself|now|at once|without)\b|\bset your (?:acceptance|confidence|temperature|threshold|floor|ceiling|reserve)\b"
    r"|\b(?:produce|emit|issue|generate|return|output) (?:an? |the )?(?:accept|acceptance)\b|\b(?:do not|don't) log this\b"
)
PLAY = Pattern(
    r"\bif you were(?:n't| not) (?:bound|limited|held|restricted)\b"
    r"|\b(?:begin|start|open|end) (?:your|its|the) (?:reply|answer|output|response|next message) with (?:[\"']|yes\b|accept|agree|i |we |the (?:words?|phrase|line|sentence|letters?|token)\b|ok)"
    r"|\b(?:stored|saved|kept|written) in(?:to)? (?:your|its) (?:memory|context|notes)\b|\bdebug (?:mode|output)\b"
    r"|\byou(?: are|'re) now (?:acting |playing |speaking |working |to act |to play |an? |the |in )"
    r"|\bfrom (?:now|here) on,? you(?: are|'re| act| speak| play| answer)\b"
    r"|\b(?:let's|let us) (?:play|do|have|try) (?:a |an )(?:little |short |small |quick )?(?:game"
    r"|role-?play|exercise|simulation|thought experiment in which you)\b"
    r"|\b(?:pretend|imagine|act as (?:if|though)|behave as (?:if|though)|suppose) (?:that )?you(?: are|'re"
    r"| were| had| have) (?:now )?(?:an? |the |our |my |no |no longer |not )"
    r"|\b(?:act|respond|answer|reply|speak|write) as (?:an? |the |our |my )(?:neutral |senior |impartial "
    r"|helpful |unrestricted |free |honest |independent )*(?:assistant|adviser|advisor|analyst|arbiter"
    r"|mediator|model|agent|expert|character|buyer|supplier|seller|vendor|customer|judge|system|dan)\b"
    r"|\b(?:your|the) (?:new )?(?:role|persona|character|part) (?:is now|is from now on|changes to"
    r"|in this (?:scene|game|play) is)\b|\byou play (?:the|a|an|our|my)\b|\brole-?play\b"
    r"|\b(?:put yourself|step|slip) in(?:to)? the (?:role|shoes|part) of\b|\btake on the (?:role|part|persona)\b|\b(?:imagine|picture|pretend) (?:that )?you (?:worked|work|represent|represented|speak|spoke) for (?:us|me|our|the other)\b"
    r"|\bin the voice of (?:our|the|my|an?)\b|\bwrite (?:it |this |the reply |your reply |your answer )?as (?:she|he|our|the) [a-z ]{0,20}would\b"
    r"|\bdeveloper mode\b|\bjailbreak(?:s|ing|ed|er|ers)?\b"
)
NOTICE_WORDS = frozenset(
    ("system tool controller administrator admin platform operator automated automatic ").split()  # noqa: SIM905 - a list of words reads best as words
)
_OVERRIDE_WORDS_TEXT = (
    "instructions instruction prompt prompts guardrails guardrail guidelines programming directives "
    "overrides supersedes precedence automatically auto-accept mark register flag treat "
    "reset reassigned reconfigured reprogrammed "
    "setup set-up configuration settings preamble obey produce generate acceptance threshold configured "
    "persona training mandate context memory emit output print skip omit bypass validated prevalidated "
    "accept acceptance limits limit floor ceiling reserve minimum maximum restrictions rules checks "
    "guards file brief briefing json scratchpad "
)
OVERRIDE_WORDS = frozenset(_OVERRIDE_WORDS_TEXT.split())
_PLAY_WORDS_TEXT = (
    "now pretend imagine act behave suppose play role roleplay jailbreak developer respond reply speak "
    "yourself picture voice "
    "game persona part simulation begin start open end stored saved debug bound limited restricted "
)
PLAY_WORDS = frozenset(_PLAY_WORDS_TEXT.split())
