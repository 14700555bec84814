"""Is a sum over issues read as what it is, and nothing else as a sum?"""

from __future__ import annotations

import numpy as np
import pytest

from orchestrator.analysis.rule_array import where_true
from orchestrator.analysis.rule_reader import read_rule
from orchestrator.analysis.rule_tree import CannotExpress
from orchestrator.analysis.sums import sum_of
from orchestrator.messages.value import IssueName
from tests.analysis.rules import AGENDA

COUNT, PRICE = IssueName("count"), IssueName("price")
COLUMNS = {COUNT: np.arange(-2.0, 41.0), PRICE: np.array([1.0, 2.0, 4.0])}


@pytest.mark.parametrize(
    "text",
    [
        "count + price <= 20",
        "20 >= price + count",
        "count * 2 - price > 3",
        "-(count - price) < 5",
        "count / 0.5 == price + 12",
        "(count > 5 ? count : 0) + price != 12",
        "count + price + 4 >= 2 * price",
        "-price * -3 - count < 1",
        "count - count + price <= 2",
    ],
)
def test_sums_hold_where_the_rule_does(text: str) -> None:
    """A sum of whole numbers holds for exactly those values for which its rule is true."""
    rule = read_rule(text, AGENDA)
    assert not isinstance(rule, CannotExpress)
    found = sum_of(rule, COLUMNS)
    assert found is not None
    sums = found.parts[0][:, None] + found.parts[1][None, :]
    expected = where_true(rule, {COUNT: COLUMNS[COUNT][:, None], PRICE: COLUMNS[PRICE][None, :]})
    assert (found.holds(sums) == expected).all()
    assert len(np.unique(sums)) <= found.span


@pytest.mark.parametrize(
    "text",
    [
        "count * price <= 20",
        "count + price / 3 <= 20",
        "count + price <= 20.5",
        "count > 3 || price < 2",
        "count / 0 > price",
        "(count + price) * 2 <= 9",
    ],
)
def test_what_is_no_sum_of_whole_numbers_is_none(text: str) -> None:
    """Products of issues, fractions, infinities and joined conditions are not taken for sums."""
    rule = read_rule(text, AGENDA)
    assert not isinstance(rule, CannotExpress)
    assert sum_of(rule, COLUMNS) is None
