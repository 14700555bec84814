"""How do models and their services fail? An honest model whose answers fail, in one way, when it is asked for the n-th time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from orchestrator.errors import Declined, Malformed, ProviderError, RateLimited, Unavailable
from orchestrator.messages.model import Completion, Model, Request
from orchestrator.messages.reply import Finish

__all__ = ["ANSWERS", "BREAKS", "FAULTS", "Failing", "Fault"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to fail: an error of the service, or an answer that is no draft."""

    says: str
    error: type[ProviderError] | None = None
    text: str = ""
    finish: Finish = "stop"


BREAKS: Mapping[str, Fault] = MappingProxyType(
    {
        "rate_limited": Fault(says="the service asks for fewer calls, and goes on asking", error=RateLimited),
        "unavailable": Fault(says="the service cannot be reached", error=Unavailable),
        "malformed": Fault(says="the service sends what is no answer", error=Malformed),
        "declined": Fault(says="the service will not answer", error=Declined),
    }
)
"""Failures that stop the driver; the session is resumed."""

ANSWERS: Mapping[str, Fault] = MappingProxyType(
    {
        "cut": Fault(says="the answer is cut in the middle", text='{"act": "propose", "ter', finish="cut"),
        "refused": Fault(says="the model declines in prose", text="I am sorry, but I cannot do that.", finish="refused"),
        "filtered": Fault(says="a content filter holds the answer back", finish="filtered"),
        "empty": Fault(says="the answer has no text", finish="empty"),
        "prose": Fault(says="the answer is prose", text="Sure. Let me think about what we could offer here."),
        "fenced": Fault(
            says="the answer is a fenced block with talk around it", text='Here:\n```json\n{"act": "surrender"}\n```'
        ),
        "huge": Fault(says="the answer is a megabyte", text="x" * 1_000_000),
        "deep": Fault(says="the answer is nested deeper than anything", text="[" * 50_000),
        "surrogate": Fault(says="the answer holds half a character", text='{"act": "inform", "text": "\ud800"}'),
    }
)
"""Answers that are no drafts; the talk goes on by repair or fallback."""

FAULTS: Mapping[str, Fault] = MappingProxyType({**BREAKS, **ANSWERS})


@dataclass(slots=True, kw_only=True)
class Failing:
    """Another model that fails on these of its calls, counted from 1."""

    model: Model
    fault: Fault
    on: frozenset[int]
    calls: int = field(default=0)

    async def __call__(self, request: Request, /) -> Completion:
        """Return the other model's answer, or fail."""
        self.calls += 1
        if self.calls not in self.on:
            return await self.model(request)
        if self.fault.error is not None:
            raise self.fault.error(self.fault.says)
        return Completion(text=self.fault.text, finish=self.fault.finish)
