"""Does the diagram hold exactly what the rules permit?"""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from orchestrator.analysis.diagram import diagram_of
from orchestrator.analysis.space import space_of
from orchestrator.analysis.tables import rules_of, tables_of
from orchestrator.messages.negotiation import Negotiation
from tests.analysis.spaces import asking_of, negotiations, tried


@settings(max_examples=60)
@given(negotiation=negotiations(beyond=True))
def test_a_diagram_holds_what_the_guards_let_pass(negotiation: Negotiation) -> None:
    """Count, outcomes, samples and single answers are those of asking the guards about every outcome."""
    space = space_of(negotiation)
    diagram, left_out = diagram_of(tables_of(space, rules_of(negotiation), asking_of(negotiation)))
    found = tried(negotiation)
    assert (left_out, diagram.count()) == ((), len(found.terms))
    rows = diagram.outcomes().tolist()
    assert tuple(space.terms(row) for row in rows) == found.terms
    permitted = {tuple(row) for row in rows}
    assert {tuple(row) for row in diagram.sample(50).tolist()} <= permitted
    assert {tuple(row) for row in np.concatenate(list(space.chunks())).tolist() if diagram.permits(row)} == permitted


@settings(max_examples=30)
@given(negotiation=negotiations(roles=2))
def test_the_best_path_is_worth_the_most(negotiation: Negotiation) -> None:
    """The most that an outcome is worth, summed over the roles, is that of the best one tried."""
    space = space_of(negotiation)
    diagram, _ = diagram_of(tables_of(space, rules_of(negotiation), asking_of(negotiation)))
    found = tried(negotiation)
    worths = [space.worths[layer.axis][layer.places].sum(axis=1) for layer in diagram.layers]
    most = float(diagram.most(worths)[0][0])
    if not found.terms:
        assert most == -np.inf
        return
    path = diagram.path(worths)
    assert abs(most - max(map(sum, found.utilities))) < 1e-9
    assert abs(sum(float(worth[value]) for worth, value in zip(worths, path, strict=True)) - most) < 1e-9
