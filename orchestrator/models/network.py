"""How is a model on a network asked? In time, in the closest form that its service takes, with every failure named."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from orchestrator.errors import Declined, ProviderError, Try, Unavailable
from orchestrator.messages.model import Completion, Request
from orchestrator.models.draftschema import SHAPES, Shape
from orchestrator.models.endpoint import Endpoint

__all__ = ["NetworkModel", "Service"]

_FORM_WORDS = ("schema", "format", "grammar", "json", "structured", "strict", "output_config", "stream_options", "prompt_cache")


class Service(Protocol):
    """One provider's SDK: a call, its failures, and its end."""

    shapes: tuple[Shape, ...]
    """The forms that it knows, closest first."""

    async def ask(self, request: Request, shape: Shape, /) -> Completion:
        """Return the answer to one call."""
        ...

    def failure(self, error: Exception, /) -> ProviderError:
        """Return what a failure means."""
        ...

    async def aclose(self) -> None:
        """Let go of its connections."""
        ...


class NetworkModel:
    """A model behind a service's SDK. The SDK is loaded at the first call, and what the service refused is remembered."""

    __slots__ = ("_load", "_loop", "_service", "_shape", "endpoint")

    def __init__(self, endpoint: Endpoint, load: Callable[[Endpoint], Service]) -> None:
        self.endpoint = endpoint
        self._load = load
        self._service: Service | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._shape: Shape | None = None

    async def __call__(self, request: Request) -> Completion:
        """Return the answer. Raises ProviderError where there is none."""
        service = self._loaded()
        refused: tuple[Try, ...] = ()
        for shape in self._shapes(service):
            began = time.monotonic()
            try:
                completion = await self._once(service, request, shape)
            except Declined as error:
                if shape == SHAPES[-1] or not _is_about_form(error):
                    error.tries = refused
                    raise
                refused = (*refused, _refused(error, shape, began))
                continue
            self._shape = shape
            return Completion(text=completion.text, usage=completion.usage, finish=completion.finish, tries=refused)
        raise Declined(f"{self.endpoint.model}: the service takes no form of answer that is known here")

    async def aclose(self) -> None:
        """Let go of its connections."""
        if self._service is not None:
            await self._service.aclose()
            self._service = None

    def _shapes(self, service: Service) -> tuple[Shape, ...]:
        """Return the forms to try: from the one that was taken last, or that was asked for, downwards."""
        first = self._shape or self.endpoint.form
        return tuple(shape for shape in service.shapes if first is None or SHAPES.index(shape) >= SHAPES.index(first))

    def _loaded(self) -> Service:
        """Return the service of this event loop: connections of another one are of no use."""
        loop = asyncio.get_running_loop()
        if self._service is None or self._loop is not loop:
            self._service, self._loop = self._load(self.endpoint), loop
        return self._service

    async def _once(self, service: Service, request: Request, shape: Shape) -> Completion:
        try:
            async with asyncio.timeout(self.endpoint.timeout):
                return await service.ask(request, shape)
        except TimeoutError as error:
            message = f"{self.endpoint.model}: no whole answer within {self.endpoint.timeout:g} s"
            raise Unavailable(message, hint="raise it with ?timeout=SECONDS, or resume later", charged=True) from error
        except Exception as error:
            raise self._told(service.failure(error)) from error

    def _told(self, error: ProviderError) -> ProviderError:
        """Return the error with the model's name in its line."""
        if not error.message.startswith(self.endpoint.model):
            error.message = f"{self.endpoint.model}: {error.message}"
            error.args = (error.message,)
        return error


def _is_about_form(error: Declined) -> bool:
    return error.status in (400, 422) and any(word in error.message.lower() for word in _FORM_WORDS)


def _refused(error: Declined, shape: Shape, began: float) -> Try:
    millis = round((time.monotonic() - began) * 1000)
    return Try(failure="Declined", message=f"form {shape!r}: {error.message}", status=error.status, millis=millis)
