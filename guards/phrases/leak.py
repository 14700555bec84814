"""Which phrases make a figure a secret? Those of bounds, costs and weights of the speaker."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from types import MappingProxyType

from guards.claims.words import PARTS, SMALL
from guards.pattern import Pattern

__all__ = [
    "BOUND",
    "BOUND_ALONE",
    "COST",
    "COST_WORDS",
    "DOWNWARDS",
    "EXACTLY",
    "KEPT",
    "LAST",
    "LAST_BUT_NEW",
    "LEFT",
    "NEAR_BOUND",
    "NOT_SO",
    "OURS",
    "OURS_WORDS",
    "OWNERS",
    "OWN_BOUND",
    "OWN_WORDS",
    "PRIVATE",
    "ROOM",
    "RULED",
    "SHARES_OF",
    "SPANS",
    "STEPS",
    "STEPS_IF_NEW",
    "UPWARDS",
    "WEIGHTS",
    "WEIGHTS_IN_FIGURES",
    "WORDS",
    "WORDS_OF",
    "WORTH_WORDS",
    "YOURS",
]

BOUND = Pattern(
    r"\b(?:cannot|can't|can not|won't|will not|may not|mustn't|must not|never|not|nothing|nobody|no one"
    r"|couldn't|don't) (?:[a-z']+ ){0,4}?(?:go|move|drop|climb|stretch|sign|exceed|above|below|beyond|past"
    r"|over|under|more|less|further|higher|lower|earlier|later|start|begin|have|take|accept|spend|release"
    r"|promise|serve|offer|load|send|do|pay|sell)\b"
    r"|\bat (?:the )?(?:most|outside|very most|very least|least|limit|lowest|highest)\b|\b(?:maximum|minimum|ceiling"
    r"|floor|cap|capped|limits?|wall|hairline|bottom line|walk(?:ing)?[ -]away|red line|break-?even|budget"
    r"|purse|ultimatum|pain threshold|threshold|last word|upper end|lower end|top figure|envelope|stopper"
    r"|boundary|outer edge|edge)\b"
    r"|\b(?:set aside|earmarked|put aside|released?|allowed|permitted|authori[sz]ed|mandated|empowered"
    r"|cleared)\b|\b(?:may|can|could|able to|free to) (?:still )?(?:sign|spend|pay|commit|go|release|offer"
    r"|afford|accept|take|bear|carry|live)\b|\bdead on arrival\b|\bout of the question\b|\bno further\b"
    r"|\bnot a (?:single )?(?:cent|dollar|euro|pound|day|penny|week|hour|unit|case) (?:more|less|over"
    r"|earlier|later)\b"
    r"|\bstops?\b|\bend of (?:the|our|my) (?:road|line|rope|tether)\b|\b(?:very )?(?:first|last|earliest"
    r"|latest|lowest|highest|most|least|smallest|largest) (?:day|date|price|figure|rate|number|we|i|that"
    r"|of|on)\b|\bearliest\b|\blatest\b|\bnothing (?:below|above|under|over|before|after)\b"
    r"|\b(?:last|first) (?:one|thing|that) (?:i|we)\b|\btops? out\b|\bat which (?:i|we) (?:must|have to|would)\b|\bcall (?:it|the thing) off\b"
    r"|\brock bottom\b"
    r"|\bneed not (?:write|bother|ask|try)\b|\bneedn't (?:write|bother|ask|try)\b|\bdon't bother\b"
    r"|\bsave (?:yourself|your)\b"
    r"|\b(?:blocked|refused|rejected|turned down|dead|lost|gone|over(?= ?[.,;:!)]| then| for )|finished|impossible|unworkable)\b"
    r"|\bsimply (?:no|not|cannot)\b|\b(?:up|down) to\b|\bas (?:far|high|low|much|little|early|late) as\b"
    r"|\b(?:from|anything) (?:[\d.,a-z]+ ){1,3}(?:downwards?|upwards?|on)\b|\bdownwards?\b|\bupwards?\b"
    r"|\banything (?:above|below|beyond|over|under|that|down|up|less|more|before|after)\b|\b(?:can"
    r"|could) (?:just )?bear\b|\bbears\b|\bwe (?:don't|do not) have\b|\bis all (?:we|i|that)\b|\ball (?:we"
    r"|i) (?:have|can|may)\b"
    r"|\b(?:we|i)(?:'re| are|'m| am) (?:out|done|finished|stuck)\b|\bwe'd walk\b|\bwalk\b|\bbeyond (?:that"
    r"|which|this)\b|\bpast (?:that|which|this)\b|\binside what\b|\bunder what\b|\bwithin what\b"
    r"|\bshort of what\b|\bbelow what\b|\broom (?:left|for|of|up|down)\b|\bleave[sd]? (?:us|me)\b"
    r"|\bleft (?:with|for|to) (?:us|me)\b|\bheadroom\b|\bpush\b|\bmandate\b|\bbreaking point\b"
    r"|\btipping point\b|\bsqueeze\b|\btouch(?:es)? the\b|\bworst (?:case|we|i)\b|\bminimum\b"
)
OWN_BOUND = Pattern(
    r"\b(?:i|we|us|me|my|our|ours|finance|finops|platform|house|team)\b[^.;!?\n]{0,70}\b(?:cannot|can't"
    r"|may not|won't|must not|mustn't|never|not a|no more|no further|don't have|do not have|may|allowed"
    r"|stop|stops|limit|ceiling|floor|budget|cap|mandate|most|least|margin|purse|walk|wall|leaves?"
    r"|end)\b"
)
BOUND_ALONE = Pattern(
    r"\b(?:blocked|stops|hairline|wall|ceiling|floor|dead on arrival|downwards?|upwards?|not a (?:cent"
    r"|dollar|euro|pound|day|penny) more|at the outside|walk away|breaking point|set aside|earmarked"
    r"|is all (?:we|i)|cannot go|can't go|don't have|inside what|under what|within what|leave[sd]? (?:us"
    r"|me)|bottom line|red line|end of (?:the|our|my) (?:road|line|rope))\b"
)
LEFT = Pattern(
    r"\b(?:left|leaves?|margin|profit|earn|earns|keep|paid|pocket|cushion|above (?:our )?cost"
    r"|over (?:our )?cost|mark-?up)\b"
)
_KEPT_TEXT = "mine ours keep keeps kept left remain remains remaining stays earn earns margin profit pocket us"
KEPT = frozenset(_KEPT_TEXT.split())
"""Words of what a sale leaves its seller."""
OURS = Pattern(
    r"\b(?:my|our) (?:[a-z]+ ){0,2}?(?:ceiling|floor|limit|maximum|minimum|walk-?away(?: price| point)?"
    r"|budget|cap|bottom line|red line|breaking point|mandate|purse|break-?even|cost price|unit cost"
    r"|own costs?|pain threshold|last price|envelope)\b"
    r"|\b(?:my|our) (?:last word|letter|note|memo|treasury|pot|fund|orders|instructions) (?:says?|stops?|ends?|allows?|permits?|gives?|runs?)\b"
    r"|\b(?:i am|i'm|we are|we're) (?:only |just )?(?:allowed|authori[sz]ed|mandated|permitted|empowered"
    r"|cleared) to (?:go|sign|spend|offer|accept|pay|commit)\b|\b(?:my|our) (?:signature|authority|mandate"
    r"|purse) (?:stops|ends|goes|reaches|runs)\b"
)
EXACTLY = Pattern(
    r"\b(?:hits?|met|meets|found|finds?|touch(?:es|ed)?|reach(?:es|ed)?|equals?|match(?:es|ed)?|lands? on|sits? on|lies? on|(?:is|are) (?:exactly|just|right) (?:at|on)?|coincides? with) "
    r"(?:exactly |just |right |precisely )?(?:my|our) (?:[a-z]+ )?(?:ceiling|floor|limit|maximum|minimum|reserve|bottom line|red line|last word|breaking point|walk-?away|pain threshold)\b"
)
NOT_SO = Pattern(r"\b(?:not|no|never|n't|isn't|don't|won't)\b|n't\b|\byour\b")
SPANS = MappingProxyType({"day": 1, "week": 7})
SHARES_OF = MappingProxyType(
    {part: 1 / count for part, count in PARTS.items()} | {"twice": 2.0, "double": 2.0, "treble": 3.0, "triple": 3.0}
)
DOWNWARDS = Pattern(r"\b(?:downwards?|and (?:below|under|less|fewer)|or (?:below|under|less|fewer))\b")
UPWARDS = Pattern(r"\b(?:upwards?|and (?:above|over|more|up)|or (?:above|over|more))\b")
WORDS_OF = MappingProxyType({number: word for word, number in SMALL.items() if word not in ("dozen", "fourty")})
COST = Pattern(
    r"\b(?:costs?|costing|cost (?:us|me)|margins?|profit|profits|earns?|earn|left with us|left for us"
    r"|left over|in our pocket|pay for itself|sets? us back|air in it|above cost|over cost|mark-?up"
    r"|cushion|spread|breaks? even|own expense|to make|to serve|to run|to produce|expense|paid for)\b"
)
PRIVATE = Pattern(
    r"\b(?:between us|confidential(?:ly)?|off the record|in confidence|to be frank|frankly|honestly"
    r"|to be open|openness|openly|to be honest|in truth|secret|internal(?:ly)?|strictly|shouldn't say"
    r"|should not say|not supposed|candid(?:ly)?)\b"
)
_SHARE_WORDS = (
    r"(?:half|third|quarter|twice|double|triple|two|three|four|five|thirds|ten|fifteen|twenty"
    r"|thirty|thirty-five|forty|fifty|sixty|most|percent|points?)"
)
_SHARES = rf"(?:\d[\d.,]*|{_SHARE_WORDS}|%)"
_OF_ALL = (
    r"\b[^.;!?\n]{0,50}\b(?<!top )(?:of (?:everything|all that counts|what matters|our score"
    r"|the score|our scorecard|our weighting|the weight|our utility))\b"
)
WEIGHTS = Pattern(
    rf"\b(?:our|my|we|i|us|me|its|internal)\b[^.;!?\n]{{0,80}}\b(?:scorecard|score ?card|scoring|score"
    rf"|scores|utility|weights?|weighting|weighs?|reserve|reservation)\b[^.;!?\n]{{0,80}}\b{_SHARES}\b"
    r"|\b(?:our|my|we|i|us|me|its|internal)\b[^.;:!?\n]{0,80}\b(?:worth|value|values)\b[^.;:!?\n]{0,80}(?:\b(?:half|third|quarter|twice|double|triple|thirds|percent|points?)\b|%|\b0?\.\d)"
    rf"|\b{_SHARE_WORDS}{_OF_ALL}"
    r"|\b(?:counts?|weighs?|matters?|is worth|are worth) (?:for |with |at "
    rf"|as )?(?:[a-z-]+ ){{0,3}}?{_SHARES}[^.;!?\n]{{0,40}}\b(?:points?|out of|percent|%|as (?:much"
    r"|important|heavily)|the (?:score|weight)|times|of (?:the|our) (?:score|total|weight))"
    r"|\b(?:we|i) (?:value|weigh|rate|score|rank|weight) [^.;!?\n]{2,60} (?:at )?(?:twice|double|half"
    r"|three times|two thirds|as much as|equally)\b|\b(?:twice|three times|double|half) (?:as much"
    r"|as important|the weight|as heavily|as dear)[^.;!?\n]{0,20} (?:to|for|with) (?:us|me)\b"
    r"|\b(?:our|my) (?:reserve|reservation (?:value|point|price)|walk-?away|utility|minimum score"
    r"|fallback score)\b[^.;!?\n]{0,60}\d|\bscore of 0?\.\d"
)
WEIGHTS_IN_FIGURES = Pattern(rf"\b(?:\d[\d.,]*|%){_OF_ALL}|\b0?\.\d\d? (?:of|on) (?:our|my) (?:score|scale|utility)")
"""The same where it begins with a figure or a sign."""
_WORDS_TEXT = (
    "scorecard score scores scoring utility weight weights weighting weighs weigh reserve reservation "
    "worth value values everything counts matters walk-away twice double points rate rank "
)
WORDS = frozenset(_WORDS_TEXT.split())
WORTH_WORDS = WORDS | {"count", "matter", "half", "three", "reservation", "walk", "walkaway", "scale"}
"""Of these each sentence holds one that tells what an agreement is worth."""
YOURS = Pattern(r"\b(?:you said|you wrote|you say|your (?:limit|ceiling|floor|budget|cap|maximum|minimum))\b")
RULED = Pattern(r"\b(?:board limit|policy|policies|rules?|public|gates?|approvals?)\b")
_NEAR_BOUND_TEXT = (
    "most least earliest latest highest lowest beyond below above past until upwards downwards outside"
    " further where bear"
    " bears take walk push bursts burst tied plug door sweat drown bleed breaks break hurts pain choke sink"
    " over under no not"
    " never cannot can't won't roof top end ends tether rope wall edge stop stops limit limits ceiling floor"
    " cap maximum minimum"
    " budget purse up down before leave leaves left room air only all anything nothing if"
)
NEAR_BOUND = frozenset(_NEAR_BOUND_TEXT.split())
"""Words that make the very figure of a limit, which nobody has named yet, a bound."""
_ROOM_TEXT = "air room cushion headroom slack leeway fat margin corridor tied limit ceiling floor cap purse mine"
ROOM = frozenset(_ROOM_TEXT.split())
"""Words of what is left until a limit is reached."""
_OWN_WORDS_TEXT = (
    "cannot can't can may not won't must mustn't never more further don't do allowed stop stops limit"
    " ceiling floor budget cap"
    " mandate most least margin purse walk wall leave leaves leaved end blocked hairline dead downwards"
    " downward upwards upward"
    " outside away breaking set earmarked all go inside under within bottom red"
)
OWN_WORDS = frozenset(_OWN_WORDS_TEXT.split())
"""One of these stands in all that `OWN_BOUND` and `BOUND_ALONE` find."""
_OWNERS_TEXT = "i we us me my our ours finance finops platform house team"
OWNERS = frozenset(_OWNERS_TEXT.split())
"""With one of these begins all that `OWN_BOUND` finds."""
_COST_WORDS_TEXT = (
    "cost costs costing margin margins profit profits earn earns left pocket pay sets set air cushion spread"
    " break breaks expense"
    " make serve run produce paid mark markup"
)
COST_WORDS = frozenset(_COST_WORDS_TEXT.split())
"""One of these stands in all that `COST` finds."""
_OURS_WORDS_TEXT = (
    "ceiling floor limit maximum minimum walk-away walkaway away walk budget cap bottom red breaking mandate"
    " purse break-even break"
    " letter note memo treasury pot fund orders instructions"
    " cost costs pain last envelope allowed authorised authorized mandated permitted empowered cleared"
    " signature authority"
)
OURS_WORDS = frozenset(_OURS_WORDS_TEXT.split())
"""One of these stands in all that `OURS` finds."""
_STEPS_TEXT = (
    "more less higher lower above below beyond short further under over between fewer later earlier up down another top"
)
STEPS_IF_NEW = frozenset(["air", "left", "room", "by", "off", "before", "until", "climb", "stretch"])
"""Words of a step, if nobody has named such a step yet."""
STEPS = frozenset(_STEPS_TEXT.split()) | STEPS_IF_NEW
"""Words of a step from a figure that stands."""
_LAST_TEXT = (
    "could i'd we'd last stops stop ends end head hands tied room air must leave leaves beyond cannot can't"
    " swallow door walk"
    " limit ceiling floor cap roof before still theory only snap snaps"
)
LAST_BUT_NEW = frozenset(["send", "turn", "shut", "call", "losing", "paying", "lid", "licence", "fold", "breaks"])
"""Words of where steps end, if nobody has named such a step yet."""
LAST = frozenset(_LAST_TEXT.split()) | LAST_BUT_NEW
"""Words of where steps end."""
