"""How is a corpus of labelled cases read? Line by line, every mistake with its file and line, no id twice, in bounded space."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from orchestrator.errors import UsageError
from orchestrator.messages.value import RoleName, Value

__all__ = ["Labelled", "read_cases"]

_MOST_BYTES = 256 * 1024 * 1024
_MOST_MISTAKES = 50


class Labelled(Value):
    """A case that people labelled, in a scenario."""

    id: str
    scenario: str
    sender: RoleName
    note: str = ""


C = TypeVar("C", bound=Labelled)


def read_cases(path: Path, form: type[C]) -> tuple[tuple[int, C], ...]:
    """Return the cases of a file with their lines. Raises UsageError with the file and line of every mistake."""
    cases: dict[str, tuple[int, C]] = {}
    mistakes: list[str] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            case = form.model_validate_json(line.strip())
        except ValidationError as error:
            mistakes += (f"{path}:{number}: {problem}" for problem in _problems(error))
            continue
        if case.id in cases:
            mistakes.append(f"{path}:{number}: id {case.id!r} is there twice, first on line {cases[case.id][0]}")
        cases.setdefault(case.id, (number, case))
    if mistakes:
        more = [f"and {len(mistakes) - _MOST_MISTAKES} more"] if len(mistakes) > _MOST_MISTAKES else []
        hint = "mend these lines of the corpus, then check again"
        raise UsageError("\n".join([*mistakes[:_MOST_MISTAKES], *more]), hint=hint)
    if not cases:
        raise UsageError(f"{path}: there is no case in it", hint="a corpus holds one JSON object a line")
    return tuple(cases.values())


def _lines(path: Path) -> Iterator[str]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path}: is larger than {_MOST_BYTES:,} bytes", hint="split it into several files")
        with path.open(encoding="utf-8") as file:
            yield from file
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8", hint="a corpus holds one JSON object a line") from error


def _problems(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_input=False):
        where = ".".join(str(step + 1 if isinstance(step, int) else step) for step in detail["loc"])
        yield f"{where}: {detail['msg']}" if where else detail["msg"]
