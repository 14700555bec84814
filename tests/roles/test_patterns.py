"""What does a file say of its pattern? The settings that the engine and the guards go by, and the gates that come with them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from orchestrator.assembly import load_scenario
from orchestrator.errors import ConfigError
from orchestrator.messages.gate import Gate
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pattern import (
    Approval,
    Breakers,
    Coalition,
    Concession,
    Constraint,
    Movement,
    Rate,
    Rung,
    TradeSpace,
    Weight,
)
from orchestrator.messages.spend import Spend
from orchestrator.messages.value import IssueName, RoleName
from orchestrator.roles.patternwords import agreement_words

BASE = (Path(__file__).parents[1] / "tables" / "roles_base.yaml").read_text(encoding="utf-8")
DEAR = Gate(id="dear", when="price > 70", approver="warden")
BUYER, SELLER = RoleName("buyer"), RoleName("seller")


def loaded(folder: Path, pattern: str, section: str) -> Negotiation:
    """Return the negotiation of the base file with another pattern and a section more."""
    file = folder / "negotiation.yaml"
    file.write_text(BASE.replace("pattern: concession", f"pattern: {pattern}") + section, encoding="utf-8")
    return load_scenario(file)


def test_coalition_is_read(tmp_path: Path) -> None:
    """Weights, vetoes, priorities and the ladder are read; a step with a person brings a gate that no terms reach."""
    section = """
coalition:
  weights: {buyer: 3}
  vetoes: [seller]
  priorities: [seller, buyer]
  ladder:
    - {do: quorum, after: 2, quorum: 1}
    - {do: person, after: 1, person: Kim Lee}
"""
    negotiation = loaded(tmp_path, "coalition", section)
    assert negotiation.pattern_rules == Coalition(
        weights=(Weight(role=BUYER, weight=3),),
        vetoes=(SELLER,),
        priorities=(SELLER, BUYER),
        ladder=(Rung(do="quorum", after=2, quorum=1), Rung(do="person", after=1, person="Kim Lee")),
    )
    assert negotiation.gates == (DEAR, Gate(id="ladder_2", when="false", approver="Kim Lee"))
    assert agreement_words(negotiation) == (
        "Roles that count 2 of 4 together must accept the same offer, always among them: buyer. "
        "buyer counts 3; any other role counts 1. Only a reject by seller ends an offer, and its terms for good; "
        "a reject by another role only takes its own backing back. "
        "Where several offers could settle, the one of the first of seller then buyer does. "
        "Without agreement the talk goes down a ladder: after 2 more rounds 1 is enough then after 1 more round Kim Lee "
        "decides on the offer that is backed best. The limits of all roles bind, whoever accepts."
    )


def test_concession_is_read(tmp_path: Path) -> None:
    """`all` stands for the issues that have an order, or, for what is kept, for all but the one that is saved on."""
    rules = loaded(tmp_path, "concession", "concession: {monotone: all, saving: price, service: all}\n").pattern_rules
    names = [tuple(map(IssueName, names.split())) for names in ("price days start", "days place start roof")]
    assert rules == Concession(monotone=names[0], saving=IssueName("price"), service=names[1])


def test_other_patterns_are_read(tmp_path: Path) -> None:
    """A solver for plans, one text for packages, and a person for every agreement."""
    assert loaded(tmp_path, "constraint", "constraint: {complete: true}\n").pattern_rules == Constraint(complete=True)
    trade = loaded(tmp_path, "trade_space", "trade_space: {single_text: true}\n")
    assert trade.pattern_rules == TradeSpace(single_text=True)
    approval = loaded(tmp_path, "approval", "approval: {by: Kim, reason: required}\n")
    assert approval.pattern_rules == Approval(by="Kim", reason=True)
    assert approval.gates == (DEAR, Gate(id="approval", when="true", approver="Kim"))


def test_breakers_are_read(tmp_path: Path) -> None:
    """Movement, the pace of offers and spending are read for any pattern."""
    section = "breakers: {person: Kim, movement: {share: 0.25, rounds: 2, issues: all}, offers: 6/min, spend: {usd: 2}}\n"
    negotiation = loaded(tmp_path, "concession", section)
    assert negotiation.breakers == Breakers(
        person="Kim", movement=Movement(share=0.25, rounds=2), rate=Rate(offers=6, seconds=60), spend=Spend(usd=Decimal(2))
    )


def test_gate_of_the_file_keeps_its_name(tmp_path: Path) -> None:
    """A gate of the file cannot have the name of one that the pattern brings."""
    text = BASE.replace("pattern: concession", "pattern: approval").replace("id: dear", "id: approval")
    file = tmp_path / "negotiation.yaml"
    file.write_text(text + "approval: {by: Kim}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_scenario(file)
    assert [(mistake.key, mistake.problem) for mistake in caught.value.mistakes] == [
        ("approval", "has a gate 'approval' of its own")
    ]
