"""What does an XML file say? Its elements, from a text that is bounded and declares nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from orchestrator.roles.pieces import Notes

__all__ = ["Element", "read_xml"]

_DEEPEST = 40
_MOST_ELEMENTS = 100_000


@dataclass(slots=True, kw_only=True)
class Element:
    """An element with its attributes, and its line."""

    tag: str
    line: int
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list["Element"])

    def named(self, tag: str) -> Iterator[Element]:
        """Yield the children of this name."""
        return (child for child in self.children if child.tag == tag)

    def below(self) -> Iterator[Element]:
        """Yield everything inside, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.below()


class _Refused(Exception):
    def __init__(self, problem: str, expected: str) -> None:
        super().__init__(problem)
        self.problem, self.expected = problem, expected


def read_xml(text: str, notes: Notes) -> Element | None:
    """Read a text; where it can't be read, note why and return None."""
    reading = _Reading()
    try:
        reading.parser.Parse(text, True)  # noqa: FBT003 - expat's signature
    except expat.ExpatError as error:
        notes.add(error.lineno, "XML", f"cannot be read: {expat.ErrorString(error.code)}", "well-formed XML")
    except _Refused as error:
        notes.add(reading.parser.CurrentLineNumber, "XML", error.problem, error.expected)
    else:
        return reading.root
    return None


class _Reading:
    """Elements as they begin and end."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._declare
        self.parser.EntityDeclHandler = self._declare
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.root: Element | None = None
        self.opened: list[Element] = []
        self.count = 0

    def _declare(self, *_: object) -> None:
        raise _Refused("it declares types or entities, which could make a small file huge", "elements alone")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > _MOST_ELEMENTS:
            raise _Refused("there are too many elements", f"at most {_MOST_ELEMENTS}")
        if len(self.opened) >= _DEEPEST:
            raise _Refused("elements are nested too deeply", f"at most {_DEEPEST} levels")
        element = Element(tag=tag, line=self.parser.CurrentLineNumber, attributes=attributes)
        if self.opened:
            self.opened[-1].children.append(element)
        else:
            self.root = element
        self.opened.append(element)

    def _end(self, _: str) -> None:
        self.opened.pop()
