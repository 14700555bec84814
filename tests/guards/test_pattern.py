"""Does a pattern that is compiled late find what one finds that is compiled at once?"""

from __future__ import annotations

import re

from guards.pattern import Pattern


def test_a_late_pattern_finds_the_same() -> None:
    """Searching, matching and all places give what `re` gives, also from and to a place."""
    text = "one two Two three two"
    late, early = Pattern(r"\btwo\b", re.IGNORECASE), re.compile(r"\btwo\b", re.IGNORECASE)
    assert [hit.span() for hit in late.finditer(text, 5)] == [hit.span() for hit in early.finditer(text, 5)]
    assert str(late.search(text, 6, 11)) == str(early.search(text, 6, 11))
    assert (late.match(text), str(late.match(text, 4))) == (None, str(early.match(text, 4)))


def test_a_late_pattern_is_compiled_once() -> None:
    """The compiled pattern is made when it is first asked for, and kept."""
    late = Pattern("a")
    assert "compiled" not in vars(late)
    assert late.compiled is late.compiled
