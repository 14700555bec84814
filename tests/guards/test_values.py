"""Are the settings and results of guards values? Frozen, compared by what they hold, without room for more."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import cached_property
from pathlib import Path

import pytest

from guards.lazily import Lazily

_FOLDER = Path(__file__).parents[2] / "guards"
_MODULES = sorted(path.relative_to(_FOLDER.parent).with_suffix("") for path in _FOLDER.rglob("*.py"))


def _records() -> Iterator[type]:
    for path in _MODULES:
        name = ".".join(path.parts).removesuffix(".__init__")
        for item in vars(importlib.import_module(name)).values():
            if isinstance(item, type) and is_dataclass(item) and item.__module__ == name:
                yield item


@pytest.mark.parametrize("record", tuple(_records()), ids=lambda record: f"{record.__module__}.{record.__qualname__}")
def test_records_of_guards_are_frozen_values(record: type) -> None:
    """A dataclass of a guard cannot be changed after it was made; it takes new attributes only to keep what it works out."""
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(record) or any(isinstance(item, cached_property | Lazily) for item in vars(record).values())
