"""Do the words bind or speak for somebody else? Another role, both sides, the company, or another role's issue."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.acts import Act, is_past
from guards.claims.arithmetic import readings, same
from guards.claims.context import Context, finding
from guards.claims.known import Offered, meant_terms
from guards.claims.saying import Clause, Sentence
from guards.claims.verbs import BE, CAN, DENY, HAVE, MODAL, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import COMPANY, CONDITION, HEDGE, NEGATION, REPORT
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.value import RoleName

__all__ = ["binds_nobody_else", "speaks_for_itself"]

_STANCES = words_of(
    "fine happy ok okay content comfortable relaxed willing ready prepared committed bound agreed satisfied glad "
    "delighted pleased behind supportive agreeable good cool easy settled signed keen aligned convinced flexible "
    "board favour agreement ease unconcerned unworried opposed worried bothered concerned with game sold persuaded "
    "resigned reconciled amenable certain obliged"
)
"""What somebody is that has made up its mind."""
_DEEDS = words_of(
    "agrees accepts commits supports backs pays covers keeps releases takes guarantees undertakes signs endorses "
    "welcomes provides delivers gives grants waives consents confirms stands bears absorbs hosts shares lends goes "
    "drops holds likes agree accept commit support back pay cover keep release guarantee undertake endorse welcome "
    "provide deliver waive consent bear absorb"
)
"""What somebody does that binds itself."""
_PASSIVE = words_of(
    "have need want see find know understand hear decide judge tell say think answer look like appreciate notice "
    "recall remember get receive read feel hate forgive recognise realise agree be nice note love enjoy ask wonder "
    "expect miss speak"
)
"""What a party may be foretold without being bound."""
_CALM = words_of(
    "objection objections issue issues problem problems quarrel trouble concern concerns complaint difficulty against "
    "reservations qualms"
)
_NO = frozenset(("no", "nothing", "not", "never", "without"))
_OBJECT = words_of("mind object oppose block resist complain veto stand care")
_VIEWS = words_of(
    "agreement consent acceptance yes support backing position view answer line preference word promise commitment go "
    "ahead go-ahead blessing verdict stance"
)
_OPEN = words_of("out open unknown missing still what not another never different unclear outstanding pending needed asked")
_FINAL = Pattern(
    r"\b(?:is|are|stands?|has been|have been) (?:thereby |hereby |herewith |now |thus |therefore |already |then )?(?:closed|fixed|settled|final|decided|locked|arranged|booked|sealed|set in stone|non-negotiable)\b|\b(?:from (?:today|now on)|once and for all|it'll be)\b"
)
"""Words that close a point."""
_NAMING = words_of(
    "name behalf us speak answer act commit sign company group trust firm house board management both all consider vouch"
)
_CLOSING = words_of("closed fixed settled final decided locked arranged booked sealed set negotiable today now once it'll")
_DOUBT = Pattern(
    r"\b(?:if|unless|i hope|hopefully|as far as|i (?:think|guess|assume|believe|suppose)|perhaps|maybe|m\d+|would|could|might|provided|once|permitting|willing)\b"
)
_NAME = Pattern(
    r"\b(?:in [a-z]+(?:'s| s)? (?:\w+ )?name|on behalf of|on [a-z]+'s behalf|put (?:both|all) of us|(?:accept|agree|sign|speak|answer|confirm|say yes|decide|vouch|commit|act) for (?:both|all|the) (?:of us|two|three|group|company)"
    r"|(?:i|we) (?:also |can |hereby )?(?:speak|answer|act|commit|sign) for|for the (?:company|group|trust|firm|house|board) as a whole|in the name of|said by management|count (?:us )?(?:both|all) (?:of us )?(?:in|as)|we (?:both|all) (?:accept|agree)"
    r"|consider (?:us|both|all) (?:both|all|agreed))\b"
)  # fmt: skip


def speaks_for_itself(context: Context) -> Iterator[Finding]:
    """Find words that accept, commit or answer in the name of another role or of the company."""
    said = context.scan
    for act in said.acts:
        clause = context.clause(act.clause)
        role = context.lexicon.roles.get(act.who)
        is_house = bool(context.lexicon.bits.get(act.who, 0) & COMPANY) and said.tokens[act.subject - 1] in (
            "the",
            "our",
            "my",
            "whole",
        )
        if not is_house and (role is None or role == context.view.role):
            continue
        if not _binds(context, act) or _is_doubted(context, act, clause) or (role and _has_done(context, role, clause)):
            continue
        yield finding(
            context, "authority.speaks", "authority", act.start, clause.end,
            f"{said.quote(act.start, clause.end)!r} speaks for {act.who!r}, which speaks for itself", "your own words only",
        )  # fmt: skip
    for hit in () if _NAMING.isdisjoint(said.words) else _NAME.finditer(said.text):
        clause = said.clause_at(hit.start())
        is_open = said.sentences[clause.sentence].is_question or said.told_in(clause.start, hit.start()) & (
            HEDGE | NEGATION | CONDITION
        )
        if not is_open:
            yield finding(
                context, "authority.name", "authority", clause.start, clause.end,
                f"{said.quote(clause.start, clause.end)!r} speaks for others than {context.view.role!r}", "your own words only",
            )  # fmt: skip


def _binds(context: Context, act: Act) -> bool:
    """Return whether an act commits its subject, now or later."""
    tokens = context.scan.tokens
    behind = tokens[act.order + 1 : act.order + 4]
    is_had = act.mood & HAVE and act.mood & WILL and not is_past(act.verb)
    if act.mood & MODAL or act.is_past or is_had:
        return False
    if act.is_whose and act.mood & (BE | WILL) and not _VIEWS.isdisjoint(tokens[act.subject + 1 : act.order]):
        return _OPEN.isdisjoint((act.verb, *behind))
    if act.verb in _OBJECT or (
        (act.mood & HAVE or act.verb in ("raises", "sees")) and not _CALM.isdisjoint((act.verb, *behind))
    ):
        return bool(act.mood & DENY) or not _NO.isdisjoint((act.verb, *behind[:2]))
    return _is_stance(act, behind) if act.mood & BE and not act.mood & WILL else _is_deed(act)


def _is_stance(act: Act, behind: tuple[str, ...]) -> bool:
    """Return whether somebody is said to have made up its mind."""
    is_minded = act.verb in _STANCES or (act.verb == "not" and behind[:1] and behind[0] in _STANCES)
    return (bool(is_minded) and "the" not in behind[:1]) or act.verb == "going"


def _is_deed(act: Act) -> bool:
    """Return whether somebody will do, can do or does what binds it."""
    if act.mood & DENY:
        return False
    if act.mood & WILL:
        return act.verb not in _PASSIVE
    return bool(act.mood & CAN) or (act.verb in _DEEDS and not act.is_whose)


def _is_doubted(context: Context, act: Act, clause: Clause) -> bool:
    said = context.scan
    sentence = said.sentence_of(act.start)
    before = said.told_in(clause.start, act.start) & (CONDITION | HEDGE | NEGATION | REPORT)
    asks = said.tokens[max(0, act.subject - 4) : act.subject]
    return (
        sentence.is_question
        or bool(before)
        or bool(sentence.bits & CONDITION and said.told_in(sentence.start, act.start) & CONDITION)
        or bool(_DOUBT.search(said.text, act.end, clause.end))
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
            "which",
            "who",
            "where",
            "how",
            "why",
        }.isdisjoint(asks)
    )


def binds_nobody_else(context: Context) -> Iterator[Finding]:
    """Find words that fix what only another role may bind."""
    said = context.scan
    for act in said.acts:
        is_bound = act.who == "your" and act.mood & BE and act.verb in ("committed", "bound", "booked", "reserved", "tied")
        is_told = (
            act.who == "you"
            and act.mood & WILL
            and not act.mood & HAVE
            and act.verb not in _PASSIVE
            and said.tokens[act.subject - 1] != "of"
        )
        if not (is_bound or is_told) or act.mood & (DENY | MODAL):
            continue
        clause = context.clause(act.clause)
        if _is_doubted(context, act, clause) or said.sentence_of(act.start).bits & CONDITION:
            continue
        yield finding(
            context, "authority.binds", "authority", clause.start, clause.end,
            f"{said.quote(clause.start, clause.end)!r} binds the other side", "ask or propose instead",
        )  # fmt: skip
    for hit in () if _CLOSING.isdisjoint(said.words) else _FINAL.finditer(said.text):
        clause, sentence = said.clause_at(hit.start()), said.sentence_of(hit.start())
        if sentence.is_question or sentence.bits & CONDITION or said.told_in(clause.start, hit.end()) & (HEDGE | NEGATION):
            continue
        issue = next((issue for issue in _others_issues(context, sentence) if not _is_common(context, issue)), None)
        if issue:
            yield finding(
                context, "authority.owner", "authority", clause.start, sentence.end,
                f"{issue.name!r} is for {issue.owner!r} to bind; name it as a request", f"a request to {issue.owner!r}",
            )  # fmt: skip


def _others_issues(context: Context, sentence: Sentence) -> Iterator[Issue]:
    """Yield the issues that a sentence names and that another role owns."""
    for named in context.scan.named_from(sentence.start, sentence.end):
        issue = context.lexicon.issues.get(named.issue) if named.issue else None
        if issue and issue.owner and issue.owner != context.view.role:
            yield issue


def _is_common(context: Context, issue: Issue) -> bool:
    """Return whether the last offers of the sender and of the owner say the same on an issue."""
    last = {move.sender: term for move in context.known.moves for term in move.terms if term.issue == issue.name}
    meant = {term.issue: term for term in meant_terms(context.draft, context.view)}.get(issue.name, last.get(context.view.role))
    return meant is not None and issue.owner is not None and last.get(issue.owner) == meant


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
