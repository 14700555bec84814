"""The session engine. It never acts: it says what it waits for, judges what comes back, and folds events."""

from orchestrator.engine.account import Account
from orchestrator.engine.chain import Step, advance, begin, enter, refold, step
from orchestrator.engine.decide import decide
from orchestrator.engine.effects import Ask, Complete, Effect, Hold, Prepare, SeekApproval, Wait, pending
from orchestrator.engine.evolve import evolve
from orchestrator.engine.pledging import account_of, pots_of
from orchestrator.engine.rules import Rules
from orchestrator.engine.session import TRANSITIONS, Session, fresh
from orchestrator.engine.timing import due, overdue
from orchestrator.engine.view import view_of

__all__ = [
    "TRANSITIONS",
    "Account",
    "Ask",
    "Complete",
    "Effect",
    "Hold",
    "Prepare",
    "Rules",
    "SeekApproval",
    "Session",
    "Step",
    "Wait",
    "account_of",
    "advance",
    "begin",
    "decide",
    "due",
    "enter",
    "evolve",
    "fresh",
    "overdue",
    "pending",
    "pots_of",
    "refold",
    "step",
    "view_of",
]
