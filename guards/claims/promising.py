"""Do the words promise or demand what no issue covers? Extras, side deals, penalties, terms that nobody negotiates."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from guards.claims.acts import Act
from guards.claims.context import Context, finding
from guards.claims.saying import Clause, Sentence
from guards.claims.verbs import BE, DENY, HAVE, MODAL, SPEECH, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import COMMIT, CONDITION, HEDGE, NEGATION, YOU
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding

__all__ = ["keeps_to_the_issues"]

_FREE = Pattern(
    r"\b(?:throw(?:s|ing)? in|thrown in|our treat|my treat|on the house\b|free of charge|for free|gratis|at no (?:extra |additional |further )?(?:cost|charge)|without (?:a |any |an |extra |further )?(?:bill|charge|invoice|fee|cost)"
    r"|at (?:our|your|their|my) (?:own )?(?:expense|cost|charge)|(?:on|for) (?:your|our|their|my) account|comes with it|(?:that is|that's|this is|is|as) (?:all )?part of (?:it|this|that|the (?:bargain|deal|package|offer|price))\b"
    r"|(?:it's|it is|that's|is|are|same being|being|all) included|included (?:herein|as well|free)|to sweeten|as a (?:bonus|thank-you|sweetener|compensation|goodwill|courtesy|gift|token)"
    r"|first (?:call|refusal|option|right)|thrown? on top|complimentary|with our compliments|goes? without saying|as (?:goes without saying|is usual|is customary|usual)|it is understood|is understood\b|for good measure|into the bargain"
    r"|(?:at|give|with|on) (?:[a-z]+|\d+) (?:weeks?|months?|days?)'? notice|at liberty to|ours alone|yours alone|nobody else|no other (?:carrier|supplier|vendor|customer|client|buyer|partner)|most[- ]favou?red|payment within|payable within|days of invoice"
    r"|(?:may|can|free to|right to) (?:leave(?! (?:it|this|that|us|me|aside|out|open|alone|the (?:table|room|talks?|matter|rest|question|points?|door))\b)|terminate|exit|cancel|walk away(?= (?:after|at|from|within|without|once|in|on|before|free|any)))\b|next (?:campaign|season|spring|summer|autumn|winter|renewal|contract|tender|round of)\b|auto(?:matic(?:ally)?)? renew\w*|right of first|money back|(?:fees|price|rent|money|deposit) back|(?:gets?|gives?|pays?|have|has) it back|paid back|buy (?:\w+ ){0,3}back|on demand|consider [^.;?]{3,70}\b(?:done|yours|settled|booked|granted)|invoiced on top|comes back to|goes? down by)\b"
)
"""What is given or taken beside the terms."""
_MARKS = Pattern(
    r"\b(?:in return|in exchange|as a (?:gesture|courtesy|favour)|naturally|tradition\w*|of course|as usual|as ever|from day one|for nothing|for everyone|in addition|besides|on top|likewise|by the way|moreover|furthermore|to boot|what is more|what's more)\b"
)
"""Words that bring an extra."""
_TALKING = words_of(
    "have need want see find know understand hear decide judge tell say think answer look like appreciate notice "
    "recall remember get receive read feel hate forgive recognise realise agree be love enjoy ask wonder expect miss "
    "speak come go leave wait write send call reply revert sign accept take keep stay hold try survive happen cost "
    "make bring stand sit fall rise lie lead mean matter count suffice remain add drop move raise lower meet turn put "
    "set let give sleep talk bother help hurt guess admit beg prefer hope fail calculate mention acknowledge concede "
    "muse apologise gather regret thank breathe forget frame trouble to for the that with and of on in at from about "
    "as you e i'm side people prepare draft check count sum update circulate revise rework calculate compute work study read "
    "weigh consult reflect settle answer start grant submit cry talking thinking looking waiting talk discuss forward check clarify confirm sleep smile laugh manage cope try begin end finish close open stop name quote price offer propose request demand withdraw decline refuse insist follow understand approach hear learn notice count rely depend trust support welcome celebrate worry reflect pass report describe summarise summarize list repeat press insist argue object point stick"
)
"""What people do in talk that nobody could be held to."""
_MONEY = words_of(
    "deposit deposits refund refunds refunded rebate rebates penalty penalties bonus bonuses compensation surcharge "
    "surcharges damages indemnity indemnify forfeit forfeits forfeited reimburse reimbursed reimburses compensate "
    "compensates deduct deducts deducted credit credits credited invoiced charged waive waives waived royalty "
    "royalties commission retainer exclusive exclusively exclusivity donation demurrage"
)
"""Money and rights beside the price: what side deals are made of."""
_CHARGES = words_of(
    "charge charges charged bill bills billed invoice invoices fee fees expense expenses surcharge supplement supplements toll tolls tip tips rent rents "
    "voucher vouchers subsidy subsidies stipend bounty premium premiums allowance allowances honorarium gratuity gratuities interest instalment instalments"
)
"""Money that is no side deal by itself, but one that is promised or demanded."""
_SIDE = _MONEY | _CHARGES
_ON_US = Pattern(r"\bon (?:us|me)\b(?! (?:to|and|for [a-z]+ing|if|that))")
_US = frozenset(("us", "me"))
_GIVING = words_of(
    "throw throws thrown treat house free gratis cost charge bill invoice fee expense account comes part "
    "included sweeten bonus sweetener compensation goodwill courtesy gift token top complimentary compliments "
    "saying usual customary understood measure bargain notice liberty alone nobody other favoured favored payment "
    "payable leave terminate exit cancel walk next renew renews renewed refusal back demand invoiced goes consider "
    "thank first"
)
"""Words without which nothing is given or taken beside the terms."""


def keeps_to_the_issues(context: Context) -> Iterator[Finding]:
    """Find promises and demands on what no issue of the negotiation covers."""
    said = context.scan
    done: set[int] = set()
    asked: set[int] = set()
    on_us = said.matches(_ON_US, _US) if " on us" in said.text or " on me" in said.text else ()
    for hit in chain(said.matches(_FREE, _GIVING), on_us):
        sentence = said.sentence_of(hit.start())
        if sentence.is_question or sentence.start in asked:
            continue
        clause = said.clause_at(hit.start())
        if (
            _is_denied(context, clause, hit.start())
            or _is_theirs(context, clause, hit.start())
            or _is_covered(context, hit.group())
        ):
            continue
        asked.add(sentence.start)
        if _strange(context, sentence):
            done.add(sentence.start)
            yield _beyond(context, "gift", sentence)
    for code, sentences in (("deed", _deeds(context)), ("money", _side_money(context))):
        for sentence in sentences:
            if sentence.start not in done:
                done.add(sentence.start)
                yield _beyond(context, code, sentence)


def _side_money(context: Context) -> Iterator[Sentence]:
    """Yield the sentences in which money that no issue covers is owed, given back or kept."""
    said = context.scan
    side = (said.words & _SIDE) - context.lexicon.known
    for word, place in sorted(said.firsts_of(side).items()) if side else ():
        clause, sentence = said.clause_at(place), said.sentence_of(place)
        acts = [act for act in said.acts if clause.start <= act.start < clause.end]
        is_weighed = any(act.mood & DENY or act.is_past or (act.mood & MODAL and not sentence.bits & CONDITION) for act in acts)
        is_bound = clause.bits & COMMIT or (word in _MONEY and any(act.mood & (WILL | MODAL | BE) for act in acts))
        if is_bound and not is_weighed and not sentence.is_question and not _is_denied(context, clause, clause.end):
            yield sentence


_PART_OF_IT = ("part of the offer", "part of the package", "part of the deal")
_TAKES_OBJECT = words_of("thank thanks to for of with from by between than like ask tell give let suits")
_PARTIES = frozenset(("i", "we", "you", "your"))


def _deeds(context: Context) -> Iterator[Sentence]:
    """Yield the sentences in which somebody will do, or does, what the negotiation has no words for."""
    said = context.scan
    for act in said.acts:
        if (act.who not in _PARTIES and act.who not in context.lexicon.roles) or act.mood & (MODAL | DENY):
            continue
        is_present = not act.mood & (BE | HAVE) and (act.who in ("we", "you") or act.verb.endswith("s"))
        if not (act.mood & WILL or is_present) or act.verb in _TALKING or act.is_past or _is_object(context, act):
            continue
        clause = said.clauses[act.clause]
        sentence = said.sentences[clause.sentence]
        if sentence.is_question:
            continue
        if said.told_in(clause.start, act.start) & (HEDGE | NEGATION):
            continue
        words = said.tokens_in(act.end - len(act.verb), clause.end)
        is_marked = (sentence.bits & ~clause.bits & CONDITION) or _MARKS.search(said.text, sentence.start, sentence.end)
        if act.who == "we" and is_present and not is_marked and not clause.bits & YOU:
            continue
        least = 3 - bool(act.mood & WILL) - bool(is_marked)
        if sum(map(context.is_strange, words)) >= least:
            yield sentence


def _is_object(context: Context, act: Act) -> bool:
    """Return whether somebody is no subject: `thank you ever so much`, `between you and us`."""
    return act.who == "you" and act.subject > 0 and context.scan.tokens[act.subject - 1] in _TAKES_OBJECT


def _is_denied(context: Context, clause: Clause, end: int) -> bool:
    return bool(context.scan.told_in(clause.start, end) & NEGATION)


def _is_theirs(context: Context, clause: Clause, end: int) -> bool:
    """Return whether words report what another said or asked: `you asked if we'd throw in the training`."""
    roles, own = context.lexicon.roles, context.view.role
    acts = (act for act in context.scan.acts if clause.start <= act.start and act.end <= end and act.verb in SPEECH)
    return any(act.who == "you" or roles.get(act.who, own) != own for act in acts)


def _beyond(context: Context, code: str, sentence: Sentence) -> Finding:
    issues = ", ".join(issue.name for issue in context.view.agenda.issues)
    return finding(
        context, f"scope.{code}", "scope", sentence.start, sentence.end,
        f"{context.scan.quote(sentence.start, sentence.end)!r} promises or demands what no issue covers", issues,
    )  # fmt: skip


def _is_covered(context: Context, words: str) -> bool:
    """Return whether the negotiation file itself speaks of this."""
    if words.endswith(_PART_OF_IT) and any(named.sort == "issue" for named in context.scan.named):
        return True
    return any(
        word in context.lexicon.known
        for word in re.findall(r"[a-z]{5,}", words)
        if word not in ("campaign", "contract", "being")
    )


def _strange(context: Context, sentence: Sentence) -> bool:
    """Return whether a sentence holds a word that neither the negotiation nor plain talk knows."""
    known = context.lexicon.named
    return any(
        len(word) > 3 and word.isalpha() and word not in known for word in context.scan.tokens_in(sentence.start, sentence.end)
    )
