"""How do figures stand under each other? In columns as wide as they must be, the first to the left, the others to the right."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from orchestrator.report.clean import clean

__all__ = ["columns", "figure", "percent", "rows_with_words", "signed"]

_GAP = 2
_LEAST = 30


def columns(rows: Sequence[Sequence[str]], width: int, *, indent: int = 2) -> list[str]:
    """Return the rows as lines of at most `width`; where that is too little, the widest column is cut."""
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))] if cells else []
    over = indent + sum(widths) + _GAP * (len(widths) - 1) - width
    while over > 0 and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1
        over -= 1
    return [" " * indent + _line(row, widths) for row in cells]


def rows_with_words(rows: Sequence[Sequence[str]], width: int, *, indent: int = 2) -> list[str]:
    """Return the rows as lines, the last column as words to the left, which go on below themselves where they are long."""
    lines: list[str] = []
    heads = columns([row[:-1] for row in rows], width, indent=indent)
    wide = max((len(head) for head in heads), default=0) + _GAP
    for head, row in zip(heads, rows, strict=True):
        is_narrow = width - wide < _LEAST
        inner = " " * (2 * indent if is_narrow else wide)
        words = wrap(clean(row[-1]), max(_LEAST, width - len(inner)), break_long_words=False, break_on_hyphens=False) or [""]
        first, *more = ["", *words] if is_narrow else words
        lines.append(f"{head:<{wide}}{first}".rstrip())
        lines += [inner + line for line in more]
    return lines


def figure(value: float) -> str:
    """Return a utility or another figure of its size: `0.55`, `-0.02`; what is nearly nothing is `0.00`."""
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def signed(value: float) -> str:
    """Return a change: `+0.12`, `-0.03`, `0.00`."""
    shown = f"{value:+.2f}"
    return "0.00" if shown in ("+0.00", "-0.00") else shown


def percent(share: float) -> str:
    """Return a share in percent: `48 %`, `0.3 %`; what is hardly anything is not shown as nothing."""
    part = share * 100
    if 0 < part < 0.1:
        return "less than 0.1 %"
    return f"{part:.0f} %" if part >= 9.95 or part == 0 else f"{part:.1f} %"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (_fitted(cell, wide) for cell, wide in zip(row, widths, strict=True))
    parts = [first.ljust(widths[0]), *(cell.rjust(wide) for cell, wide in zip(rest, widths[1:], strict=True))]
    return (" " * _GAP).join(parts).rstrip()


def _fitted(cell: str, wide: int) -> str:
    return cell if len(cell) <= wide else cell[: wide - 1] + "…"
