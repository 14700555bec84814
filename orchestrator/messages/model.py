"""What does a model get, and what does it give? The protocol of everything that writes drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from orchestrator.errors import Try
from orchestrator.messages.reply import Finish
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View
from orchestrator.messages.window import Window

__all__ = ["AsksPerson", "Completion", "KeepsPlace", "Model", "Prompt", "Request", "finish", "skip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What is sent to a language model: the fixed part, then what changes from turn to turn."""

    system: str
    user: str
    tokens: int
    """Counted once for each part, and summed."""
    reply: int
    """Tokens that the answer may have."""
    window: Window | None = None
    """How the tokens are shared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question to a model. Built-in models read the view; language models read the prompt, made from the same view."""

    view: View
    prompt: Prompt
    seed: int
    tries: int | None = None
    """How often it may be charged for; None where there is no bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """One answer: raw text, and its usage where the model knows it."""

    text: str
    usage: Usage | None = None
    finish: Finish = "stop"
    tries: tuple[Try, ...] = ()
    """Those that failed before it."""


class Model(Protocol):
    """Write a draft."""

    async def __call__(self, request: Request, /) -> Completion:
        """Return what the model wrote. Raises ProviderError where there is no answer."""
        ...


class AsksPerson(Protocol):
    """Let a person write a draft, where one is at hand."""

    async def __call__(self, view: View, /) -> str:
        """Return the draft as a model would write it. Raises SeatLeft where the person is gone."""
        ...


@runtime_checkable
class KeepsPlace(Protocol):
    """A model whose next answer depends on how many it gave."""

    def skip(self, role: RoleName) -> None:
        """Count an answer as given: the record holds it already."""
        ...

    def finish(self) -> None:
        """Raise ScriptUnused where answers are left."""
        ...


def skip(model: Model, role: RoleName) -> None:
    """Tell a model, if it keeps its place, that the record holds one more of its answers."""
    if isinstance(model, KeepsPlace):
        model.skip(role)


def finish(model: Model) -> None:
    """Ask a model, if it keeps its place, for what is left. Raises ScriptUnused where answers are."""
    if isinstance(model, KeepsPlace):
        model.finish()
