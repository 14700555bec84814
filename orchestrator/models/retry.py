"""When is a failed call made again? When that may help, as often and as long as the endpoint says, and always on record."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, stop_any, wait_exponential_jitter
from tenacity.stop import stop_base
from tenacity.wait import wait_base

from orchestrator.errors import ProviderError, Try, Unavailable
from orchestrator.messages.model import Completion, Model, Request

__all__ = ["LONGEST_WAIT", "Patient"]

LONGEST_WAIT = 60.0
"""Seconds; a service that asks for more is not waited for."""

_LONGEST_STEP = 20.0
_MARGIN = 0.05
"""Seconds more than a service asks for: clocks differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A model that is asked again after failures that may pass."""

    name: str
    """Of the model, for the line that a person sees."""
    model: Model
    tries: int
    seconds: float
    """For all tries and the waiting between them."""
    wait: float = 0.5
    """Seconds before the second try; each further wait is twice as long, a little by chance."""

    async def __call__(self, request: Request) -> Completion:
        """Return the answer with the failed tries before it. Raises the last failure, with all of them."""
        tries: list[Try] = []
        wait = _Wait(self.wait)
        loop = asyncio.get_running_loop()
        end = loop.time() + self.seconds

        async def ask() -> Completion:
            started = time.monotonic()
            try:
                return await self._in_time(request, end)
            except ProviderError as error:
                tries.extend((*error.tries, _try_of(error, request, started)))
                raise

        def note_wait(state: RetryCallState) -> None:
            tries[-1] = replace(tries[-1], waited=round((state.next_action.sleep if state.next_action else 0) * 1000))

        retrying = AsyncRetrying(
            retry=retry_if_exception(_may_pass),
            wait=wait,
            stop=stop_any(stop_after_attempt(self.tries), _Spent(tries, request.tries), _OutOfTime(end, wait)),
            before_sleep=note_wait,
            reraise=True,
        )
        try:
            completion: Completion = await retrying(ask)  # pyright: ignore[reportUnknownVariableType] - tenacity's own gap
        except ProviderError as error:
            error.tries = tuple(tries)
            if len(tries) > 1:
                error.message = f"{error.message} (after {len(tries)} tries)"
                error.args = (error.message,)
            raise
        return replace(completion, tries=(*tries, *completion.tries))

    async def _in_time(self, request: Request, end: float) -> Completion:
        try:
            async with asyncio.timeout_at(end):
                return await self.model(request)
        except TimeoutError as error:
            message = f"{self.name}: no whole answer within {self.seconds:g} s for all tries"
            raise Unavailable(message, hint="run 'handfast resume' later", charged=True) from error


class _Wait(wait_base):
    """Waits as long as the service asks, else longer each time."""

    def __init__(self, first: float) -> None:
        self._grow = wait_exponential_jitter(multiplier=first, max=_LONGEST_STEP, jitter=first / 4)

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        asked = error.retry_after if isinstance(error, ProviderError) else None
        return self._grow(retry_state) if asked is None else asked + _MARGIN


class _Spent(stop_base):
    """Stops when as many tries as the bounds of spending allow may have been charged."""

    def __init__(self, tries: list[Try], most: int | None) -> None:
        self._tries = tries
        self._most = most

    def __call__(self, retry_state: RetryCallState) -> bool:  # noqa: ARG002 - tenacity's form
        return self._most is not None and sum(each.prompt > 0 for each in self._tries) >= self._most


class _OutOfTime(stop_base):
    """Stops when the next try could not begin in time, or a service asks for more patience than there is."""

    def __init__(self, end: float, wait: _Wait) -> None:
        self._end = end
        self._wait = wait

    def __call__(self, retry_state: RetryCallState) -> bool:
        wait = self._wait(retry_state)
        return wait > LONGEST_WAIT or asyncio.get_running_loop().time() + wait >= self._end


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, ProviderError) and error.passing


def _try_of(error: ProviderError, request: Request, started: float) -> Try:
    return Try(
        failure=type(error).__name__,
        message=error.message,
        status=error.status,
        millis=round((time.monotonic() - started) * 1000),
        prompt=request.prompt.tokens if error.charged else 0,
        reply=request.prompt.reply if error.charged else 0,
    )
