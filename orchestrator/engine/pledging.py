"""What does a talk hold of the pots that it shares with others? A pure function of its state, told whenever it changes.

At most one of the offers that stand can settle, so the largest of them is reserved and no more. An agreement commits what
its own terms take. A talk that amends an agreement starts with that agreement's commitment standing: it reserves only what
goes beyond it, replaces it when it agrees, and leaves it as it was when it does not.
"""

from __future__ import annotations

from decimal import Decimal

from orchestrator.engine.rules import Rules, takes_of
from orchestrator.engine.session import Session
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.event import Fell
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Offer
from orchestrator.messages.pot import Pledged, Room, RoomKnown, Taken
from orchestrator.messages.terms import Terms, exact
from orchestrator.messages.value import SessionId

__all__ = ["account_of", "holds", "pledge", "pots_of", "take_note"]

_NOTHING = Decimal(0)


def account_of(session: Session) -> SessionId:
    """Return under which name the session holds: that of the first of its chain of amendments."""
    return next((each.account for each in session.settings.pledges), session.id)


def pots_of(session: Session) -> tuple[str, ...]:
    """Return the pots that the session draws on, and those that the agreement before it has drawn on."""
    budgets = session.agenda.budgets
    named = tuple(take.pot for take in budgets.takes) if budgets else ()
    return tuple(dict.fromkeys((*named, *(each.pot for each in session.settings.pledges))))


def take_note(unfolding: Unfolding, rooms: tuple[Room, ...]) -> None:
    """Hear how much may be held of each pot, where that is news and the talk is not over."""
    session = unfolding.session
    if rooms != session.rooms and session.phase not in ("settled", "agreed", "over", "impossible"):
        unfolding.add(RoomKnown(rooms=rooms))


def pledge(unfolding: Unfolding, rules: Rules) -> None:
    """Let go of offers for which too little is left, then say what the talk holds, where that has changed."""
    session = unfolding.session
    if session.phase in ("opening", "impossible") or not pots_of(session):
        return
    if session.phase != "over":
        for offer in session.offers:
            if offer.id != session.settled and (finding := _beyond(session, offer, rules)):
                _let_go(unfolding, offer, finding)
    unfolding.conclude(*(each for each in holds(unfolding.session, rules) if _is_news(session, each)))


def _is_news(session: Session, pledge: Pledged) -> bool:
    """Return whether a holding has to be told: it has changed, or it is agreed, be it nothing, so that it can be amended."""
    is_told = any(each.pot == pledge.pot for each in session.pledges)
    return pledge != _told(session, pledge.pot) or (session.status == "agreed" and not is_told)


def holds(session: Session, rules: Rules) -> tuple[Pledged, ...]:
    """Return what the session holds of each of its pots."""
    offers = session.offers if session.status in (None, "stopped") else ()
    amounts = tuple(taken for offer in offers for taken in takes_of(rules, offer.terms))
    return tuple(_hold(session, pot, amounts, rules) for pot in pots_of(session))


def _hold(session: Session, pot: str, amounts: tuple[Taken, ...], rules: Rules) -> Pledged:
    first = _at_first(session, pot)
    if session.status == "no_agreement":
        return first
    if session.status == "agreed":
        return first.model_copy(update={"holder": session.id, "committed": _agreed(session, pot, rules)})
    most = max((taken.amount or _NOTHING for taken in amounts if taken.pot == pot), default=_NOTHING)
    reserved = max(_NOTHING, most - first.committed)
    return first.model_copy(update={"holder": session.id, "reserved": reserved})


def _agreed(session: Session, pot: str, rules: Rules) -> Decimal:
    budgets = session.agenda.budgets
    if budgets is None or budgets.pot(pot) is None:
        return _NOTHING
    amount = _amount(session.terms, pot, rules)
    # What cannot be said is not let go of.
    return _told(session, pot).held if amount is None else amount


def _at_first(session: Session, pot: str) -> Pledged:
    """Return what was held before the session began: what the superseded agreement has committed, or nothing."""
    carried = next((each for each in session.settings.pledges if each.pot == pot), None)
    if carried is not None:
        return carried
    account = account_of(session)
    holder = session.settings.supersedes if session.settings.pledges and session.settings.supersedes else session.id
    return Pledged(pot=pot, account=account, holder=holder, reserved=_NOTHING, committed=_NOTHING)


def _told(session: Session, pot: str) -> Pledged:
    return next((each for each in session.pledges if each.pot == pot), _at_first(session, pot))


def _amount(terms: Terms, pot: str, rules: Rules) -> Decimal | None:
    """Return what terms take of a pot; None where that cannot be said, and the guard lets nobody agree to them."""
    return next((taken.amount for taken in takes_of(rules, terms) if taken.pot == pot), None)


def _beyond(session: Session, offer: Offer, rules: Rules) -> Finding | None:
    """Return why an offer cannot stand: it takes more than is left, and no role wrote it, else a guard had refused it."""
    rooms = {room.pot: room.most for room in session.rooms}
    for taken in takes_of(rules, offer.terms):
        most = max(rooms.get(taken.pot, _NOTHING), _told(session, taken.pot).held)
        if taken.amount is not None and taken.amount > most:
            return Finding(
                code="budget.exhausted",
                kind="policy",
                severity="refuse",
                path="terms",
                words=exact(taken.amount),
                message=f"offer {offer.id!r} takes {exact(taken.amount)} of {taken.pot!r}; {exact(most)} is left for this talk",
                allowed=f"at most {exact(most)}",
            )
    return None


def _let_go(unfolding: Unfolding, offer: Offer, finding: Finding) -> None:
    turn = unfolding.session.turn
    fall = Fall(offer=offer.id, sender=offer.sender, why="unfit", by="", reason=finding.message, turn=turn)
    unfolding.add(Fell(fall=fall, findings=(finding,)))
