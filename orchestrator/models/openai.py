"""How is an OpenAI model asked, or one behind a compatible server? Through the official SDK, streamed, without its retries."""

from __future__ import annotations

from collections.abc import Mapping

import openai
from openai import AsyncOpenAI, omit
from openai.types import CompletionUsage
from openai.types.chat import ChatCompletionChunk
from openai.types.chat.completion_create_params import ResponseFormat
from openai.types.responses import ResponseFormatTextConfigParam, ResponseStreamEvent, ResponseUsage

from orchestrator.errors import Malformed, ProviderError
from orchestrator.messages.digest import digest_of
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.reply import Finish
from orchestrator.messages.usage import Usage
from orchestrator.models.bounded import HEADERS, bounded_client
from orchestrator.models.draftschema import SHAPES, Schema, Shape, draft_schema, exact_schema
from orchestrator.models.endpoint import Endpoint, key_of
from orchestrator.models.faults import failure_of, refusal_of, said_in
from orchestrator.models.gathering import Gathering, gather

__all__ = ["OpenAIService"]

_FINISHES: Mapping[str, Finish] = {"stop": "stop", "length": "cut", "content_filter": "filtered"}
_INCOMPLETE: Mapping[str | None, Finish] = {"max_output_tokens": "cut", "content_filter": "filtered"}


class OpenAIService:
    """The Responses API of OpenAI, or chat completions where a server is only compatible."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.shapes: tuple[Shape, ...] = SHAPES[1:] if endpoint.own else SHAPES
        """OpenAI's own forms have no choice at the top."""
        self._endpoint = endpoint
        self._key = key_of(endpoint)
        self._client = AsyncOpenAI(
            api_key=self._key,
            base_url=endpoint.address,
            max_retries=0,
            timeout=endpoint.idle,
            default_headers=HEADERS,
            http_client=bounded_client(address=endpoint.address, idle=endpoint.idle),
        )

    async def ask(self, request: Request, shape: Shape) -> Completion:
        """Return the answer to one call."""
        return await (self._respond(request, shape) if self._endpoint.api == "responses" else self._chat(request, shape))

    def failure(self, error: Exception) -> ProviderError:
        """Return what an HTTP status, an error inside a stream, or another failure means."""
        if isinstance(error, openai.APIStatusError):
            response = error.response
            said = said_in(error.body, response.text)
            return refusal_of(error.status_code, response.headers, said, self._endpoint, self._key)
        if type(error) is openai.APIError:
            return Malformed("the service broke off with an error inside the answer", status=200, charged=True)
        return failure_of(error, self._endpoint)

    async def aclose(self) -> None:
        """Let go of its connections."""
        await self._client.close()

    async def _respond(self, request: Request, shape: Shape) -> Completion:
        prompt = request.prompt
        stream = await self._client.responses.create(
            model=self._endpoint.name,
            instructions=prompt.system,
            input=prompt.user,
            max_output_tokens=prompt.reply,
            prompt_cache_key=_cache_key(request),
            store=False,
            stream=True,
            text={"format": _text_format(request, shape)},
        )
        async with stream:
            return (await gather(stream, _take_event)).completion()

    async def _chat(self, request: Request, shape: Shape) -> Completion:
        prompt = request.prompt
        own = self._endpoint.own
        bare = shape == "text" and self._endpoint.form != "text"
        stream = await self._client.chat.completions.create(
            model=self._endpoint.name,
            messages=[{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
            max_completion_tokens=prompt.reply if own else omit,
            max_tokens=omit if own else prompt.reply,
            prompt_cache_key=_cache_key(request) if own else omit,
            response_format=_response_format(request, shape) or omit,
            stream=True,
            stream_options=omit if bare else {"include_usage": True},
        )
        async with stream:
            return (await gather(stream, _take_chunk)).completion()


def _cache_key(request: Request) -> str:
    """Return one key for the calls that share their fixed part."""
    return "handfast-" + digest_of([request.view.role, request.prompt.system])[:32]


def _text_format(request: Request, shape: Shape) -> ResponseFormatTextConfigParam:
    schema = _schema(request, shape)
    if schema is not None:
        return {"type": "json_schema", "name": "draft", "schema": schema, "strict": True}
    return {"type": "json_object"} if shape == "object" else {"type": "text"}


def _response_format(request: Request, shape: Shape) -> ResponseFormat | None:
    schema = _schema(request, shape)
    if schema is not None:
        return {"type": "json_schema", "json_schema": {"name": "draft", "schema": schema, "strict": True}}
    return {"type": "json_object"} if shape == "object" else None


def _schema(request: Request, shape: Shape) -> Schema | None:
    if shape == "exact":
        return exact_schema(request.view, request.prompt.reply)
    return draft_schema(request.view, ranges=shape == "strict") if shape in ("strict", "plain") else None


def _take_event(gathering: Gathering, event: ResponseStreamEvent) -> None:
    match event.type:
        case "response.output_text.delta":
            gathering.add(event.delta)
        case "response.refusal.delta":
            gathering.refused = True
            gathering.add(event.delta)
        case "response.completed":
            gathering.finish = "stop"
            gathering.over = True
            gathering.usage = _usage_of_response(event.response.usage)
        case "response.incomplete":
            details = event.response.incomplete_details
            gathering.finish = _INCOMPLETE.get(details.reason if details else None, "cut")
            gathering.over = True
            gathering.usage = _usage_of_response(event.response.usage)
        case "response.failed" | "error":
            raise Malformed("the service broke off with an error inside the answer", status=200, charged=True)
        case _:
            pass


def _take_chunk(gathering: Gathering, chunk: ChatCompletionChunk) -> None:
    if chunk.usage is not None:
        gathering.usage = _usage_of_chat(chunk.usage)
    for choice in (chunk.choices or ())[:1]:
        if choice.delta.refusal:
            gathering.refused = True
            gathering.add(choice.delta.refusal)
        gathering.add(choice.delta.content)
        if choice.finish_reason is not None:
            gathering.finish = _FINISHES.get(choice.finish_reason, "stop")


def _usage_of_response(usage: ResponseUsage | None) -> Usage | None:
    if usage is None:
        return None
    return _usage(usage.input_tokens, usage.output_tokens, usage.input_tokens_details)


def _usage_of_chat(usage: CompletionUsage) -> Usage | None:
    return _usage(usage.prompt_tokens, usage.completion_tokens, usage.prompt_tokens_details)


def _usage(prompt: object, reply: object, details: object) -> Usage | None:
    """Return the usage, where the service told it as it should; no prompt has no tokens."""
    if not isinstance(prompt, int) or not isinstance(reply, int) or prompt <= 0 or reply < 0:
        return None
    cached, stored = (getattr(details, name, 0) for name in ("cached_tokens", "cache_write_tokens"))
    return Usage(
        prompt=prompt,
        reply=reply,
        cached=cached if isinstance(cached, int) else 0,
        stored=stored if isinstance(stored, int) else 0,
    )
