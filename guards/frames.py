"""Where do words pretend to be another speaker? In frames, which are looked for only where one may begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from guards.claims.saying import Scan
from guards.phrases.injection import FRAME_ENDS, FRAME_OPENERS, FRAME_SIGNS, FRAME_SPEAKERS, FRAMES

__all__ = ["frames_in"]

_MOST = 8_000
"""Places of one text; where there are more, each of them costs more than to look everywhere."""
_NEAR = 24
"""Letters of a frame at most between the end with which it begins and its speaker."""


def frames_in(said: Scan) -> Iterator[re.Match[str]]:
    """Yield every frame of another speaker; looked for only where one may begin, unless that is nearly everywhere."""
    begins = list(islice(_begins(said), _MOST))
    if len(begins) == _MOST:
        yield from FRAMES.finditer(said.text)
        return
    end = 0
    for begin in sorted(begins):
        if begin >= end and (found := FRAMES.match(said.text, begin)):
            end = found.end()
            yield found


def _begins(said: Scan) -> Iterator[int]:
    """Yield where frames may begin, in no order and some twice."""
    yield 0
    yield from (found.start() for found in FRAME_SIGNS.finditer(said.text))
    yield from said.starts(FRAME_OPENERS)
    for speaker in said.starts(FRAME_SPEAKERS):
        yield from (found.start() for found in FRAME_ENDS.finditer(said.text, max(0, speaker - _NEAR), speaker))
