"""Are lines counted once, and is what is kept of them bounded?"""

from __future__ import annotations

from decimal import Decimal

from orchestrator.messages.terms import Number, digest_of_terms
from orchestrator.messages.value import IssueName
from orchestrator.roles.tally import Counted, Tally, joined


def test_a_line_is_counted_once() -> None:
    """The same line is the same counted text; joined texts have the sum of their tokens."""
    tally = Tally()
    line = tally.line("you back no offer")
    assert line is tally.line("you back no offer")
    assert joined((line, line)) == Counted("you back no offer\n" * 2, 2 * line.tokens)


def test_what_is_kept_is_bounded() -> None:
    """After very many lines and terms the oldest are forgotten, and counted anew when they come again."""
    tally = Tally()
    first = tally.line("line 0")
    terms = (Number(issue=IssueName("price"), value=Decimal(1)),)
    told = tally.terms(terms, digest_of_terms(terms))
    for number in range(5_000):
        tally.line(f"line {number}")
        other = (Number(issue=IssueName("price"), value=Decimal(number)),)
        tally.terms(other, digest_of_terms(other))
    again = tally.line("line 0")
    assert (again, again is first) == (first, False)
    assert tally.terms(terms, digest_of_terms(terms)) == told == Counted(' {"price": 1}\n', told.tokens)
