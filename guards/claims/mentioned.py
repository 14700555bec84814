"""Is every message that the words name there? `as in your offer m7`, where the talk has five."""

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.called import split_words
from guards.claims.context import Context, finding
from guards.claims.history import move_called
from guards.claims.saying import Named
from orchestrator.messages.finding import Finding

__all__ = ["messages_that_are_there"]


def messages_that_are_there(context: Context) -> Iterator[Finding]:
    """Find a message that is spoken of as one of this talk, and is none of it; the draft itself will be the next."""
    if not any(named.sort == "offer" for named in context.scan.named):
        return
    following = f"m{len(context.view.moves) + 1}"
    for named in context.scan.named:
        if named.sort != "offer" or named.what in (context.draft.offer, following) or context.is_open(named):
            continue
        if move_called(context.view, named.what) is None and not _is_measure(context, named):
            last = context.view.moves[-1].id if context.view.moves else "none"
            yield finding(
                context, "history.unknown", "history", named.start, named.end,
                f"there is no message {named.what!r} in this talk", f"a message of this talk; the last is {last}",
            )  # fmt: skip


def _is_measure(context: Context, named: Named) -> bool:
    """Return whether the letters are a unit of the negotiation, or the number of a paper: `quote M88`."""
    said = context.scan
    if any(named.what in split_words(fact.source) for fact in context.view.facts):
        return True
    is_capital = said.quote(named.start, named.end)[:1] == "M"
    return named.what in context.lexicon.units or (is_capital and said.text[max(0, named.start - 1) : named.start] == " ")
