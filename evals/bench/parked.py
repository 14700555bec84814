"""What does it cost to wait? Ten thousand sessions at gates, a server that holds them, and two hundred answers at once.

`python -m evals.bench.parked --sessions 10000` makes a journal with so many sessions, each a short talk that was settled
and waits for its approver, starts `handfast serve` on it, and prints memory and CPU of the idle server, with the tokenizer
loaded, and how long the answers take that come through its socket.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import io
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal
from pathlib import Path

from evals.bench.figure import Figure, as_line
from orchestrator.assembly import host_on, load_folder, open_journal, read_journal, rules_for, settings_for
from orchestrator.engine import Rules, Session, advance, begin, fresh, step
from orchestrator.errors import Unwritable
from orchestrator.messages.command import Answered, Rule, Submit
from orchestrator.messages.gate import Gate
from orchestrator.messages.journal import Journal
from orchestrator.messages.negotiation import LinearNumber, Mandate, Negotiation, NumberIssue, Role, Stop
from orchestrator.messages.reply import Reply, Sought, Written
from orchestrator.messages.settings import PromptSource, SeatModel, Settings
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, RoleName, SessionId
from orchestrator.runtime.hosting.client import ask_holder
from orchestrator.runtime.hosting.host import Host
from orchestrator.runtime.hosting.place import Holder, read_holder
from orchestrator.runtime.perform import utc_now
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["main", "parked_figures"]

_KEY = "11" * 32
_BATCH = 500
_CLIENTS = 8
_IDLE_SECONDS = 20.0
_PROMPT = "You are {{ role }}.\n{{ agenda }}\n{{ mandate }}\n{{ policy_lines }}\n{{ fact_lines }}\nExample: {{ example }}\n"
_DRAFTS = (
    ("buyer", {"act": "propose", "terms": {"price": 60}, "text": "60 EUR a piece, all in."}),
    ("seller", {"act": "accept", "offer": "m1", "text": "Agreed."}),
)


def main() -> None:
    """Measure and print; `--profile` shows where the time of 200 answers goes, in one process."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.parked", description="Measure what waiting costs.")
    parser.add_argument("--sessions", type=int, default=10_000, metavar="N", help="how many wait at gates")
    parser.add_argument("--answers", type=int, default=200, metavar="N", help="how many are answered")
    parser.add_argument(
        "--idle", type=float, default=_IDLE_SECONDS, metavar="SECONDS", help="how long the idle server is watched"
    )
    parser.add_argument("--profile", action="store_true", help="answer in this process, under a profiler")
    arguments = parser.parse_args()
    if arguments.profile:
        print(_profiled(arguments.sessions, arguments.answers))
        return
    for figure in parked_figures(arguments.sessions, arguments.answers, arguments.idle):
        print(as_line(figure), flush=True)


def parked_figures(sessions: int, answers: int, idle: float = _IDLE_SECONDS) -> list[Figure]:
    """Return memory and CPU of an idle server with so many sessions at gates, and the time of so many answers."""
    os.environ["HANDFAST_KEY"] = _KEY
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "parked.db"
        began = time.monotonic()
        asyncio.run(_fill(journal, sessions))
        print(f"{sessions:,} sessions made in {time.monotonic() - began:.1f} s", flush=True)
        with subprocess.Popen(
            [sys.executable, "-m", "orchestrator.cli", "serve", "--journal", str(journal)], stderr=subprocess.DEVNULL
        ) as server:
            try:
                return _measured(journal, server.pid, sessions, answers, idle)
            finally:
                server.terminate()


def _measured(journal: Path, pid: int, sessions: int, answers: int, idle: float) -> list[Figure]:
    started = time.monotonic()
    holder = _awaited(journal)
    ready = time.monotonic() - started
    asyncio.run(_warm(holder))
    before, began = _cpu(pid), time.monotonic()
    time.sleep(idle)
    share = 100 * (_cpu(pid) - before) / (time.monotonic() - began)
    memory = _memory(pid)
    rulings = _rulings(journal, answers)
    began, before = time.monotonic(), _cpu(pid)
    given = asyncio.run(_answer(holder, rulings))
    took, busy = time.monotonic() - began, _cpu(pid) - before
    wrong = [each for each in given if each.code]
    note = f"{len(given) - len(wrong)} done, {busy:.2f} s of the server's CPU"
    return [
        Figure(name=f"server ready, {sessions:,} parked", value=ready, unit="s", goal=10),
        Figure(name=f"memory of the idle server, {sessions:,} parked", value=memory, unit="MB", goal=200),
        Figure(name=f"CPU of the idle server, {sessions:,} parked", value=share, unit="% of a core", goal=1),
        Figure(name=f"{answers} approvals through its socket", value=took, unit="s", goal=2, note=note),
        Figure(name="memory after the answers", value=_memory(pid), unit="MB", goal=200),
    ]


