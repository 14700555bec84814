"""Which mutants has a file? Those of cosmic-ray's operators and those without a clause, each once."""

from __future__ import annotations

import ast
import importlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, cast

from tests.mutants.clauses import without_clauses

__all__ = ["Mutant", "mutants_of"]

_NEAR = {
    "Add": ("Sub",),
    "Sub": ("Add",),
    "Mul": ("FloorDiv",),
    "Div": ("Mul",),
    "FloorDiv": ("Mul",),
    "Mod": ("Mul",),
    "Pow": ("Mul",),
    "BitOr": ("BitAnd",),
    "BitAnd": ("BitOr",),
    "Eq": ("NotEq",),
    "NotEq": ("Eq",),
    "Lt": ("LtE", "GtE"),
    "LtE": ("Lt", "Gt"),
    "Gt": ("GtE", "LtE"),
    "GtE": ("Gt", "Lt"),
    "Is": ("IsNot",),
    "IsNot": ("Is",),
}
"""Replacements that could go unseen; the others, such as a shift for a sum, only raise errors and flatter the score."""

_SETTINGS = ("VariableReplacer", "VariableInserter")
"""Operators that need names of variables to work."""


_LEAVES = (ast.cmpop, ast.operator, ast.boolop, ast.unaryop, ast.Constant)
"""Parts that say too little alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A module with one change."""

    file: str
    line: int
    scope: str
    """The function or class around the change."""
    change: str
    was: str
    now: str
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what names it, whichever line it stands on."""
        return self.file, self.scope, self.was, self.now


class _Operators(Protocol):
    def operator_names(self) -> tuple[str, ...]: ...
    def get_operator(self, name: str, /) -> type[_Operator]: ...


class _Operator(Protocol):
    def mutation_positions(self, node: object, /) -> Iterator[object]: ...


class _Mutating(Protocol):
    def mutate_code(self, code: str, operator: _Operator, occurrence: int, /) -> str | None: ...


class _Trees(Protocol):
    def get_ast(self, source: str, /) -> object: ...
    def ast_nodes(self, node: object, /) -> Iterator[object]: ...


def mutants_of(path: Path) -> tuple[Mutant, ...]:
    """Return the mutants of a file in the order of its lines; those that mean the same, or nothing new, are left out."""
    source = path.read_text(encoding="utf-8")
    original = _meaning(source)
    seen = {ast.dump(original)}
    found: list[Mutant] = []
    for change, mutated in (*without_clauses(source), *_by_cosmic_ray(source)):
        try:
            tree = _meaning(mutated)
        except SyntaxError:
            continue
        if (dump := ast.dump(tree)) not in seen:
            seen.add(dump)
            found.append(_mutant(path.as_posix(), change, original, tree, mutated))
    return _numbered(sorted(found, key=lambda mutant: (mutant.line, mutant.change, mutant.now)))


def _numbered(mutants: Iterable[Mutant]) -> tuple[Mutant, ...]:
    """Return the mutants with a number in the scope of those that look like one before."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    numbered: list[Mutant] = []
    for mutant in mutants:
        seen[mutant.key] += 1
        count = seen[mutant.key]
        numbered.append(mutant if count == 1 else replace(mutant, scope=f"{mutant.scope}#{count}"))
    return tuple(numbered)


def _by_cosmic_ray(source: str) -> Iterator[tuple[str, str]]:
    plugins = cast("_Operators", importlib.import_module("cosmic_ray.plugins"))
    mutating = cast("_Mutating", importlib.import_module("cosmic_ray.mutating"))
    trees = cast("_Trees", importlib.import_module("cosmic_ray.ast"))
    nodes = list(trees.ast_nodes(trees.get_ast(source)))
    for name in plugins.operator_names():
        short = name.removeprefix("core/")
        if not _is_used(short):
            continue
        operator = plugins.get_operator(name)()
        for occurrence in range(sum(len(list(operator.mutation_positions(node))) for node in nodes)):
            mutated = mutating.mutate_code(source, operator, occurrence)
            if mutated is not None:
                yield short, mutated


def _is_used(name: str) -> bool:
    kind, _, change = name.partition("_")
    before, _, after = change.partition("_")
    if kind in ("ReplaceBinaryOperator", "ReplaceComparisonOperator"):
        return after in _NEAR.get(before, ())
    return name not in _SETTINGS


class _Bare(ast.NodeTransformer):
    """Takes away what is not run: annotations and texts that stand alone."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias":
            return ast.Pass()
        node.annotation = ast.Constant(value=None)
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return ast.Pass() if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        is_exports = isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
        return ast.Pass() if is_exports else self.generic_visit(node)


def _meaning(source: str) -> ast.Module:
    return cast("ast.Module", _Bare().visit(ast.parse(source)))


def _mutant(file: str, change: str, original: ast.Module, tree: ast.Module, source: str) -> Mutant:
    scope: list[str] = []
    line = [1]
    was, now = _apart(original, tree, scope, line)
    gone = _gone(was, now)
    return Mutant(
        file=file,
        line=line[-1],
        scope=".".join(scope),
        change=change,
        was=gone or _said(was),
        now="" if gone else _said(now),
        source=source,
    )


def _gone(was: ast.AST, now: ast.AST) -> str:
    """Return the entry or case that is there no more, if that is the change."""
    left = [_said(part) for part in _parts(now)]
    lost = [part for part in _parts(was) if _said(part) not in left]
    if type(was) is not type(now) or len(_parts(was)) == len(left) or not lost:
        return ""
    return f"case {_said(lost[0].pattern)}" if isinstance(lost[0], ast.match_case) else _said(lost[0])


def _apart(was: ast.AST, now: ast.AST, scope: list[str], line: list[int]) -> tuple[ast.AST, ast.AST]:
    """Return the smallest parts that differ, and note the way to them."""
    if isinstance(was, ast.FunctionDef | ast.ClassDef):
        scope.append(was.name)
    if isinstance(was, ast.Assign | ast.AnnAssign) and not scope:
        scope.append(ast.unparse(was.targets[0] if isinstance(was, ast.Assign) else was.target))
    if isinstance(was, ast.expr | ast.stmt):
        line.append(was.lineno)
    if type(was) is not type(now):
        return was, now
    pairs = list(zip(_parts(was), _parts(now), strict=False))
    unlike = [(mine, other) for mine, other in pairs if ast.dump(mine) != ast.dump(other)]
    is_inside = len(_parts(was)) == len(_parts(now)) and len(unlike) == 1 and _plain(was) == _plain(now)
    if not is_inside or isinstance(was, ast.BoolOp) or isinstance(unlike[0][0], _LEAVES):
        return was, now
    return _apart(*unlike[0], scope, line)


def _parts(node: ast.AST) -> list[ast.AST]:
    return [part for part in ast.iter_child_nodes(node) if not isinstance(part, ast.expr_context)]


def _plain(node: ast.AST) -> list[tuple[str, str]]:
    return [(name, repr(value)) for name, value in ast.iter_fields(node) if isinstance(value, str | int | float | None)]


def _said(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())
