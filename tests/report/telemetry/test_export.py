"""Do spans arrive as they were told, and does nothing that goes wrong on the way reach the session?"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Sequence
from threading import Event

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from orchestrator.errors import Try
from orchestrator.report.telemetry.calls import Called
from orchestrator.report.telemetry.export import Telemetry
from orchestrator.report.telemetry.story import Telling
from tests.report.telemetry.scene import PLAIN, Scene, at, with_content

_LOST = "telemetry was not delivered, or not all of it: does a collector answer at OTEL_EXPORTER_OTLP_ENDPOINT?"


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings of the person who runs the tests away from them."""
    for name in ("OTEL_SDK_DISABLED", "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_SAMPLER"):
        monkeypatch.delenv(name, raising=False)


class _Broken(SpanExporter):
    """A collector that takes nothing."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Take nothing."""
        logging.getLogger("opentelemetry.exporter").error("%d spans are lost", len(spans))
        return SpanExportResult.FAILURE

    def shutdown(self) -> None:
        """Do nothing."""


class _Hanging(SpanExporter):
    """A collector that keeps the line until it is hung up."""

    def __init__(self) -> None:
        self.over = Event()

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Wait."""
        self.over.wait(30)
        return SpanExportResult.FAILURE if spans else SpanExportResult.SUCCESS

    def shutdown(self) -> None:
        """Hang up."""
        self.over.set()


@pytest.fixture
def memory() -> Generator[InMemorySpanExporter]:
    """Return a collector in memory."""
    exporter = InMemorySpanExporter()
    yield exporter
    exporter.shutdown()


def _sent(exporter: SpanExporter, scene: Scene, telling: Telling = PLAIN, secret: str = "") -> str:
    telemetry = Telemetry(exporter, lambda text: text.replace(secret, "[key]") if secret else text)
    watch = telemetry.follow(scene.fresh, telling)
    for entry in scene.entries:
        watch(entry)
    return telemetry.close(0.5)


def test_spans_arrive_as_one_trace(memory: InMemorySpanExporter) -> None:
    """Names, parents, kinds and times of what is sent are those that were told, in one trace."""
    scene = Scene()
    scene.settle(60)
    assert _sent(memory, scene) == ""
    spans = memory.get_finished_spans()
    names = {span.context.span_id: span.name for span in spans if span.context}
    assert [(span.name, span.parent and names[span.parent.span_id], span.kind) for span in spans] == [
        ("chat some-model", "invoke_agent buyer", SpanKind.CLIENT),
        ("invoke_agent buyer", "invoke_workflow sample", SpanKind.INTERNAL),
        ("chat linear", "invoke_agent seller", SpanKind.INTERNAL),
        ("invoke_agent seller", "invoke_workflow sample", SpanKind.INTERNAL),
        ("invoke_workflow sample", None, SpanKind.INTERNAL),
    ]
    assert len({span.context.trace_id for span in spans if span.context}) == 1
    assert [(span.start_time, span.end_time) for span in spans[-2:]] == [
        (round(at(5).timestamp() * 1e9), round(at(5.5).timestamp() * 1e9)),
        (round(at(0).timestamp() * 1e9), round(at(6).timestamp() * 1e9)),
    ]
    told = scene.tree()
    assert [dict(span.attributes or {}) for span in (spans[1], spans[4])] == [told.children[0].attributes, told.attributes]
    assert [event.name for event in spans[4].events] == ["handfast.settled", "handfast.gate_reached", "handfast.asked"]
    assert spans[0].resource.attributes["service.name"] == "handfast"


def test_failures_arrive_as_errors(memory: InMemorySpanExporter) -> None:
    """A call that failed for good has the status of an error, with its class, and so have those above it."""
    scene = Scene()
    scene.request(1)
    scene.interrupt(3, (Try(failure="RateLimited", message="slow down", status=429, millis=5),))
    assert _sent(memory, scene) == ""
    spans = memory.get_finished_spans()
    assert [(span.status.status_code, span.status.description) for span in spans] == [(StatusCode.ERROR, "RateLimited")] * 3


def test_whoever_sends_may_be_named(memory: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch) -> None:
    """OTEL_SERVICE_NAME goes before our own name."""
    monkeypatch.setenv("OTEL_SERVICE_NAME", "purchasing")
    assert _sent(memory, Scene()) == ""
    assert [span.resource.attributes["service.name"] for span in memory.get_finished_spans()] == ["purchasing"]


def test_the_sdks_own_switch_holds(memory: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch) -> None:
    """With OTEL_SDK_DISABLED nothing is sent, and that is no failure."""
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    assert (_sent(memory, Scene()), memory.get_finished_spans()) == ("", ())


@pytest.mark.parametrize("content", [False, True])
def test_a_planted_key_does_not_arrive(memory: InMemorySpanExporter, *, content: bool) -> None:
    """Wherever a key stands, in a model's name, in what is said or in a failure, it reaches no span."""
    planted = "handfast-planted-key-81"
    scene = Scene()
    scene.request(1)
    scene.buyer(1, f"{planted} is my key", tries=(Try(failure=planted, message=planted, millis=1),))
    scene.request(5)
    scene.interrupt(6, (Try(failure="Declined", message=f"key {planted} is wrong", status=401, millis=1),))
    telling = with_content(planted) if content else PLAIN

    def called(model: str) -> Called:
        return Called(provider="openai", model=f"{model}-{planted}", address=planted)

    assert _sent(memory, scene, Telling(called=called, content=telling.content), planted) == ""
    arrived = [span.to_json() for span in memory.get_finished_spans()]
    assert (len(arrived), any(planted in text for text in arrived), any("[key]" in text for text in arrived)) == (
        4,
        False,
        True,
    )


def test_a_collector_that_takes_nothing_is_one_line(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """That spans were lost is told at the end in one line, and whatever the SDK has to say of it is not printed."""
    scene = Scene()
    scene.settle(60)
    with caplog.at_level(logging.CRITICAL):
        assert _sent(_Broken(), scene) == _LOST
    assert capfd.readouterr() == ("", "")


def test_a_collector_that_hangs_is_left() -> None:
    """The wait at the end is bounded, and the exporter is told to give up."""
    hanging = _Hanging()
    began = time.monotonic()
    assert _sent(hanging, Scene()) == _LOST
    assert (time.monotonic() - began < 5, hanging.over.is_set()) == (True, True)


def test_a_mistake_in_telling_does_not_reach_the_session(memory: InMemorySpanExporter) -> None:
    """A watcher that cannot make sense of an entry says so at the end; it never raises."""
    scene = Scene()
    scene.settle(60)

    def called(model: str) -> Called:
        raise KeyError(model)

    assert _sent(memory, scene, Telling(called=called)) == "telemetry stopped half-way: KeyError"
    assert [span.name for span in memory.get_finished_spans()] == ["invoke_workflow sample"]


def test_nothing_heard_is_nothing_sent(memory: InMemorySpanExporter) -> None:
    """A session that never began has no trace."""
    scene = Scene()
    scene.entries.clear()
    assert (_sent(memory, scene), memory.get_finished_spans()) == ("", ())
