"""How is an Anthropic model asked? Through the official SDK, streamed, without its retries, its fixed part cached."""

from __future__ import annotations

from collections.abc import Mapping

import anthropic
from anthropic import AsyncAnthropic, omit
from anthropic.types import MessageDeltaUsage, OutputConfigParam, RawMessageStreamEvent
from anthropic.types import Usage as MessageUsage

from orchestrator.errors import Malformed, ProviderError, Unavailable
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.reply import Finish
from orchestrator.messages.usage import Usage
from orchestrator.models.bounded import HEADERS, bounded_client
from orchestrator.models.draftschema import Shape, draft_schema
from orchestrator.models.endpoint import Endpoint, key_of
from orchestrator.models.faults import failure_of, refusal_of, said_in
from orchestrator.models.gathering import Gathering, gather

__all__ = ["AnthropicService"]

_FINISHES: Mapping[str, Finish] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "cut",
    "model_context_window_exceeded": "cut",
    "refusal": "refused",
}


class AnthropicService:
    """The Messages API."""

    shapes: tuple[Shape, ...] = ("plain", "text")
    """Its output format takes no ranges, and there is no JSON without a schema."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._key = key_of(endpoint)
        self._client = AsyncAnthropic(
            api_key=self._key,
            base_url=endpoint.address,
            max_retries=0,
            timeout=endpoint.idle,
            default_headers=HEADERS,
            http_client=bounded_client(address=endpoint.address, idle=endpoint.idle),
        )

    async def ask(self, request: Request, shape: Shape) -> Completion:
        """Return the answer to one call."""
        prompt = request.prompt
        stream = await self._client.messages.create(
            model=self._endpoint.name,
            max_tokens=prompt.reply,
            system=[{"type": "text", "text": prompt.system, "cache_control": {"type": "ephemeral"}}],
            messages=[{"role": "user", "content": prompt.user}],
            output_config=_output(request) if shape == "plain" else omit,
            stream=True,
        )
        async with stream:
            gathering = await gather(stream, _take)
        if gathering.usage and not gathering.usage.prompt:
            gathering.usage = None
        return gathering.completion()

    def failure(self, error: Exception) -> ProviderError:
        """Return what an HTTP status, an error inside a stream, or another failure means."""
        if not isinstance(error, anthropic.APIStatusError):
            return failure_of(error, self._endpoint)
        if error.status_code < 300:
            message = "the service broke off with an error inside the answer"
            kind = Unavailable if "overloaded" in error.message.lower() else Malformed
            return kind(message, status=error.status_code, charged=True)
        said = said_in(error.body, error.response.text)
        return refusal_of(error.status_code, error.response.headers, said, self._endpoint, self._key)

    async def aclose(self) -> None:
        """Let go of its connections."""
        await self._client.close()


def _output(request: Request) -> OutputConfigParam:
    return {"format": {"type": "json_schema", "schema": draft_schema(request.view, ranges=False)}}


def _take(gathering: Gathering, event: RawMessageStreamEvent) -> None:
    match event.type:
        case "message_start":
            gathering.usage = _usage(event.message.usage, None)
        case "content_block_delta":
            if event.delta.type == "text_delta":
                gathering.add(event.delta.text)
        case "message_delta":
            gathering.usage = _usage(event.usage, gathering.usage)
            reason = event.delta.stop_reason
            if reason is not None:
                gathering.finish = _FINISHES.get(reason, "stop")
        case "message_stop":
            gathering.over = True
        case _:
            pass


def _usage(told: MessageUsage | MessageDeltaUsage, before: Usage | None) -> Usage | None:
    """Return the tokens so far: the beginning tells what was read, the end what was written."""
    cached = _tokens(told.cache_read_input_tokens)
    stored = _tokens(told.cache_creation_input_tokens)
    read = _tokens(told.input_tokens)
    if read or cached or stored or before is None:
        return Usage(prompt=read + cached + stored, reply=_tokens(told.output_tokens), cached=cached, stored=stored)
    return before.model_copy(update={"reply": _tokens(told.output_tokens)})


def _tokens(told: object) -> int:
    return told if isinstance(told, int) and told > 0 else 0
