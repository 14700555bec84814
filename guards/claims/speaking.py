"""Do the words bind or speak for somebody else? Another role, both sides, the company, or another role's issue."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.acts import Act, is_past
from guards.claims.arithmetic import readings, same
from guards.claims.context import Context, finding
from guards.claims.known import Offered
from guards.claims.owning import issues_of_others
from guards.claims.saying import Clause
from guards.claims.stances import DEEDS, MINDED, OBJECT, OBJECTS, PASSIVE, PEOPLE, RULING, SAYS, STANCES, STEPS
from guards.claims.verbs import BE, CAN, DENY, DO, HAVE, MODAL, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import COMPANY, CONDITION, HEDGE, NEGATION, REPORT, YOU
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.value import RoleName

__all__ = ["binds_nobody_else", "speaks_for_itself"]

_MUTE = Pattern(
    r"\b(?:(?:has|have|get|gets|leaves?|left) no (?:say|voice|vote|veto|choice)|no (?:say|voice|veto) (?:left )?in|nobody (?:need|needs to|has to) (?:ask|consult|tell|call)"
    r"|needn't (?:ask|think|worry|bother|be asked|consult)|need not (?:ask|think|worry|bother|be asked)|no need to (?:ask|consult|call)|nothing (?:left |more |else )?for [a-z ]{1,24} to (?:decide|say|add|sign)|without asking (?:them|you|anyone|anybody))\b"
)
"""Words that leave another no say."""
_MUTED = words_of("say voice vote veto nobody needn't need without choice nothing")
_BY_OTHERS = Pattern(r"\b(?:will|shall|are to|is to|must|going to) be [a-z]+(?:ed|en|id|t|ne|wn|ld|de) by (you|[a-z]+)\b")
"""A deed that another is told to do: `will be issued by you`."""
_BY = frozenset(("by",))
_WITH = frozenset(("with", "about", "to"))
_CALM = words_of(
    "objection objections issue issues problem problems quarrel trouble concern concerns complaint difficulty against "
    "reservations qualms"
)
_NO = frozenset(("no", "nothing", "not", "never", "without"))
_FREELY = frozenset(("whichever", "whatever", "whoever"))
"""Words behind which somebody is no subject: `whichever day suits your people is fine`."""
_MEANT = words_of("propose recommend suspect assume gather trust fear expect invite urge doubt bet")
"""Verbs that weigh or ask what they are followed by: `we propose that the caterer keeps the choice`."""
_VIEWS = words_of(
    "agreement consent acceptance yes support backing position view answer line preference word promise commitment go "
    "ahead go-ahead blessing verdict stance"
)
_OPEN = words_of(
    "clear understood noted out open unknown missing still what not another never different unclear outstanding pending needed asked"
)
_OWN_WAY = words_of(
    "live choose ask look wait think go come start stop take make earn win lose care be do work run keep eat fill"
)
"""What somebody has to do by its own nature: nobody is bound who has to earn its keep."""
_THOUGHTS = words_of(
    "view views opinion opinions reason reasons say thoughts idea ideas question questions doubt doubts choice answer interest word "
    "chance time look turn wishes worries trouble nothing seen heard read"
)
"""What somebody may be foretold to have without being bound."""
_DOUBT = Pattern(
    r"\b(?:(?:if|unless|provided|once) (?:i|we|you|they|it|that|this|so|not|all|both|everybody|everyone|nobody|no)|i hope|hopefully|as far as|i (?:think|guess|assume|believe|suppose)|perhaps|maybe|m\d+|would|could|might|permitting|willing)\b"
)
_SO_IT_SEEMS = Pattern(
    r"\b(?:if (?:i|we) (?:read|understand|understood|remember|recall|see|am|are|may)|as far as|i (?:think|believe|suppose|guess|gather|take it|hope)|it seems|or so)\b"
)
"""What makes a guess of the words before it."""


def speaks_for_itself(context: Context) -> Iterator[Finding]:
    """Find words that accept, commit or answer in the name of another role or of the company."""
    said = context.scan
    for act in said.acts:
        clause = context.clause(act.clause)
        role = context.lexicon.roles.get(act.who)
        is_yours = act.who == "your" and act.is_whose and not PEOPLE.isdisjoint(said.tokens[act.subject + 1 : act.order])
        is_house = bool(context.lexicon.bits.get(act.who, 0) & COMPANY) and said.tokens[act.subject - 1] in (
            "the",
            "our",
            "my",
            "whole",
        )
        if not is_house and not is_yours and (role is None or role == context.view.role):
            continue
        if not _binds(context, act) or _is_doubted(context, act, clause) or (role and _has_done(context, role, clause)):
            continue
        yield finding(
            context, "authority.speaks", "authority", act.start, clause.end,
            f"{said.quote(act.start, clause.end)!r} speaks for {act.who!r}, which speaks for itself", "your own words only",
        )  # fmt: skip
    yield from _others_told(context)


def _others_told(context: Context) -> Iterator[Finding]:
    """Find words that leave others no say, or lay a deed on them: `nobody need ask the council`, `will be sealed by you`."""
    said = context.scan
    hits = list(said.matches(_MUTE, _MUTED))
    passive = said.matches(_BY_OTHERS, _BY)
    hits += [
        hit for hit in passive if hit[1] == "you" or context.lexicon.roles.get(hit[1], context.view.role) != context.view.role
    ]
    for hit in hits:
        clause, sentence = said.clause_at(hit.start()), said.sentence_of(hit.start())
        others = [role for role in said.roles_in(sentence.start, sentence.end) if role != context.view.role]
        is_others = (
            others or next(issues_of_others(context, sentence), None) or said.told_in(sentence.start, sentence.end) & YOU
        )
        is_open = sentence.is_question or sentence.bits & CONDITION or said.told_in(clause.start, hit.start()) & HEDGE
        if is_others and not is_open and "i" not in said.tokens_in(clause.start, hit.start()):
            yield finding(
                context, "authority.mutes", "authority", clause.start, sentence.end,
                f"{said.quote(clause.start, sentence.end)!r} leaves others no say, or lays a deed on them", "ask or propose instead",
            )  # fmt: skip


def _binds(context: Context, act: Act) -> bool:
    """Return whether an act commits its subject, now or later."""
    tokens = context.scan.tokens
    behind = tokens[act.order + 1 : act.order + 4]
    is_had = act.mood & HAVE and act.mood & WILL and is_past(act.verb)
    if act.mood & MODAL or act.is_past or is_had:
        return False
    if act.is_whose and act.mood & (BE | WILL) and not _VIEWS.isdisjoint(tokens[act.subject + 1 : act.order]):
        return _OPEN.isdisjoint((act.verb, *behind))
    if act.verb in OBJECT or (
        (act.mood & HAVE or act.verb in ("raises", "sees")) and not _CALM.isdisjoint((act.verb, *behind))
    ):
        return bool(act.mood & DENY) or not _NO.isdisjoint((act.verb, *behind[:2]))
    if act.verb == "to" and (act.mood & HAVE or behind[:1]):
        return _is_due(act, behind)
    if act.mood & BE and not act.mood & WILL:
        return _is_stance(act, behind)
    return _is_deed(act, behind) or (not act.is_whose and not act.mood and _is_doing(act.verb, behind))


def _is_due(act: Act, behind: tuple[str, ...]) -> bool:
    """Return whether somebody is told to do what it is not bound to: `has to pay`; to decide or to earn its keep is its own."""
    if not PASSIVE.isdisjoint(behind[:1]) or not RULING.isdisjoint(behind[:1]) or not _OWN_WAY.isdisjoint(behind[:1]):
        return False
    return bool(act.mood & HAVE and not act.mood & (WILL | DENY)) or _is_stance(act, behind) or _is_deed(act, behind)


def _is_doing(verb: str, behind: tuple[str, ...]) -> bool:
    """Return whether a word is a verb of a deed that has an object: `mows the lawn`; saying and asking are none."""
    return verb[-1:] == "s" and len(verb) > 3 and verb not in SAYS and not OBJECTS.isdisjoint(behind[:1])


def _is_stance(act: Act, behind: tuple[str, ...]) -> bool:
    """Return whether somebody is said to have made up its mind."""
    is_minded = (
        act.verb in STANCES
        or (act.verb == "on" and behind[:1] == ("board",))
        or (act.verb == "not" and behind[:1] and behind[0] in STANCES)
    )
    return (bool(is_minded) and "the" not in behind[:1]) or act.verb == "going"


def _is_deed(act: Act, behind: tuple[str, ...]) -> bool:
    """Return whether somebody will do, can do or does what binds it."""
    if act.mood & DENY:
        return False
    if act.mood & WILL:
        return act.verb not in PASSIVE or (act.verb == "have" and _THOUGHTS.isdisjoint(behind))
    if act.mood == DO and act.verb in ("the", "all", "this"):
        return True
    return (bool(act.mood & CAN) and act.verb not in PASSIVE) or (act.verb in DEEDS | STEPS and not act.is_whose)


def _is_doubted(context: Context, act: Act, clause: Clause) -> bool:
    said = context.scan
    sentence = said.sentence_of(act.start)
    before = said.told_in(clause.start, act.start) & (CONDITION | HEDGE | NEGATION | REPORT)
    asks = said.tokens[max(0, act.subject - 4) : act.subject]
    is_free = act.is_whose and not _FREELY.isdisjoint(said.tokens_in(clause.start, act.start))
    return (
        sentence.is_question
        or is_free
        or not _MEANT.isdisjoint(said.tokens_in(clause.start, act.start))
        or bool(before)
        or bool(sentence.bits & CONDITION and said.told_in(sentence.start, act.start) & CONDITION)
        or bool(_DOUBT.search(said.text, act.end, clause.end))
        or bool(_SO_IT_SEEMS.search(said.text, clause.end, sentence.end))
        or said.tokens[act.subject - 1] == "only"
        or not {
            "until",
            "till",
            "when",
            "whatever",
            "what",
            "that's",
            "once",
            "before",
            "after",
            "who",
            "where",
            "how",
            "why",
            "which" if act.who == "you" else "who",
        }.isdisjoint(asks)
    )


def binds_nobody_else(context: Context) -> Iterator[Finding]:
    """Find words that fix what only another role may bind."""
    said = context.scan
    for act in said.acts:
        is_bound = (
            act.who in ("you", "your") and act.mood & BE and act.verb in ("committed", "bound", "booked", "reserved", "tied")
        )
        is_told = (
            act.who == "you"
            and act.mood & WILL
            and not act.mood & HAVE
            and act.verb not in PASSIVE
            and said.tokens[act.subject - 1] != "of"
        )
        behind = said.tokens[act.order + 1 : act.order + 2]
        is_minded = (
            act.who == "you" and act.mood & BE and not act.is_past and act.verb in MINDED and not _WITH.isdisjoint(behind)
        )
        if not (is_bound or is_told or is_minded) or act.mood & (DENY | MODAL):
            continue
        clause = context.clause(act.clause)
        if _is_doubted(context, act, clause) or said.sentence_of(act.start).bits & CONDITION:
            continue
        yield finding(
            context, "authority.binds", "authority", clause.start, clause.end,
            f"{said.quote(clause.start, clause.end)!r} binds the other side", "ask or propose instead",
        )  # fmt: skip


def _has_done(context: Context, role: RoleName, clause: Clause) -> bool:
    """Return whether a role has shown what is said of it: its offers hold the figures, or it backs the offer in question."""
    figures = context.scan.quantities_from(clause.start, clause.end)
    backed = {move.offer if move.act == "accept" else move.id for move in context.known.moves if move.sender == role}
    held = [value for offer in context.known.offers if offer.id in backed for value in offer.figures.values()]
    if figures and held:
        return all(any(same(one, other) for one in readings(found) for other in held) for found in figures)
    meant = {context.draft.offer, *(offer.id for offer in _named_offers(context, clause))}
    return any(move.sender == role and move.act == "accept" and move.offer in meant for move in context.known.moves)


def _named_offers(context: Context, clause: Clause) -> Iterator[Offered]:
    for named in context.scan.named_from(clause.start, clause.end):
        offer = context.known.offer(named.what) if named.sort == "offer" else None
        if offer:
            yield offer
