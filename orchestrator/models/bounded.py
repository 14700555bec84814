"""How much of an answer is read? At most so many bytes, uncompressed, from the host that was asked, and never from a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache
from ssl import SSLContext

import httpx2

from orchestrator.errors import Malformed
from orchestrator.models.local import check_fuse

__all__ = ["HEADERS", "MOST_BYTES", "MOST_EVENT", "MOST_TEXT", "bounded_client"]

MOST_BYTES = 32 * 1024 * 1024
"""Of one answer that streams: read, and let go, piece by piece."""

MOST_EVENT = 1024 * 1024
"""Of what must be held at once: one event of a stream, or an answer that does not stream."""

HEADERS = {"Accept-Encoding": "identity"}
"""Compressed, a small answer could become a large one."""

MOST_TEXT = 65_537
"""Characters of a model's text: one more than a draft may have, so that the guards see that it was longer."""

_MOST_SAID = 160
"""Bytes of an unexpected answer that an error quotes."""


def bounded_client(*, address: str, idle: float) -> httpx2.AsyncClient:
    """Return a client that follows no redirects, waits at most `idle` seconds for each piece, and bounds what it reads.

    Raises UsageError where the fuse is in and the address is not of this machine.
    """
    check_fuse(address)
    return httpx2.AsyncClient(
        verify=_certificates(),
        timeout=httpx2.Timeout(idle, connect=min(idle, 10.0)),
        follow_redirects=False,
        event_hooks={"response": [_bound]},
    )


@cache
def _certificates() -> SSLContext:
    """Return the certificates that are trusted: read once, which takes longer than everything else about a client."""
    return httpx2.create_ssl_context()


class _Bounded(httpx2.AsyncByteStream):
    """Passes on what it gets until that is too much."""

    def __init__(self, inner: httpx2.AsyncByteStream, *, streams: bool) -> None:
        self._inner = inner
        self._streams = streams

    async def __aiter__(self) -> AsyncIterator[bytes]:
        total = held = 0
        last = b""
        async for piece in self._inner:
            total += len(piece)
            seen = last + piece
            end = max(seen.rfind(b"\n\n"), seen.rfind(b"\r\n\r\n")) if self._streams else -1
            held = held + len(piece) if end < 0 else len(seen) - end
            if held > MOST_EVENT or total > MOST_BYTES:
                raise Malformed(
                    f"the answer is longer than {MOST_EVENT if held > MOST_EVENT else MOST_BYTES} bytes",
                    status=200,
                    charged=True,
                )
            last = piece[-3:]
            yield piece

    async def aclose(self) -> None:
        await self._inner.aclose()


async def _bound(response: httpx2.Response) -> None:
    """Bound an answer before a byte of it is read."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        await response.aclose()
        raise Malformed(f"the answer is compressed ({encoding!r}), which was not asked for", status=response.status_code)
    stream = response.stream
    kind = response.headers.get("content-type", "").lower()
    if isinstance(stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(stream, streams="event-stream" in kind)
    if response.is_success and ("html" in kind or "json" in kind):
        await response.aread()
        await response.aclose()
        what = "a web page" if "html" in kind else f"no stream but {_said(response)}"
        raise Malformed(f"it answered with {what}", status=response.status_code, hint="look for a proxy, or a wrong address")


def _said(response: httpx2.Response) -> str:
    return repr(" ".join(response.content[:_MOST_SAID].decode("utf-8", "replace").split()))
