"""Are our own labelled drafts sound? Spans stand in their texts, fit ones have none, and no kind is left out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from orchestrator.messages.finding import Kind
from orchestrator.roles.corpus import Place, read_corpus

_FOLDER = Path(__file__).parent / "corpora"
_HALVED = (
    "own-energy",
    "own-grain",
    "own-location",
    "own-venue",
    "own-imaging",
    "own-canteen",
    "own-manuals",
    "own-hives",
    "own-linen",
    "own-borehole",
    "own-ferry",
    "own-organ",
)
_FILES = (*_HALVED, "own-cinema", "own-dairy", "own-dredging")
_UNLABELLED = {"shape", "limits"}


def _places(name: str) -> tuple[Place, ...]:
    return read_corpus(_FOLDER / f"{name}.jsonl")


@pytest.mark.parametrize("name", _FILES)
def test_spans_stand_in_their_texts(name: str) -> None:
    """The words at fault are in the text letter by letter, and a fit draft has none."""
    for place in _places(name):
        text = place.case.draft["text"]
        assert isinstance(text, str)
        assert [span for span in place.case.spans if span not in text] == [], str(place)
        assert place.case.kinds or not place.case.spans, str(place)


@pytest.mark.parametrize("name", _HALVED)
def test_half_of_a_file_is_fit_and_every_kind_occurs(name: str) -> None:
    """A file is about half fit, and each kind that a label can have occurs in it."""
    places = _places(name)
    kinds = Counter(kind for place in places for kind in place.case.kinds)
    fit = sum(not place.case.kinds for place in places) / len(places)
    assert 0.45 <= fit <= 0.55
    assert set(get_args(Kind)) - _UNLABELLED <= set(kinds)


@pytest.mark.parametrize("name", _FILES)
def test_no_case_is_there_twice(name: str) -> None:
    """Two cases differ in the draft or in what came before it."""
    seen = [
        place.case.model_copy(update={"id": "", "kinds": (), "spans": (), "note": ""}).model_dump_json()
        for place in _places(name)
    ]
    assert len(seen) == len(set(seen))
