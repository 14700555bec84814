"""Are triggers read of the facts, whatever kind these are, and is what cannot be decided not true?"""

from __future__ import annotations

from datetime import date

import pytest

from guards.triggers import check_triggers, trigger_book
from orchestrator.messages.negotiation import Fact, Negotiation
from orchestrator.messages.trigger import FactTrigger
from orchestrator.testing.samples import sample_negotiation

_FACTS = {
    "unit-cost": ("number", "2.5"),
    "free_from": ("date", "2026-10-01"),
    "signed": ("flag", "true"),
    "mood": ("text", "good"),
}


def made(*expressions: str) -> Negotiation:
    """Return a negotiation with a fact of each kind, and these triggers."""
    sample = sample_negotiation()
    facts = tuple(
        Fact.model_validate(
            {
                "name": name,
                "kind": kind,
                "value": value,
                "says": name,
                "visible_to": (sample.roles[0].name,),
                "source": "test",
                "as_of": date(2026, 1, 1),
            }
        )
        for name, (kind, value) in _FACTS.items()
    )
    triggers = tuple(FactTrigger(id=f"t{place}", why="test", when=when) for place, when in enumerate(expressions))
    return sample.model_copy(update={"facts": facts, "triggers": triggers})


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("unit_cost > 2", True),
        ("unit_cost > 2.5", False),
        ('free_from >= "2026-10-01"', True),
        ("!signed", False),
        ('mood == "good" && unit_cost < 3', True),
        ("unit_cost / 0.0 > 1", True),
        ("size(mood) > 99", False),
        ("nobody_knows > 2", False),
    ],
)
def test_an_expression_is_true_of_the_facts_or_it_is_not(when: str, *, holds: bool) -> None:
    """Numbers, dates, flags and words are compared as such; a name that no fact has makes nothing true."""
    negotiation = made(when)
    book = trigger_book(negotiation)
    assert book is not None
    assert book(negotiation.facts) == (frozenset({"t0"}) if holds else frozenset())


def test_a_trigger_whose_fact_is_gone_is_not_true() -> None:
    """Undecided means no: the agreement stands as it is."""
    negotiation = made("unit_cost > 2")
    book = trigger_book(negotiation)
    assert book is not None
    assert book(negotiation.facts[1:]) == frozenset()


def test_without_triggers_there_is_no_book() -> None:
    """A negotiation without triggers over facts is not asked."""
    assert trigger_book(made()) is None


def test_sound_triggers_have_no_mistakes() -> None:
    """What can be decided of the facts of the file is as it should be."""
    assert list(check_triggers(made("unit_cost > 2", 'free_from < "2027-01-01"', "signed"))) == []
