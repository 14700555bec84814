"""How do terms read, and which digest stands for them? The same for equal terms, however they were written."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from orchestrator.messages.digest import canonical, digest_of, sha256
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, digest_of_terms, exact, plain, spoken
from tests.messages.anything import any_of

TABLE = Path(__file__).parents[1] / "tables" / "messages" / "terms.jsonl"
ROWS = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
TERM: TypeAdapter[Term] = TypeAdapter(Term)
TERMS: TypeAdapter[Terms] = TypeAdapter(Terms)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_term_reads_as_its_table_says(row: dict[str, Any]) -> None:
    """A term is spoken as exact text and shown to models as a plain JSON value of the right type."""
    term = TERM.validate_python(row["term"], strict=False)
    assert (spoken(term), plain(term), type(plain(term))) == (row["spoken"], row["plain"], type(row["plain"]))


@given(st.decimals(min_value=Decimal("-1e18"), max_value=Decimal("1e18"), places=6))
def test_exact_text_is_the_number_and_nothing_else(number: Decimal) -> None:
    """Exact text reads back as the number, and is the same for every spelling of it."""
    assert Decimal(exact(number)) == number
    assert exact(number.normalize()) == exact(number) == exact(Decimal(exact(number)))


def test_terms_have_the_digest_that_others_can_compute() -> None:
    """The digest of terms is that of the sorted list of issue, kind and text, and stays so."""
    terms = TERMS.validate_python(
        [
            {"kind": "number", "issue": "spend", "value": "60000.0"},
            {"kind": "choice", "issue": "format", "value": "vidéo"},
            {"kind": "date", "issue": "launch", "value": "2026-10-01"},
            {"kind": "flag", "issue": "review", "value": True},
        ]
    )
    text = '[["format","choice","vidéo"],["launch","date","2026-10-01"],["review","flag","true"],["spend","number","60000"]]'
    assert digest_of_terms(terms) == sha256(text.encode())
    assert digest_of_terms(terms) == "764c1d14896990de0d9389e5b62a7acc8ee6d304d23302b3677ee0f7e4473c87"


@given(any_of(Terms), st.randoms())
def test_order_of_terms_does_not_count(terms: Terms, random: Any) -> None:
    """Terms that are listed in another order have the same digest."""
    shuffled = list(terms)
    random.shuffle(shuffled)
    assert digest_of_terms(tuple(shuffled)) == digest_of_terms(terms)


def test_kinds_of_terms_count() -> None:
    """A figure, a word, a date and a flag that read alike have different digests."""
    alike = [
        Number.model_validate({"issue": "x", "value": "1"}),
        Choice.model_validate({"issue": "x", "value": "1"}),
        Choice.model_validate({"issue": "x", "value": "true"}),
        Flag.model_validate({"issue": "x", "value": True}),
        Choice.model_validate({"issue": "x", "value": "2026-10-01"}),
        Day.model_validate({"issue": "x", "value": "2026-10-01"}),
    ]
    assert len({digest_of_terms((term,)) for term in alike}) == len(alike)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (7, "7"),
        ("é\n\u2028", '"é\\n\u2028"'),
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        (("a", ("b",)), '["a",["b"]]'),
        ({}, "{}"),
    ],
)
def test_canonical_json_is_the_shortest(value: Any, text: str) -> None:
    """Canonical JSON has sorted keys, no spaces, and no escapes that are not needed."""
    assert canonical(value) == text.encode()
    assert digest_of(value) == sha256(text.encode())


def test_digest_of_half_a_character_is_defined() -> None:
    """Even text that is not valid Unicode has a digest, so that no digest can fail."""
    assert canonical("\ud800") == b'"\xed\xa0\x80"'
