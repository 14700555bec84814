"""Does the tree of a rule say what the rule says? It answers as the official runtime does, or names what it can't express."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guards.cel import rule_book
from orchestrator.analysis.rule_array import where_true
from orchestrator.analysis.rule_reader import MAX_DEPTH, MAX_LENGTH, MAX_SIGNS, read_rule
from orchestrator.analysis.rule_tree import (
    Arithmetic,
    CannotExpress,
    Every,
    Figure,
    FlagOf,
    Literally,
    Negation,
    NumberOf,
    NumbersCompared,
    PickedNumber,
    Some,
    TextOf,
    TextsCompared,
    issues_in,
)
from orchestrator.analysis.rule_truth import given as values_of
from orchestrator.analysis.rule_truth import is_true
from orchestrator.messages.negotiation import Rule
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import IssueName
from tests.analysis.rules import AGENDA, EDGE, outcomes, rules

BEYOND = [json.loads(line) for line in Path("tests/tables/rules-beyond-trees.jsonl").read_text(encoding="utf-8").splitlines()]
PRICE, COUNT, EXPRESS, REGION = map(IssueName, ("price", "count", "express", "region"))


@given(source=rules(), terms=outcomes())
@example(source="price + 0.2 == 0.3", terms=EDGE)
@example(source="price / (count - count) > 1 || !(0 / 0 == 0 / 0)", terms=EDGE)
def test_tree_answers_as_cel_does(source: str, terms: Terms) -> None:
    """Where a rule has a tree, the tree holds of the same full terms as the rule does in the runtime of the guards."""
    tree = read_rule(source, AGENDA)
    (reading,) = rule_book(AGENDA, (Rule(id="r", rule=source),)).read(terms)
    assert not isinstance(tree, CannotExpress), (source, tree)
    assert reading.answer == ("holds" if is_true(tree, values_of(terms)) else "broken"), (source, reading)


@given(source=rules(), rows=st.lists(outcomes(), min_size=1, max_size=5))
@example(source="price / (count - count) > 1 || !(0 / 0 == 0 / 0)", rows=[EDGE])
def test_many_outcomes_are_judged_as_each_alone(source: str, rows: list[Terms]) -> None:
    """On arrays a rule is true of just the outcomes that it is true of one by one."""
    tree = read_rule(source, AGENDA)
    assert not isinstance(tree, CannotExpress)
    alone = [is_true(tree, values_of(terms)) for terms in rows]
    columns = {issue.name: np.asarray([values_of(terms)[issue.name] for terms in rows]) for issue in AGENDA}
    assert np.broadcast_to(where_true(tree, columns), len(rows)).tolist() == alone


@given(source=rules())
def test_tree_names_the_issues_of_its_rule(source: str) -> None:
    """The issues in a tree are those that the guards find in the text."""
    tree = read_rule(source, AGENDA)
    book = rule_book(AGENDA, (Rule(id="r", rule=source),))
    assert not isinstance(tree, CannotExpress)
    assert issues_in(tree) == book.names


@given(st.text(alphabet="price()&|!<>=+-*/?:,[]\"'. 0123eEr\\tuin\n%{}", max_size=60) | st.text(max_size=40))
def test_any_text_is_a_tree_or_is_told_why_not(source: str) -> None:
    """Whatever stands in a rule, reading it ends in a tree or in words of it and a reason."""
    tree = read_rule(source, AGENDA)
    assert not isinstance(tree, CannotExpress) or (tree.words in source and bool(tree.reason))


@pytest.mark.parametrize("row", BEYOND, ids=lambda row: row["rule"][:40])
def test_what_a_tree_cannot_hold_is_named(row: dict[str, str]) -> None:
    """Calls, fields, maps, remainders, bytes and mixed types are reported with their words."""
    assert read_rule(row["rule"], AGENDA) == CannotExpress(row["words"], row["reason"])


def test_tree_is_typed() -> None:
    """Literals, issues, sums and choices have nodes of their own, bound as CEL binds them."""
    assert read_rule('!express || price * 2 + count >= 7 && region in ["us", "eu-west"]', AGENDA) == Some(
        (
            Negation(FlagOf(EXPRESS)),
            Every(
                (
                    NumbersCompared(
                        ">=",
                        Arithmetic("+", Arithmetic("*", NumberOf(PRICE), Figure(Fraction(2))), NumberOf(COUNT)),
                        Figure(Fraction(7)),
                    ),
                    Some(
                        (
                            TextsCompared("==", TextOf(REGION), Literally("us")),
                            TextsCompared("==", TextOf(REGION), Literally("eu-west")),
                        )
                    ),
                )
            ),
        )
    )
    assert read_rule("(express ? 2 : 3.5) < price", AGENDA) == NumbersCompared(
        "<", PickedNumber(FlagOf(EXPRESS), Figure(Fraction(2)), Figure(Fraction(7, 2))), NumberOf(PRICE)
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("(" * (MAX_DEPTH + 1) + "express" + ")" * (MAX_DEPTH + 1), f"is nested deeper than {MAX_DEPTH}"),
        ("price" + " + 1" * (MAX_SIGNS + 1) + " > 2", f"reckons and compares more than {MAX_SIGNS} times"),
        ("express" + " " * MAX_LENGTH, f"has {MAX_LENGTH + 7} characters; a rule may have {MAX_LENGTH}"),
    ],
    ids=["deep", "many", "long"],
)
def test_trees_are_bounded(source: str, reason: str) -> None:
    """A rule that is nested, repeated or written beyond all measure has no tree."""
    tree = read_rule(source, AGENDA)
    assert isinstance(tree, CannotExpress)
    assert tree.reason == reason
