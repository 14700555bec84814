"""What becomes of a model's words? Read, judged by all guards, then tabled, sent back for repair, or replaced."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.engine.breaking import trips
from orchestrator.engine.explaining import explain
from orchestrator.engine.handing import handed_over
from orchestrator.engine.patterns.table import conduct_of
from orchestrator.engine.rules import Rules, judge, read, weigh
from orchestrator.engine.session import Session
from orchestrator.engine.settling import end_turn
from orchestrator.engine.spending import cost_of, tokens_of_tries
from orchestrator.engine.unfold import Unfolding
from orchestrator.engine.view import view_of
from orchestrator.engine.wording import Wording, word
from orchestrator.messages.draft import Draft
from orchestrator.messages.event import Ended, Fell, FellBack, Heard, Held, Refused, Tabled
from orchestrator.messages.finding import Finding, verdict_of
from orchestrator.messages.move import Fall, Move, WhyFallen
from orchestrator.messages.negotiation import Fallback
from orchestrator.messages.pattern import TradeSpace
from orchestrator.messages.reply import Finish, Written
from orchestrator.messages.terms import digest_of_terms
from orchestrator.messages.utility import ROUNDING, utility
from orchestrator.messages.value import OfferId
from orchestrator.messages.view import Reading

__all__ = ["hear"]

_UNFINISHED: dict[Finish, str] = {
    "cut": "the answer was cut at the most tokens that it may have; write a shorter draft",
    "refused": "the model declined to answer; write a draft, be it an 'inform' without terms",
    "filtered": "the service's content filter held the answer back; write other words",
    "empty": "the answer has no text; write one draft as one JSON object",
}


def hear(unfolding: Unfolding, reply: Written, rules: Rules) -> None:
    """Decide a model's text. Text of a role whose turn it is not changes nothing."""
    session = unfolding.session
    if session.phase == "approving" and session.question is not None and reply.role == session.question.to:
        unfolding.add(_heard(session, reply))
        explain(unfolding, reply, rules)
        return
    if session.phase not in ("asking", "repairing", "falling_back") or reply.role != session.speaker.name:
        return
    unfolding.add(_heard(session, reply))
    view = view_of(session, reply.role)
    reading = read(rules, reply.text, view) if reply.finish == "stop" else Reading(None, (_unfinished(reply.finish),))
    judged = judge(rules, reading.draft, view) if reading.draft else ()
    findings = weigh((*reading.findings, *judged), view.words)
    verdict = verdict_of(findings)
    if reading.draft and (verdict == "admit" or (verdict == "withhold" and _passes_unsaid(session, findings))):
        wording = word(unfolding, reading.draft, reply, rules, withheld=verdict == "withhold")
        _table(unfolding, reading.draft, wording, findings)
    else:
        _refuse(unfolding, findings)
    if unfolding.session.attempt > 0 or unfolding.session.phase != "asking":
        return
    froze = trips(unfolding.session) or handed_over(unfolding.session, reading.draft, reply.role, rules)
    if froze is None:
        end_turn(unfolding, rules)
    else:
        unfolding.add(froze)


def _heard(session: Session, reply: Written) -> Heard:
    lost = tokens_of_tries(reply.tries) if reply.tries else None
    return Heard(
        role=reply.role,
        prompt_tokens=reply.usage.prompt,
        reply_tokens=reply.usage.reply,
        millis=max(0, round((reply.at - reply.began).total_seconds() * 1000)),
        cost=cost_of(session, reply),
        lost_tokens=((lost.prompt + lost.reply) or None) if lost else None,
    )


def _unfinished(finish: Finish) -> Finding:
    return Finding(code=f"shape.{finish}", kind="shape", severity="refuse", path="", message=_UNFINISHED[finish])


def _passes_unsaid(session: Session, findings: tuple[Finding, ...]) -> bool:
    """Return whether a move whose words alone are at fault goes out without them: on the last try, or as they inject."""
    return _is_last_try(session) or any(finding.kind == "injection" for finding in findings if finding.severity == "withhold")


def _is_last_try(session: Session) -> bool:
    return session.attempt >= session.stop.repairs


