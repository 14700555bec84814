"""What does a strategy write in one turn? A function of what its role sees, its ground and its temper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from orchestrator.messages.move import Offer
from orchestrator.messages.quorum import is_asked_to_yield
from orchestrator.messages.terms import Terms
from orchestrator.messages.view import View
from orchestrator.models.strategy.appeal import parties_of
from orchestrator.models.strategy.axes import OPEN, Outcome, outcome_of, terms_of
from orchestrator.models.strategy.concession import StrategyName, wanted
from orchestrator.models.strategy.detour import detour
from orchestrator.models.strategy.ground import Ground, Test
from orchestrator.models.strategy.lessons import lessons_of
from orchestrator.models.strategy.manners import keeps_given, must_wait, yielding
from orchestrator.models.strategy.record import Record, Seen
from orchestrator.models.strategy.search import Aim, aim_at, best_outcome
from orchestrator.models.strategy.stance import Accept, Concede, Hold, Reject, Renew, stance_of
from orchestrator.models.strategy.temper import Temper
from orchestrator.models.strategy.wording import acceptance, note, proposal, rejection, sentence

__all__ = ["Footing", "Turn", "written"]

_PLAIN = "My proposal is in the terms."
_HOLD = "I stay with the offer that I back, and wait for an answer."
_QUIET = "I have nothing new to propose in this turn."

_CLOSE = 0.15
"""How much less than wanted an offer may be worth to be worked up into a new one."""
_ROOM = 0.01
"""Utility that a role must have left to give for a detour to be worth its while."""


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a role stands, whatever the others do."""

    ground: Ground
    ideal: Outcome | None
    """What it would like best; None where it finds nothing that it may sign."""
    shunned: frozenset[str]
    """Gates that this does not reach; it keeps away from them as long as it gets anywhere without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """All that a turn depends on."""

    name: StrategyName
    view: View
    footing: Footing
    record: Record
    temper: Temper

    @property
    def ground(self) -> Ground:
        """Return the fixed ground of the role."""
        return self.footing.ground

    @property
    def own(self) -> Seen | None:
        """Return what the role has shown itself."""
        return self.record.seen.get(self.view.role)

    @property
    def target(self) -> float:
        """Return the utility that the role asks for."""
        ideal = self.footing.ideal
        top = self.view.mandate.reserve if ideal is None else self.ground.worth(ideal)
        return wanted(self.name, self.temper, self.view, self.record, top)

    @property
    def voice(self) -> int:
        """Return which phrase to use."""
        return self.temper.voice + self.view.round


def written(turn: Turn) -> str:
    """Return the text of a draft. After a refusal it is another one, with fewer words or safer terms."""
    view = turn.view
    if view.attempt == 0:
        return _decided(turn, is_plain=False)
    is_fallback = view.attempt > view.agenda.stop.repairs
    if is_fallback or all(finding.path.startswith("text") for finding in view.findings if finding.severity != "note"):
        return _decided(turn, is_plain=True)
    if view.attempt < view.agenda.stop.repairs and turn.own is not None:
        return proposal(terms_of(turn.ground.axes, turn.own.last), _PLAIN)
    return note(_QUIET)


def _decided(turn: Turn, *, is_plain: bool) -> str:  # noqa: PLR0911 - one line for each stance
    if must_wait(turn.view):
        return note(_QUIET)
    if is_asked_to_yield(turn.view) and (step := yielding(turn.view, turn.ground, turn.own)) is not None:
        return _yielded(turn, step, is_plain=is_plain)
    target = turn.target
    stance = stance_of(turn.view, turn.ground, turn.record, target, turn.footing.shunned)
    match stance:
        case Accept(offer):
            return acceptance(offer.id, turn.voice)
        case Reject(offer):
            return rejection(offer.id)
        case Renew(offer):
            return _proposed(turn, offer.terms, is_plain=is_plain)
        case Hold():
            return note(_HOLD)
        case Concede():
            terms = _conceded(turn, target)
            return _waiting(turn.view) if terms is None else _proposed(turn, terms, is_plain=is_plain)
        case _:
            assert_never(stance)


def _yielded(turn: Turn, step: Outcome | Offer, *, is_plain: bool) -> str:
    """Return the step that the ladder asks for."""
    if isinstance(step, Offer):
        return acceptance(step.id, turn.voice)
    return _proposed(turn, terms_of(turn.ground.axes, step), is_plain=is_plain)


def _waiting(view: View) -> str:
    return note(_HOLD if any(backing.role == view.role for backing in view.backing) else _QUIET)


def _proposed(turn: Turn, terms: Terms, *, is_plain: bool) -> str:
    if is_plain:
        return proposal(terms, _PLAIN)
    before = () if turn.own is None else terms_of(turn.ground.axes, turn.own.last)
    others = [offer for offer in turn.view.offers if offer.sender in turn.view.agenda.roles and offer.sender != turn.view.role]
    whom = max(others, key=lambda offer: offer.turn).sender if others else None
    return proposal(terms, sentence(turn.view.agenda, terms, before, whom, turn.voice))


def _conceded(turn: Turn, target: float) -> Terms | None:
    """Return the terms to propose, or None where they would be those that stand already."""
    outcome = _next_outcome(turn, target)
    if outcome is None:
        return None
    view, ground = turn.view, turn.ground
    if turn.own is None and view.round == 1 < view.agenda.stop.rounds:
        return terms_of(ground.axes, _opening(ground, outcome))
    terms = terms_of(ground.axes, outcome)
    standing = view.own_offer()
    is_standing = standing is not None and standing.terms == terms and view.role in view.backers(standing.id)
    return None if is_standing else terms


def _opening(ground: Ground, outcome: Outcome) -> Outcome:
    """Return the outcome with only those issues settled that matter to the role, so that others see which they are."""
    named = tuple(place if ground.matters(axis) else OPEN for axis, place in enumerate(outcome))
    return outcome if set(named) == {OPEN} else named


def _next_outcome(turn: Turn, target: float) -> Outcome | None:
    ideal = turn.footing.ideal
    if ideal is None:
        return None
    others = tuple(seen for role, seen in turn.record.seen.items() if role != turn.view.role)
    parties = parties_of(turn.ground.axes, others, turn.own)
    aim = aim_at(turn.ground, parties, target, _test(turn, _shunned(turn)), turn.temper.moods)
    outcome = best_outcome(aim, _starts(turn, aim, ideal))
    own = turn.own
    if own is None or (outcome is not None and (outcome not in own.tried or turn.ground.worth(outcome) <= target + _ROOM)):
        return outcome
    stuck = outcome or own.last
    return detour(aim, stuck, others, own) or _gated_detour(turn, aim, stuck, others, own) or outcome


def _gated_detour(turn: Turn, aim: Aim, stuck: Outcome, others: tuple[Seen, ...], own: Seen) -> Outcome | None:
    """Return a detour that may reach a gate, where there are gates and no approver has said no yet."""
    if not turn.footing.shunned or turn.record.was_denied:
        return None
    return detour(replace(aim, test=_test(turn, frozenset())), stuck, others, own)


def _shunned(turn: Turn) -> frozenset[str]:
    """Return the gates to keep away from: not those without which another role has never made a proposal.

    After an approver has said no, it is all again that the role itself can do without.
    """
    if turn.record.was_denied:
        return turn.footing.shunned
    others = (seen for role, seen in turn.record.seen.items() if role != turn.view.role)
    return turn.footing.shunned.difference(*(seen.gates for seen in others))


def _test(turn: Turn, shunned: frozenset[str]) -> Test:
    ground = turn.ground

    def is_free(outcome: Outcome) -> bool:
        return ground.is_free(outcome, shunned)

    keeps = keeps_given(turn.view, ground)
    allowed = is_free if keeps is None else _both(keeps, is_free)
    lessons = lessons_of(turn.ground.axes, turn.record.rebuffs, turn.record.seen)
    if not lessons:
        return allowed
    return lambda outcome: not any(lesson.forbids(outcome) for lesson in lessons) and allowed(outcome)


def _both(one: Test, other: Test) -> Test:
    return lambda outcome: one(outcome) and other(outcome)


def _starts(turn: Turn, aim: Aim, ideal: Outcome) -> tuple[Outcome, ...]:
    """Return the role's last proposal, or its ideal, and the offer of another that is worth most to it."""
    own = turn.own
    first = own.last if own is not None and OPEN not in own.last and aim.test(own.last) else ideal
    theirs = max(_signable(turn, aim), key=turn.ground.worth, default=None)
    return (first,) if theirs is None else (first, theirs)


def _signable(turn: Turn, aim: Aim) -> Iterator[Outcome]:
    for offer in turn.view.offers:
        standing = turn.ground.standing(offer)
        if offer.sender != turn.view.role and standing.is_permitted and standing.worth > aim.target - _CLOSE:
            outcome = outcome_of(turn.ground.axes, offer.terms)
            if OPEN not in outcome and aim.test(outcome):
                yield outcome
