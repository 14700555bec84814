"""What does a YAML text say, and on which line? Nodes with their lines, read by the core rules of YAML 1.2.

Only `true` and `false` are yes and no (`no`, `off` and `none` are words), numbers are exact, ISO dates are dates. A text is
read event by event, so that nothing is built of one that is too large or too deep, or whose anchors would explode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import yaml

from orchestrator.errors import Mistake
from orchestrator.roles.nodes import Listing, Mapping, Node, Scalar, Word

__all__ = ["Document", "read_yaml"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The one document of a text, as far as there is one, and every mistake that was found while reading it."""

    root: Node | None
    mistakes: tuple[Mistake, ...] = ()


def read_yaml(text: str, file: str) -> Document:
    """Read a text. Mistakes of form that leave the rest readable are noted; the first one that doesn't ends the reading."""
    reading = _Reading(file=file, text=text)
    try:
        for event in _events(text):
            reading.take(event)
    except _Unreadable as stop:
        return Document(root=None, mistakes=(*reading.mistakes, stop.mistake))
    except yaml.YAMLError as error:
        return Document(root=None, mistakes=(*reading.mistakes, reading.no_yaml(error)))
    if reading.root is None and not reading.mistakes:
        reading.note(0, "the file is empty", "a negotiation")
    return Document(root=reading.root, mistakes=tuple(reading.mistakes))


_DEEPEST = 20
_MOST_NODES = 20_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOST_DIGITS = 15
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}


class _Unreadable(Exception):
    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_LOADER)  # pyright: ignore[reportUnknownMemberType] - the stub leaves it untyped


@dataclass(slots=True, kw_only=True)
class _Open:
    """A collection whose end was not reached yet."""

    line: int
    is_mapping: bool
    children: list[Node] = field(default_factory=list["Node"])


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What was read so far."""

    file: str
    text: str
    root: Node | None = None
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    opened: list[_Open] = field(default_factory=list[_Open])
    nodes: int = 0
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1
        match event:
            case yaml.DocumentStartEvent():
                self._start_document(line)
            case yaml.AliasEvent():
                self._stop(line, "anchors and aliases are not read here", "each value written out")
            case yaml.NodeEvent():
                self._start_node(event, line)
            case yaml.CollectionEndEvent():
                self._close()
            case _:
                pass

    def note(self, line: int, problem: str, expected: str, key: str = "") -> None:
        self.mistakes.append(Mistake(file=self.file, line=line, key=key or "YAML", problem=problem, expected=expected))

    def no_yaml(self, error: yaml.YAMLError) -> Mistake:
        if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
            problem = str(error).splitlines()[0]
            return Mistake(file=self.file, line=0, key="YAML", problem=f"cannot be read: {problem}", expected="plain text")
        line = error.problem_mark.line + 1
        written = self.text.split("\n", line)[line - 1] if line <= self.text.count("\n") + 1 else ""
        if "\t" in written[: error.problem_mark.column + 1]:
            return Mistake(file=self.file, line=line, key="YAML", problem="a tab stands before a value", expected="blanks")
        return Mistake(file=self.file, line=line, key="YAML", problem=f"cannot be read: {error.problem}", expected="YAML")

    def _stop(self, line: int, problem: str, expected: str) -> None:
        raise _Unreadable(Mistake(file=self.file, line=line, key="YAML", problem=problem, expected=expected))

    def _start_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(line, "a second document begins", "one document in a file")

    def _start_node(self, event: yaml.NodeEvent, line: int) -> None:
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            self._stop(line, "there are too many values", f"at most {_MOST_NODES}")
        if event.anchor is not None:
            self._stop(line, "anchors and aliases are not read here", "each value written out")
        match event:
            case yaml.ScalarEvent():
                self._no_tag(event.tag, line)
                self._add(_word(event, line))
            case yaml.CollectionStartEvent():
                self._no_tag(event.tag, line)
                if len(self.opened) >= _DEEPEST:
                    self._stop(line, "values are nested too deeply", f"at most {_DEEPEST} levels")
                self.opened.append(_Open(line=line, is_mapping=isinstance(event, yaml.MappingStartEvent)))
            case _:
                pass

    def _no_tag(self, tag: str | None, line: int) -> None:
        if tag is not None:
            self.note(line, f"tag {tag!r} is not read here", "a value without a tag")

    def _add(self, node: Node) -> None:
        if self.opened:
            self.opened[-1].children.append(node)
        else:
            self.root = node

    def _close(self) -> None:
        done = self.opened.pop()
        if done.is_mapping:
            self._add(self._mapping(done))
        else:
            self._add(Listing(line=done.line, items=tuple(done.children)))

    def _mapping(self, done: _Open) -> Mapping:
        mapping = Mapping(line=done.line, keys={}, values={})
        for key, value in zip(done.children[::2], done.children[1::2], strict=True):
            if not isinstance(key, Word):
                self.note(key.line, "a key is a list or a mapping", "a word")
            elif key.key in mapping.keys:
                first = mapping.keys[key.key].line
                self.note(
                    key.line, f"is there twice, first on line {first}", "each key once", ".".join((*self._path(), key.key))
                )
            else:
                mapping.keys[key.key] = key
                mapping.values[key.key] = value
        return mapping

    def _path(self) -> tuple[str, ...]:
        keys = (opened.children[-1] for opened in self.opened if opened.is_mapping and len(opened.children) % 2)
        return tuple(key.key for key in keys if isinstance(key, Word))


def _word(event: yaml.ScalarEvent, line: int) -> Word:
    text = str(event.value)
    return Word(line=line, value=text if event.style else _value_of(text), text=text)


def _value_of(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return _number_of(text) if _NUMBER.fullmatch(text) else text


def _number_of(text: str) -> Scalar:
    """Return the number of a text, or the text where it has more digits than any figure here may have."""
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    fits = isinstance(exponent, int) and exponent >= -_MOST_DIGITS and number.adjusted() < _MOST_DIGITS
    return number if fits else text
