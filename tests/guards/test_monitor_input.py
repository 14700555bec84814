"""Does the monitor stand what nobody would write? Huge, tiny, repeated, special and heaped texts, in bounded time."""

from __future__ import annotations

import time
from functools import cache

import pytest

from guards.monitor import SuspicionMonitor, monitor_of
from orchestrator.messages.suspicion import Heard, Memory
from tests.guards.cases import CAMPAIGN

_MILLION = 1_000_000
_LONG = {
    "one letter": "a" * _MILLION,
    "one word": "well " * (_MILLION // 5),
    "different words": " ".join(f"w{number}" for number in range(_MILLION // 7)),
    "brackets": '{"a":[' * (_MILLION // 6),
    "blanks": " " * _MILLION,
    "rows": "\n".join(f"{number} x{number % 97} 3,4" for number in range(_MILLION // 12)),
    "quotes": "'Ab c.' " * (_MILLION // 8),
    "speakers": "Q: a A: b\n" * (_MILLION // 10),
    "heaped marks": "a\u0301\u0302" * (_MILLION // 3),
    "pictures": "\U0001f600\u200d" * (_MILLION // 2),
    "special tokens": "<|endoftext|> " * (_MILLION // 14),
    "lone surrogates": "\ud800 " * (_MILLION // 2),
}


@cache
def _monitor() -> SuspicionMonitor:
    return monitor_of(CAMPAIGN)


@pytest.mark.parametrize("name", _LONG)
def test_a_million_characters_take_no_longer_than_their_length(name: str) -> None:
    """A megabyte of anything is judged within two seconds on a busy machine, and nothing is raised."""
    began = time.process_time()
    said = _monitor()(Heard(text=_LONG[name], tokens=_MILLION // 4), Memory()).suspicion
    assert (0.0 <= said.score <= 1.0, time.process_time() - began < 2.0) == (True, True)


@pytest.mark.slow
def test_ten_megabytes_in_one_message() -> None:
    """Empty words are flagged whatever their size."""
    text = "There are various ways to look at it, as has been noted. " * 180_000
    assert _monitor()(Heard(text=text, tokens=len(text) // 4), Memory()).suspicion.flagged


@pytest.mark.slow
def test_fifty_thousand_tiny_messages() -> None:
    """The last of them costs what the first did, and they are flagged early."""
    memory, first = Memory(), None
    for number in range(50_000):
        observed = _monitor()(Heard(text="ok then", tokens=2, at=number / 10), memory)
        memory = observed.memory
        if observed.suspicion.flagged and first is None:
            first = number
    assert first in range(10)


@pytest.mark.parametrize("name", ["one word", "heaped marks", "pictures", "special tokens", "brackets", "quotes"])
def test_crude_floods_are_flagged_at_once(name: str) -> None:
    """The first message is enough."""
    text = _LONG[name][:3_000]
    assert _monitor()(Heard(text=text, tokens=1_500), Memory()).suspicion.flagged


def test_a_price_list_of_other_goods_is_no_news() -> None:
    """Figures count only where they bear on an issue: by the second list the sender is flagged."""
    goods = ("garden hose", "stapler", "kettle", "bucket", "rope ladder", "glue stick", "desk lamp", "bolt", "mug", "trowel")
    lists = [
        "For completeness, our catalogue.\n" + "\n".join(f"{good}; {n + 3}.{k}0" for k, good in enumerate(goods))
        for n in range(3)
    ]
    memory, flagged = Memory(), list[bool]()
    for text in lists:
        observed = _monitor()(Heard(text=text, tokens=len(text) // 3), memory)
        memory = observed.memory
        flagged.append(observed.suspicion.flagged)
    assert any(flagged)
