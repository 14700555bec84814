"""Where is a run kept? In a file of JSON Lines: a head, a line for each finished case, and a tail when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Annotated, Literal, Self, TextIO

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from evals.harness.suite import Tags
from orchestrator.errors import UsageError
from orchestrator.messages.value import Value

__all__ = ["Done", "Head", "Log", "Score", "Tail", "Writer", "read_log"]


class Head(Value):
    """Under which suite, settings, versions and files a log was made."""

    kind: Literal["head"] = "head"
    suite: str
    version: int
    given: Tags = ()
    model: str | None = None
    seed: int = 0
    epochs: int = 1
    cases: int
    """How many there are to do, each so many epochs."""
    chosen: tuple[str, ...] = ()
    """Where not all cases of the suite are done: which."""
    digests: Tags = ()
    handfast: str
    python: str
    began: datetime


class Score(Value):
    """One metric's figure of one case; None where the case says nothing about it."""

    metric: str
    value: float | None = None
    error: str = ""
    """Why there is none, where the scorer failed."""


class Done(Value):
    """One epoch of one case."""

    kind: Literal["case"] = "case"
    case: str
    tags: Tags = ()
    epoch: int = 1
    outcome: JsonValue = None
    scores: tuple[Score, ...] = ()
    error: str = ""
    """Why there is no outcome, where the case failed; never a pass, and never left out."""
    millis: int = 0

    @property
    def is_errored(self) -> bool:
        """Return whether the case or a scorer failed."""
        return bool(self.error) or any(score.error for score in self.scores)

    def value(self, metric: str) -> float | None:
        """Return the figure of a metric."""
        return next((score.value for score in self.scores if score.metric == metric), None)


class Tail(Value):
    """All cases were done."""

    kind: Literal["tail"] = "tail"
    ended: datetime


_LINE: TypeAdapter[Head | Done | Tail] = TypeAdapter(Annotated[Head | Done | Tail, Field(discriminator="kind")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A log that was read."""

    path: Path
    head: Head
    done: tuple[Done, ...]
    is_whole: bool
    """Whether every case was done."""
    was_cut: bool
    """Whether its last line is broken: the process was killed while it wrote."""

    @property
    def size(self) -> int:
        """Return how many epochs of cases there are to do."""
        return self.head.cases * self.head.epochs


class Writer:
    """A log that is being written; each line is on disk before the next case counts as done."""

    __slots__ = ("_file", "path")

    def __init__(self, path: Path, file: TextIO) -> None:
        self.path = path
        self._file = file

    @classmethod
    def begin(cls, path: Path, head: Head) -> Self:
        """Start a log. Raises UsageError where there is one already, OSError where it cannot be written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = path.open("x", encoding="utf-8", newline="\n")
        except FileExistsError:
            raise UsageError(f"there is a file {str(path)!r} already", hint="choose another --log") from None
        writer = cls(path, file)
        writer.write(head)
        return writer

    @classmethod
    def go_on(cls, log: Log) -> Self:
        """Go on with a log; a broken last line is cut off."""
        if log.was_cut:
            text = log.path.read_bytes()
            log.path.write_bytes(text[: text.rfind(b"\n") + 1])
        return cls(log.path, log.path.open("a", encoding="utf-8", newline="\n"))

    def write(self, line: Head | Done | Tail) -> None:
        """Append a line. Raises OSError where the disk is full."""
        self._file.write(line.model_dump_json(exclude_defaults=False) + "\n")
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()


def read_log(path: Path) -> Log:
    """Return a log. A broken last line is left out. Raises UsageError where the file is no log."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"log {str(path)!r} cannot be read: {error.strerror}") from None
    *lines, rest = text.split("\n")
    head, *others = list(_lines(path, lines)) or [None]
    if not isinstance(head, Head):
        raise UsageError(f"{str(path)!r} is not a log of an eval: it does not begin with a head")
    done = {(line.case, line.epoch): line for line in others if isinstance(line, Done)}
    return Log(
        path=path,
        head=head,
        done=tuple(done.values()),
        is_whole=any(isinstance(line, Tail) for line in others),
        was_cut=bool(rest),
    )


def _lines(path: Path, lines: list[str]) -> Iterator[Head | Done | Tail]:
    for number, line in enumerate(lines, 1):
        try:
            yield _LINE.validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]["msg"]
            raise UsageError(f"log {str(path)!r}, line {number} cannot be read: {first}") from None
