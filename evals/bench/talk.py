"""What is measured? A long talk of three roles in the shipped `campaign`, with drafts of about 560 bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache

from orchestrator.assembly import load_folder, rules_for, settings_for
from orchestrator.engine import Rules, Session, advance, begin, fresh, step
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reply import Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.usage import Usage

__all__ = ["draft_text", "long_talk", "talk_at", "written"]

_START = datetime(2026, 1, 1, tzinfo=UTC)


def long_talk() -> tuple[Settings, Rules]:
    """Return the settings of a talk that neither rounds, time nor reserves end, and its rules."""
    folder = load_folder("campaign")
    settings = settings_for(folder, seed=1, models={})
    negotiation = _endless(settings.negotiation)
    settings = settings.model_copy(update={"negotiation": negotiation})
    return settings, rules_for(negotiation)


def talk_at(settings: Settings, rules: Rules, turns: int) -> Session:
    """Return the session after so many turns."""
    session = advance(fresh(settings), begin(settings, _START, rules))
    for _ in range(turns):
        session = step(session, written(session), rules).session
    if len(session.moves) != turns:
        raise AssertionError(f"{turns - len(session.moves)} of {turns} drafts were refused: {session.findings}")
    return session


def written(session: Session) -> Written:
    """Return what the role whose turn it is writes."""
    text = draft_text(session.turn)
    at = _START + timedelta(seconds=session.turn)
    return Written(
        at=at,
        began=at,
        role=session.speaker.name,
        model="bench",
        text=text,
        size=len(text),
        usage=Usage(prompt=900, reply=150),
    )


@cache
def draft_text(turn: int) -> str:
    """Return a proposal of about 560 bytes and 150 tokens that no guard objects to, another one each turn."""
    search, social = 60_000 + 1_000 * (turn % 17), 30_000 + 1_000 * (turn % 11)
    words = (
        f"Search spend of {search:,} USD and social spend of {social:,} USD keep the launch visible in the first weeks, and "
        "a mixed set leaves the studio some rest. The start date gives production the time that it has asked for. "
        "If the flight must be shorter, tell us which weeks matter least to you."
    )
    terms = {
        "search_spend": search,
        "social_spend": social,
        "email_spend": 8_000,
        "creative_format": "mixed",
        "creative_hours": 160,
        "launch_date": "2026-09-28",
        "flight_weeks": 6,
    }
    return json.dumps({"act": "propose", "terms": terms, "text": words, "evidence": ["email_list"], "confidence": 0.7})


def _endless(negotiation: Negotiation) -> Negotiation:
    stop = negotiation.stop.model_copy(update={"rounds": 10**6, "seconds": 10**9, "unchanged_rounds": 10**6})
    roles = tuple(
        role.model_copy(update={"mandate": role.mandate.model_copy(update={"reserve": 0.0})}) for role in negotiation.roles
    )
    return negotiation.model_copy(update={"stop": stop, "roles": roles})
