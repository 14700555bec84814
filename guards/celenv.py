"""How is CEL asked? The one place that touches the CEL runtime, with types around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from cel_expr_python import cel  # pyright: ignore[reportMissingTypeStubs] - its types are in a file beside the binary

from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import RuleValue

__all__ = ["CannotCompile", "Program", "compile_source", "environment", "readable"]

"""What CEL is told of a term: numbers as doubles, dates and options as strings."""

_PLACE = re.compile(r"^.*?ERROR: <input>:\d+:\d+:\s*")
_NOISE = re.compile(r"^[A-Z_]+:\s*|\s*\(in container ''\)|\s*\[[A-Z_]+\]$|\s+expecting \{.*")

_MOST_ANSWERED = 1_024
_LONGEST_KEPT = 1_000
"""Characters of what a program was given; a draft may hold far longer texts, which are asked about anew."""


@dataclass(frozen=True, slots=True)
class CannotCompile:
    """Why an expression is no program."""

    reason: str


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled expression and the name of the type that it gives."""

    expression: cel.Expression
    gives: str
    answered: dict[str, tuple[bool, ...] | None] = field(
        default_factory=dict[str, tuple[bool, ...] | None], compare=False, repr=False
    )
    """What it answered before, by the exact text of what was given: offers that are made again, and limits on what stays."""

    def run(self, given: Mapping[str, RuleValue]) -> object:
        """Return the plain result; an error of the runtime comes back as its text."""
        return self.expression.eval(data=given).plain_value()

    def answers(self, given: Mapping[str, RuleValue]) -> tuple[bool, ...] | None:
        """Return the booleans of a list; None where the result is no list of nothing but booleans."""
        key = repr(given)
        if key in self.answered:
            return self.answered[key]
        answers = self._answers(given)
        if len(key) <= _LONGEST_KEPT:
            if len(self.answered) >= _MOST_ANSWERED:
                self.answered.clear()
            self.answered[key] = answers
        return answers

    def _answers(self, given: Mapping[str, RuleValue]) -> tuple[bool, ...] | None:
        result = self.expression.eval(data=given).plain_value()
        if not isinstance(result, list):
            return None
        answers = tuple([item for item in result if item is True or item is False])
        return answers if len(answers) == len(result) else None


def environment(issues: tuple[Issue, ...], counts: Iterable[str] = ()) -> cel.Env:
    """Return an environment in which each issue is a variable of its type, and each of `counts` a number."""
    variables = {issue.name: _type_of(issue) for issue in issues}
    return cel.NewEnv(variables={**variables, **dict.fromkeys(counts, cel.Type.DOUBLE)})


def compile_source(env: cel.Env, source: str) -> Program | CannotCompile:
    """Compile an expression, or say in one line why it does not compile."""
    try:
        expression = env.compile(source)
    except (RuntimeError, ValueError, TypeError) as error:
        return CannotCompile(readable(str(error)))
    return Program(expression, expression.return_type().name())


def readable(reason: str) -> str:
    """Return what the runtime says of an error without its codes and pictures."""
    lines = [line for line in reason.split("\n") if _PLACE.search(line)] or reason.split("\n", 1)[:1]
    plain = (_NOISE.sub("", _PLACE.sub("", line)).strip() for line in lines)
    return "; ".join(plain).replace("'<EOF>'", "the end of the rule")


def _type_of(issue: Issue) -> cel.Type:
    match issue:
        case NumberIssue():
            return cel.Type.DOUBLE
        case ChoiceIssue():
            return cel.Type.DOUBLE if issue.numeric else cel.Type.STRING
        case DateIssue():
            return cel.Type.STRING
        case FlagIssue():
            return cel.Type.BOOL
        case _:
            assert_never(issue)
