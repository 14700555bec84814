"""Where may a frame of another speaker begin? Wherever one is found, and nowhere else does the guard look."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guards.claims.lexicon import lexicon_of
from guards.claims.scan import scan
from guards.frames import frames_in
from guards.phrases.injection import FRAMES
from tests.guards.cases import CAMPAIGN

_LEXICON = lexicon_of(CAMPAIGN)  # pyright: ignore[reportArgumentType] - frozen models hash
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
def test_frames_are_those_of_the_pattern(parts: list[tuple[str, str]]) -> None:
    """Frames that are looked for where one may begin are all that the pattern finds in the whole text."""
    said = scan("".join(f"{part}{end}" for part, end in parts), _LEXICON)
    assert [found.span() for found in frames_in(said)] == [found.span() for found in FRAMES.finditer(said.text)]
