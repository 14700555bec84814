"""How do several agree? By weight, with vetoes and an order of roles, and down a ladder where they don't."""

from __future__ import annotations

from orchestrator.engine.patterns.conduct import Conduct, Settling, is_complete
from orchestrator.engine.session import Session
from orchestrator.messages.event import Ended, Event, Reason
from orchestrator.messages.move import Offer
from orchestrator.messages.pattern import Coalition, Rung
from orchestrator.messages.quorum import backed, fells, needed, suffices, voters
from orchestrator.messages.step import Step, Stepped
from orchestrator.messages.value import OfferId, RoleName

__all__ = ["COALITION", "ladder_gate"]


def ladder_gate(number: int) -> str:
    """Return the id of the gate at which a step of the ladder asks its person."""
    return f"ladder_{number}"


def _settles(session: Session) -> Settling | None:
    step = session.course.step
    complete = [offer for offer in session.offers if is_complete(session, offer)]
    enough = [offer for offer in complete if suffices(session.agenda, step, session.backers_of(offer.id))]
    if enough:
        return Settling(offer=min(enough, key=lambda offer: _order(session, offer)))
    if step is None or step.name != "person" or step.turn != session.turn:
        return None
    gate = next((gate for gate in session.agenda.gates if gate.id == ladder_gate(step.number)), None)
    if gate is None or any(ruling.gate == gate.id for ruling in session.rulings):
        return None
    best = _best_backed(session, complete)
    return None if best is None else Settling(offer=best, gates=(gate,))


def _best_backed(session: Session, complete: list[Offer]) -> Offer | None:
    """Return the offer that a person is asked about: somebody backs it, and everyone without whom there is no agreement."""
    weights = {offer.id: backed(session.agenda, session.backers_of(offer.id)) for offer in complete}
    always = set(session.agenda.agreement.always)
    liked = [offer for offer in complete if weights[offer.id] > 0 and always.issubset(session.backers_of(offer.id))]
    return min(liked, key=lambda offer: (-weights[offer.id], *_order(session, offer)), default=None)


def _order(session: Session, offer: Offer) -> tuple[int, int]:
    """Return what is compared among offers that could settle: the priority of their senders, then their age."""
    rules = session.agenda.pattern_rules
    priorities = rules.priorities if isinstance(rules, Coalition) else ()
    place = priorities.index(offer.sender) if offer.sender in priorities else len(priorities)
    return place, session.offers.index(offer)


def _falls(session: Session, role: RoleName, offer: Offer) -> bool:  # noqa: ARG001 - one question for all patterns
    return fells(session.agenda, role)


def _along(session: Session, offer: Offer) -> tuple[OfferId, ...]:
    """Return all other offers of the same terms where there are vetoes: what is vetoed falls for good, whoever offers it."""
    rules = session.agenda.pattern_rules
    if not isinstance(rules, Coalition) or not rules.vetoes:
        return ()
    return tuple(other.id for other in session.offers if other.digest == offer.digest and other.id != offer.id)


def _reason(session: Session, offer: Offer) -> Reason:
    by_person = any(
        ruling.approved and ruling.offer == offer.id and ruling.gate.startswith("ladder_") for ruling in session.rulings
    )
    return "person" if by_person else "quorum"


def _due(session: Session) -> tuple[Event, ...]:
    rules = session.agenda.pattern_rules
    if session.phase != "asking" or not isinstance(rules, Coalition) or not rules.ladder:
        return ()
    step = session.course.step
    number = step.number if step else 0
    began = next((earlier.turn for earlier in session.course.steps if earlier.number == number), 0)
    if number < len(rules.ladder) and session.turn - began >= rules.ladder[number].after * len(session.roles):
        return _down(session, rules, number + 1)
    if step is not None and step.name == "concede" and step.role is not None and _has_answered(session, step):
        return _next_to_yield(session, rules, step)
    return ()


def _instead(session: Session, end: Ended) -> tuple[Event, ...]:
    """Go down the ladder where nothing moves; where time is up, only a person can still be asked."""
    rules = session.agenda.pattern_rules
    if not isinstance(rules, Coalition):
        return ()
    number = session.course.step.number if session.course.step else 0
    if end.reason == "unchanged" and number < len(rules.ladder):
        return _down(session, rules, number + 1)
    left = (place for place, rung in enumerate(rules.ladder, 1) if place > number and rung.do == "person")
    last = next(left, None)
    if last is None or end.reason not in ("rounds", "seconds"):
        return ()
    return _down(session, rules, last)


def _down(session: Session, rules: Coalition, number: int) -> tuple[Event, ...]:
    rung = rules.ladder[number - 1]
    needs = needed(session.agenda, session.course.step)
    match rung.do:
        case "quorum":
            needs = rung.quorum or needs
            says = f"no agreement yet: backing of {needs} is enough from now on"
        case "concede":
            return _asking(session, rules, number, _order_of_yielding(session, rules)[0])
        case "person":
            says = f"no agreement yet: the offer that is backed best goes to {rung.person}"
        case "end":
            says = "no agreement: the talk ends here"
    stepped = Stepped(step=_step(session, rung, number, says, needs))
    return (stepped, Ended(status="no_agreement", reason="ladder")) if rung.do == "end" else (stepped,)


def _step(session: Session, rung: Rung, number: int, says: str, needs: int) -> Step:
    return Step(name=rung.do, turn=session.turn, number=number, says=says, needs=needs)


def _asking(session: Session, rules: Coalition, number: int, role: RoleName) -> tuple[Event, ...]:
    says = f"no agreement yet: {role} is asked for a concession in its next turn"
    step = _step(session, rules.ladder[number - 1], number, says, needed(session.agenda, session.course.step))
    return (Stepped(step=step.model_copy(update={"role": role})),)


def _has_answered(session: Session, step: Step) -> bool:
    """Return whether the role that was asked has had its turn since."""
    count = len(session.roles)
    place = next(place for place, role in enumerate(session.roles) if role.name == step.role)
    return session.turn > step.turn + (place - step.turn) % count


def _next_to_yield(session: Session, rules: Coalition, step: Step) -> tuple[Event, ...]:
    order = _order_of_yielding(session, rules)
    asked = {earlier.role for earlier in session.course.steps if earlier.number == step.number}
    role = next((role for role in order if role not in asked), None)
    return () if role is None else _asking(session, rules, step.number, role)


def _order_of_yielding(session: Session, rules: Coalition) -> tuple[RoleName, ...]:
    """Return who yields in which order: roles without priority last in the file first, then from the last priority up."""
    others = [role for role in voters(session.agenda) if role not in rules.priorities]
    return (*reversed(others), *reversed(rules.priorities))


COALITION = Conduct(settles=_settles, falls=_falls, along=_along, due=_due, instead=_instead, reason=_reason)
