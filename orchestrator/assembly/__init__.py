"""Which guards, models and stores make up a session? The only package that names them."""

from __future__ import annotations

from orchestrator.assembly.advice import advise_for
from orchestrator.assembly.analysis import Swapped, gates_of, rotated, survey_of, swapped
from orchestrator.assembly.folders import load_folder, load_scenario, make_folder, monitor_for, rules_for
from orchestrator.assembly.foresight import reaches_of
from orchestrator.assembly.journals import Held, Place, ReadableJournal, check_heads, open_journal, place_from, read_journal
from orchestrator.assembly.leaves import approver_for, covers_of, leave_book_of, mistaken_leave
from orchestrator.assembly.notices import hook_of
from orchestrator.assembly.renewal import renewal
from orchestrator.assembly.serving import AT_ONCE, desk_on, host_on, means_for
from orchestrator.assembly.settings import DEFAULT_MODEL, new_session_id, performer_for, price_from, seat_for, settings_for
from orchestrator.assembly.tracing import open_telemetry, telling_of
from orchestrator.assembly.waking import Enrol, Wake, enrolling, handing_over, waking
from orchestrator.roles.budgets import load_pots

__all__ = [
    "AT_ONCE",
    "DEFAULT_MODEL",
    "Enrol",
    "Held",
    "Place",
    "ReadableJournal",
    "Swapped",
    "Wake",
    "advise_for",
    "approver_for",
    "check_heads",
    "covers_of",
    "desk_on",
    "enrolling",
    "gates_of",
    "handing_over",
    "hook_of",
    "host_on",
    "leave_book_of",
    "load_folder",
    "load_pots",
    "load_scenario",
    "make_folder",
    "means_for",
    "mistaken_leave",
    "monitor_for",
    "new_session_id",
    "open_journal",
    "open_telemetry",
    "performer_for",
    "place_from",
    "price_from",
    "reaches_of",
    "read_journal",
    "renewal",
    "rotated",
    "rules_for",
    "seat_for",
    "settings_for",
    "survey_of",
    "swapped",
    "telling_of",
    "waking",
]
