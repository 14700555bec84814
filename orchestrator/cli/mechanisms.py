"""Which unfairness would you rather have? The figures of real designs for one market, as a table and a picture."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from orchestrator.analysis.mechanisms import (
    MOST_LISTED,
    Figures,
    Market,
    best_gains,
    compare,
    listed_market,
    sizes_up_to,
    uniform_market,
)
from orchestrator.cli.exits import STOPPED
from orchestrator.cli.options import json_option
from orchestrator.cli.printing import as_json, say, terminal_width, wrapped
from orchestrator.errors import UsageError
from orchestrator.report.figures import plural
from orchestrator.report.market_chart import market_chart
from orchestrator.report.market_words import amount, comparison, giving_up, name_of, share
from orchestrator.roles.marketfile import read_market

__all__ = ["mechanisms"]

_WIDE = 120
"""Columns from which amounts stand beside shares."""
_WIDEST = 120
_LEAST_BAR = 25
"""Columns for a bar and its share."""
_LINE = 100
"""Of words."""


@click.command
@click.option(
    "--values",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take the market from FILE: CSV lines under the header side,value, or YAML lists buyers and sellers.",
)
@click.option("--uniform", is_flag=True, help="Take values that are uniform on [0, 1], which is what happens without FILE.")
@click.option(
    "--n",
    "traders",
    type=click.IntRange(2, 1000),
    default=50,
    show_default=True,
    metavar="N",
    help="How many buyers, and as many sellers, the largest of the thick markets has.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The same seed gives the same figures.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Draw the figures to FILE.")
@json_option
def mechanisms(*, values: Path | None, uniform: bool, traders: int, seed: int, svg: Path | None, as_object: bool) -> int:
    """Show what each way to trade gives up, for one market of private values.

    No design for a buyer and a seller who alone know what the thing is worth to them gains all there is to gain, leaves
    nobody better off by a lie, loses nobody who would rather stay away, and needs no subsidy, all at once. Each of those that
    people use gives up one or more of the four. The figures say which, and how much.
    """
    if values is not None and uniform:
        raise click.UsageError("--uniform and --values name two markets")
    market, name = _market(values)
    if best_gains(market, seed) <= 0:
        say(f"There is nothing to gain in {name}: no buyer values the thing above what any seller asks.")
        return STOPPED
    found = tuple(_counted(market, sizes_up_to(traders), seed))
    if svg is not None:
        _write(svg, market_chart(found, name))
    if as_object:
        say(as_json(comparison(found, seed=seed, market=name, notes=tuple(_notes(market)))))
        return 0
    for line in _page(found, market, name):
        say(line)
    if svg is not None:
        say()
        say(f"The picture is in {svg}.")
    return 0


def _market(values: Path | None) -> tuple[Market, str]:
    if values is None:
        return uniform_market(), "values uniform on [0, 1]"
    listed = read_market(values)
    sides = (("buyer", len(listed.buyers)), ("seller", len(listed.sellers)))
    counts = " and ".join(f"{count:,} {plural(count, side)}" for side, count in sides)
    return listed_market(listed.buyers, listed.sellers), f"{counts} of {values.name}"


def _counted(market: Market, sizes: tuple[int, ...], seed: int) -> Iterator[Figures]:
    """Yield the figures, and say on a terminal how far it has come."""
    lively = sys.stderr.isatty()
    for done, figures in enumerate(compare(market, sizes, seed), 1):
        if lively:
            click.echo(f"\r{done} of {10 + 2 * len(sizes)} designs ", err=True, nl=False)
        yield figures
    if lively:
        click.echo("\r\x1b[K", err=True, nl=False)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be written: {error.strerror}") from error


def _page(found: tuple[Figures, ...], market: Market, name: str) -> Iterator[str]:
    width = min(_WIDEST, terminal_width())
    yield f"What each design gives up: {name}"
    yield ""
    yield from _table(_chosen(found), market, width)
    yield ""
    yield "Gains, as a share of the best"
    yield from _plot(_chosen(found), width)
    for note in (*_fractions(found, width), *_notes(market)):
        yield ""
        yield from wrapped(note, width=min(_LINE, width))


def _chosen(found: tuple[Figures, ...]) -> list[Figures]:
    """Return what is listed: of the thick markets the smallest, one in the middle, and the largest."""
    sizes = sorted({figures.traders for figures in found} - {1})
    kept = {1, sizes[0], sizes[len(sizes) // 2], sizes[-1]}
    return [figures for figures in found if figures.traders in kept]


def _table(found: list[Figures], market: Market, width: int) -> Iterator[str]:
    """Yield the table: in a narrow terminal shares alone, and what is given up below the name."""
    wide = width >= _WIDE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    table.add_column("design", min_width=33 if wide else None)
    for head in ("gains", "of best", "platform", "losses", "a lie earns") if wide else ("gains", "platform", "losses", "a lie"):
        table.add_column(head, justify="right", no_wrap=True)
    if wide:
        table.add_column("gives up", min_width=14)
    for figures in found:
        name, lost = name_of(figures), giving_up(figures)
        if wide:
            table.add_row(name, *_amounts(figures, market.top), lost)
        else:
            table.add_row(f"{name}\n  gives up {lost}", *_shares(figures))
    page = StringIO()
    Console(file=page, width=width, color_system=None, legacy_windows=False).print(table)
    yield from (line.rstrip() for line in page.getvalue().rstrip("\n").split("\n"))


def _amounts(figures: Figures, top: float) -> tuple[str, ...]:
    exact = figures.exact
    return (
        amount(figures.gains, top, exact.gains if exact else None),
        share(figures.share),
        amount(figures.balance, top, exact.balance if exact else None),
        amount(figures.losses, top),
        amount(figures.lie, top, exact.lie if exact else None),
    )


def _shares(figures: Figures) -> tuple[str, ...]:
    parts = (figures.part(value) for value in (figures.balance, figures.losses, figures.lie))
    return (share(figures.share), *(share(part) for part in parts))


def _plot(found: list[Figures], width: int) -> Iterator[str]:
    names = [name_of(figures) for figures in found]
    left = min(max(map(len, names)), max(10, width - _LEAST_BAR))
    room = max(8, width - left - 9)
    for figures, name in zip(found, names, strict=True):
        length = round(room * max(0.0, min(1.0, figures.share)))
        bar = "█" * length + "░" * (room - length)
        yield f"{name[:left]:<{left}} {bar} {share(figures.share):>7}"


def _fractions(found: tuple[Figures, ...], width: int) -> Iterator[str]:
    """Yield the exact gains where the table has no room for them."""
    known = [f"{name_of(figures)} {figures.exact.gains}" for figures in found if figures.exact]
    if known and width < _WIDE:
        yield f"Exact gains: {'; '.join(known)}."


def _notes(market: Market) -> Iterator[str]:
    yield (
        "Amounts are means over one buyer and one seller. 'platform' is what the platform is left with: below 0 it pays. "
        "'losses' are those of traders who expect less than nothing and would rather stay away. 'a lie earns' is the most "
        "that one side gains by departing alone from the reports of its line. In the auctions there is one bidder, and the "
        "seller names the reserve that earns it most."
    )
    yield (
        "Approximate: in a continuous auction traders speak at random, a lie is the best of six ways to hold out for more, "
        "and figures of thick markets come from markets drawn at random."
    )
    if market.is_uniform:
        yield "Fractions are exact; all other figures are simulated."
    else:
        yield (
            "With one buyer and one seller every listed value meets every other, so that these figures are exact; best answers "
            "are found among all reports of the other side. The equilibrium is searched for step by step: what a lie still "
            "earns in its line says how near it is."
        )
    if market.shortened:
        yield f"The file is long: {MOST_LISTED:,} evenly spaced quantiles stand for the values of a side."
