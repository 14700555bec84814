"""What answers while adapters are measured? A server in a process of its own that always streams the same draft."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Mapping

from evals.bench.talk import draft_text

__all__ = ["answer", "main", "serve", "streamed"]

_PIECE = 12
"""Characters in each piece of the stream, about three tokens."""


def answer(path: str) -> bytes:
    """Return the whole response to a request for a path of one of the three APIs."""
    pieces = _pieces(draft_text(0))
    if path.endswith("/messages"):
        events = _messages(pieces)
    elif path.endswith("/responses"):
        events = _responses(pieces)
    else:
        events = _chat(pieces)
    return _response(events)


def streamed(text: str) -> bytes:
    """Return the whole response of chat completions that streams a text."""
    return _response(_chat(_pieces(text)))


def _pieces(text: str) -> list[str]:
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]


def _response(events: Iterable[Mapping[str, object]]) -> bytes:
    body = b"".join(_event(event) for event in events)
    return b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


def _event(event: Mapping[str, object]) -> bytes:
    return f"event: {event.get('type', 'message')}\ndata: {json.dumps(event)}\n\n".encode()


def _chat(pieces: list[str]) -> Iterable[dict[str, object]]:
    for piece in pieces:
        choice = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
        yield {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    end: dict[str, object] = {"index": 0, "delta": {}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 900, "completion_tokens": 150, "total_tokens": 1050}
    yield {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [end], "usage": usage}


def _responses(pieces: list[str]) -> Iterable[dict[str, object]]:
    place: dict[str, object] = {"item_id": "i", "output_index": 0, "content_index": 0, "logprobs": [], "sequence_number": 1}
    for piece in pieces:
        yield {"type": "response.output_text.delta", "delta": piece, **place}
    usage = {"input_tokens": 900, "output_tokens": 150, "total_tokens": 1050}
    yield {"type": "response.completed", "sequence_number": 2, "response": {"id": "r", "object": "response", "usage": usage}}


def _messages(pieces: list[str]) -> Iterable[dict[str, object]]:
    usage = {"input_tokens": 900, "output_tokens": 1}
    message: dict[str, object] = {
        "id": "m",
        "type": "message",
        "role": "assistant",
        "content": [],
        "model": "m",
        "usage": usage,
    }
    yield {"type": "message_start", "message": message}
    yield {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
    for piece in pieces:
        yield {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}
    yield {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 150}}
    yield {"type": "message_stop"}


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection until it is closed."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode("latin-1").lower().split("\r\n")
            length = next((int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")), 0)
            await reader.readexactly(length)
            writer.write(answer(lines[0].split()[1]))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def _run() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Print the port, and serve until standard input is closed."""
    asyncio.run(_run())


if __name__ == "__main__":
    main()