def _refuse(unfolding: Unfolding, findings: tuple[Finding, ...]) -> None:
    session = unfolding.session
    role, fallback = session.speaker, session.fallback
    last = _is_last_try(session)
    unfolding.add(Refused(role=role.name, attempt=session.attempt, findings=findings))
    if fallback is None and last:
        unfolding.add(FellBack(role=role.name, to=_fallback_of(session)))
        fallback = None if _fallback_of(session) == "strategy" else _fallback_of(session)
    if fallback == "escalate":
        unfolding.add(Ended(status="no_agreement", reason="escalated"))
    elif fallback is not None:
        unfolding.add(Held(role=role.name))


def _fallback_of(session: Session) -> Fallback:
    """Return what acts for the speaker; no strategy acts in the name of a person."""
    fallback = session.speaker.fallback
    return "hold" if fallback == "strategy" and session.speaker.name in session.people else fallback


def _table(unfolding: Unfolding, draft: Draft, wording: Wording, findings: tuple[Finding, ...]) -> None:
    before = unfolding.session
    move = _move_of(before, draft, wording)
    unfolding.add(Tabled(move=move, findings=(*findings, *wording.findings), changed=_is_new(before, move)))
    if draft.act == "propose":
        for offer in conduct_of(before).replaces(before, move.sender):
            _fell(unfolding, offer, "superseded", move)
    elif draft.act == "reject":
        for offer in _rejected(before, move):
            _fell(unfolding, offer, "rejected", move)
    elif draft.act == "withdraw":
        _fell(unfolding, draft.offer, "withdrawn", move)
    elif draft.act == "escalate":
        unfolding.add(Ended(status="no_agreement", reason="escalated"))


@dataclass(frozen=True, slots=True)
class _Base:
    """Which version a package is, and of what."""

    version: int
    revises: OfferId | None


def _base(session: Session, draft: Draft) -> _Base | None:
    """Return which version a proposal is, where packages have them: of what it names, the one text, or its sender's last."""
    rules = session.agenda.pattern_rules
    if not isinstance(rules, TradeSpace) or draft.act != "propose":
        return None
    text = session.offers[-1].id if rules.single_text and session.offers else None
    last = next((move.id for move in session.proposals if move.sender == session.speaker.name), None)
    revised = draft.revises or text or last
    before = next((move.version for move in reversed(session.moves) if move.id == revised), 0)
    return _Base(before + 1, revised)


def _rejected(session: Session, move: Move) -> tuple[OfferId, ...]:
    """Return the offers that fall by a reject."""
    offer, conduct = session.offer(move.offer), conduct_of(session)
    if offer is None or not conduct.falls(session, move.sender, offer):
        return ()
    return (offer.id, *conduct.along(session, offer))


def _move_of(session: Session, draft: Draft, wording: Wording) -> Move:
    meant = session.offer(draft.offer)
    base = _base(session, draft)
    return Move(
        id=OfferId(f"m{len(session.moves) + 1}-{session.id[-4:]}"),
        sender=session.speaker.name,
        turn=session.turn,
        round=session.round,
        act=draft.act,
        terms=draft.terms,
        offer=draft.offer,
        digest=digest_of_terms(draft.terms) if draft.act == "propose" else meant and meant.digest,
        text=wording.text,
        withheld=wording.withheld,
        evidence=() if wording.withheld else draft.evidence,
        assumes=draft.assumes,
        expires=draft.expires,
        confidence=draft.confidence,
        tokens=wording.tokens,
        cut=wording.cut,
        suspicion=wording.suspicion,
        gist=wording.gist,
        conditions=draft.conditions if base else (),
        version=base.version if base else 0,
        revises=base.revises if base else None,
    )


def _fell(unfolding: Unfolding, offer: OfferId | None, why: WhyFallen, move: Move) -> None:
    fallen = unfolding.session.offer(offer)
    if fallen is not None:
        unfolding.add(Fell(fall=Fall(offer=fallen.id, sender=fallen.sender, why=why, by=move.sender, turn=move.turn)))


def _is_new(session: Session, move: Move) -> bool:
    if move.act != "propose":
        return False
    last = next((proposal for proposal in session.proposals if proposal.sender == move.sender), None)
    if last is None:
        return True
    if last.digest == move.digest:
        return False
    return session.stop.min_improvement <= 0 or _improves(session, last, move)


def _improves(session: Session, last: Move, move: Move) -> bool:
    return any(
        utility(role.mandate, move.terms) - utility(role.mandate, last.terms) >= session.stop.min_improvement - ROUNDING
        for role in session.roles
        if role.name != move.sender
    )
