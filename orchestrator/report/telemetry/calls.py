"""What is the span of a model's call? Who was asked what, how often in vain, what it took and how it ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from orchestrator.errors import Try
from orchestrator.messages.model import Prompt
from orchestrator.messages.reply import Requested, Written
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.messages.view import View
from orchestrator.report.telemetry import names
from orchestrator.report.telemetry.span import Attribute, Attributes, Moment, Span, known

__all__ = ["INTERRUPTED", "Call", "Called", "Content", "answered", "call", "failed_call", "prompted"]

INTERRUPTED = "Interrupted"
"""The class of error of a call whose answer nobody waited for any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A model as its spans name it."""

    provider: str
    model: str
    address: str | None = None
    """The host that answers; None for a model of this process."""
    port: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """How the words of prompts and answers get into spans."""

    assemble: Callable[[View], Prompt]
    clean: Callable[[str], str]
    """Takes keys out of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Whom a call was for, and what of it the reply alone does not say."""

    session: SessionId
    role: RoleName
    called: Called
    attempt: int
    requested: Requested | None = None
    """What was put on record before it, where that was done."""
    cost: Decimal | None = None
    words: Attributes
    """The prompt and the answer, where content is asked for."""


def call(made: Call, reply: Written) -> Span:
    """Return the span of a call that was answered."""
    usage = reply.usage
    answered: dict[str, Attribute | None] = {
        names.FINISH_REASONS: (names.FINISH_WORDS.get(reply.finish, reply.finish),),
        names.INPUT_TOKENS: usage.prompt,
        names.OUTPUT_TOKENS: usage.reply,
        names.CACHE_READ_TOKENS: usage.cached or None,
        names.CACHE_WRITE_TOKENS: usage.stored or None,
    }
    return _span(made, reply.began, reply.at, answered, tries=reply.tries)


def failed_call(made: Call, at: datetime, tries: tuple[Try, ...]) -> Span:
    """Return the span of a call that no answer came from: given up after its tries, or in the middle."""
    began = (
        made.requested.at if made.requested else at - timedelta(milliseconds=sum(each.millis + each.waited for each in tries))
    )
    return _span(made, began, at, {}, tries=tries, error=tries[-1].failure if tries else INTERRUPTED)


def prompted(content: Content, view: View) -> Attributes:
    """Return what a model reads, as it is sent."""
    prompt = content.assemble(view)
    return {
        names.SYSTEM_INSTRUCTIONS: _json([_part(content, prompt.system)]),
        names.INPUT_MESSAGES: _json([{"role": "user", "parts": [_part(content, prompt.user)]}]),
    }


def answered(content: Content, reply: Written) -> Attributes:
    """Return what a model wrote."""
    finish = names.FINISH_WORDS.get(reply.finish, reply.finish)
    return {
        names.OUTPUT_MESSAGES: _json(
            [{"role": "assistant", "parts": [_part(content, reply.text)], "finish_reason": finish}],
        )
    }


def _span(
    made: Call,
    began: datetime,
    ended: datetime,
    more: dict[str, Attribute | None],
    *,
    tries: tuple[Try, ...],
    error: str = "",
) -> Span:
    called = made.called
    attributes: dict[str, Attribute | None] = {
        names.OPERATION_NAME: names.CHAT,
        names.PROVIDER_NAME: called.provider,
        names.REQUEST_MODEL: called.model,
        names.CONVERSATION_ID: made.session,
        names.AGENT_NAME: made.role,
        names.OUTPUT_TYPE: "json",
        names.MAX_TOKENS: made.requested.reply if made.requested else None,
        names.SERVER_ADDRESS: called.address,
        names.SERVER_PORT: called.port,
        names.ATTEMPT: made.attempt,
        names.COST: None if made.cost is None else float(made.cost),
        names.ERROR_TYPE: error or None,
    }
    return Span(
        name=f"{names.CHAT} {called.model}",
        kind="internal" if called.address is None else "client",
        began=began,
        ended=ended,
        attributes={**known({**attributes, **more}), **made.words},
        moments=tuple(_tried(began, tries)),
        error=error,
    )


def _tried(began: datetime, tries: tuple[Try, ...]) -> Iterator[Moment]:
    at = began
    for each in tries:
        at += timedelta(milliseconds=each.millis)
        yield Moment(
            at=at,
            name=names.CALL_TRIED,
            attributes=known(
                {
                    names.ERROR_TYPE: each.failure,
                    names.HTTP_STATUS: each.status,
                    names.MILLIS: each.millis,
                    names.WAITED: each.waited,
                }
            ),
        )
        at += timedelta(milliseconds=each.waited)


def _part(content: Content, text: str) -> dict[str, str]:
    return {"type": "text", "content": content.clean(text)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
