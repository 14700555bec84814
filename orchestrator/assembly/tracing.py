"""How is a session told to a collector of telemetry? In spans, made where an extra is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.assembly.advice import advise_for
from orchestrator.errors import UsageError
from orchestrator.messages.model import Prompt
from orchestrator.messages.settings import Settings
from orchestrator.messages.view import View
from orchestrator.models.costs import named
from orchestrator.models.secrecy import without_our_keys
from orchestrator.roles.prompt import PromptBook

if TYPE_CHECKING:
    from orchestrator.report.telemetry.export import Telemetry
    from orchestrator.report.telemetry.story import Telling

__all__ = ["open_telemetry", "telling_of"]


def open_telemetry() -> Telemetry:
    """Return what sends spans to the collector that the OTEL_ variables name. Raises UsageError where it cannot be set up."""
    try:
        from orchestrator.report.telemetry.export import Telemetry, collector  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise UsageError("--otel needs OpenTelemetry, the extra 'otel': pip install 'handfast[otel]'") from missing
    try:
        return Telemetry(collector(), without_our_keys)
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError("telemetry cannot be set up: an OTEL_ variable has a value that it cannot have") from error


def telling_of(settings: Settings, *, content: bool) -> Telling:
    """Return how a session is told in spans; with `content`, prompts and answers are in them, without keys."""
    from orchestrator.report.telemetry.calls import Called, Content  # noqa: PLC0415 - only where it is asked for
    from orchestrator.report.telemetry.story import Telling  # noqa: PLC0415 - as above

    def called(model: str) -> Called:
        known = named(model)
        return Called(provider=known.provider, model=known.name, address=known.host, port=known.port)

    book = PromptBook(settings.prompts, settings.negotiation)
    advise = advise_for(settings.negotiation)

    def assemble(view: View) -> Prompt:
        return book.assemble(advise(view))

    return Telling(called=called, content=Content(assemble=assemble, clean=without_our_keys) if content else None)
