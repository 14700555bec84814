"""Are the outcomes those of the file, and their utilities those of the mandates?"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import given, settings

from orchestrator.analysis.space import MOST_VALUES, space_of
from orchestrator.messages.negotiation import Mandate, Negotiation, NumberIssue
from orchestrator.messages.terms import Number
from orchestrator.messages.utility import utility
from orchestrator.messages.value import IssueName
from tests.analysis.spaces import negotiation_of, negotiations, tried


@settings(max_examples=40)
@given(negotiation=negotiations())
def test_utilities_equal_those_of_the_mandates_to_the_last_bit(negotiation: Negotiation) -> None:
    """Every outcome of a space is worth to every role exactly what its mandate says."""
    space = space_of(negotiation)
    free = negotiation.model_copy(
        update={
            "policies": (),
            "roles": tuple(
                role.model_copy(update={"mandate": role.mandate.model_copy(update={"limits": ()})})
                for role in negotiation.roles
            ),
        }
    )
    rows = np.concatenate(list(space.chunks(most=50)))
    found = tried(free)
    assert tuple(space.terms(row) for row in rows.tolist()) == found.terms
    utilities: list[list[float]] = space.utilities(rows).tolist()
    assert tuple(tuple(row) for row in utilities) == found.utilities
    assert [space.outcome(terms) for terms in found.terms] == [tuple(row) for row in rows.tolist()]
    assert utility(space.mandates[0], found.terms[0]) == space.utilities(rows[:1])[0, 0]


def test_a_fine_grid_is_thinned_and_says_so() -> None:
    """Of an issue with a hundred million values some thousand are kept, first and last among them."""
    name = IssueName("amount")
    space = space_of(
        negotiation_of((NumberIssue(name=name, min=Decimal(0), max=Decimal(10**6), step=Decimal("0.01")),), [], [Mandate()])
    )
    terms = space.axes[0].terms
    assert (space.size, space.thinned, len(terms) <= MOST_VALUES + 1) == (10**8 + 1, ("amount",), True)
    assert (terms[0], terms[-1]) == (Number(issue=name, value=Decimal(0)), Number(issue=name, value=Decimal(10**6)))


def test_terms_that_are_open_or_off_the_grid_are_no_outcome() -> None:
    """Terms that leave an issue open, or name a value between two steps, have no place in the space."""
    name = IssueName("amount")
    space = space_of(
        negotiation_of((NumberIssue(name=name, min=Decimal(0), max=Decimal(10), step=Decimal(5)),), [], [Mandate()])
    )
    assert (space.outcome(()), space.outcome((Number(issue=name, value=Decimal(3)),))) == (None, None)
    assert space.outcome((Number(issue=name, value=Decimal(5)),)) == (1,)
