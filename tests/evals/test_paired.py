"""Tests of `evals.harness.paired`: sign flips, and a correction for many comparisons."""

from __future__ import annotations

from itertools import product

import pytest

from evals.harness.paired import flipped, holm, signs


def test_flipping_signs_at_random_comes_near_to_flipping_them_in_every_way() -> None:
    """The chance is that of all sign patterns, to within what draws can say."""
    pairs = [0.3, 0.1, -0.05, 0.2, 0.15, 0.02, -0.01, 0.08]
    every = tuple(product((1, -1), repeat=len(pairs)))
    assert flipped(pairs, signs(len(pairs))) == pytest.approx(flipped(pairs, every), abs=0.01)


def test_pairs_that_all_point_one_way_are_clear_and_those_that_cancel_are_not() -> None:
    """Ten gains of one size are unlikely to be chance; five gains and five losses are likely."""
    rows = signs(10)
    assert flipped([0.1] * 10, rows) < 0.01
    assert flipped([0.1] * 5 + [-0.1] * 5, rows) == 1.0


def test_holm_multiplies_the_smallest_chance_by_their_number_and_never_goes_down() -> None:
    """The textbook's steps, in the order that was given."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([]) == ()
