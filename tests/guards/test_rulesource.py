"""What is read in the text of a rule? Its loops, and the comparisons of names with words."""

from __future__ import annotations

import pytest

from guards.rulesource import Comparison, compared_with, loops_in, names_in


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("[1].all(a, a > x)", 1),
        ("[1].exists(a, a > x)", 1),
        ("[1].exists_one(a, a > x)", 1),
        ("[1].filter(a, a > x) == [1]", 1),
        ("[1] . // here\n map(a, a + x) == [1]", 1),
        ("[1].all(a, [2].exists(b, a < b))", 2),
        ("map > 1 && a.size() > 2 && x.all_of > 3", 0),
        ('x == ".all" || x == ".map"', 0),
        ("x ? all : map", 0),
    ],
)
def test_loops_are_macros_after_a_dot(source: str, count: int) -> None:
    """A macro counts where it is called on something, not where a word looks like it."""
    assert loops_in(source) == count


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('a == "b"', ("a == b",)),
        ('a != "b"', ("a != b",)),
        ('a < "b"', ("a < b",)),
        ('a <= "b"', ("a <= b",)),
        ('a > "b"', ("a > b",)),
        ('a >= "b"', ("a >= b",)),
        ('"b" == a', ("a == b",)),
        ('"b" != a', ("a != b",)),
        ('"b" < a', ("a > b",)),
        ('"b" <= a', ("a >= b",)),
        ('"b" > a', ("a < b",)),
        ('"b" >= a', ("a <= b",)),
        ('a in ["b"]', ("a in b",)),
        ('a in ["b", "c", "d"]', ("a in b", "a in c", "a in d")),
        ('1 < 2 && a in ["b", "c"]', ("a in b", "a in c")),
        ('x == 1 && "b" == a && y == 2', ("a == b",)),
        ('a == "b" && "c" == d', ("a == b", "d == c")),
        ('a == "b" == c', ("a == b",)),
        ("a == 'b' // == \"c\"", ("a == b",)),
        ('a == r"b"', ("a == b",)),
        ('a == """b"""', ("a == b",)),
        ("a == '''b'''", ("a == b",)),
        ("a == ''", ("a == ",)),
        ("a == \"'b'\"", ("a == 'b'",)),
        ('a + "b"', ()),
        ('"b" + a', ()),
        ('1 < 2 && a == "b"', ("a == b",)),
        ('x && a != "b" && y', ("a != b",)),
        ('1 == "b"', ()),
        ('"b" == 1', ()),
        ('"b"', ()),
        ('== "b"', ()),
        ('"b" ==', ()),
        ('["b"]', ()),
        ('in ["b"]', ()),
        ('in ["b"] == a', ()),
        ('["b"] + a in', ()),
        ('1 in ["b"]', ()),
        ('a of ["b"]', ()),
        ('a in ("b")', ()),
        ('a in [1, "b"]', ()),
        ('a in ["b", 1, "c"]', ("a in b",)),
        ('a["b"]', ()),
        ('"b", "c"', ()),
        ('a ["b"]', ()),
    ],
)
def test_comparisons_stand_side_by_side(source: str, found: tuple[str, ...]) -> None:
    """A name and words count as compared where they stand on two sides of a sign, or the words in a list after `in`."""
    assert tuple(f"{one.name} {one.sign} {one.literal}" for one in compared_with(source)) == found


def test_comparison_keeps_its_parts() -> None:
    """A comparison that is turned round is told from the name's side."""
    assert compared_with('"2026-10-01" <= launch_date') == (Comparison("launch_date", ">=", "2026-10-01"),)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a.b.c > d", {"a", "d"}),
        ("a . b > c", {"a", "c"}),
        ("a// .\n> b", {"a", "b"}),
        ("1 > 2", set[str]()),
        ('"a" > \'b\' + """c""" + r"d"', set[str]()),
        ('b"a" > c', {"c"}),
    ],
)
def test_names_stand_free(source: str, names: set[str]) -> None:
    """A name counts unless it is a field or stands inside words."""
    assert names_in(source) == names
