"""What can a model service do wrong? A server on this machine that plays a fault for its first callers, then answers well."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

__all__ = ["FAULTS", "GOOD", "Api", "Heard", "Played", "playing"]

Api: TypeAlias = Literal["responses", "chat", "messages"]

GOOD = '{"act": "inform", "text": "We will look at it."}'
"""What a well service's model writes."""

_PATHS: dict[str, Api] = {"/responses": "responses", "/chat/completions": "chat", "/messages": "messages"}

Step: TypeAlias = bytes | float | None
"""Bytes to send, seconds to wait, or None to reset the connection."""
Fault: TypeAlias = Callable[[Api], Iterator[Step]]


@dataclass(frozen=True, slots=True)
class Heard:
    """One request that the server got."""

    api: Api | None
    headers: dict[str, str]
    body: dict[str, object]


@dataclass(slots=True)
class Played:
    """A running server, and what it heard."""

    port: int
    heard: list[Heard] = field(default_factory=list[Heard])

    def address(self, provider: str) -> str:
        """Return the address that a provider's SDK needs."""
        return f"http://127.0.0.1:{self.port}" + ("/v1" if provider == "openai" else "")


@asynccontextmanager
async def playing(fault: str, times: int) -> AsyncGenerator[Played]:
    """Run a server that plays a fault for the first requests, then answers well."""
    played = Played(0)
    serving: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(serve(reader, writer))
        serving.add(task)
        task.add_done_callback(serving.discard)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read(reader)
            if request is not None:
                played.heard.append(request)
                script = FAULTS[fault] if len(played.heard) <= times else _good
                await _play(script(request.api or "chat"), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    played.port = server.sockets[0].getsockname()[1]
    try:
        yield played
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Heard | None:
    line = (await reader.readline()).decode().split()
    if not line:
        return None
    headers: dict[str, str] = {}
    while text := (await reader.readline()).decode().strip():
        name, _, value = text.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    path = line[1].partition("?")[0]
    api: Api | None = next((_PATHS[end] for end in _PATHS if path.endswith(end)), None)
    return Heard(api, headers, json.loads(body or b"{}"))


async def _play(script: Iterator[Step], writer: asyncio.StreamWriter) -> None:
    for step in script:
        if step is None:
            writer.transport.abort()
        elif isinstance(step, float | int):
            await asyncio.sleep(step)
        else:
            writer.write(step)
            await writer.drain()


def _answer(status: int, body: bytes, kind: str = "application/json", **headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n{lines}\r\n"
    return head.encode() + body


_STREAM = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


def _event(value: Mapping[str, object]) -> bytes:
    return f"event: {value.get('type', 'message')}\ndata: {json.dumps(value)}\n\n".encode()


def _opening(api: Api) -> bytes:
    if api != "messages":
        return b""
    usage = {"input_tokens": 700, "output_tokens": 1, "cache_read_input_tokens": 200, "cache_creation_input_tokens": 100}
    message: dict[str, object] = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "content": [],
        "model": "m",
        "usage": usage,
    }
    start = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
    return _event({"type": "message_start", "message": message}) + _event(start)


def _piece(api: Api, text: str) -> bytes:
    if api == "messages":
        return _event({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}})
    if api == "chat":
        return _event({"id": "c", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": text}}]})
    return _event({"type": "response.output_text.delta", "delta": text, "item_id": "i", "output_index": 0, "content_index": 0})


_REASONS = {
    "stop": ("end_turn", "stop", None),
    "cut": ("max_tokens", "length", "max_output_tokens"),
    "filtered": ("refusal", "content_filter", "content_filter"),
}


def _end(api: Api, how: str = "stop") -> bytes:
    anthropic, chat, responses = _REASONS[how]
    if api == "messages":
        delta = {"type": "message_delta", "delta": {"stop_reason": anthropic}, "usage": {"output_tokens": 20}}
        return _event(delta) + _event({"type": "message_stop"})
    if api == "chat":
        usage = {
            "prompt_tokens": 1000,
            "completion_tokens": 20,
            "total_tokens": 1020,
            "prompt_tokens_details": {"cached_tokens": 200},
        }
        choice: dict[str, object] = {"index": 0, "delta": {}, "finish_reason": chat}
        finish = _event({"id": "c", "choices": [choice]})
        return finish + _event({"id": "c", "choices": [], "usage": usage}) + b"data: [DONE]\n\n"
    usage = {"input_tokens": 1000, "output_tokens": 20, "total_tokens": 1020, "input_tokens_details": {"cached_tokens": 200}}
    response: dict[str, object] = {"id": "r", "object": "response", "usage": usage, "output": []}
    if responses:
        return _event({"type": "response.incomplete", "response": {**response, "incomplete_details": {"reason": responses}}})
    return _event({"type": "response.completed", "response": response})


def _good(api: Api) -> Iterator[Step]:
    yield _STREAM + _opening(api)
    for start in range(0, len(GOOD), 10):
        yield _piece(api, GOOD[start : start + 10])
    yield _end(api)


def _status(status: int, words: str, **headers: str) -> Fault:
    def play(_: Api) -> Iterator[Step]:
        yield _answer(status, json.dumps({"type": "error", "error": {"type": "x", "message": words}}).encode(), **headers)

    return play


def _raw(data: bytes) -> Fault:
    def play(_: Api) -> Iterator[Step]:
        yield data

    return play


def _streamed(*steps: Callable[[Api], Step]) -> Fault:
    def play(api: Api) -> Iterator[Step]:
        yield _STREAM + _opening(api)
        for step in steps:
            yield step(api)

    return play


def _refusal(api: Api) -> Step:
    if api == "messages":
        return _end(api, "filtered")
    if api == "chat":
        return _event({"id": "c", "choices": [{"index": 0, "delta": {"refusal": "I won't."}, "finish_reason": "stop"}]})
    return _event({"type": "response.refusal.delta", "delta": "I won't.", "item_id": "i", "output_index": 0}) + _end(api)


def _fifty_megabytes(_: Api) -> Iterator[Step]:
    yield b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\ndata: "
    for _piece_of_it in range(50 * 16):
        yield b"x" * 65_536


def _fifty_megabytes_of_words(api: Api) -> Iterator[Step]:
    yield _STREAM + _opening(api)
    for _piece_of_it in range(50 * 256):
        yield _piece(api, "word " * 800)
    yield _end(api)


def _drip(api: Api) -> Iterator[Step]:
    yield _STREAM + _opening(api)
    for _character in range(400):
        yield _piece(api, "x")
        yield 0.05


def _broken_off(api: Api) -> Iterator[Step]:
    yield b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 100000\r\n\r\n" + _opening(api)
    yield _piece(api, GOOD[:10])
    yield None


_HALF = _streamed(lambda api: _piece(api, GOOD[:10]))

FAULTS: dict[str, Fault] = {
    "none": _good,
    "wrong key": _status(401, "Incorrect API key provided: sk-planted-key-0123456789"),
    "forbidden": _status(403, "This key may not use this model"),
    "unknown model": _status(404, "The model does not exist"),
    "bad request": _status(400, "the prompt is too long"),
    "nothing left to spend": _status(429, "insufficient_quota: check your plan"),
    "rate limit": _status(429, "Slow down", retry_after="0.2"),
    "rate limit for an hour": _status(429, "Slow down", retry_after="3600"),
    "server error": _status(500, "Oops"),
    "unavailable": _status(503, "Come back later", retry_after="0.1"),
    "overloaded": _status(529, "Overloaded"),
    "no schema": _status(400, "response_format json_schema is not supported here"),
    "web page": _raw(_answer(200, b"<html><body>Please log in</body></html>", "text/html; charset=utf-8")),
    "web page of a gateway": _raw(_answer(502, b"<html><body>Bad Gateway</body></html>", "text/html")),
    "error with status 200": _raw(_answer(200, b'{"error": {"message": "no capacity"}}')),
    "other encoding": _raw(_STREAM + "data: \u201ehallo\u201c\n\n".encode("utf-16")),
    "compressed": _raw(_answer(200, b"\x1f\x8b\x08\x00", "text/event-stream", content_encoding="gzip")),
    "50 MB in one event": _fifty_megabytes,
    "50 MB of words": _fifty_megabytes_of_words,
    "redirect": _raw(_answer(307, b"", location="https://elsewhere.example/v1")),
    "cut stream": _HALF,
    "reset": _broken_off,
    "stall": _streamed(lambda api: _piece(api, GOOD[:10]), lambda _: 30.0),
    "slow drip": _drip,
    "broken JSON": _streamed(lambda api: _piece(api, GOOD[:10]), lambda _: b"event: content_block_delta\ndata: {broken\n\n"),
    "not HTTP": _raw(b"SSH-2.0-OpenSSH\r\n"),
    "no choices": _streamed(lambda _: b'data: {"id": "c", "choices": []}\n\ndata: [DONE]\n\n'),
    "never hangs up": _streamed(lambda api: _piece(api, GOOD), _end, lambda _: 30.0),
    "empty": _streamed(_end),
    "refusal": _streamed(_refusal),
    "length": _streamed(lambda api: _piece(api, GOOD[:10]), lambda api: _end(api, "cut")),
    "filter": _streamed(lambda api: _piece(api, GOOD[:10]), lambda api: _end(api, "filtered")),
}
"""Every fault by name."""
