"""What does a model write whose answers are known beforehand? They, in their order, and never one more."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias, cast

from orchestrator.errors import ScriptExhausted, ScriptUnused, UsageError
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.value import RoleName

__all__ = ["Answers", "ScriptedModel", "load_script"]

Answers: TypeAlias = Sequence[str] | Mapping[RoleName, Sequence[str]]
"""Raw texts in the order in which they are given, for whoever asks, or for each role by itself."""

_FORM = "expected JSON Lines or a JSON list, each entry a string or an object, or a JSON object of roles with such lists"

_ANYONE = RoleName("")


class ScriptedModel:
    """A model that reads its answers from a script. It keeps its place, so it serves one session."""

    __slots__ = ("_answers", "_given", "name")

    def __init__(self, name: str, answers: Answers) -> None:
        self.name = name
        self._answers = (
            {role: tuple(texts) for role, texts in answers.items()}
            if isinstance(answers, Mapping)
            else {_ANYONE: tuple(answers)}
        )
        self._given: Counter[RoleName] = Counter()

    async def __call__(self, request: Request, /) -> Completion:
        """Return the next answer. Raises ScriptExhausted where there is none."""
        role = self._reader(request.view.role)
        texts = self._answers.get(role, ())
        place = self._given[role]
        if place >= len(texts):
            raise ScriptExhausted(self.name, len(texts))
        self._given[role] += 1
        return Completion(text=texts[place])

    def skip(self, role: RoleName) -> None:
        """Count an answer as given: the record holds it already."""
        self._given[self._reader(role)] += 1

    def _reader(self, role: RoleName) -> RoleName:
        return _ANYONE if _ANYONE in self._answers else role

    def finish(self) -> None:
        """Raise ScriptUnused where answers are left over."""
        left = sum(len(texts) for texts in self._answers.values()) - self._given.total()
        if left:
            raise ScriptUnused(self.name, left)


def load_script(path: str) -> ScriptedModel:
    """Return the model of a script file, named after it. Raises UsageError where the file is missing or no script."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"script {path!r} cannot be read: {error.strerror}", hint=_FORM) from None
    except UnicodeDecodeError:
        raise UsageError(f"script {path!r} is not UTF-8", hint=_FORM) from None
    return ScriptedModel(path, _answers(path, text))


def _answers(path: str, text: str) -> Answers:
    try:
        whole: object = json.loads(text)
    except (ValueError, RecursionError):
        return tuple(_line(path, number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip())
    if isinstance(whole, list):
        return _texts(path, "", cast("list[object]", whole))
    by_role = _by_role(whole)
    if by_role is None:
        return (_text(path, "line 1", whole),)
    return {RoleName(role): _texts(path, f"{role!r}, ", entries) for role, entries in by_role.items()}


def _by_role(whole: object) -> dict[str, list[object]] | None:
    members = cast("dict[str, object]", whole) if isinstance(whole, dict) else {}
    lists = {role: cast("list[object]", entries) for role, entries in members.items() if isinstance(entries, list)}
    return lists if members and len(lists) == len(members) else None


def _line(path: str, number: int, line: str) -> str:
    try:
        entry: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"script {path!r}, line {number} is not JSON: {error}", hint=_FORM) from None
    return _text(path, f"line {number}", entry)


def _texts(path: str, place: str, entries: list[object]) -> tuple[str, ...]:
    return tuple(_text(path, f"{place}entry {number}", entry) for number, entry in enumerate(entries, 1))


def _text(path: str, place: str, entry: object) -> str:
    if isinstance(entry, str):
        return entry
    if isinstance(entry, dict):
        return json.dumps(cast("dict[str, object]", entry), ensure_ascii=False)
    raise UsageError(f"script {path!r}, {place} is neither a string nor an object", hint=_FORM)
