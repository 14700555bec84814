"""Who gave what for what? The offers of a talk one after another, by what each is worth to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import Mandate, Role
from orchestrator.messages.terms import Term, Terms
from orchestrator.messages.utility import utility
from orchestrator.messages.value import IssueName, OfferId, RoleName

__all__ = ["Balance", "Change", "Step", "balances", "steps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One issue that an offer settles otherwise than its sender's offer before."""

    issue: IssueName
    before: Term | None
    after: Term | None
    worth: tuple[float, ...]
    """What it adds to the utility of each role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One offer, beside its sender's offer before."""

    round: int
    role: RoleName
    offer: OfferId
    is_first: bool
    is_complete: bool
    utilities: tuple[float, ...]
    """Of the offer, to each role; issues that are open count as worst."""
    gave: float
    """What its sender gives up of its own utility; negative where it asks for more."""
    others: float
    """What the others gain by it, all together."""
    got: float
    """What the others' offers have become worth to its sender since it last made one."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a role gave and got in all."""

    role: RoleName
    offers: int
    gave: float
    got: float


def steps(roles: Sequence[Role], issues: Sequence[str], moves: Iterable[Move]) -> tuple[Step, ...]:
    """Return the proposals among the moves as steps, in their order."""
    return tuple(_steps(tuple(roles), len(issues), moves))


def balances(roles: Sequence[Role], found: Sequence[Step]) -> tuple[Balance, ...]:
    """Return for each role what it gave and got over all steps."""
    return tuple(_balance(role.name, [step for step in found if step.role == role.name]) for role in roles)


def _balance(role: RoleName, own: Sequence[Step]) -> Balance:
    return Balance(role=role, offers=len(own), gave=sum(step.gave for step in own), got=sum(step.got for step in own))


def _steps(roles: tuple[Role, ...], issues: int, moves: Iterable[Move]) -> Iterator[Step]:
    last: dict[RoleName, Terms] = {}
    heard: dict[RoleName, dict[RoleName, float]] = {role.name: {} for role in roles}
    names = [role.name for role in roles]
    for move in moves:
        if move.act != "propose" or move.sender not in names:
            continue
        me = names.index(move.sender)
        before = last.get(move.sender)
        worth = tuple(utility(role.mandate, move.terms) for role in roles)
        was = worth if before is None else tuple(utility(role.mandate, before) for role in roles)
        offered = {other: utility(roles[me].mandate, terms) for other, terms in last.items() if other != move.sender}
        known = heard[move.sender]
        got = sum(now - known[other] for other, now in offered.items() if other in known)
        yield Step(
            round=move.round,
            role=move.sender,
            offer=move.id,
            is_first=before is None,
            is_complete=len(move.terms) == issues,
            utilities=worth,
            gave=was[me] - worth[me],
            others=sum(worth) - worth[me] - sum(was) + was[me],
            got=got,
            changes=() if before is None else tuple(_changes([role.mandate for role in roles], before, move.terms)),
        )
        last[move.sender] = move.terms
        heard[move.sender] = {**known, **offered}


def _changes(mandates: Sequence[Mandate], before: Terms, after: Terms) -> Iterator[Change]:
    old: dict[IssueName, Term] = {term.issue: term for term in before}
    new: dict[IssueName, Term] = {term.issue: term for term in after}
    for issue in dict.fromkeys((*old, *new)):
        if old.get(issue) != new.get(issue):
            yield Change(
                issue=issue,
                before=old.get(issue),
                after=new.get(issue),
                worth=tuple(_alone(mandate, issue, new) - _alone(mandate, issue, old) for mandate in mandates),
            )


def _alone(mandate: Mandate, issue: IssueName, terms: Mapping[IssueName, Term]) -> float:
    """Return what one issue adds to the utility; worst where it is open."""
    own = mandate.model_copy(update={"worths": tuple(measure for measure in mandate.worths if measure.issue == issue)})
    return utility(own, (terms[issue],) if issue in terms else ())
