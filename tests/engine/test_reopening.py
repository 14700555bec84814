"""Which terms may the successor of an agreement move? Those that are reopened; a policy keeps each of the others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guards.cel import rule_book
from orchestrator.engine import fresh
from orchestrator.engine.reopening import successor_settings, widened
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, NumberIssue
from orchestrator.messages.reopening import Cause, Reopened
from orchestrator.messages.terms import Choice, Day, Flag, Number, Terms
from orchestrator.messages.value import IssueName, SessionId
from orchestrator.testing.samples import sample_settings

_PRICE, _FORM, _DAY, _LUNCH = (IssueName(name) for name in ("price", "form", "day", "lunch"))
_ISSUES = (
    NumberIssue(name=_PRICE, min=Decimal(-5), max=Decimal(5), step=Decimal("0.1")),
    ChoiceIssue(name=_FORM, options=('a "b"', "c")),
    DateIssue(name=_DAY, min=date(2026, 1, 1), max=date(2026, 2, 1)),
    FlagIssue(name=_LUNCH),
)
_TERMS: Terms = (
    Number(issue=_PRICE, value=Decimal("-2.5")),
    Choice(issue=_FORM, value='a "b"'),
    Day(issue=_DAY, value=date(2026, 1, 9)),
    Flag(issue=_LUNCH, value=False),
)


def test_terms_that_are_not_reopened_are_kept_exactly() -> None:
    """Of each kind of issue: the old term keeps the policy, and any other breaks it; all are lifted together."""
    settings = sample_settings()
    negotiation = settings.negotiation.model_copy(update={"issues": _ISSUES, "gates": ()})
    session = fresh(settings.model_copy(update={"negotiation": negotiation})).but(terms=_TERMS)
    cause = Cause(triggers=("x",), why="y", changes=(IssueName("nothing"),))
    made = successor_settings(session, Reopened(successor=SessionId("next"), cause=cause), version="test").negotiation
    assert [policy.id for policy in made.policies] == ["kept:price", "kept:form", "kept:day", "kept:lunch"]
    book = rule_book(_ISSUES, made.policies)
    others: Terms = (
        Number(issue=_PRICE, value=Decimal("-2.4")),
        Choice(issue=_FORM, value="c"),
        Day(issue=_DAY, value=date(2026, 1, 8)),
        Flag(issue=_LUNCH, value=True),
    )
    assert [reading.answer for reading in book.read(_TERMS)] == ["holds"] * 4
    assert [reading.answer for reading in book.read(others)] == ["broken"] * 4
    assert widened(made) == negotiation
