"""Which guards, models and stores make up a session? The only package that names them."""

from __future__ import annotations

from orchestrator.assembly.advice import advise_for
from orchestrator.assembly.analysis import Swapped, gates_of, rotated, survey_of, swapped
from orchestrator.assembly.folders import load_folder, load_scenario, make_folder, monitor_for, rules_for
from orchestrator.assembly.foresight import reaches_of
from orchestrator.assembly.journals import Held, check_heads, open_journal, read_journal
from orchestrator.assembly.settings import DEFAULT_MODEL, new_session_id, performer_for, price_from, seat_for, settings_for
from orchestrator.assembly.tracing import open_telemetry, telling_of

__all__ = [
    "DEFAULT_MODEL",
    "Held",
    "Swapped",
    "advise_for",
    "check_heads",
    "gates_of",
    "load_folder",
    "load_scenario",
    "make_folder",
    "monitor_for",
    "new_session_id",
    "open_journal",
    "open_telemetry",
    "performer_for",
    "price_from",
    "reaches_of",
    "read_journal",
    "rotated",
    "rules_for",
    "seat_for",
    "settings_for",
    "survey_of",
    "swapped",
    "telling_of",
]
