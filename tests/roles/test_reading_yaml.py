"""How does a YAML text become values?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import Mistake
from orchestrator.roles.nodes import Atom, Listing, Mapping, Word, plain_of
from orchestrator.roles.yaml import read_yaml


def _plain(text: str) -> Atom:
    document = read_yaml(text, "f.yaml")
    assert document.mistakes == ()
    assert document.root is not None
    return plain_of(document.root)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            (word, word)
            for word in ("no", "off", "yes", "on", "none", "n", "5-percent", "06-10", "0x10", "0o7", "1_000", "1:30")
        ),
        *((word, True) for word in ("true", "True", "TRUE")),
        ("false", False),
        *((word, None) for word in ("~", "null", "Null")),
        ("1.50", Decimal("1.50")),
        ("-3", Decimal(-3)),
        ("2e3", Decimal("2E+3")),
        ("1e400", "1e400"),
        ("12345678901234567890", "12345678901234567890"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("2026-10-01", date(2026, 10, 1)),
        ("2026-02-30", "2026-02-30"),
        ("'42'", "42"),
        ('"true"', "true"),
        ("'2026-10-01'", "2026-10-01"),
    ],
)
def test_a_scalar_means_what_the_core_rules_of_yaml_say(text: str, value: Atom) -> None:
    """Only true and false are flags, figures are exact, dates are dates of the calendar, and all else is words."""
    assert _plain(f"key: {text}") == {"key": value}


def test_equal_numbers_and_flags_are_equal_keys() -> None:
    """Keys that are figures or flags are written in one way, so that tables of options find them."""
    assert _plain("{14: a, 30.0: b, true: c, false: d, no: e}") == {"14": "a", "30": "b", "true": "c", "false": "d", "no": "e"}


def test_every_node_knows_its_line() -> None:
    """Mappings, lists and words carry the line on which they begin."""
    root = read_yaml("a:\n  - 1\n  - {b: x}\nc: d\n", "f.yaml").root
    assert isinstance(root, Mapping)
    items = root.values["a"]
    assert isinstance(items, Listing)
    assert [item.line for item in items.items] == [2, 3]
    assert (root.keys["c"].line, root.values["c"]) == (4, Word(line=4, value="d", text="d"))


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"),
    [
        ("a: 1\nb:\n\tc: 2\n", 3, "YAML", "a tab stands before a value"),
        ("a: 1\na: 2\n", 2, "a", "is there twice, first on line 1"),
        ("a:\n  b:\n    c: 1\n    c: 2\n", 4, "a.b.c", "is there twice, first on line 3"),
        ("{1: a, 1.0: b}", 1, "1", "is there twice, first on line 1"),
        ("? [a]\n: b\n", 1, "YAML", "a key is a list or a mapping"),
        ("a: !secret b\n", 1, "YAML", "tag '!secret' is not read here"),
        ("a: b: c\n", 1, "YAML", "cannot be read: mapping values are not allowed in this context"),
        ("a: [b\n", 2, "YAML", "cannot be read: did not find expected ',' or ']'"),
        ("a: \x07\n", 0, "YAML", "cannot be read: unacceptable character #x0007: control characters are not allowed"),
    ],
)
def test_what_is_no_plain_yaml_is_named_with_its_line(text: str, line: int, key: str, problem: str) -> None:
    """Tabs, repeated keys, tags and broken structure each give one mistake at their place."""
    assert [(it.line, it.key, it.problem) for it in read_yaml(text, "f.yaml").mistakes] == [(line, key, problem)]


@given(st.text(alphabet=st.sampled_from("ab:-[]{},&*!|>'\"#%@`\t\n 1.\x00é"), max_size=60) | st.text(max_size=40))
def test_reading_never_fails(text: str) -> None:
    """Whatever the text is, it gives a document or mistakes, and never an exception."""
    document = read_yaml(text, "f.yaml")
    assert document.root is not None or document.mistakes
    assert all(isinstance(mistake, Mistake) for mistake in document.mistakes)
