"""What does the command `handfast` do first?"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from orchestrator.cli import main as door
from orchestrator.cli.main import COMMANDS, handfast, main
from orchestrator.cli.neighbours import check_neighbours
from orchestrator.cli.options import approvals_of, models_of, pairs_of
from orchestrator.errors import UsageError


@click.command()
def extra() -> int:
    """Do something that another part adds."""
    return 3


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another part add a command."""
    points = EntryPoints([EntryPoint(name="extra", value=f"{__name__}:extra", group=door.GROUP)])

    def entry_points(*, group: str) -> EntryPoints:
        return points.select(group=group)

    monkeypatch.setattr(door, "entry_points", entry_points)


def _leaves(*words: str) -> int | str | None:
    with pytest.raises(SystemExit) as left:
        main(words)
    return left.value.code


def test_every_command_is_there_with_its_help() -> None:
    """Each command of the table loads, has its own name, and says what it does."""
    context = click.Context(handfast)
    for name in COMMANDS:
        command = handfast.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.help


_LONGEST = max(map(len, COMMANDS))


def test_help_lists_all_commands() -> None:
    """The short helps of the list come from the table."""
    shown = CliRunner().invoke(handfast, ["--help"], prog_name="handfast", terminal_width=160, max_content_width=160).output
    assert [name for name, (_, words) in COMMANDS.items() if f"  {name:<{_LONGEST}}  {words}" not in shown] == []


@pytest.mark.usefixtures("added")
def test_other_parts_add_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """An entry point in the group is a command like any other: listed and run."""
    assert _leaves("extra") == 3
    assert _leaves("--help") == 0
    assert f"  {'extra':<{_LONGEST}}  Added by another part." in capsys.readouterr().out


def test_what_is_no_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown command, an unknown option and a missing argument exit with 2 and one line."""
    assert [_leaves("frobnicate"), _leaves("run"), _leaves("--frobnicate")] == [2, 2, 2]
    lines = capsys.readouterr().err.splitlines()
    assert lines[1::2] == [f"hint: 'handfast{command} --help' shows what it takes" for command in ("", " run", "")]
    # The words are click's own; they differ from version to version.
    assert [line[:18] for line in lines[::2]] == ["handfast: No such ", "handfast: Missing ", "handfast: No such "]


@pytest.mark.parametrize("words", [("--debug", "sessions"), ("sessions", "--debug")])
def test_debug_may_stand_before_and_after_a_command(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`--debug` shows a traceback wherever it stands."""
    assert _leaves(*words, "--journal", str(tmp_path / "none.db")) == 2
    assert capsys.readouterr().err.startswith("Traceback")


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints name and version."""
    assert _leaves("--version") == 0
    assert capsys.readouterr().out.startswith("handfast 0.")


@pytest.mark.slow
def test_help_loads_nothing_heavy() -> None:
    """`handfast --help` imports no command, no pydantic and no rich: it stays quick."""
    code = (
        "import sys\n"
        "from orchestrator.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pydantic', 'rich', 'orchestrator.assembly', 'orchestrator.cli.run', 'cryptography'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_our_neighbours_are_ours() -> None:
    """Where this is installed right, `guards` and `evals` stand beside `orchestrator`."""
    check_neighbours()


def test_a_foreign_package_of_our_name_is_named(tmp_path: Path) -> None:
    """Another distribution's `guards` gives one plain line and the way out."""
    with pytest.raises(UsageError) as raised:
        check_neighbours(tmp_path)
    found = Path(__file__).parents[2] / "guards"
    assert raised.value.message == f"Python finds another package 'guards' in {found}; handfast's own belongs in {tmp_path}"
    assert raised.value.hint == "install handfast in a virtual environment of its own: python -m venv .venv"


@pytest.mark.parametrize(
    ("given", "models"),
    [
        ((), {}),
        (("strategy:boulware",), {"*": "strategy:boulware"}),
        (("strategy:linear?delay=0.05",), {"*": "strategy:linear?delay=0.05"}),
        (("buyer=openai:some=name",), {"buyer": "openai:some=name"}),
        (
            ("buyer=strategy:linear?delay=0.05", "strategy:conceder"),
            {"buyer": "strategy:linear?delay=0.05", "*": "strategy:conceder"},
        ),
        (("linear",), {"*": "linear"}),
    ],
)
def test_models_are_for_a_role_or_for_all(given: tuple[str, ...], models: dict[str, str]) -> None:
    """An equals sign names a role only where it stands before the provider."""
    assert models_of(given) == models


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: models_of(("a:b", "c:d")), "--model is given twice for all roles"),
        (lambda: models_of(("buyer=a:b", "buyer=c:d")), "--model is given twice for 'buyer'"),
        (lambda: models_of(("buyer=",)), "--model 'buyer=' is not of the form ROLE=SPEC or SPEC"),
        (lambda: approvals_of(("gate",)), "--approve 'gate' is not of the form GATE=NAME"),
        (lambda: approvals_of(("g=a", "g=b", "g=a")), "--approve is given twice for 'g=a'"),
        (lambda: pairs_of("--fact", ("=1",), "NAME=VALUE"), "--fact '=1' is not of the form NAME=VALUE"),
    ],
)
def test_pairs_that_are_none_are_refused(call: object, words: str) -> None:
    """What is no pair, or says a name twice, is wrong usage."""
    assert callable(call)
    with pytest.raises(click.UsageError) as raised:
        call()
    assert raised.value.message == words
