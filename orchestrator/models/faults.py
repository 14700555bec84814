"""Whose fault was a failed call, and will asking again help? One error of our own for each way in which services fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import cast
from urllib.parse import urlsplit

import httpx2

from orchestrator.errors import Declined, Malformed, ProviderError, RateLimited, Unavailable
from orchestrator.models.endpoint import Endpoint
from orchestrator.models.secrecy import without_keys

__all__ = ["failure_of", "own_error", "refusal_of", "retry_after", "said_in", "without_secrets"]

_MOST_WORDS = 200
_SPENT = ("insufficient_quota", "billing", "credit balance")
_BUSY = (408, 409, 425)


def own_error(error: BaseException) -> ProviderError | None:
    """Return the error of ours that an SDK's error was raised from, if any."""
    return next((cause for cause in _causes(error) if isinstance(cause, ProviderError)), None)


def failure_of(error: Exception, endpoint: Endpoint) -> ProviderError:
    """Return what a failure without an HTTP status was: nobody there, too slow, cut off, or no answer at all."""
    if (own := own_error(error)) is not None:
        return own
    kinds = tuple(_causes(error))
    if any(isinstance(kind, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.UnsupportedProtocol) for kind in kinds):
        hint = "check the address and the network, then run 'handfast resume'"
        return Unavailable(f"{endpoint.model}: {endpoint.host} cannot be reached", hint=hint)
    if any(isinstance(kind, httpx2.TimeoutException | TimeoutError) for kind in kinds):
        return Unavailable(f"{endpoint.model}: no answer in time from {endpoint.host}", hint=_LATER, charged=True)
    if any(isinstance(kind, httpx2.TransportError) for kind in kinds):
        return Unavailable(f"{endpoint.model}: {endpoint.host} broke the connection off", hint=_LATER, charged=True)
    name = type(error).__name__
    return Malformed(f"{endpoint.model}: {endpoint.host} sent what is no answer ({name})", hint=_LATER, charged=True)


def refusal_of(status: int, headers: Mapping[str, str], said: str, endpoint: Endpoint, key: str) -> ProviderError:
    """Return what an HTTP status that is no success means."""
    head = f"{endpoint.model}: {endpoint.host} answered {status}"
    words = without_secrets(said, key)
    message = f"{head}: {words}" if words and not words.startswith("<") else head
    if status == 429 and not any(sign in said.lower() for sign in _SPENT):
        return RateLimited(message, hint=_LATER, status=status, retry_after=retry_after(headers))
    if status in _BUSY or status >= 500:
        return Unavailable(message, hint=_LATER, status=status, retry_after=retry_after(headers))
    if 300 <= status < 400:
        other = urlsplit(headers.get("location", "")).netloc or "elsewhere"
        message = f"{endpoint.model}: {endpoint.host} sends callers to {other}, and no key follows there"
    return Declined(message, hint=_hint(status, endpoint), status=status)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a service asks to wait, from either form of its header."""
    text = headers.get("retry-after-ms", "")
    try:
        return max(0.0, float(text) / 1000)
    except ValueError:
        text = headers.get("retry-after", "")
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def said_in(body: object, text: str) -> str:
    """Return what a service says in the body of an error, in the form that all services use, or else its text."""
    for key in ("error", "message"):
        if isinstance(body, Mapping) and key in body:
            body = cast("Mapping[str, object]", body)[key]
    return body if isinstance(body, str) else text


def without_secrets(text: str, key: str) -> str:
    """Return one short line of what a service said, without the key and without anything that looks like one."""
    return without_keys(" ".join(text.split()), key)[:_MOST_WORDS]


_LATER = "run 'handfast resume' later; nothing that is on record is asked again"


def _hint(status: int, endpoint: Endpoint) -> str:
    if status in (401, 403):
        return f"check {endpoint.key_name}, and that it may use {endpoint.name!r}"
    if status == 404:
        return f"check the name {endpoint.name!r} and the address {endpoint.address}"
    if 300 <= status < 400:
        return "give the address that answers itself as --base-url, if you trust it"
    if status == 429:
        return "the account has nothing left to spend: add credit, then run 'handfast resume'"
    return "the service does not take the request; look at its options, then run 'handfast resume'"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__
