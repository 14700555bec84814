"""What does a service that was written to break clients say of ours? Its verdict has nothing to find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from llmock.pytest_plugin import LLMock

from orchestrator.errors import ProviderError
from orchestrator.models.endpoint import Provider
from tests.models.asking import quick_model, sample_request

_SEATS: tuple[tuple[Provider, str], ...] = (("openai", "responses"), ("openai", "chat"), ("anthropic", "messages"))

_PACE = 40
"""Milliseconds between pieces of a stream, as of a model that writes.

A stream that is sent whole before its reader can turn away counts as read to its end, and the retry after it as another call.
"""

_PASSING: dict[str, Callable[[LLMock], object]] = {
    "rate limit": lambda mock: mock.rate_limit(times=2, retry_after=0.3),
    "server error": lambda mock: mock.fail(500, times=2),
    "bad gateway": lambda mock: mock.fail(502, times=1),
    "unavailable": lambda mock: mock.fail(503, times=2, retry_after=0.2),
    "overloaded": lambda mock: mock.fail(529, times=2),
    "timeout": lambda mock: mock.fail(408, times=1),
    "disconnect": lambda mock: mock.disconnect(),
    "truncate": lambda mock: mock.truncate(),
    "corrupt": lambda mock: mock.corrupt(),
    "stall": lambda mock: mock.stall(seconds=3.0),
    "slow first token": lambda mock: mock.slow_first_token(2.0),
}
_LASTING: dict[str, Callable[[LLMock], object]] = {
    "outage": lambda mock: mock.outage(),
    "wrong key": lambda mock: mock.fail(401, times=None),
    "forbidden": lambda mock: mock.fail(403, times=None),
    "unknown model": lambda mock: mock.fail(404, times=None),
    "context overflow": lambda mock: mock.context_overflow(times=None),
}


@pytest.mark.parametrize(("provider", "api"), _SEATS)
@pytest.mark.parametrize("fault", list(_PASSING))
async def test_what_passes_is_outlived_without_a_flaw(llmock: LLMock, provider: Provider, api: str, fault: str) -> None:
    """After a fault that passes there is an answer, and the strict verdict is clean."""
    llmock.pace(_PACE)
    _PASSING[fault](llmock)
    model = quick_model(provider, api, llmock.base_url(provider), wait="0.5")
    completion = await model(sample_request())
    await model.aclose()
    assert completion.finish == "stop"
    assert len(completion.tries) >= 1
    llmock.assert_resilient(strict=True)


@pytest.mark.parametrize(("provider", "api"), _SEATS)
@pytest.mark.parametrize("fault", list(_LASTING))
async def test_what_lasts_is_one_error_without_a_flaw(llmock: LLMock, provider: Provider, api: str, fault: str) -> None:
    """A fault that lasts ends in an error of ours, and the strict verdict is clean."""
    _LASTING[fault](llmock)
    model = quick_model(provider, api, llmock.base_url(provider), wait="0.5")
    with pytest.raises(ProviderError):
        await model(sample_request())
    await model.aclose()
    llmock.assert_resilient(strict=True)
