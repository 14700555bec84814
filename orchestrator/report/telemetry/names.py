"""What are spans and their attributes called? OpenTelemetry's names for generative AI where it has one, `handfast.` else.

The conventions are still in development, and names in them change. They are those of the repository
open-telemetry/semantic-conventions-genai as of autumn 2026; a change of theirs is a change here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from orchestrator.messages.reply import Finish

__all__ = [
    "ACT",
    "AGENT_NAME",
    "ATTEMPT",
    "ATTEMPTS",
    "BOUND",
    "CACHE_READ_TOKENS",
    "CACHE_WRITE_TOKENS",
    "CALL_TRIED",
    "CHAT",
    "CODES",
    "CONVERSATION_ID",
    "COST",
    "DIGEST",
    "DRAFT_REFUSED",
    "ERROR_TYPE",
    "FACT",
    "FALLBACK",
    "FELL_BACK",
    "FINISH_REASONS",
    "FINISH_WORDS",
    "GATE",
    "HTTP_STATUS",
    "INPUT_MESSAGES",
    "INPUT_TOKENS",
    "INVOKE_AGENT",
    "INVOKE_WORKFLOW",
    "MAX_TOKENS",
    "MILLIS",
    "MOVE",
    "OFFER",
    "OPERATION_NAME",
    "OUTCOME",
    "OUTPUT_MESSAGES",
    "OUTPUT_TOKENS",
    "OUTPUT_TYPE",
    "PROVIDER_NAME",
    "REASON",
    "REQUEST_MODEL",
    "ROUND",
    "ROUNDS",
    "SERVER_ADDRESS",
    "SERVER_PORT",
    "STATUS",
    "SYSTEM_INSTRUCTIONS",
    "WAITED",
    "WHY",
    "WORKFLOW_NAME",
    "happened",
]

CHAT = "chat"
INVOKE_AGENT = "invoke_agent"
INVOKE_WORKFLOW = "invoke_workflow"
"""The three operations; a span's name is its operation and what it is done to."""

OPERATION_NAME = "gen_ai.operation.name"
PROVIDER_NAME = "gen_ai.provider.name"
WORKFLOW_NAME = "gen_ai.workflow.name"
CONVERSATION_ID = "gen_ai.conversation.id"
AGENT_NAME = "gen_ai.agent.name"
REQUEST_MODEL = "gen_ai.request.model"
MAX_TOKENS = "gen_ai.request.max_tokens"
OUTPUT_TYPE = "gen_ai.output.type"
FINISH_REASONS = "gen_ai.response.finish_reasons"
INPUT_TOKENS = "gen_ai.usage.input_tokens"
OUTPUT_TOKENS = "gen_ai.usage.output_tokens"
CACHE_READ_TOKENS = "gen_ai.usage.cache_read.input_tokens"
CACHE_WRITE_TOKENS = "gen_ai.usage.cache_write.input_tokens"
SYSTEM_INSTRUCTIONS = "gen_ai.system_instructions"
INPUT_MESSAGES = "gen_ai.input.messages"
OUTPUT_MESSAGES = "gen_ai.output.messages"
SERVER_ADDRESS = "server.address"
SERVER_PORT = "server.port"
ERROR_TYPE = "error.type"
HTTP_STATUS = "http.response.status_code"

FINISH_WORDS: Mapping[Finish, str] = MappingProxyType({"cut": "length", "filtered": "content_filter", "refused": "refusal"})
"""What the conventions, or the services, call an ending; others are called as they are here."""

ACT = "handfast.act"
ATTEMPT = "handfast.attempt"
ATTEMPTS = "handfast.attempts"
BOUND = "handfast.bound"
CODES = "handfast.finding.codes"
COST = "handfast.cost.usd"
DIGEST = "handfast.digest"
FACT = "handfast.fact"
FALLBACK = "handfast.fallback"
GATE = "handfast.gate"
MILLIS = "handfast.try.millis"
MOVE = "handfast.move"
OFFER = "handfast.offer"
OUTCOME = "handfast.outcome"
REASON = "handfast.reason"
ROUND = "handfast.round"
ROUNDS = "handfast.rounds"
STATUS = "handfast.status"
WAITED = "handfast.try.waited"
WHY = "handfast.why"

CALL_TRIED = "handfast.call_tried"
DRAFT_REFUSED = "handfast.draft_refused"
FELL_BACK = "handfast.fell_back"


def happened(kind: str) -> str:
    """Return what a span's event is called that stands for an event of the session."""
    return f"handfast.{kind}"
