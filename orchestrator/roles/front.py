"""What stands above a role's prompt? Its front matter: the model that writes, and the window that it writes in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import WithJsonSchema

from orchestrator.errors import Mistake
from orchestrator.messages.value import Value
from orchestrator.roles.fit import Line, whole
from orchestrator.roles.nodes import Mapping
from orchestrator.roles.parse import read_piece
from orchestrator.roles.pieces import Notes

__all__ = ["FrontReading", "RolePrompt", "read_front"]


class RolePrompt(Value):
    """The prompt of a role, as its file says."""

    model: str | None = None
    """Which model writes, as `provider:name?key=value`; None leaves it to whoever runs the talk."""
    window: int = 16_000
    """Tokens that the model can take, its answer counted."""
    reply: int = 1_200
    """Of them, those that are kept for the answer."""
    body: str = ""
    body_line: int = 1
    """The line of the file on which the body begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontReading:
    """The prompt of a file, and what is wrong with its front matter."""

    prompt: RolePrompt
    mistakes: tuple[Mistake, ...] = ()


class _FrontForm(Value):
    model: Line | None = None
    window: Annotated[int, whole(1_000, 100_000_000), WithJsonSchema({"type": "integer"})] = RolePrompt().window
    reply: Annotated[int, whole(100, 10_000_000), WithJsonSchema({"type": "integer"})] = RolePrompt().reply


_FENCE = re.compile(r"---\s*")


def read_front(text: str, file: str) -> FrontReading:
    """Read the text of a prompt file. A file without front matter is all body."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return FrontReading(prompt=RolePrompt(body=text))
    end = next((number for number, line in enumerate(lines[1:], 1) if _FENCE.fullmatch(line)), None)
    notes = Notes(file=file)
    if end is None:
        notes.add(1, "front matter", "has no end", "a line of three hyphens after it")
        return FrontReading(prompt=RolePrompt(), mistakes=tuple(notes.mistakes))
    form = _form(lines[1:end], notes)
    prompt = RolePrompt(
        model=form.model, window=form.window, reply=form.reply, body="\n".join(lines[end + 1 :]), body_line=end + 2
    )
    return FrontReading(prompt=prompt, mistakes=tuple(notes.mistakes))


def _form(lines: list[str], notes: Notes) -> _FrontForm:
    """Read the lines between the fences; the first line stays empty so that the others keep their numbers."""
    from orchestrator.roles.yaml import read_yaml  # noqa: PLC0415 - brings the parser, which most commands never need

    if not any(line.split("#")[0].strip() for line in lines):
        return _FrontForm()
    document = read_yaml("\n".join(("", *lines)), notes.file)
    notes.mistakes.extend(document.mistakes)
    if not isinstance(document.root, Mapping):
        if not document.mistakes:
            notes.add(2, "front matter", "is no mapping", "model, window or reply, each with a value")
        return _FrontForm()
    form = read_piece(_FrontForm, document.root, "", 1, notes).form or _FrontForm()
    if form.reply >= form.window:
        line = document.root.keys["reply"].line if "reply" in document.root.keys else 1
        notes.add(line, "reply", f"is {form.reply}", f"less than the window, {form.window}")
    return form