def _awaited(journal: Path) -> Holder:
    """Return the server of a journal once it has read all that is there."""
    for _ in range(600):
        holder = read_holder(journal)
        if holder is not None:
            return holder
        time.sleep(0.05)
    raise Unwritable("the server did not open its socket")


async def _warm(holder: Holder) -> None:
    """Let the server run one talk of three roles, so that its tokenizer is loaded."""
    settings = settings_for(load_folder("campaign"), seed=1, models={})
    await ask_holder(holder, [Submit(settings=settings)])
    await asyncio.sleep(4)


async def _answer(holder: Holder, rulings: Sequence[Rule]) -> list[Answered]:
    shares = [rulings[start::_CLIENTS] for start in range(_CLIENTS)]
    given = await asyncio.gather(*(ask_holder(holder, share) for share in shares))
    return [answered for share in given for answered in (share or ())]


def _rulings(journal: Path, answers: int) -> list[Rule]:
    with read_journal(journal) as reader:
        waiting = [summary.id for summary in reader.summaries() if summary.state == "waiting"][:answers]
        return [_ruling(reader, session) for session in waiting]


def _ruling(reader: Journal, session: SessionId) -> Rule:
    state = session_of(entries_of(reader, session))
    offer = state.offer(state.settled)
    assert offer is not None
    return Rule(session=session, gate="large", by="Ada", approved=True, offer=offer.id, digest=offer.digest, note="Fair.")


async def _fill(journal: Path, sessions: int) -> None:
    negotiation = _negotiation()
    rules = rules_for(negotiation)
    async with open_journal(journal) as held:
        for first in range(0, sessions, _BATCH):
            batch = range(first, min(first + _BATCH, sessions))
            await asyncio.gather(*(_park(held.journal, _settings(negotiation, each, held.key), rules) for each in batch))


async def _park(journal: Journal, settings: Settings, rules: Rules) -> None:
    entry = begin(settings, utc_now(), rules)
    await journal.append(entry)
    session = advance(fresh(settings), entry)
    for role, draft in _DRAFTS:
        text = json.dumps(draft if draft["act"] == "propose" else {**draft, "offer": session.offers[0].id})
        session = await _entered(journal, session, _written(role, text), rules)
    await _entered(journal, session, Sought(at=utc_now(), gate="large"), rules)


def _written(role: str, text: str) -> Written:
    at, usage = utc_now(), Usage(prompt=400, reply=30)
    name = RoleName(role)
    return Written(at=at, role=name, model="strategy:linear", text=text, size=len(text), usage=usage, began=at)


async def _entered(journal: Journal, session: Session, reply: Reply, rules: Rules) -> Session:
    done = step(session, reply, rules)
    await journal.append(done.entry)
    return done.session


def _negotiation() -> Negotiation:
    price = IssueName("price")

    def role(name: str, best: int) -> Role:
        worth = LinearNumber(issue=price, weight=1.0, best=Decimal(best), worst=Decimal(100 - best))
        return Role(name=RoleName(name), prompt=f"{name}.md", mandate=Mandate(reserve=0.1, worths=(worth,)))

    return Negotiation(
        name="parked",
        title="One price that Ada must approve",
        pattern="trade_space",
        currency="EUR",
        issues=(NumberIssue(name=price, unit="EUR", min=Decimal(0), max=Decimal(100)),),
        roles=(role("buyer", 0), role("seller", 100)),
        gates=(Gate(id="large", when="price > 50.0", approver="Ada"),),
        stop=Stop(rounds=20, unchanged_rounds=20),
    )


def _settings(negotiation: Negotiation, number: int, key: str) -> Settings:
    models = tuple(SeatModel(role=role.name, model="strategy:linear") for role in negotiation.roles)
    prompts = tuple(PromptSource(name=role.prompt, text=_PROMPT) for role in negotiation.roles)
    session = SessionId(f"parked-{number:06d}")
    return Settings(session=session, negotiation=negotiation, prompts=prompts, models=models, seed=number, key=key)


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _profiled(sessions: int, answers: int) -> str:
    os.environ["HANDFAST_KEY"] = _KEY
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "parked.db"
        asyncio.run(_fill(journal, sessions))
        rulings = _rulings(journal, answers)
        profile = cProfile.Profile()

        async def answer(host: Host) -> None:
            profile.enable()
            await asyncio.gather(*(host.handle(ruling) for ruling in rulings))
            profile.disable()

        asyncio.run(_hosted(journal, answer))
    text = io.StringIO()
    pstats.Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(30)
    return text.getvalue()


async def _hosted(journal: Path, work: Callable[[Host], Awaitable[None]]) -> None:
    async with open_journal(journal) as held:
        host = host_on(held)
        await host.start()
        await work(host)
        await host.stop(1.0)


if __name__ == "__main__":
    main()
