"""Do both SDKs negotiate over real HTTP, with a server that others wrote? A campaign ends in an agreement, with its costs."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.e2e.command import Folder

pytestmark = pytest.mark.slow

_KEY = "sk-planted-key-0123456789"
_FIGURE = re.compile(r"[\d.]+")
_PRICES = ("--price", "openai:some-model=2/10", "--price", "anthropic:other-model=3/15")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Run @copilotkit/aimock from the folder that HANDFAST_AIMOCK names; only where there is none may tests be left out."""
    folder = os.environ.get("HANDFAST_AIMOCK")
    if folder is None:
        assert not (os.environ.get("CI") and shutil.which("node")), "node is here, and HANDFAST_AIMOCK is not set"
        pytest.skip("HANDFAST_AIMOCK names no folder with @copilotkit/aimock")
    command = ["node", str(Path(__file__).parent / "aimock.mjs"), folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.stdin.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return an empty working directory, with keys that must not be kept anywhere."""
    monkeypatch.setenv("OPENAI_API_KEY", _KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", _KEY)
    return Folder(tmp_path)


def _models(address: str, api: str) -> tuple[str, ...]:
    seats = (f"channel=openai:some-model?api={api}", f"capacity=anthropic:other-model?base_url={address}")
    return ("--base-url", f"{address}/v1", *(word for seat in seats for word in ("--model", seat)), *_PRICES)


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_two_services_and_a_strategy_agree(address: str, api: str, folder: Folder) -> None:
    """OpenAI's SDK, Anthropic's and a strategy settle the campaign; calls and costs are told by role, and no key is kept."""
    words = ("run", "campaign", "--seed", "7", "--json", "--record", "tape.jsonl", *_models(address, api))
    done = folder.run(*words)
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    spent = told["spending"]
    assert (told["status"], set(spent)) == ("agreed", {"total", "channel", "capacity"})
    assert Decimal(spent["total"]["usd"]) == Decimal(spent["channel"]["usd"]) + Decimal(spent["capacity"]["usd"])
    assert all(Decimal(spent[role]["usd"]) > 0 and spent[role]["calls"] > 1 for role in ("channel", "capacity"))
    assert folder.run("verify", "last").code == 0
    assert [path.name for path in folder.path.rglob("*") if path.is_file() and _KEY.encode() in path.read_bytes()] == []
    again = folder.run("run", "campaign", "--seed", "7", "--json", "--model", "recorded:tape.jsonl")
    assert json.loads(again.out)["digest"] == told["digest"]


def test_the_commands_of_the_readme_run(address: str, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """As written, only with names and prices filled in, the commands under 'Real models' end in agreements."""
    monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", address)
    names = {"http://127.0.0.1:8080": address, "openai:NAME": "openai:some-model", "anthropic:NAME": "anthropic:other-model"}
    text = (Path(__file__).parents[2] / "README.md").read_text("utf-8").partition("## Real models")[2].partition("\n## ")[0]
    for placeholder, name in names.items():
        text = text.replace(placeholder, name)
    lines = [shlex.split(line)[1:] for line in text.splitlines() if line.startswith("handfast ")]
    done = [folder.run(*words, *(_PRICES if "recorded" not in str(words) else ())) for words in lines]
    assert [each.code for each in done] == [0, 0, 0]
    shown = [_FIGURE.sub("0", line) for line in text.splitlines() if line.startswith("  spent ")]
    assert shown == [_FIGURE.sub("0", line) for line in done[0].out.splitlines() if line.startswith("  spent ")]


def test_money_stops_it_and_more_lets_it_go_on(address: str, folder: Folder) -> None:
    """At its bound the session ends with exit 4 before the call that could break it; with more it ends as it would have."""
    words = ("run", "campaign", "--seed", "7", "--json", "--spend", "usd=0.10", *_models(address, "chat"))
    done = folder.run(*words)
    told = json.loads(done.out)
    assert (done.code, told["status"], told["reason"]) == (4, "stopped", "spending")
    assert 0 < Decimal(told["spending"]["total"]["usd"]) <= Decimal("0.10")
    assert folder.run("resume", "last", "--json").code == 4
    more = folder.run("resume", "last", "--json", "--spend", "usd=2")
    assert (more.code, json.loads(more.out)["status"]) == (0, "agreed")
    assert folder.run("verify", "last").code == 0


def test_a_wrong_key_is_one_line_and_the_session_can_be_resumed(folder: Folder) -> None:
    """Without a server there is one line, exit 6, and a whole record of requests and tries."""
    seat = "channel=openai:some-model?base_url=http://127.0.0.1:9/v1&tries=2&wait=0.01"
    done = folder.run("run", "campaign", "--json", "--model", seat)
    assert done.code == 6
    assert done.err.splitlines()[0] == "handfast: openai:some-model: 127.0.0.1:9 cannot be reached (after 2 tries)"
    assert json.loads(done.out)["status"] == "interrupted"
    assert folder.run("verify", "last").code == 0
