"""Which model does a text mean? The table `tests/tables/models-spec.jsonl`, and values of options."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest

from orchestrator.errors import UsageError
from orchestrator.models.spec import ModelSpec, parse_spec


class Row(TypedDict):
    """One text with its parts, or with what is wrong with it."""

    id: str
    text: str
    provider: NotRequired[str]
    name: NotRequired[str]
    options: NotRequired[list[tuple[str, str]]]
    message: NotRequired[str]


TABLE = Path(__file__).parents[1] / "tables" / "models-spec.jsonl"
ROWS: list[Row] = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
FORM = "write PROVIDER:NAME or PROVIDER:NAME?KEY=VALUE&KEY=VALUE, such as strategy:linear?delay=0.5"


@pytest.mark.parametrize("row", [row for row in ROWS if "message" not in row], ids=lambda row: row["id"])
def test_a_model_has_parts(row: Row) -> None:
    """A text of the right form has a provider, a name and options, and is written again as it was read."""
    spec = parse_spec(row["text"])
    parts = {key: row.get(key) for key in ("provider", "name", "options")}
    assert (spec, str(spec)) == (ModelSpec.model_validate(parts), row["text"])


@pytest.mark.parametrize("row", [row for row in ROWS if "message" in row], ids=lambda row: row["id"])
def test_another_form_is_a_usage_error(row: Row) -> None:
    """A text of another form is refused with what is wrong and what was expected."""
    with pytest.raises(UsageError) as caught:
        parse_spec(row["text"])
    assert (caught.value.message, caught.value.hint) == (row.get("message"), FORM)


@pytest.mark.parametrize(
    ("text", "seconds"), [("a:b", 0.0), ("a:b?delay=0", 0.0), ("a:b?delay=0.25", 0.25), ("a:b?delay=3", 3.0)]
)
def test_an_option_is_read_as_seconds(text: str, seconds: float) -> None:
    """Seconds are any figure from 0, and 0 where they are not set."""
    assert parse_spec(text).seconds("delay") == seconds


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "soon", "1s"])
def test_other_seconds_are_a_usage_error(value: str) -> None:
    """What is no such figure is refused."""
    with pytest.raises(UsageError) as caught:
        parse_spec(f"a:b?delay={value}").seconds("delay")
    assert caught.value.message == f"model 'a:b?delay={value}': delay is {value!r}"
    assert caught.value.hint == "expected seconds, 0 or more, such as 0.5"


def test_an_option_is_read_as_a_whole_number() -> None:
    """A whole number is read; one that is not set is none; anything else is refused."""
    assert (parse_spec("a:b?seed=-7").whole("seed"), parse_spec("a:b").whole("seed")) == (-7, None)
    with pytest.raises(UsageError) as caught:
        parse_spec("a:b?seed=1.5").whole("seed")
    assert (caught.value.message, caught.value.hint) == (
        "model 'a:b?seed=1.5': seed is '1.5'",
        "expected a whole number, such as 7",
    )
