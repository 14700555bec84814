"""How does the body of a prompt file become text? In a sandbox that knows the variables, the house, and little else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import NoReturn

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from orchestrator.errors import ConfigError, Mistake
from orchestrator.roles.pieces import nearest, shown

__all__ = ["Bodies", "Body", "Included", "is_house_name"]

_LONGEST = 400_000
"""Characters of a rendered body."""

_FILTERS = (
    *("abs", "batch", "capitalize", "count", "d", "default", "first", "float", "groupby", "int", "items", "join", "last"),
    *("length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select"),
    *("selectattr", "sort", "string", "sum", "title", "tojson", "trim", "truncate", "unique", "upper", "wordcount"),
)
_HOUSE_NAME = re.compile(r"house/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.md", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a prompt file without its front matter, and where it stands."""

    file: str
    """As people are shown it."""
    text: str
    line: int = 1
    """The line of the file on which the text begins."""

    def mistake(self, line: int, problem: str, expected: str = "") -> Mistake:
        """Return a mistake on a line of the text; 0 where the line is not known."""
        return Mistake(file=self.file, line=line and line + self.line - 1, key="body", problem=problem, expected=expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Included:
    """A file that a body includes, and the line that says so."""

    name: str
    line: int


def is_house_name(name: str) -> bool:
    """Return whether a body may include a file of this name."""
    return _HOUSE_NAME.fullmatch(name) is not None


class Bodies:
    """The bodies of the roles and the parts of the house, by name."""

    def __init__(self, bodies: Mapping[str, Body]) -> None:
        self._bodies = dict(bodies)
        self._sandbox = _sandbox(self._source)

    def includes(self, name: str) -> tuple[Included, ...]:
        """Return what a body includes, in its order; nothing where it cannot be read."""
        try:
            tree = self._sandbox.parse(self._bodies[name].text)
        except TemplateSyntaxError:
            return ()
        return tuple(_includes(tree))

    def names(self, name: str) -> frozenset[str]:
        """Return the variables that a body without mistakes uses."""
        return frozenset(find_undeclared_variables(self._sandbox.parse(self._bodies[name].text)))

    def mistakes(self, name: str, known: frozenset[str]) -> tuple[Mistake, ...]:
        """Return what can be seen to be wrong with a body without rendering it; `known` are the variables."""
        body = self._bodies[name]
        try:
            tree = self._sandbox.parse(body.text)
            unknown = find_undeclared_variables(tree) - known
            self._sandbox.compile(tree)
        except TemplateSyntaxError as error:
            return (body.mistake(error.lineno, f"cannot be read: {error.message}", "a Jinja template"),)
        return (*_foreign(tree, body), *_unknown(tree, body, unknown, known))

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Return the text of a body, tidied. Raises ConfigError where it cannot be rendered."""
        parts: list[str] = []
        size = 0
        try:
            for part in self._sandbox.get_template(name).generate(values):
                parts.append(part)
                size += len(part)
                if size > _LONGEST:
                    break
        except Exception as error:
            raise ConfigError((self._failure(name, error),)) from error
        if size > _LONGEST:
            raise ConfigError((self._bodies[name].mistake(0, "is too long", f"at most {_LONGEST} characters"),))
        lines = (line.rstrip() for line in "".join(parts).splitlines())
        return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        body = self._bodies.get(name)
        return None if body is None else (body.text, name, lambda: True)

    def _failure(self, name: str, error: Exception) -> Mistake:
        line = 0
        for file, number in _places(error.__traceback__):
            if file in self._bodies:
                name, line = file, number
        expected = "variables, filters, conditions and loops"
        return self._bodies[name].mistake(line, f"cannot be rendered: {_reason(error)}", expected)


def _places(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _reason(error: Exception) -> str:
    match error:
        case TemplateNotFound():
            return f"{error.name!r} is not there"
        case RecursionError():
            return "it includes itself"
        case SecurityError() if (error.message or "").endswith("is not safely callable"):
            return "only macros can be called"
        case SecurityError() | UndefinedError():
            missing = re.fullmatch(r".* has no attribute '(\w+)'", error.message or "")
            return f"there is no {missing[1]!r} here" if missing else error.message or "it is not allowed"
        case _:
            return f"{type(error).__name__}: {error}"


def _includes(tree: nodes.Template) -> Iterator[Included]:
    for node in tree.find_all(nodes.Include):
        name = _name_in(node)
        if name is not None:
            yield Included(name=name, line=node.lineno)


def _name_in(node: nodes.Include) -> str | None:
    """Return the name that an include writes out; None where it computes one, or gives several."""
    name: object = node.template.value if isinstance(node.template, nodes.Const) else None
    return name if isinstance(name, str) else None


def _foreign(tree: nodes.Template, body: Body) -> Iterator[Mistake]:
    """Find everything that a body takes from elsewhere and that is no part of the house."""
    expected = 'parts of the house, as {% include "house/draft.md" %}'
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        if not isinstance(node, nodes.Include):
            yield body.mistake(node.lineno, "only includes are read here", expected)
        elif not is_house_name(_name_in(node) or ""):
            yield body.mistake(node.lineno, "includes something else than a part of the house", expected)


def _unknown(tree: nodes.Template, body: Body, unknown: set[str], known: frozenset[str]) -> Iterator[Mistake]:
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in unknown:
            yield body.mistake(node.lineno, f"{shown(node.name)} is no variable", nearest(node.name, sorted(known)))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Calls nothing but macros, and computes nothing that could grow without bound."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_callable(self, obj: object) -> bool:
        return type(obj).__module__ == "jinja2.runtime"

    def call_binop(self, context: object, operator: str, left: object, right: object) -> NoReturn:  # noqa: ARG002 - Jinja's signature
        raise SecurityError(f"{operator!r} is not read here")


def _sandbox(source: Callable[[str], tuple[str, str, Callable[[], bool]] | None]) -> _Sandbox:
    sandbox = _Sandbox(
        loader=FunctionLoader(source),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
    )
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS}
    return sandbox
