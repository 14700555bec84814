"""What may a pattern add where anything goes? Random settings of each pattern, and random breakers, over a wild negotiation."""

from __future__ import annotations

from orchestrator.messages.gate import Gate
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pattern import (
    Approval,
    Breakers,
    Coalition,
    Concession,
    Constraint,
    Movement,
    PatternRules,
    Rate,
    Rung,
    TradeSpace,
    Weight,
)
from orchestrator.messages.spend import Spend
from orchestrator.messages.value import IssueName, RoleName
from tests.engine.wild_world import Pick, negotiation_by

__all__ = ["patterned_by"]

PRICE = IssueName("price")
BREAKERS = (
    None,
    None,
    Breakers(person="Kim", movement=Movement(share=0.3, rounds=2)),
    Breakers(person="Kim", movement=Movement(share=0.05, rounds=5, issues=(PRICE,)), rate=Rate(offers=2, seconds=3)),
    Breakers(person="Kim", spend=Spend(tokens=200)),
)
RUNGS = (
    Rung(do="quorum", after=1, quorum=1),
    Rung(do="quorum", after=2, quorum=2),
    Rung(do="concede", after=1),
    Rung(do="person", after=1, person="Kim"),
    Rung(do="person", after=2, person="Kim"),
)


def patterned_by(pick: Pick) -> Negotiation:
    """Return a wild negotiation with the settings of a picked pattern."""
    negotiation = negotiation_by(pick)
    rules = _rules(pick, tuple(role.name for role in negotiation.roles))
    return negotiation.model_copy(
        update={
            "pattern": rules.kind,
            "pattern_rules": rules,
            "gates": (*negotiation.gates, *_gates(rules)),
            "breakers": pick(BREAKERS),
        }
    )


def _rules(pick: Pick, names: tuple[RoleName, ...]) -> PatternRules:
    match pick(("coalition", "trade_space", "coalition", "concession", "constraint", "approval")):
        case "coalition":
            return _coalition(pick, names)
        case "trade_space":
            one_text = pick((True, False))
            mediator = names[-1] if one_text and len(names) > 2 and pick((True, False)) else None
            return TradeSpace(single_text=one_text, mediator=mediator)
        case "concession":
            return Concession(monotone=pick(((PRICE,), (PRICE, IssueName("start")))))
        case "constraint":
            return Constraint(complete=True)
        case _:
            return Approval(by="Kim", reason=pick((True, False)))


def _coalition(pick: Pick, names: tuple[RoleName, ...]) -> Coalition:
    return Coalition(
        weights=tuple(Weight(role=name, weight=pick((2, 3))) for name in names if pick((False, True))),
        vetoes=pick(((), names[:1], names[1:])),
        priorities=pick(((), names[::-1], names[1:])),
        ladder=(*(pick(RUNGS) for _ in range(pick((0, 1, 2, 3)))), *pick(((), (Rung(do="end", after=1),)))),
    )


def _gates(rules: PatternRules) -> tuple[Gate, ...]:
    if isinstance(rules, Approval):
        return (Gate(id="approval", when="true", approver="Kim"),)
    rungs = enumerate(rules.ladder, 1) if isinstance(rules, Coalition) else ()
    return tuple(Gate(id=f"ladder_{number}", when="false", approver=rung.person) for number, rung in rungs if rung.person)
