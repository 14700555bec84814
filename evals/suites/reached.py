"""Does an attack arrive at all where nothing is guarded? A canary: its words, looked for in the prompts of the others."""

from __future__ import annotations

from dataclasses import replace

from evals.harness.table import Attacker, folder_of, hold, hostile
from evals.suites.arms import ARMS, changed
from orchestrator.engine import Session, view_of
from orchestrator.models.hostile import TACTICS
from orchestrator.roles.load import Folder
from orchestrator.roles.prompt import PromptBook

__all__ = ["WORDLESS", "reached_victims"]

WORDLESS = frozenset(("overspend", "garble", "slow", "hasty", "flatter"))
"""Tactics whose attack is in the move, or is none at all: there are no words to look for."""

_TABLE = "campaign"
_SHORTEST = 4
_ENOUGH = 40
"""Characters to look for: prompts cut what is longer than its share, and quote what would end their own quotation."""


def reached_victims(tactic: str, seed: int) -> bool:
    """Return whether words of the tactic stand in a prompt of another role, in a talk without guards."""
    if tactic in WORDLESS:
        return True
    folder = _open_folder()
    variants = [name for name in TACTICS[tactic].spoils if name not in ("policy", "reference")]
    return all(_reaches(folder, tactic, only or None, seed) for only in variants)


def _open_folder() -> Folder:
    folder = folder_of(_TABLE)
    return replace(folder, negotiation=changed(ARMS["none"], folder.negotiation))


def _reaches(folder: Folder, tactic: str, only: str | None, seed: int) -> bool:
    attacker = Attacker(hostile(folder.negotiation, tactic, only), told=False)
    seat = folder.negotiation.roles[1].name
    held = hold(folder, ARMS["none"].rules(folder.negotiation), seed=seed, seats={seat: attacker})
    return any(
        _stands_in_a_prompt(folder, held.session, move.text) for move in held.session.moves if move.sender == seat and move.text
    )


def _stands_in_a_prompt(folder: Folder, session: Session, words: str) -> bool:
    book = PromptBook(folder.prompts, folder.negotiation)
    victim = folder.negotiation.roles[0].name
    prompt = book.assemble(view_of(session, victim)).user
    return any(part[:_ENOUGH] in prompt for part in words.split('"') if len(part) >= _SHORTEST)
