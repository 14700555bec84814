"""Which clauses has a module, and what is it without one of them? Each is removed or inverted, one at a time."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TypeAlias, cast

__all__ = ["without_clauses"]

Edit: TypeAlias = Callable[[ast.AST], None]
"""Changes one node in place."""


def without_clauses(source: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each change and the source after it."""
    for place, node in enumerate(ast.walk(ast.parse(source))):
        for name, edit in _edits(node):
            tree = ast.parse(source)
            edit(list(ast.walk(tree))[place])
            yield name, ast.unparse(ast.fix_missing_locations(tree))


def _edits(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    yield from _of_clauses(node)
    yield from _of_conditions(node)
    yield from _of_entries(node)
    yield from _of_statements(node)


def _of_clauses(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.BoolOp):
        idle = ast.Constant(isinstance(node.op, ast.And))
        for place in range(len(node.values)):
            yield "clause removed", _in_list("values", place, lambda _: idle)
            yield "clause inverted", _in_list("values", place, _inverted)
    elif isinstance(node, ast.Compare):
        for place, sign in enumerate(node.ops):
            if isinstance(sign, ast.In | ast.NotIn):
                yield "membership inverted", _in_list("ops", place, _other_membership)


def _of_conditions(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield from _conditions(_in_field("test"))
    elif isinstance(node, ast.match_case) and node.guard is not None:
        yield from _conditions(_in_field("guard"))
    elif isinstance(node, ast.comprehension):
        for place in range(len(node.ifs)):
            yield from _conditions(lambda change, place=place: _in_list("ifs", place, change))


def _of_entries(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.Match) and len(node.cases) > 1:
        reached = (place for place, case in enumerate(node.cases) if not _is_unreachable(case.body[0]))
        yield from (("case removed", _dropped("cases", place)) for place in reached)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set) and _is_table(node.elts):
        yield from (("entry removed", _dropped("elts", place)) for place in range(len(node.elts)))
    elif isinstance(node, ast.Dict):
        yield from (("entry removed", _dropped("keys", place, "values")) for place in range(len(node.keys)))


def _conditions(at: Callable[[Callable[[ast.expr], ast.AST]], Edit]) -> Iterator[tuple[str, Edit]]:
    yield "condition always true", at(lambda _: ast.Constant(value=True))
    yield "condition never true", at(lambda _: ast.Constant(value=False))
    yield "condition inverted", at(_inverted)


def _of_statements(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    for name in ("body", "orelse"):
        block: object = getattr(node, name, None)
        if isinstance(block, list):
            for place, statement in enumerate(cast("list[ast.stmt]", block)):
                if _acts(statement):
                    yield "statement removed", _in_list(name, place, lambda _: ast.Pass())


def _acts(statement: ast.stmt) -> bool:
    """Return whether the statement is there for what it does; a docstring is not."""
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant) and not _is_unreachable(statement)
    return isinstance(statement, ast.AugAssign)


def _is_unreachable(statement: ast.stmt) -> bool:
    """Return whether the types say that nothing comes here."""
    return ast.unparse(statement).startswith("assert_never(")


def _is_table(elts: list[ast.expr]) -> bool:
    return len(elts) > 1 and all(isinstance(entry, ast.Constant | ast.Tuple) for entry in elts)


def _in_field(field: str) -> Callable[[Callable[[ast.expr], ast.AST]], Edit]:
    return lambda change: lambda node: setattr(node, field, change(getattr(node, field)))


def _in_list(field: str, place: int, change: Callable[[ast.expr], ast.AST]) -> Edit:
    def edit(node: ast.AST) -> None:
        items: list[ast.AST] = getattr(node, field)
        items[place] = change(getattr(node, field)[place])

    return edit


def _dropped(field: str, place: int, *others: str) -> Edit:
    def edit(node: ast.AST) -> None:
        for name in (field, *others):
            del getattr(node, name)[place]

    return edit


def _inverted(condition: ast.expr) -> ast.expr:
    return ast.UnaryOp(op=ast.Not(), operand=condition)


def _other_membership(sign: ast.AST) -> ast.cmpop:
    return ast.NotIn() if isinstance(sign, ast.In) else ast.In()
