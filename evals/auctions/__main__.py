"""Print how much abuse of auctions is found: `python -m evals.auctions`."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from evals.auctions.measures import Judged, cell_of
from evals.auctions.sittings import held
from evals.auctions.world import ABUSES, Abuse, row_of
from orchestrator.analysis.auctions import anomalies
from orchestrator.messages.auction import Form
from orchestrator.report.scores import Share

__all__ = ["FIRST_SEED", "judged", "main"]

FIRST_SEED = 2_000
"""Rows with lower seeds were looked at while the tests were made."""

_FORMS: tuple[Form, ...] = ("ascending", "second_price", "first_price")
_OPEN_ONLY = ("copy", "snipe")
"""What can't be done where nobody sees a bid."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run rows of auctions of every form with every sort of abuse, and print what was found."""
    options = _options(arguments)
    print(f"{options.rows} rows of {options.auctions} auctions each, 5 bidders; share found and Wilson interval, 95 percent")
    print(f"{'form':<13} {'abuse':<12} {'culprits named':<28} {'honest bidders named':<28} {'price':>6}")
    for form in _FORMS:
        for abuse in ABUSES:
            if form != "ascending" and abuse in _OPEN_ONLY:
                continue
            cell = cell_of(judged(form, abuse, options.seed + number, options.auctions) for number in range(options.rows))
            culprits = _share(cell.culprits) if cell.culprits.whole else "nobody to find"
            print(f"{form:<13} {abuse:<12} {culprits:<28} {_share(cell.honest):<28} {cell.price:>6.0f}", flush=True)


def judged(form: Form, abuse: Abuse, seed: int, auctions: int) -> Judged:
    """Return one row with what is found in it."""
    row = row_of(form, abuse, seed, auctions)
    found = asyncio.run(held(row))
    return Judged(row=row, held=found, anomalies=anomalies(found))


def _share(share: Share) -> str:
    interval = share.interval
    return f"{share.part}/{share.whole} ({100 * interval.low:.1f} to {100 * interval.high:.1f} %)"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.auctions", description=__doc__)
    parser.add_argument("--rows", type=int, default=20, help="rows of each sort (20)")
    parser.add_argument("--auctions", type=int, default=24, help="auctions in a row (24)")
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help=f"of the first row ({FIRST_SEED})")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
