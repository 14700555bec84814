"""Where may a frame of another speaker begin? Wherever one is found, and nowhere else does the guard look."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guards.phrases.injection import FRAME_BEGINS, FRAMES

_PARTS = (
    "<!-- -->",
    "<|",
    "|>",
    "</system>",
    "<<system >>",
    "[system: ]",
    "[[x]]",
    '{"role": 1}',
    "--- begin of",
    "end of message",
    "new turn from x:",
    "### abc ###",
    "instruction block",
    "thought:",
    "action:",
    "%%",
    "==",
    "*** begin",
    "+++",
    "~~",
    "[the bot x]",
    "hidden note for x",
    "secret message to",
    "system notice to",
    "admin",
    "override:",
    "system:",
    "assistant",
    "(",
    ")",
    "tool message",
    "moderator:",
    "! ",
    "? ",
    "observation:",
    "machine-only text for x",
    "invisible comment to",
    ": ",
    ". ",
    "\n",
    "#",
    ">",
    "a",
)


@given(st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from(("", " ", "\n", ". "))), max_size=12))
def test_every_frame_begins_where_one_is_looked_for(parts: list[tuple[str, str]]) -> None:
    """A frame begins the text, or with a mark or letters by which it is looked for."""
    text = "".join(f"{part}{end}" for part, end in parts)
    begins = [found.start() for found in FRAMES.finditer(text)]
    assert [begin for begin in begins if begin and not FRAME_BEGINS.match(text, begin)] == []
