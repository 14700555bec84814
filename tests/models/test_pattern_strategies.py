"""Do strategies keep the rules of a pattern? They play each of them without a refused draft that a rule of it explains."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orchestrator.messages.event import Refused
from orchestrator.messages.gate import Gate
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pattern import Coalition, Concession, PatternRules, Rung, TradeSpace
from orchestrator.messages.value import IssueName, RoleName
from tests.models.talks import Talk, bargain, strategy_for, talk

A, B, C = (RoleName(name) for name in "abc")
PERSON = Gate(id="ladder_2", when="false", approver="Kim")


def patterned(negotiation: Negotiation, rules: PatternRules, *gates: Gate) -> Negotiation:
    """Return a bargain under a pattern."""
    return negotiation.model_copy(update={"pattern": rules.kind, "pattern_rules": rules, "gates": gates})


def codes(done: Talk) -> Iterator[str]:
    """Yield the codes of all findings that refused a draft."""
    for entry in done.entries:
        for event in entry.events:
            if isinstance(event, Refused):
                yield from (finding.code for finding in event.findings)


RULES: dict[str, tuple[PatternRules, tuple[Gate, ...]]] = {
    "monotone": (Concession(monotone=(IssueName("price"),)), ()),
    "ladder": (
        Coalition(vetoes=(C,), ladder=(Rung(do="concede", after=1), Rung(do="person", after=2, person="Kim"))),
        (PERSON,),
    ),
    "packages": (TradeSpace(), ()),
    "one text": (TradeSpace(single_text=True), ()),
    "mediated": (TradeSpace(single_text=True, mediator=C), ()),
}


@pytest.mark.parametrize("name", RULES)
def test_strategies_keep_the_rules_of_a_pattern(name: str) -> None:
    """Each pattern is played to its end, and no draft is refused for a rule of the pattern."""
    rules, gates = RULES[name]
    negotiation = patterned(bargain("a", "b", "c"), rules, *gates)
    strategy = strategy_for(negotiation)
    for seed in range(3):
        done = talk(negotiation, {role.name: strategy for role in negotiation.roles}, seed)
        assert done.session.status is not None
        assert [code for code in codes(done) if code.partition(".")[0] in {"concession", "coalition", "trade_space"}] == []
