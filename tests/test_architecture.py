"""Is the code built as it says? What linters and import contracts cannot check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import PACKAGES, PURE, ROOT, files_of, imported, module_of, tree_of

PURE_FILES = files_of(*PURE)
CODE = files_of(*PACKAGES)
ALL = (*CODE, *files_of("tests"))

WORLDLY = frozenset(
    [
        "asyncio",
        "io",
        "logging",
        "os",
        "pathlib",
        "random",
        "secrets",
        "shutil",
        "socket",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
        "uuid",
    ]
)
CLOCKS = frozenset(("now", "today", "utcnow", "fromtimestamp"))
TOUCHING = frozenset(("breakpoint", "compile", "eval", "exec", "globals", "input", "open", "print", "setattr", "delattr"))
CHANGING = frozenset(
    ("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault", "sort", "update")
)
CONCRETE = ("guards", "orchestrator.models", "orchestrator.storage")


def _place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def _found(files: tuple[Path, ...], is_bad: type[ast.AST], names: frozenset[str] = frozenset()) -> list[str]:
    return [
        _place(path, node)
        for path in files
        for node in ast.walk(tree_of(path))
        if isinstance(node, is_bad) and (not names or names & _named(node))
    ]


def _named(node: ast.AST) -> set[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Call(func=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def test_pure_packages_know_no_any() -> None:
    """Messages, engine, analysis and guards have types for everything."""
    assert _found(PURE_FILES, ast.Name, frozenset({"Any"})) + _found(PURE_FILES, ast.Attribute, frozenset({"Any"})) == []


def test_pure_packages_touch_nothing() -> None:
    """They open no file, print nothing, run no text as code and change nobody's attributes."""
    assert _found(PURE_FILES, ast.Call, TOUCHING) == []


def test_pure_packages_read_no_clock() -> None:
    """Time comes from replies, dates from drafts and views."""
    assert _found(PURE_FILES, ast.Attribute, CLOCKS) == []


@pytest.mark.parametrize("path", PURE_FILES, ids=module_of)
def test_pure_module_imports_nothing_worldly(path: Path) -> None:
    """A pure module imports nothing that waits, chooses at random, or touches files, processes or the network."""
    assert sorted({name.split(".")[0] for name in imported(tree_of(path))} & WORLDLY) == []


@pytest.mark.parametrize("path", PURE_FILES, ids=module_of)
def test_pure_module_keeps_no_state(path: Path) -> None:
    """No function of a pure module changes what belongs to its module."""
    tree = tree_of(path)
    assert _found((path,), ast.Global) == []
    assert [_place(path, node) for node in ast.walk(tree) if _changes(node, _module_names(tree))] == []


def _module_names(tree: ast.Module) -> set[str]:
    return {node.id for part in tree.body if isinstance(part, ast.Assign | ast.AnnAssign) for node in _targets(part)}


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.Name]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target for target in targets if isinstance(target, ast.Name)]


def _changes(node: ast.AST, names: set[str]) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=verb)):
            return name in names and verb in CHANGING
        case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
            return name in names
        case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
            return name in names
        case _:
            return False


def test_loop_stays_short() -> None:
    """The one loop that touches the world is under ten lines."""
    tree = tree_of(ROOT / "orchestrator" / "runtime" / "loop.py")
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.While | ast.For | ast.AsyncFor)]
    functions = [node for node in tree.body if isinstance(node, ast.AsyncFunctionDef) and loops[0] in ast.walk(node)]
    assert (len(loops), [node.name for node in functions]) == (1, ["run"])
    body = functions[0].body[1:]
    assert (body[-1].end_lineno or 0) - functions[0].body[1].lineno + 2 < 10


def test_only_assembly_names_guards_models_and_stores() -> None:
    """Of the orchestrator, only its assembly imports guards, models or stores that are not its own package's."""
    wrong = [
        f"{module_of(path)} imports {name}"
        for path in files_of("orchestrator")
        for name in imported(tree_of(path))
        if not module_of(path).startswith("orchestrator.assembly") and _is_concrete(name, module_of(path))
    ]
    assert wrong == []


_WAYS = tuple(f"orchestrator.storage.postgres_{part}." for part in ("errors", "link", "place"))
"""How a database is reached; workers keep their own tables there, beside the journal."""


def _is_concrete(name: str, importer: str) -> bool:
    package = next((package for package in CONCRETE if f"{name}.".startswith(f"{package}.")), None)
    is_key = name.startswith("orchestrator.storage.keys.")  # it signs, and stores nothing
    is_way = name.startswith(_WAYS) and importer.startswith("orchestrator.durable.")
    return package is not None and not is_key and not is_way and not f"{importer}.".startswith(f"{package}.")


@pytest.mark.parametrize("path", CODE, ids=module_of)
def test_module_answers_its_question(path: Path) -> None:
    """Every module begins with one line that ends in an answer, not in a question."""
    first = (ast.get_docstring(tree_of(path)) or "").split("\n")[0]
    assert re.fullmatch(r"\S.*[.:)]", first), f"{path.relative_to(ROOT)} begins with {first!r}"


@pytest.mark.parametrize("path", files_of("tests"), ids=module_of)
def test_file_of_tests_says_what_it_is_about(path: Path) -> None:
    """Every file of tests begins with one line that says what it asks or shows."""
    first = (ast.get_docstring(tree_of(path)) or "").split("\n")[0]
    assert re.fullmatch(r"\S.*[.:?]", first), f"{path.relative_to(ROOT)} begins with {first!r}"


@pytest.mark.parametrize("path", ALL, ids=module_of)
def test_module_is_short(path: Path) -> None:
    """No module has 300 lines; no file of tests has 400."""
    most = 400 if path.is_relative_to(ROOT / "tests") else 300
    assert len(path.read_text(encoding="utf-8").splitlines()) < most


@pytest.mark.parametrize("path", files_of("tests"), ids=module_of)
def test_every_test_says_what_it_shows(path: Path) -> None:
    """Every test function has a docstring that is a sentence."""
    silent = [node.name for node in _tests_in(path) if not (ast.get_docstring(node) or "").rstrip().endswith(".")]
    assert silent == []


def _tests_in(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


def test_package_itself_imports_nothing() -> None:
    """Importing any part runs `orchestrator/__init__.py`, so it holds a docstring and the version only."""
    tree = tree_of(ROOT / "orchestrator" / "__init__.py")
    assert [type(node).__name__ for node in tree.body] == ["Expr", "Assign", "Assign"]


@pytest.mark.slow
def test_assembly_is_light() -> None:
    """Importing the assembly loads no provider's SDK, no screen and no numbers library."""
    heavy = ["anthropic", "httpx2", "numpy", "openai", "opentelemetry", "pandas", "rich", "tiktoken"]
    script = f"import sys, orchestrator.assembly; print(sorted(set({heavy}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def _kept_files() -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no clone")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


FOREIGN = re.compile(
    r"(?<![\w.~$}/-])/(?:work|tmp|root|opt|Users)/\w|/home/\w+/"  # paths of one machine
    r"|py(?:pi|thonhosted)\.org|npm(?:js)\.(?:com|org)|proxy\.golang\.org|--(?:extra-)?index-url|--find-links"
)


def test_no_file_names_a_machine_or_a_registry() -> None:
    """What is kept runs anywhere: no path of somebody's machine, no address of a package registry."""
    found: list[str] = []
    for path in _kept_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(lines, 1)
            if FOREIGN.search(line)
        ]
    assert [line for line in found if not line.startswith("tests/test_architecture.py:")] == []
