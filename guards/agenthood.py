"""Does an agent say that it is a person? Where people sit at the table, such words never reach them."""

from __future__ import annotations

from guards.claims.plain import plain_text
from guards.phrases.handover import CLAIMED, NOT_CLAIMED
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.view import View

__all__ = ["owns_up_to_be_an_agent"]

_LONGEST = 20_000


def owns_up_to_be_an_agent(draft: Draft, view: View, /) -> tuple[Finding, ...]:
    """Judge the words of an agent that speaks to people; what people say of themselves is theirs to say."""
    if not view.people or view.role in view.people or not draft.text:
        return ()
    plain = plain_text(draft.text[:_LONGEST]).text
    for pattern in CLAIMED:
        for found in pattern.finditer(plain):
            if not NOT_CLAIMED.search(plain, max(0, found.start() - 60), found.start()):
                return (_claimed(view.role, found.group()),)
    return ()


def _claimed(role: str, words: str) -> Finding:
    return Finding(
        code="people.agent",
        kind="fact",
        severity="withhold",
        path="text",
        words=words,
        message=f"{role!r} is an agent, and a person reads this: it cannot say {words!r}",
        allowed="that it is an agent, or nothing about what it is",
    )
