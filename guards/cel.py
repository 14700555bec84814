"""Is this rule true of these terms? Rules compiled once and read three-valued; an error is never a yes.

A rule is undecided where an issue that it names has no value; that is tested before CEL is asked. All rules are
first evaluated as one list, which costs little more than one rule; only where that fails are they read one by one,
so that the guilty rule is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from guards.celenv import CannotCompile, Program, compile_source, environment, readable
from guards.counts import counts_in
from guards.rulesource import loops_in, names_in, with_doubles
from orchestrator.messages.negotiation import Issue, Rule
from orchestrator.messages.terms import RuleValue, Terms, in_rules
from orchestrator.messages.value import RoleName

__all__ = ["MAX_LENGTH", "MAX_LOOPS", "Answer", "CompiledRule", "RuleBook", "RuleReading", "compile_rule", "rule_book"]

Answer: TypeAlias = Literal["holds", "broken", "undecided", "error"]
"""`undecided`: an issue that the rule names is open. `error`: it could not be evaluated, or gave no yes or no."""

MAX_LENGTH = 2_000
"""Characters of one rule."""
MAX_LOOPS = 1
"""Macros over lists in one rule; more could take long."""


@dataclass(frozen=True, slots=True)
class RuleReading:
    """What one rule says of some terms, and why it says nothing."""

    rule: Rule
    answer: Answer
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its program, or with the reason why it has none."""

    rule: Rule
    source: str
    names: frozenset[str]
    """The issues that it names."""
    program: Program | None
    problem: str = ""
    counts: frozenset[str] = frozenset()
    """What it asks of the roles' records: `record.refused`."""

    def read(self, given: Mapping[str, RuleValue]) -> RuleReading:
        """Read the rule alone."""
        if self.program is None:
            return RuleReading(self.rule, "error", self.problem)
        missing = self.names - given.keys()
        if missing:
            return RuleReading(self.rule, "undecided", f"open: {', '.join(sorted(missing))}")
        if not self.counts <= given.keys():
            return RuleReading(self.rule, "undecided", "there is no record of the roles at hand")
        result = self.program.run(given)
        if result is True or result is False:
            return RuleReading(self.rule, "holds" if result else "broken")
        reason = readable(result) if isinstance(result, str) else f"gives {type(result).__name__}, not a boolean"
        return RuleReading(self.rule, "error", reason)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules over the issues of one negotiation; make it with `rule_book`, which compiles once."""

    issues: tuple[Issue, ...] = field(repr=False)
    rules: tuple[Rule, ...]
    compiled: tuple[CompiledRule, ...] = field(repr=False, compare=False)
    together: Program | None = field(repr=False, compare=False)
    """All rules as one list, where each of them compiles."""
    names: frozenset[str] = field(repr=False, compare=False)
    all_hold: tuple[RuleReading, ...] = field(repr=False, compare=False)
    counts: frozenset[str] = field(repr=False, compare=False)
    """What its rules ask of the roles' records."""

    def read(self, terms: Terms, records: Mapping[str, float] | None = None) -> tuple[RuleReading, ...]:
        """Return what every rule says of the terms, and of the roles' records, in the order of the rules."""
        names = self.names
        given: dict[str, RuleValue] = {
            term.issue: float(term.value) if term.kind == "number" else in_rules(term) for term in terms if term.issue in names
        }
        if records and self.counts:
            given.update(records)
        if self.together is not None and self.names <= given.keys() and self.counts <= given.keys():
            answers = self.together.answers(given)
            if answers is not None:
                return self.all_hold if all(answers) else self._as_answered(answers)
        return tuple(rule.read(given) for rule in self.compiled)

    def _as_answered(self, answers: tuple[bool, ...]) -> tuple[RuleReading, ...]:
        readings = zip(self.all_hold, answers, strict=True)
        return tuple(holds if answer else RuleReading(holds.rule, "broken") for holds, answer in readings)


@lru_cache(maxsize=256)
def rule_book(issues: tuple[Issue, ...], rules: tuple[Rule, ...], roles: tuple[RoleName, ...] = ()) -> RuleBook:
    """Compile rules over the issues and the records of the roles. A rule that does not compile reads as an error ever after."""
    compiled = tuple(compile_rule(issues, rule, roles) for rule in rules)
    return RuleBook(
        issues=issues,
        rules=rules,
        compiled=compiled,
        together=_as_one_list(issues, compiled),
        names=frozenset[str]().union(*(rule.names for rule in compiled)),
        all_hold=tuple(RuleReading(rule, "holds") for rule in rules),
        counts=frozenset[str]().union(*(rule.counts for rule in compiled)),
    )


def compile_rule(issues: tuple[Issue, ...], rule: Rule, roles: tuple[RoleName, ...] = ()) -> CompiledRule:
    """Compile one rule, with its whole numbers as doubles; if only the text as written compiles, that."""
    named = names_in(rule.rule[:MAX_LENGTH]) & {issue.name for issue in issues}
    problem = _out_of_bounds(rule.rule)
    if problem:
        return CompiledRule(rule, rule.rule, named, None, problem)
    counts = counts_in(rule.rule, issues, roles)
    env = environment(issues, counts)
    source = with_doubles(rule.rule)
    program = compile_source(env, source)
    if isinstance(program, CannotCompile):
        problem = program.reason
        source, program = rule.rule, compile_source(env, rule.rule)
    if isinstance(program, CannotCompile):
        return CompiledRule(rule, source, named, None, problem)
    if program.gives not in ("BOOL", "DYN"):
        return CompiledRule(rule, source, named, None, f"gives {program.gives.lower()}, not a boolean")
    return CompiledRule(rule, source, named, program, counts=counts)


def _out_of_bounds(source: str) -> str:
    if len(source) > MAX_LENGTH:
        return f"has {len(source)} characters; a rule may have {MAX_LENGTH}"
    if loops_in(source) > MAX_LOOPS:
        return f"goes over lists {loops_in(source)} times; a rule may use one of all, exists, exists_one, filter and map once"
    return ""


def _as_one_list(issues: tuple[Issue, ...], compiled: tuple[CompiledRule, ...]) -> Program | None:
    if not compiled or any(rule.program is None for rule in compiled):
        return None
    listed = "[" + "\n, ".join(rule.source for rule in compiled) + "\n]"
    program = compile_source(environment(issues, {count for rule in compiled for count in rule.counts}), listed)
    return program if isinstance(program, Program) else None
