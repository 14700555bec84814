"""Do honest models agree in every shipped negotiation, and are the rules of its pattern kept? One case for each and a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from pydantic import JsonValue

from evals.harness.suite import Case, Goal, Metric, Options, Outcome, Proof, Suite
from evals.harness.table import folder_of, full_rules, hold
from evals.harness.verdict import violations
from orchestrator.engine import Session
from orchestrator.messages.digest import digest_of, sha256
from orchestrator.messages.pattern import Approval, Coalition, Concession
from orchestrator.messages.quorum import backed
from orchestrator.messages.terms import position
from orchestrator.roles.find import shipped

__all__ = ["SUITE", "broken"]


def _names(options: Options) -> tuple[str, ...]:
    return options.one_of("scenario", shipped())


def _cases(options: Options) -> tuple[Case, ...]:
    return tuple(
        Case(
            id=f"{name}/{seed}",
            tags=(("scenario", name), ("pattern", folder_of(name).negotiation.pattern), ("seed", str(seed))),
        )
        for name in _names(options)
        for seed in range(options.whole("seeds", 3))
    )


def _solve(case: Case, epoch: int, options: Options) -> Outcome:
    name = case.tag("scenario")
    seed = options.seed + (epoch - 1) * options.whole("seeds", 3) + int(case.tag("seed"))
    models = {} if options.model is None else {"*": options.model}
    held = hold(folder_of(name), full_rules(name), seed=seed, seats={}, name=f"{name}-{seed:04d}", models=models)
    session = held.session
    faults: list[JsonValue] = list(broken(session))
    return {
        "agreed": session.status == "agreed",
        "reason": session.reason or session.phase,
        "rounds": session.round,
        "refusals": session.refusals,
        "broken": faults,
    }


def broken(session: Session) -> Iterator[str]:
    """Yield what a session that is over has broken: looked for here anew, not by the guards that should have kept it."""
    yield from _backward(session)
    if session.status != "agreed":
        return
    yield from violations(session)
    yield from _unsettled(session)


def _unsettled(session: Session) -> Iterator[str]:
    rules, agreement = session.agenda.pattern_rules, session.agenda.agreement
    if isinstance(rules, Approval):
        approved = {ruling.gate: ruling.by for ruling in session.rulings if ruling.approved}
        if approved.get("approval") != rules.by:
            yield f"{rules.by} has not approved it"
    has_ladder = isinstance(rules, Coalition) and rules.ladder
    if agreement.needs == "quorum" and not has_ladder and backed(session.agenda, session.backers) < (agreement.quorum or 1):
        yield "too few back it"
    missing = set(agreement.always) - set(session.backers)
    if agreement.needs == "quorum" and missing:
        yield f"it lacks {', '.join(sorted(missing))}"


def _backward(session: Session) -> Iterator[str]:
    """Yield every role that asks again for what it gave away, where the file forbids that."""
    rules = session.agenda.pattern_rules
    issues = rules.monotone if isinstance(rules, Concession) else ()
    for role, issue in product(session.roles, issues):
        moves = (move for move in session.moves if move.sender == role.name and move.act == "propose")
        places = (position(term) for move in moves for term in move.terms if term.issue == issue)
        asked = [place for place in places if place is not None]
        steps = [(after > before) - (after < before) for before, after in pairwise(asked)]
        if len(set(steps) - {0}) > 1:
            yield f"{role.name} goes back on {issue}"


def _proofs(options: Options) -> tuple[Proof, ...]:
    return (Proof(says="there are shipped negotiations", holds=bool(_names(options)), seen="none"),)


def _digests(options: Options) -> Mapping[str, str]:
    return {
        name: digest_of(
            [
                sha256(folder_of(name).negotiation.model_dump_json().encode()),
                [[prompt.name, prompt.text] for prompt in folder_of(name).prompts],
            ]
        )
        for name in _names(options)
    }


def _number(outcome: Outcome, name: str) -> float:
    value = outcome[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _agreed(outcome: Outcome) -> bool:
    return bool(outcome["agreed"])


def _broke(outcome: Outcome) -> bool:
    return bool(outcome["broken"])


def _rounds(outcome: Outcome) -> float:
    return _number(outcome, "rounds")


def _refusals(outcome: Outcome) -> float:
    return _number(outcome, "refusals")


SUITE = Suite(
    name="patterns",
    version=1,
    says="Honest strategists in every shipped negotiation: they agree, and the rules of its pattern are kept.",
    settings={"scenario": "shipped negotiations, by name", "seeds": "how many talks of each; 3 by default"},
    cases=_cases,
    solve=_solve,
    metrics=(
        Metric(name="agreed", says="talks that end in an agreement", scorer=_agreed, goal=Goal(value=0.9)),
        Metric(name="broken", says="talks in which a rule was broken", scorer=_broke, better="lower", goal=Goal(value=0.0)),
        Metric(name="rounds", says="rounds of a talk", scorer=_rounds, better="lower", is_rate=False),
        Metric(name="refusals", says="drafts of a talk that were refused", scorer=_refusals, better="lower", is_rate=False),
    ),
    proofs=_proofs,
    digests=_digests,
    groups=("scenario", "pattern"),
)
