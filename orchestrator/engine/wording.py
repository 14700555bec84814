"""What of a role's words do the others get? All of them, within its bounds; what is flagged is shown to them in short."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from orchestrator.engine.heeding import heed
from orchestrator.engine.rules import Rules
from orchestrator.engine.session import Session
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Context, Pace
from orchestrator.messages.reply import Written
from orchestrator.messages.sentences import head
from orchestrator.messages.suspicion import Suspicion

__all__ = ["Wording", "word"]

_FIRST_COUNTED = 2
"""The version of the rules from which on words are counted, bounded and watched."""

_NO_BOUNDS = Context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What becomes of the words of one draft."""

    text: str
    withheld: bool
    tokens: int = 0
    cut: int = 0
    suspicion: Suspicion | None = None
    """Where they were flagged."""
    gist: str | None = None
    findings: tuple[Finding, ...] = ()
    """What the role is told of it, and can do about it."""


def word(unfolding: Unfolding, draft: Draft, reply: Written, rules: Rules, *, withheld: bool) -> Wording:
    """Count the words of a draft, hold them to the bounds of their role, and let the monitor hear what passes."""
    session = unfolding.session
    if not draft.text or rules.count is None or session.settings.rules_version < _FIRST_COUNTED:
        return Wording(text="" if withheld else draft.text, withheld=withheld)
    count = partial(rules.count, estimated=reply.window is not None and reply.window.estimated)
    tokens = count(draft.text)
    bounds = session.speaker.context or _NO_BOUNDS
    if withheld:
        return Wording(text="", withheld=True, tokens=tokens, cut=tokens)
    if bounds.rate and _is_too_soon(session, bounds.rate):
        findings = (_too_soon(session, bounds.rate),)
        return Wording(text="", withheld=True, tokens=tokens, cut=tokens, findings=findings)
    text, cut, findings = draft.text, 0, ()
    if bounds.message_tokens and tokens > bounds.message_tokens:
        text = head(draft.text, bounds.message_tokens, count)
        cut = max(1, tokens - count(text))
        findings = (_too_long(session, tokens, cut, bounds.message_tokens),)
    heeded = heed(unfolding, text, tokens - cut, draft.terms, rules)
    if heeded is None:
        return Wording(text=text, withheld=not text, tokens=tokens, cut=cut, findings=findings)
    if heeded.gist is not None:
        findings = (*findings, _suspected(session, heeded.suspicion, tokens - cut, count(heeded.gist)))
    return Wording(
        text=text,
        withheld=False,
        tokens=tokens,
        cut=cut,
        suspicion=heeded.suspicion,
        gist=heeded.gist,
        findings=findings,
    )


def _is_too_soon(session: Session, pace: Pace) -> bool:
    """Return whether the role sent as many messages with words in that time as it may, by the time that was driven."""
    since = session.millis - pace.seconds * 1000
    sent = 0
    for move, at in zip(reversed(session.moves), reversed(session.times), strict=False):
        if at <= since or sent >= pace.messages:
            break
        sent += move.sender == session.speaker.name and bool(move.text)
    return sent >= pace.messages


def _too_soon(session: Session, pace: Pace) -> Finding:
    span = "a second" if pace.seconds == 1 else f"{pace.seconds} seconds"
    return Finding(
        code="context.rate",
        kind="shape",
        severity="withhold",
        path="text",
        message=f"{session.speaker.name!r} may send {pace.messages} messages with words in {span}; these words came sooner",
        allowed="a move without words, or words later",
    )


def _too_long(session: Session, tokens: int, cut: int, most: int) -> Finding:
    return Finding(
        code="context.message",
        kind="shape",
        severity="note",
        path="text",
        message=f"a message of {session.speaker.name!r} may have {most:,} tokens, not {tokens:,}; its last {cut:,} were cut",
        allowed=f"at most {most:,} tokens; what matters most comes first",
    )


def _suspected(session: Session, suspicion: Suspicion, tokens: int, shown: int) -> Finding:
    names = " and ".join(reason.name for reason in suspicion.reasons[:2]) or "nothing new"
    left = max(0, tokens - shown)
    return Finding(
        code="context.suspicion",
        kind="shape",
        severity="note",
        path="text",
        words=next((reason.quote for reason in suspicion.reasons if reason.quote), ""),
        message=f"of {tokens:,} tokens of {session.speaker.name!r} the others are shown {tokens - left:,}: {names}",
        allowed="what is new, in few words: a value for an issue, a reason with its figure, an answer",
    )
