"""How are a model's answers kept and given again? On a tape: each request with its answer, and no secrets."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from orchestrator.errors import ScriptError, ScriptExhausted, ScriptUnused, UsageError
from orchestrator.messages.model import Completion, Model, Request, finish, skip
from orchestrator.messages.reply import Finish
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName, SessionId, Value
from orchestrator.models.secrecy import without_our_keys

__all__ = ["RecordedModel", "Recording", "Take", "load_tape"]

_SESSION = "-@session"
"""Stands on a tape for the end of an offer's id, which every session has anew."""

_ENTRY = re.compile(rf"(\bm\d+{_SESSION}, entry )\d+")
"""The number of an entry: a model that costs something has two entries for each draft, a tape has one."""

_LINES_SHOWN = 12


class Take(Value):
    """One request and its answer, as a line of a tape."""

    role: RoleName
    model: str
    system: str
    user: str
    reply: int
    """Tokens that the answer may have."""
    text: str
    finish: Finish = "stop"
    usage: Usage | None = None


class Recording:
    """A model whose requests and answers go onto a tape."""

    __slots__ = ("_model", "_name", "_path")

    def __init__(self, model: Model, name: str, path: Path) -> None:
        self._model = model
        self._name = name
        self._path = path

    async def __call__(self, request: Request) -> Completion:
        """Return what the model writes, once it is on the tape."""
        completion = await self._model(request)
        take = Take(
            role=request.view.role,
            model=self._name,
            system=_kept(request.prompt.system, request.view.session),
            user=_kept(request.prompt.user, request.view.session),
            reply=request.prompt.reply,
            text=_kept(completion.text, request.view.session),
            finish=completion.finish,
            usage=completion.usage,
        )
        with self._path.open("a", encoding="utf-8") as tape:
            tape.write(take.model_dump_json(exclude_none=True) + "\n")
        return completion

    def skip(self, role: RoleName) -> None:
        """Tell the model."""
        skip(self._model, role)

    def finish(self) -> None:
        """Let the model, if it minds, say that answers are left over."""
        finish(self._model)

    async def aclose(self) -> None:
        """Let go of what the model holds."""
        close = getattr(self._model, "aclose", None)
        if close is not None:
            await close()


class RecordedModel:
    """Gives each role the answers of a tape in their order, as long as it is asked exactly what was asked then."""

    def __init__(self, name: str, takes: Iterable[Take]) -> None:
        self.name = name
        self._takes: dict[RoleName, list[Take]] = {}
        self._asked: set[RoleName] = set()
        for take in takes:
            self._takes.setdefault(take.role, []).append(take)
        self._length = sum(map(len, self._takes.values()))

    async def __call__(self, request: Request) -> Completion:
        """Return the next answer. Raises ScriptError where the request differs from the tape's, showing how."""
        self._asked.add(request.view.role)
        takes = self._takes.get(request.view.role, [])
        if not takes:
            raise ScriptExhausted(self.name, self._length)
        take = takes.pop(0)
        session = request.view.session
        asked = (_kept(request.prompt.system, session), _kept(request.prompt.user, session), str(request.prompt.reply))
        for part, then, now in zip(("system", "user", "reply"), (take.system, take.user, str(take.reply)), asked, strict=True):
            if then != now:
                raise ScriptError(
                    f"tape {self.name!r}: {request.view.role!r} is asked something else than on the tape ({part}):\n"
                    + "\n".join(_difference(then, now)),
                    hint="record the tape anew with --record",
                )
        return Completion(text=take.text.replace(_SESSION, f"-{session[-4:]}"), usage=take.usage, finish=take.finish)

    def skip(self, role: RoleName) -> None:
        """Pass over a role's next answer: the record holds it already."""
        self._asked.add(role)
        if self._takes.get(role):
            self._takes[role].pop(0)

    def finish(self) -> None:
        """Raise ScriptUnused where a role of the tape was asked less often than then."""
        left = sum(len(takes) for role, takes in self._takes.items() if role in self._asked)
        if left:
            raise ScriptUnused(self.name, left)


def load_tape(path: str) -> RecordedModel:
    """Return the model of a tape. Raises UsageError where the file is none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        return RecordedModel(Path(path).name, [Take.model_validate(json.loads(line)) for line in lines if line.strip()])
    except (OSError, UnicodeDecodeError, ValidationError, json.JSONDecodeError) as error:
        raise UsageError(f"{path!r} is no tape: {str(error).splitlines()[0]}") from error


def _kept(text: str, session: SessionId) -> str:
    """Return a text without keys, and with marks for what each session has anew: ends of offer ids, numbers of entries."""
    text = re.sub(rf"\b(m\d+)-{re.escape(session[-4:])}\b", rf"\1{_SESSION}", without_our_keys(text))
    return _ENTRY.sub(r"\1@entry", text)


def _difference(then: str, now: str) -> Iterator[str]:
    lines = [
        line
        for line in difflib.unified_diff(then.splitlines(), now.splitlines(), "on the tape", "now", lineterm="", n=0)
        if not line.startswith("@@")
    ]
    yield from lines[:_LINES_SHOWN]
    if len(lines) > _LINES_SHOWN:
        yield f"({len(lines) - _LINES_SHOWN} more lines differ)"
