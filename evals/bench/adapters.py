"""What does an adapter take beyond its SDK? The same call made bare and through it, in turns, against another process."""

from __future__ import annotations

import asyncio
import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TypeAlias

from anthropic import AsyncAnthropic
from openai import AsyncOpenAI

from evals.bench.figure import Figure
from evals.bench.talk import long_talk, talk_at
from orchestrator.engine import view_of
from orchestrator.messages.model import Request
from orchestrator.models.draftschema import draft_schema, exact_schema
from orchestrator.models.real import RealModel, real_model
from orchestrator.roles.prompt import PromptBook

__all__ = ["adapter_figures"]

_PAIRS = 120
_WARM = 20

_Call: TypeAlias = Callable[[], Awaitable[object]]


def adapter_figures() -> list[Figure]:
    """Return for each API the CPU time of a call through the adapter beyond that of the SDK alone."""
    with _service() as address:
        return asyncio.run(_figures(address))


@contextmanager
def _service() -> Generator[str]:
    command = [sys.executable, "-m", "evals.bench.service"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("a process without pipes")
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()


async def _figures(address: str) -> list[Figure]:
    request = _request()
    async with (
        AsyncOpenAI(api_key="none", base_url=f"{address}/v1", max_retries=0) as openai,
        AsyncAnthropic(api_key="none", base_url=address, max_retries=0) as anthropic,
    ):
        return [
            await _figure("OpenAI, responses", _openai(address, "responses"), request, _responses(openai, request)),
            await _figure("OpenAI, chat", _openai(address, "chat"), request, _chat(openai, request)),
            await _figure(
                "Anthropic", real_model("anthropic", "m", {"base_url": address}), request, _messages(anthropic, request)
            ),
        ]


def _request() -> Request:
    """Return what a role of the campaign is asked after twenty turns."""
    settings, rules = long_talk()
    session = talk_at(settings, rules, 20)
    view = view_of(session, session.speaker.name)
    return Request(view=view, prompt=PromptBook(settings.prompts, settings.negotiation).assemble(view), seed=1)


def _openai(address: str, api: str) -> RealModel:
    return real_model("openai", "m", {"base_url": f"{address}/v1", "api": api})


async def _figure(name: str, model: RealModel, request: Request, bare: _Call) -> Figure:
    alone: list[float] = []
    adapted: list[float] = []
    gc.collect()
    for pair in range(_PAIRS + _WARM):
        took = await _millis(bare), await _millis(lambda: model(request))
        if pair >= _WARM:
            alone.append(took[0])
            adapted.append(took[1])
    await model.aclose()
    theirs, ours = statistics.median(alone), statistics.median(adapted)
    note = f"{ours:.2f} ms with the adapter, {theirs:.2f} ms without"
    return Figure(name=f"adapter beyond the SDK, {name}", value=ours - theirs, unit="ms", goal=1, note=note)


async def _millis(call: _Call) -> float:
    began = time.process_time()
    await call()
    return (time.process_time() - began) * 1000


def _responses(sdk: AsyncOpenAI, request: Request) -> _Call:
    prompt, schema = request.prompt, exact_schema(request.view, request.prompt.reply)

    async def call() -> None:
        stream = await sdk.responses.create(
            model="m",
            instructions=prompt.system,
            input=prompt.user,
            max_output_tokens=prompt.reply,
            store=False,
            stream=True,
            text={"format": {"type": "json_schema", "name": "draft", "schema": schema, "strict": True}},
        )
        async for _ in stream:
            pass

    return call


def _chat(sdk: AsyncOpenAI, request: Request) -> _Call:
    prompt, schema = request.prompt, exact_schema(request.view, request.prompt.reply)

    async def call() -> None:
        stream = await sdk.chat.completions.create(
            model="m",
            messages=[{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
            max_tokens=prompt.reply,
            response_format={"type": "json_schema", "json_schema": {"name": "draft", "schema": schema, "strict": True}},
            stream=True,
            stream_options={"include_usage": True},
        )
        async for _ in stream:
            pass

    return call


def _messages(sdk: AsyncAnthropic, request: Request) -> _Call:
    prompt, schema = request.prompt, draft_schema(request.view, ranges=False)

    async def call() -> None:
        stream = await sdk.messages.create(
            model="m",
            max_tokens=prompt.reply,
            system=[{"type": "text", "text": prompt.system, "cache_control": {"type": "ephemeral"}}],
            messages=[{"role": "user", "content": prompt.user}],
            output_config={"format": {"type": "json_schema", "schema": schema}},
            stream=True,
        )
        async for _ in stream:
            pass

    return call
