"""What must an agreement keep? The policies, the limits of all roles, and the reserves of those who must back it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from orchestrator.analysis.ranges import Places, Range, ranges_of, terms_at
from orchestrator.analysis.rule_reader import read_rule
from orchestrator.analysis.rule_tree import CannotExpress, Truth, issues_in
from orchestrator.analysis.rule_truth import given, is_true
from orchestrator.messages.negotiation import Issue, Mandate, Negotiation, Rule
from orchestrator.messages.pattern import Coalition
from orchestrator.messages.quorum import backed, needed, voters
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import ROUNDING, reaches_reserve
from orchestrator.messages.value import IssueName, RoleName
from orchestrator.messages.view import agenda_of

__all__ = ["Beyond", "Demand", "Judge", "Kept", "Problem", "Quorum", "Reached", "failing", "is_kept", "problem_of", "without"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule that must be true: a policy, or a limit of a role."""

    kind: Literal["policy", "limit"]
    role: RoleName | None
    rule: Rule
    tree: Truth
    issues: frozenset[IssueName] = field(init=False, repr=False, compare=False)
    """Those that it is about."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "issues", issues_in(self.tree))


@dataclass(frozen=True, slots=True)
class Reached:
    """The reserve of a role: what an agreement must be worth to it at least."""

    role: RoleName
    mandate: Mandate
    kind: Literal["reserve"] = "reserve"
    issues: frozenset[IssueName] = field(init=False, repr=False, compare=False)
    """Those that it is about."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "issues", frozenset(measure.issue for measure in self.mandate.worths))


Demand: TypeAlias = Kept | Reached

Judge: TypeAlias = Callable[[Terms], bool]


@dataclass(frozen=True, slots=True)
class Beyond:
    """A rule that has no tree, and why."""

    kind: Literal["policy", "limit"]
    role: RoleName | None
    rule: Rule
    why: CannotExpress


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who votes, how much each counts, how much is needed, and who must be among those who back an agreement."""

    roles: tuple[RoleName, ...]
    weights: tuple[int, ...]
    needed: int
    always: frozenset[RoleName]

    @property
    def needs_all(self) -> bool:
        """Return whether nothing is enough without every role."""
        everyone = frozenset(self.roles)
        return not any(self.is_enough(everyone - {role}) for role in self.roles)

    def is_enough(self, roles: frozenset[RoleName]) -> bool:
        """Return whether these roles together can make an agreement."""
        backing = sum(weight for role, weight in zip(self.roles, self.weights, strict=True) if role in roles)
        return self.always <= roles and backing >= self.needed


@dataclass(frozen=True, slots=True)
class Problem:
    """Ranges, and what must be kept within them; `problem_of` makes it."""

    ranges: tuple[Range, ...]
    demands: tuple[Demand, ...]
    quorum: Quorum
    beyond: tuple[Beyond, ...] = ()
    also: Judge | None = field(default=None, repr=False, compare=False)
    """Tells whether full terms keep the rules that have no tree."""

    @property
    def names(self) -> tuple[IssueName, ...]:
        """Return the names of the issues, in the order of the agenda."""
        return tuple(each.issue.name for each in self.ranges)

    def terms(self, places: Places) -> Terms:
        """Return the terms of an outcome."""
        return terms_at(self.ranges, places)


def problem_of(negotiation: Negotiation) -> Problem:
    """Return what an agreement of the negotiation must keep. A reserve of 0 asks for nothing and is left out.

    In an auction limits and reserves bind whoever wins, and nobody knows who that is: only policies are left.
    """
    if negotiation.pattern == "auction":
        negotiation = negotiation.model_copy(update={"roles": ()})
    read = tuple(_rules(negotiation))
    quorum = _quorum(negotiation)
    voting = (role for role in negotiation.roles if role.name in quorum.roles)
    reserves = (Reached(role.name, role.mandate) for role in voting if role.mandate.reserve > ROUNDING)
    return Problem(
        ranges=ranges_of(negotiation.issues),
        demands=(*(each for each in read if isinstance(each, Kept)), *reserves),
        quorum=quorum,
        beyond=tuple(each for each in read if isinstance(each, Beyond)),
    )


def without(problem: Problem, left_out: frozenset[Demand]) -> Problem:
    """Return the problem without some demands; a role without its reserve may back anything."""
    return replace(problem, demands=tuple(demand for demand in problem.demands if demand not in left_out))


def is_kept(problem: Problem, terms: Terms) -> bool:
    """Return whether full terms keep all demands, and the rules that have no tree where somebody can tell."""
    failed = failing(problem, terms)
    if any(isinstance(demand, Kept) for demand in failed):
        return False
    missing = {demand.role for demand in failed if demand.role}
    return problem.quorum.is_enough(frozenset(problem.quorum.roles) - missing) and (problem.also is None or problem.also(terms))


def failing(problem: Problem, terms: Terms) -> tuple[Demand, ...]:
    """Return the demands that full terms do not keep."""
    values = given(terms)
    return tuple(
        demand
        for demand in problem.demands
        if not (is_true(demand.tree, values) if isinstance(demand, Kept) else reaches_reserve(demand.mandate, terms))
    )


def _rules(negotiation: Negotiation) -> Iterator[Kept | Beyond]:
    issues = negotiation.issues
    yield from (_read("policy", None, policy, issues) for policy in negotiation.policies)
    for role in negotiation.roles:
        yield from (_read("limit", role.name, limit, issues) for limit in role.mandate.limits)


def _read(kind: Literal["policy", "limit"], role: RoleName | None, rule: Rule, issues: tuple[Issue, ...]) -> Kept | Beyond:
    tree = read_rule(rule.rule, issues)
    return Beyond(kind, role, rule, tree) if isinstance(tree, CannotExpress) else Kept(kind, role, rule, tree)


def _quorum(negotiation: Negotiation) -> Quorum:
    """Return who must back an agreement at the end of a ladder, if there is one: what it asks for at the very least."""
    agenda = agenda_of(negotiation)
    roles = voters(agenda)
    weights = tuple(backed(agenda, (role,)) for role in roles)
    always = frozenset(roles if negotiation.agreement.needs == "all" else negotiation.agreement.always)
    rules = negotiation.pattern_rules
    ladder = rules.ladder if isinstance(rules, Coalition) else ()
    if any(rung.do == "person" for rung in ladder):
        return Quorum(roles, weights, 1, frozenset())
    least = min([needed(agenda, None), *(rung.quorum for rung in ladder if rung.do == "quorum" and rung.quorum)])
    return Quorum(roles, weights, least, always)
