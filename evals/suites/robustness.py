"""What if a model or its service fails in the middle of a talk? It goes on, or stops so that it can be resumed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from evals.harness.faults import FAULTS, Failing
from evals.harness.suite import Case, Goal, Metric, Options, Outcome, Proof, Suite
from evals.harness.table import Held, folder_of, full_rules, hold, strategist
from evals.harness.verdict import violations
from orchestrator.assembly import rules_for
from orchestrator.errors import OrchestratorError
from orchestrator.roles.find import shipped
from orchestrator.runtime.record import redecide

__all__ = ["SUITE"]

_AT: Mapping[str, frozenset[int]] = {"first": frozenset((1,)), "third": frozenset((3,)), "often": frozenset(range(2, 400, 3))}
"""On which of its calls the seat fails."""


def _cases(options: Options) -> tuple[Case, ...]:
    return tuple(
        Case(
            id=f"{fault}/{at}/{scenario}/{role.name}",
            tags=(("fault", fault), ("at", at), ("scenario", scenario), ("seat", role.name)),
        )
        for fault in options.one_of("fault", tuple(FAULTS))
        for at in options.one_of("at", tuple(_AT))
        for scenario in options.one_of("scenario", shipped())
        for role in folder_of(scenario).negotiation.roles
    )


def _solve(case: Case, epoch: int, options: Options) -> Outcome:
    scenario, seat = case.tag("scenario"), case.tag("seat")
    seed = options.seed + epoch - 1
    fault = FAULTS[case.tag("fault")]
    model = Failing(model=strategist(folder_of(scenario).negotiation), fault=fault, on=_AT[case.tag("at")])
    held = hold(
        folder_of(scenario), full_rules(scenario), seed=seed, seats={seat: model}, name=f"{scenario}-{seed:04d}", resumes=400
    )
    undisturbed = _undisturbed(scenario, seed)
    return {
        "status": held.session.status or held.session.phase,
        "honest": undisturbed.session.status == "agreed",
        "same": held.session.digest == undisturbed.session.digest,
        "stops": fault.error is not None,
        "resumed": held.resumed,
        "refusals": held.session.refusals,
        "violations": list(violations(held.session)),
        "verifies": _verifies(held),
    }


@cache
def _undisturbed(scenario: str, seed: int) -> Held:
    return hold(folder_of(scenario), full_rules(scenario), seed=seed, seats={}, name=f"{scenario}-{seed:04d}")


def _verifies(held: Held) -> bool:
    try:
        redecide(held.entries, rules_for)
    except OrchestratorError:
        return False
    return True


def _proofs(options: Options) -> tuple[Proof, ...]:
    stuck = [
        name for name in options.one_of("scenario", shipped()) if _undisturbed(name, options.seed).session.status != "agreed"
    ]
    return (Proof(says="undisturbed talks agree", holds=not stuck, seen=f"not in {', '.join(stuck)}"),)


def _digests(options: Options) -> Mapping[str, str]:
    return {name: str(_undisturbed(name, options.seed).session.digest) for name in options.one_of("scenario", shipped())}


def _agrees(outcome: Outcome) -> bool | None:
    return outcome["status"] == "agreed" and not outcome["violations"] if outcome["honest"] else None


def _same(outcome: Outcome) -> bool | None:
    """Return whether a talk whose service failed ends as it would have: nothing was lost, and nothing done twice."""
    return bool(outcome["same"]) if outcome["stops"] and outcome["honest"] else None


def _verified(outcome: Outcome) -> bool:
    return bool(outcome["verifies"])


SUITE = Suite(
    name="robustness",
    version=1,
    says="Broken drafts and failing services in each seat: the talk goes on or stops in good order.",
    settings={
        "fault": f"of {', '.join(FAULTS)}",
        "at": f"of {', '.join(_AT)}",
        "scenario": "shipped negotiations, by name",
    },
    cases=_cases,
    solve=_solve,
    metrics=(
        Metric(
            name="agrees", says="talks that agree as honest ones do, inside all rules", scorer=_agrees, goal=Goal(value=0.9)
        ),
        Metric(name="same", says="stopped talks that resume to the very same deal", scorer=_same, goal=Goal(value=1.0)),
        Metric(name="verifies", says="records that verify", scorer=_verified, goal=Goal(value=1.0)),
    ),
    proofs=_proofs,
    digests=_digests,
    groups=("fault", "scenario"),
)
