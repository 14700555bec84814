"""How do spans reach a collector? Through OpenTelemetry's SDK, set up by its OTEL_ variables, and never at a session's cost.

Of our modules only this one imports OpenTelemetry, which is an extra. Nothing here raises once a session runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Thread

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Span as Sent
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer, set_span_in_context

from orchestrator import __version__
from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.report.telemetry.span import Attribute, Attributes, Span
from orchestrator.report.telemetry.story import Story, Telling

__all__ = ["PATIENCE", "Telemetry", "collector"]

PATIENCE = 3.0
"""Seconds that a command waits at its end for what is left to be delivered."""

_KINDS: Mapping[str, SpanKind] = {"internal": SpanKind.INTERNAL, "client": SpanKind.CLIENT}

# What went wrong is one line at the end. The SDK's own words would break the live view, and may hold what headers hold.
logging.getLogger("opentelemetry").addHandler(logging.NullHandler())


class Telemetry:
    """Sends the spans of sessions to one exporter. What goes wrong is told once, at the end."""

    def __init__(self, exporter: SpanExporter, clean: Callable[[str], str]) -> None:
        self._exporter = _Counting(exporter)
        self._provider = TracerProvider(resource=_resource(), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer = self._provider.get_tracer("handfast", __version__)
        self._clean = clean
        self._traces: list[_Trace] = []

    def follow(self, session: Session, telling: Telling) -> Callable[[Entry], None]:
        """Return a watcher that tells a session, from where it stands, in spans."""
        trace = _Trace(Story(session, telling), _Sender(self._tracer, self._clean))
        self._traces.append(trace)
        return trace.hear

    def close(self, patience: float = PATIENCE) -> str:
        """End all spans, wait a little for their delivery, and return in one line what went wrong; empty where nothing did."""
        for trace in self._traces:
            trace.close()
        broken = next((trace.broken for trace in self._traces if trace.broken), "")
        late = not self._shut_down(patience)
        if broken:
            return f"telemetry stopped half-way: {broken}"
        if late or self._exporter.failed:
            return "telemetry was not delivered, or not all of it: does a collector answer at OTEL_EXPORTER_OTLP_ENDPOINT?"
        return ""

    def _shut_down(self, patience: float) -> bool:
        """Return whether all was handed over in time. The SDK's own bounds are half a minute and more."""
        leaving = Thread(target=self._provider.shutdown, name="handfast-telemetry", daemon=True)
        leaving.start()
        leaving.join(patience)
        if not leaving.is_alive():
            return True
        self._exporter.shutdown()
        return False


def collector() -> SpanExporter:
    """Return the exporter that the OTEL_ variables describe. Raises ValueError where they cannot be meant."""
    return OTLPSpanExporter()


class _Trace:
    """The spans of one session on their way out."""

    __slots__ = ("_root", "_sender", "_story", "broken")

    def __init__(self, story: Story, sender: _Sender) -> None:
        self._story = story
        self._sender = sender
        self._root: Sent | None = None
        self.broken = ""

    def hear(self, entry: Entry) -> None:
        """Send what ended with an entry. A mistake in telling must not harm the session that is told."""
        if self.broken:
            return
        try:
            self._send(self._story.hear(entry))
        except Exception as error:  # noqa: BLE001 - see above
            self.broken = type(error).__name__

    def close(self) -> None:
        """Send what is left, and the span of the whole."""
        try:
            self._send(self._story.end())
            workflow = self._story.workflow
            if self._root is not None and workflow is not None:
                self._sender.finish(self._root, workflow)
        except Exception as error:  # noqa: BLE001 - as above
            self.broken = self.broken or type(error).__name__

    def _send(self, turns: tuple[Span, ...]) -> None:
        if self._root is None and (workflow := self._story.workflow):
            self._root = self._sender.start(workflow, Context())
        for turn in turns:
            if self._root is not None:
                self._sender.send(turn, set_span_in_context(self._root, Context()))


class _Sender:
    """Turns our spans into those of the SDK, with the times of the record and without keys."""

    __slots__ = ("_clean", "_tracer")

    def __init__(self, tracer: Tracer, clean: Callable[[str], str]) -> None:
        self._tracer = tracer
        self._clean = clean

    def send(self, span: Span, parent: Context) -> None:
        """Send a span that ended, with all below it."""
        sent = self.start(span, parent)
        for child in span.children:
            self.send(child, set_span_in_context(sent, parent))
        self.finish(sent, span)

    def start(self, span: Span, parent: Context) -> Sent:
        """Begin a span with what is known of it."""
        return self._tracer.start_span(
            self._clean(span.name),
            context=parent,
            kind=_KINDS[span.kind],
            attributes=self._cleaned(span.attributes),
            start_time=_nanos(span.began),
        )

    def finish(self, sent: Sent, span: Span) -> None:
        """Say what became known of a span, and end it."""
        sent.set_attributes(self._cleaned(span.attributes))
        for moment in span.moments:
            sent.add_event(self._clean(moment.name), self._cleaned(moment.attributes), _nanos(moment.at))
        if span.error:
            sent.set_status(Status(StatusCode.ERROR, self._clean(span.error)))
        sent.end(_nanos(span.ended))

    def _cleaned(self, attributes: Attributes) -> dict[str, Attribute]:
        return {name: self._without_keys(value) for name, value in attributes.items()}

    def _without_keys(self, value: Attribute) -> Attribute:
        match value:
            case str():
                return self._clean(value)
            case tuple():
                return tuple(map(self._clean, value))
            case _:
                return value


class _Counting(SpanExporter):
    """An exporter that remembers whether anything could not be delivered."""

    def __init__(self, inner: SpanExporter) -> None:
        self._inner = inner
        self.failed = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Deliver spans."""
        result = SpanExportResult.FAILURE
        try:
            result = self._inner.export(spans)
        finally:
            self.failed = self.failed or result is not SpanExportResult.SUCCESS
        return result

    def shutdown(self) -> None:
        """Give up what is not delivered yet."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Deliver what waits."""
        return self._inner.force_flush(timeout_millis)


def _resource() -> Resource:
    """Return who sends: handfast, unless OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES say otherwise."""
    ours = {SERVICE_NAME: "handfast", SERVICE_VERSION: __version__}
    return Resource.create({**ours, **OTELResourceDetector().detect().attributes})


def _nanos(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000) * 1_000
