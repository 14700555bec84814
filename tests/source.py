"""Which code is there, and what does it say? The files of the packages and of the tests, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

__all__ = ["PACKAGES", "PURE", "ROOT", "files_of", "imported", "module_of", "tree_of"]

ROOT = Path(__file__).parents[1]
PACKAGES = ("orchestrator", "guards", "evals")
PURE = ("orchestrator/messages", "orchestrator/engine", "orchestrator/analysis", "guards")


@cache
def files_of(*folders: str) -> tuple[Path, ...]:
    """Return the Python files below these folders of the repository, sorted."""
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the parsed text of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def module_of(path: Path) -> str:
    """Return the dotted name by which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the dotted name of everything that is imported, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
