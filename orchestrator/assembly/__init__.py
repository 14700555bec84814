"""Which guards, models and stores make up a session? The only package that names them."""

from __future__ import annotations

from orchestrator.assembly.folders import load_folder, load_scenario, make_folder, monitor_for, rules_for
from orchestrator.assembly.journals import Held, check_heads, open_journal, read_journal
from orchestrator.assembly.settings import DEFAULT_MODEL, new_session_id, performer_for, price_from, settings_for
from orchestrator.assembly.telemetry import open_telemetry, telling_of

__all__ = [
    "DEFAULT_MODEL",
    "Held",
    "check_heads",
    "load_folder",
    "load_scenario",
    "make_folder",
    "monitor_for",
    "new_session_id",
    "open_journal",
    "open_telemetry",
    "performer_for",
    "price_from",
    "read_journal",
    "rules_for",
    "settings_for",
    "telling_of",
]
