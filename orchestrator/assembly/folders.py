"""How do files become negotiations, and negotiations rules? Loaded, checked, and given their guards."""

from __future__ import annotations

from pathlib import Path

from guards.gates import gate_book
from guards.handover import hands_over
from guards.monitor import monitor_of
from guards.pottriggers import pot_trigger_book
from guards.rulecheck import check_rules
from guards.shape import read
from guards.standard import standard_guards
from guards.takes import take_book
from guards.triggers import trigger_book
from orchestrator.assembly.plans import plan_guards
from orchestrator.engine import Rules
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.suspicion import Monitor
from orchestrator.roles.added import added_guards
from orchestrator.roles.create import create
from orchestrator.roles.find import find
from orchestrator.roles.load import Folder, load, load_negotiation
from orchestrator.roles.measure import measure

__all__ = ["load_folder", "load_scenario", "make_folder", "monitor_for", "rules_for"]


def load_folder(name_or_path: str) -> Folder:
    """Return the negotiation of a folder, by path or by the name of a shipped one. Raises ConfigError with all mistakes."""
    return load(find(name_or_path), check_rules)


def load_scenario(file: Path) -> Negotiation:
    """Return the negotiation of a file alone, whether its prompts are there or not. Raises ConfigError with all mistakes."""
    return load_negotiation(file, check_rules)


def rules_for(negotiation: Negotiation) -> Rules:
    """Return the rules of a negotiation: all guards, and those that packages add. Raises UsageError where one can't be made."""
    return Rules(
        read=read,
        guards=(*standard_guards(negotiation), *plan_guards(negotiation), *added_guards(negotiation)),
        gates=gate_book(negotiation),
        count=measure,
        monitor=monitor_for(negotiation),
        hands_over=hands_over(negotiation) if any(role.hand_over for role in negotiation.roles) else None,
        takes=take_book(negotiation),
        triggers=trigger_book(negotiation),
        pot_triggers=pot_trigger_book(negotiation),
    )


def monitor_for(negotiation: Negotiation) -> Monitor:
    """Return the monitor that watches the words of a negotiation."""
    return monitor_of(negotiation)


def make_folder(name: str, into: Path) -> tuple[Path, ...]:
    """Write the files of a new negotiation and return them. Raises UsageError where the name is bad or its folder exists."""
    return tuple(sorted(create(name, into).iterdir()))
