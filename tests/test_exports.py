"""Does `__all__` tell the truth? In every module it is sorted and names what is public, no more and no less."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.source import PACKAGES, files_of, module_of, tree_of

FILES = files_of(*PACKAGES)


def _listed(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
        if (
            isinstance(target, ast.Name)
            and target.id == "__all__"
            and isinstance(node, ast.Assign | ast.AnnAssign)
            and node.value
        ):
            return ast.literal_eval(node.value)
    return None


def _defined(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Assign():
                names.update(target.id for target in node.targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case _:
                pass
    return names


def _brought(tree: ast.Module) -> set[str]:
    nodes = (node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module != "__future__")
    return {alias.asname or alias.name for node in nodes for alias in node.names}


def _public(names: set[str]) -> set[str]:
    """Leave out what is private, and one-letter names of types."""
    return {name for name in names if not name.startswith("_") and len(name) > 1}


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_exports_are_sorted_and_true(path: Path) -> None:
    """A module's `__all__` is sorted, and lists its public definitions; a package's lists what it passes on."""
    tree = tree_of(path)
    listed = _listed(tree)
    is_package = path.name == "__init__.py"
    if listed is None:
        assert (is_package or path.name == "__main__.py", _public(_defined(tree))) == (True, set())
        return
    assert listed == sorted(listed, key=_as_ruff_does)
    real = _public(_defined(tree) | _brought(tree)) if is_package else _public(_defined(tree))
    assert {name for name in listed if not name.startswith("__")} == real


def _as_ruff_does(name: str) -> tuple[int, str]:
    """Sort constants first, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)
