"""How do many talks begin at once? Each with its number in its prompts, so that the service can tell their calls apart."""

from __future__ import annotations

from pathlib import Path

from orchestrator.assembly import load_folder, settings_for
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import SessionId

__all__ = ["openings", "talk_of"]


def openings(folder: Path, address: str, sessions: int, key: str) -> tuple[Settings, ...]:
    """Return with what so many talks are opened, whose roles all ask the service at the address."""
    settings = settings_for(load_folder(str(folder)), seed=0, models={"*": f"openai:counted?base_url={address}"}, key=key)
    return tuple(_numbered(settings, talk) for talk in range(sessions))


def talk_of(session: str) -> int:
    """Return the number of a talk by its session's id."""
    return int(session.rpartition("-")[2])


def _numbered(settings: Settings, talk: int) -> Settings:
    prompts = tuple(each.model_copy(update={"text": each.text.replace("TALK", str(talk))}) for each in settings.prompts)
    session = SessionId(f"{settings.negotiation.name}-{talk:06d}")
    return settings.model_copy(update={"session": session, "prompts": prompts, "seed": talk})
