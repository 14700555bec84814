"""Kill workers while sessions run, count what is left, and say whether anything was lost, doubled or overspent.

`python -m evals.crash` kills the server of an embedded journal; with `--journal postgresql://...` three workers. Exit 1 where
anything is not as it should be.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from evals.crash.counting import Count
from evals.crash.killing import Killed, Plan
from evals.crash.scene import Scene, play
from evals.crash.service import Service

__all__ = ["main"]


def main() -> int:
    """Run the scene that the arguments ask for; print the counts."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.crash", description="Kill workers while sessions run; count what is left."
    )
    parser.add_argument("--journal", default="", metavar="PLACE", help="a Postgres address; without it a file of its own")
    parser.add_argument("--sessions", type=int, default=500, metavar="N", help="that run at the same time (500)")
    parser.add_argument("--kills", type=int, default=200, metavar="N", help="how often a worker is killed (200)")
    parser.add_argument("--workers", type=int, default=3, metavar="N", help="worker processes on Postgres (3)")
    parser.add_argument("--gap", type=float, default=1.5, metavar="SECONDS", help="mean time between two kills (1.5)")
    parser.add_argument(
        "--delay", type=float, default=2.0, metavar="SECONDS", help="how long the service takes for an answer (2)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the instants (1)")
    parser.add_argument("--pot", action="store_true", help="let all sessions share a pot that is too small for them")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(
            folder=Path(folder),
            place=given.journal or str(Path(folder) / "crash.db"),
            sessions=given.sessions,
            workers=given.workers if given.journal else 1,
            plan=Plan(kills=given.kills, gap=given.gap, seed=given.seed),
            with_pot=given.pot,
        )
        service = Service(given.delay)
        killed, count = asyncio.run(play(scene, service))
    for line in _lines(killed, count, service, given.kills):
        print(line)  # noqa: T201 - it prints its counts
    return 1 if count.flaws or killed.kills < given.kills else 0


def _lines(killed: Killed, count: Count, service: Service, wanted: int) -> list[str]:
    ends = ", ".join(f"{number:,} {end}" for end, number in sorted(count.ends.items()))
    asked = service.asked.total()
    lines = [
        f"killed           {killed.kills:,} of {wanted:,} times while sessions ran; {killed.under_way:,} calls were in flight",
        f"sessions         {ends}",
        f"entries          {count.entries:,}, each once, all verified and decided again",
        f"calls            {asked:,} made, {count.answers:,} answered on record, {count.lost:,} requests lost with a worker",
        f"repeated         {asked - count.answers:,} calls; at most {count.lost:,} may be",
    ]
    lines += [f"pot              {told}" for told in count.pots]
    if killed.finished_early:
        lines.append("all sessions were over before the last kill: take more sessions, or a longer --delay")
    return [*lines, *(f"FLAW             {flaw}" for flaw in count.flaws), f"{len(count.flaws)} flaws"]


if __name__ == "__main__":
    sys.exit(main())
