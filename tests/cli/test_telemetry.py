"""What does --otel do? It sends a session's spans to a collector on the way, and changes nothing else whatever happens."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.cli.desk import Desk

pytestmark = [pytest.mark.slow]

ROOT = Path(__file__).parents[2]
_LOST = "handfast: telemetry was not delivered, or not all of it: does a collector answer at OTEL_EXPORTER_OTLP_ENDPOINT?\n"
_MISSING = "handfast: --otel needs OpenTelemetry, the extra 'otel': pip install 'handfast[otel]'\n"
_BLOCKED = """
import sys
from importlib.abc import MetaPathFinder
class Blocked(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] == "opentelemetry":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocked())
from orchestrator.cli.main import main
main()
"""
_QUIET = """
import sys
from orchestrator.cli.main import main
try:
    main()
finally:
    print(sorted(name for name in sys.modules if "telemetry" in name), file=sys.stderr)
"""


@dataclass(slots=True)
class Collector:
    """A collector on this machine, and what it was sent."""

    address: str
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list[tuple[str, dict[str, str], bytes]])

    @property
    def spans(self) -> list[Span]:
        """Return all spans that arrived."""
        parsed = [ExportTraceServiceRequest.FromString(body) for _, _, body in self.requests]
        return [
            span for request in parsed for part in request.resource_spans for scope in part.scope_spans for span in scope.spans
        ]


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Generator[Collector]:
    """Run a collector and let the OTEL_ variables name it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.requests.append((self.path, dict(self.headers.items()), body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        heard = Collector(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", heard.address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield heard
        server.shutdown()


def _texts(spans: list[Span]) -> str:
    return "\n".join(span.SerializeToString().decode("utf-8", "replace") for span in spans)


def test_a_session_arrives_at_the_collector(desk: Desk, collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    """One trace over OTLP, with the headers of OTEL_EXPORTER_OTLP_HEADERS: the session, its turns, and their calls."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=negotiators")
    done = desk.do("run", "campaign", "--seed", "7", "--otel", "--json", "--moves", "moves.jsonl")
    assert (done.code, done.err) == (0, "")
    assert {(path, headers["x-tenant"]) for path, headers, _ in collector.requests} == {("/v1/traces", "negotiators")}
    spans = collector.spans
    by_id = {span.span_id: span for span in spans}
    names = [(span.name, by_id[span.parent_span_id].name if span.parent_span_id else "") for span in spans]
    moves = [json.loads(line) for line in (desk.path / "moves.jsonl").read_text("utf-8").splitlines()]
    assert names.count(("invoke_workflow campaign", "")) == 1
    assert sum(parent == "invoke_workflow campaign" for _, parent in names) == len(moves)
    assert {name for name in names if name[0].startswith("chat")} == {
        ("chat linear", f"invoke_agent {role}") for role in ("budget", "channel", "capacity")
    }
    assert (len({span.trace_id for span in spans}), moves[0]["move"]["text"] in _texts(spans)) == (1, False)


def test_words_arrive_when_asked_for(desk: Desk, collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --otel-content what roles read and say is in the spans, but keys are in none."""
    planted = "handfast-planted-key-81"
    monkeypatch.setenv("OPENAI_API_KEY", planted)
    (desk.path / "telling.json").write_text(f'[{{"act": "escalate", "text": "My key is {planted}."}}]', "utf-8")
    done = desk.do("run", "campaign", "--model", "scripted:telling.json", "--otel", "--otel-content", "--json")
    assert (done.code, done.err) == (3, "")
    arrived = _texts(collector.spans)
    assert ("My key is [key]." in arrived, "gen_ai.input.messages" in arrived, planted in arrived) == (True, True, False)


def test_going_on_and_amending_are_told_too(desk: Desk, collector: Collector) -> None:
    """`resume` and `amend` send what they drive, under the session's id as the conversation."""
    assert desk.do("run", "procurement", "--seed", "1", "--spend", "calls=2", "--json").code == 4
    resumed = desk.do("resume", "last", "--spend", "calls=500", "--otel", "--json")
    sent = len(collector.spans)
    amended = desk.do("amend", "last", "--otel", "--json")
    assert (resumed.code, amended.code, resumed.err, amended.err) == (0, 0, "", "")
    told = _texts(collector.spans)
    assert 0 < sent < len(collector.spans)
    assert [done.json["session"] in told for done in (resumed, amended)] == [True, True]


def test_an_unreachable_collector_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers: the session ends as it would, with its exit code, and one line says what was lost."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    done = desk.do("run", "campaign", "--seed", "7", "--otel", "--json")
    assert (done.code, done.err, done.json["status"]) == (0, _LOST, "agreed")


def test_a_failing_command_tells_both(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stopped the session and what was not delivered are told beside each other; the session's code counts."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    (desk.path / "short.json").write_text('["{}"]', "utf-8")
    done = desk.do("run", "campaign", "--model", "scripted:short.json", "--otel", "--json")
    assert (done.code, done.err.startswith(_LOST), "asked once more" in done.err) == (2, True, True)


def test_variables_that_cannot_be_meant_are_found_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that OpenTelemetry does not take is wrong usage, told before a session is opened."""
    monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "0")
    done = desk.do("run", "campaign", "--otel", "--json")
    said = "handfast: telemetry cannot be set up: an OTEL_ variable has a value that it cannot have\n"
    assert (done.code, done.out, done.err, desk.journal.exists()) == (2, "", said, False)


@pytest.mark.parametrize("command", [("run", "campaign"), ("resume", "last"), ("amend", "last")])
def test_words_without_spans_are_wrong_usage(desk: Desk, command: tuple[str, str]) -> None:
    """--otel-content alone would send nothing, so it is refused."""
    done = desk.do(*command, "--otel-content")
    assert (done.code, done.err.splitlines()[0]) == (2, "handfast: --otel-content sends nothing without --otel")


def _run(script: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{script}", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_without_the_extra_one_line_says_so(tmp_path: Path) -> None:
    """Where OpenTelemetry is not installed --otel ends at once with code 2 and how to install it; nothing is opened."""
    done = _run(_BLOCKED, tmp_path, "run", "campaign", "--otel")
    assert (done.returncode, done.stdout, done.stderr, list(tmp_path.iterdir())) == (2, "", _MISSING, [])


def test_without_otel_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    """A session without --otel needs no extra and imports none of it, nor our own part that would."""
    assert _run(_BLOCKED, tmp_path, "run", "campaign", "--seed", "7", "--json").returncode == 0
    done = _run(_QUIET, tmp_path, "run", "campaign", "--seed", "7", "--json")
    assert (done.returncode, done.stderr) == (0, "[]\n")
