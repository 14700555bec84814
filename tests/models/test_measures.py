"""What do the adapters take? Memory of a very long answer, and processor time beyond the SDK's own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import openai
import pytest

from tests.models.asking import quick_model, sample_request
from tests.models.service import playing

pytestmark = pytest.mark.slow

_PEAK = """
import asyncio, resource, sys
from tests.models.asking import quick_model, sample_request
from orchestrator.errors import ProviderError
provider, api, quiet, address = sys.argv[1:]
async def ask(where):
    model = quick_model(provider, api, where, tries="1")
    try:
        await model(sample_request())
    except ProviderError:
        pass
    finally:
        await model.aclose()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in range(3):
    asyncio.run(ask(quiet))
before = peak()
asyncio.run(ask(address))
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kilobytes of peak memory are Linux's")
@pytest.mark.parametrize("fault", ["50 MB in one event", "50 MB of words"])
@pytest.mark.parametrize(("provider", "api"), [("openai", "responses"), ("openai", "chat"), ("anthropic", "messages")])
async def test_fifty_megabytes_take_less_than_ten(provider: str, api: str, fault: str) -> None:
    """The peak of a process that is sent 50 MB is less than 10 MB above its peak with small answers."""
    async with playing("none", 0) as small, playing(fault, 99) as large:
        command = [sys.executable, "-c", _PEAK, provider, api, small.address(provider), large.address(provider)]
        env = {**os.environ, "OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"}
        root = Path(__file__).parents[2]
        done = await asyncio.to_thread(subprocess.run, command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert int(done.stdout) < 10 * 1024


async def test_an_adapter_adds_less_than_a_millisecond() -> None:
    """Asking through the adapter takes less than 1 ms of processor time more than the SDK alone takes for the same stream."""
    request = sample_request()
    async with playing("none", 0) as service:
        model = quick_model("openai", "chat", service.address("openai"))
        async with openai.AsyncOpenAI(api_key="k", base_url=service.address("openai"), max_retries=0) as sdk:

            async def alone() -> None:
                stream = await sdk.chat.completions.create(
                    model="m", messages=[{"role": "user", "content": "x"}], stream=True, stream_options={"include_usage": True}
                )
                async with stream:
                    async for _ in stream:
                        pass

            async def adapted() -> None:
                await model(request)

            await alone()
            await adapted()
            ours, theirs = 1e9, 1e9
            for _ in range(5):
                begun = time.process_time()
                for _ in range(10):
                    await alone()
                middle = time.process_time()
                for _ in range(10):
                    await adapted()
                theirs = min(theirs, (middle - begun) / 10)
                ours = min(ours, (time.process_time() - middle) / 10)
        await model.aclose()
    assert ours - theirs < 0.001, f"{ours * 1000:.2f} ms with the adapter, {theirs * 1000:.2f} ms without"
