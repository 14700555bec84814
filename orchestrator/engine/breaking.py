"""When does a talk freeze, and how does it go on? Terms that jump, offers that rush, spending that runs: a person looks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orchestrator.engine.account import Account
from orchestrator.engine.rules import Rules
from orchestrator.engine.session import Session
from orchestrator.engine.settling import end_turn
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.distance import span
from orchestrator.messages.event import Ended
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.pattern import Breakers, Movement, Rate
from orchestrator.messages.reply import Unfroze
from orchestrator.messages.spend import Spend
from orchestrator.messages.step import Breaker, Froze, Thawed
from orchestrator.messages.terms import Term, exact, spoken
from orchestrator.messages.value import RoleName

__all__ = ["trips", "unfreeze"]


def trips(session: Session) -> Froze | None:
    """Return how a breaker trips on the move just tabled or the call just made; None where none does."""
    breakers = session.agenda.breakers
    if breakers is None:
        return None
    if breakers.movement is not None and (jump := _jump(session, breakers.movement)):
        return _froze(breakers, "movement", jump, session.moves[-1].sender)
    if breakers.rate is not None and (rush := _rush(session, breakers.rate)):
        return _froze(breakers, "rate", rush)
    if breakers.spend is not None and (spent := _spent(session, breakers.spend)):
        return _froze(breakers, "spend", spent)
    return None


def unfreeze(unfolding: Unfolding, reply: Unfroze, rules: Rules) -> None:
    """Take the word of the person whom a breaker waits for: on with the turn, or an end. Another's changes nothing."""
    frozen = unfolding.session.course.frozen
    if unfolding.session.phase != "frozen" or frozen is None or reply.by != frozen.person:
        return
    unfolding.add(Thawed(by=reply.by, goes_on=reply.goes_on, note=reply.note))
    if reply.goes_on:
        end_turn(unfolding, rules)
    else:
        unfolding.add(Ended(status="no_agreement", reason="breaker"))


def _froze(breakers: Breakers, breaker: Breaker, why: str, role: RoleName | None = None) -> Froze:
    return Froze(breaker=breaker, person=breakers.person, why=why, role=role)


def _jump(session: Session, movement: Movement) -> str:
    """Return how a term of the move just tabled has jumped from one of its sender's within the rounds; empty if none has."""
    if not session.moves or session.moves[-1].turn != session.turn - 1 or session.moves[-1].act != "propose":
        return ""
    move = session.moves[-1]
    first = max(session.course.since.turn, move.turn - movement.rounds * len(session.roles))
    watched = [issue for issue in session.agenda.issues if not movement.issues or issue.name in movement.issues]
    bound = Decimal(str(movement.share))
    for earlier in _proposals_since(session, move, first):
        for issue in watched:
            old, new = _term(earlier, issue), _term(move, issue)
            share = span(issue, old, new) if old and new else None
            if old and new and share is not None and share > bound:
                rounds = max(1, -(-(move.turn - earlier.turn) // len(session.roles)))
                return (
                    f"{issue.name} of {move.sender} moved from {spoken(old)} to {spoken(new)} in {rounds} "
                    f"round{'' if rounds == 1 else 's'}, {_percent(share)} of its range; the bound is {_percent(bound)}"
                )
    return ""


def _percent(share: Decimal) -> str:
    return f"{exact((share * 100).quantize(Decimal(1)))} %"


def _proposals_since(session: Session, move: Move, turn: int) -> Iterator[Move]:
    for earlier in reversed(session.moves[:-1]):
        if earlier.turn < turn:
            return
        if earlier.sender == move.sender and earlier.act == "propose":
            yield earlier


def _term(move: Move, issue: Issue) -> Term | None:
    return next((term for term in move.terms if term.issue == issue.name), None)


def _rush(session: Session, rate: Rate) -> str:
    since = max(session.millis - rate.seconds * 1000, session.course.since.millis)
    offers = 0
    for move, at in zip(reversed(session.moves), reversed(session.times), strict=False):
        if at < since or move.turn < session.course.since.turn:
            break
        offers += move.act == "propose"
    if offers <= rate.offers:
        return ""
    seconds = "a second" if rate.seconds == 1 else f"{rate.seconds} seconds"
    return f"{offers} offers within {seconds}; the bound is {rate.offers}"


def _spent(session: Session, bounds: Spend) -> str:
    since = session.course.since
    total = next((account for account in session.accounts if account.role is None), Account(role=None, bounds=bounds))
    rows = (
        ("USD", bounds.usd, total.usd - since.usd),
        ("tokens", bounds.tokens, total.tokens - since.tokens),
        ("calls", bounds.calls, total.calls - since.calls),
        ("seconds of waiting", bounds.seconds, Decimal(total.millis - since.waited) / 1000),
    )
    return next(
        (f"{used} {name} were used; the bound is {bound}" for name, bound, used in rows if bound is not None and used > bound),
        "",
    )
