"""What does each design give up, in one picture? Four bars for each, and how the thick markets come near to the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import log

from orchestrator.analysis.mechanisms import Figures
from orchestrator.report.market_words import giving_up, name_of, share

__all__ = ["market_chart"]

_WIDTH, _ROW, _TOP = 1000, 26, 96
_NAMES = 270
"""Pixels for the names of designs."""
_LANES = (("gains, of the best", 270), ("platform is left with", 180), ("the unwilling lose", 110), ("a lie earns", 110))
_GAP = 18
_CURVES = 230
_LEFT, _BOTTOM = 64, 44
_LEAST_LOST = 0.001
"""That the scale of lost gains reaches to."""
_LINE = 16
"""Pixels from one line of words to the next."""
_BLUE, _GREEN, _ORANGE, _PINK, _SKY = "#0072b2", "#009e73", "#d55e00", "#cc79a7", "#56b4e9"
"""Okabe and Ito's, that people who see few colours can tell apart."""

_STYLE = "text{font:12px system-ui,sans-serif;fill:#222}.t{font-weight:600;font-size:15px}.a{fill:#666}.g{stroke:#e4e4e4}"


def market_chart(found: Sequence[Figures], market: str) -> str:
    """Return an SVG: a line of bars for each design, and below what is lost by the size of the market."""
    listed = [figures for figures in found if figures.traders == 1] + _largest(found)
    below = _TOP + _ROW * len(listed) + 30
    curves = list(_curves(found, below))
    height = below + (_CURVES if curves else 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" role="img">',
        f"<title>What each design gives up: {escape(market)}</title><style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="28" class="t">What each design gives up</text><text x="16" y="48" class="a">{escape(market)}</text>',
        *_heads(below - 20),
        *(part for place, figures in enumerate(listed) for part in _bars(figures, _TOP + place * _ROW)),
        *curves,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _largest(found: Sequence[Figures]) -> list[Figures]:
    most = max((figures.traders for figures in found), default=1)
    return [figures for figures in found if figures.traders == most > 1]


def _lefts() -> list[int]:
    lefts = [_NAMES]
    for _, width in _LANES[:-1]:
        lefts.append(lefts[-1] + width + _GAP)
    return lefts


def _heads(bottom: int) -> Iterator[str]:
    for (head, width), left in zip(_LANES, _lefts(), strict=True):
        zero = left + width / 2 if width == _LANES[1][1] else left
        yield f'<text x="{left}" y="{_TOP - 14}" class="a">{head}</text>'
        yield f'<line x1="{zero}" x2="{zero}" y1="{_TOP - 6}" y2="{bottom}" class="g"/>'


def _bars(figures: Figures, y: int) -> Iterator[str]:
    lefts = _lefts()
    (_, gains), (_, left), (_, lost), (_, lied) = _LANES
    yield f'<text x="{_NAMES - 10}" y="{y + 13}" text-anchor="end">{escape(name_of(figures))}'
    yield f"<title>gives up {escape(giving_up(figures))}</title></text>"
    text = share(figures.share)
    yield _bar(lefts[0], y, (gains - 64) * figures.share, _BLUE, text)
    part = figures.part(figures.balance)
    middle, length = lefts[1] + left / 2, min(1.0, abs(part)) * (left / 2 - 44)
    if round(part, 3):
        yield _bar(middle - length if part < 0 else middle, y, length, _ORANGE if part < 0 else _GREEN, "")
        at, anchor = (middle - length - 4, "end") if part < 0 else (middle + length + 4, "start")
        yield f'<text x="{at:.1f}" y="{y + 13}" text-anchor="{anchor}">{share(part)}</text>'
    for start, width, value, colour in ((lefts[2], lost, figures.losses, _PINK), (lefts[3], lied, figures.lie, _SKY)):
        if round(figures.part(value), 3) > 0:
            yield _bar(start, y, min(1.0, figures.part(value)) * (width - 54), colour, share(figures.part(value)))


def _bar(x: float, y: int, width: float, colour: str, text: str) -> str:
    bar = f'<rect x="{x:.1f}" y="{y + 2}" width="{max(width, 1):.1f}" height="{_ROW - 11}" fill="{colour}"/>'
    return f'{bar}<text x="{x + width + 4:.1f}" y="{y + 13}">{text}</text>' if text else bar


def _curves(found: Sequence[Figures], top: int) -> Iterator[str]:
    """Yield the panel of what is lost by size, on a scale on which equal factors are equal steps."""
    crowds = {design: [each for each in found if each.design == design] for design in ("mcafee", "book")}
    sizes = [each.traders for each in crowds["mcafee"]]
    if len(sizes) < 2:
        return
    highest = max(_LEAST_LOST, *(1 - each.share for line in crowds.values() for each in line))
    floor, ceiling = top + _CURVES - _BOTTOM, top + 34
    width = _WIDTH - _LEFT - 200

    def x(size: int) -> float:
        return _LEFT + width * log(size / sizes[0]) / log(sizes[-1] / sizes[0])

    def y(lost: float) -> float:
        return floor - (floor - ceiling) * max(0.0, lost) / highest

    yield f'<text x="16" y="{top + 14}" class="t">Lost gains as the market thickens</text>'
    yield f'<line x1="{_LEFT}" x2="{_LEFT + width}" y1="{floor}" y2="{floor}" stroke="#666"/>'
    yield f'<text x="{_LEFT - 6}" y="{ceiling + 4}" text-anchor="end" class="a">{highest:.0%}</text>'
    yield f'<text x="{_LEFT - 6}" y="{floor + 4}" text-anchor="end" class="a">0%</text>'
    for size in sizes:
        yield f'<text x="{x(size):.1f}" y="{floor + 16}" text-anchor="middle" class="a">{size}</text>'
    yield f'<text x="{_LEFT}" y="{floor + 34}" class="a">buyers, and as many sellers</text>'
    names = {"mcafee": ("McAfee's auction", _BLUE), "book": ("continuous auction", _ORANGE)}
    below = ceiling
    for design, line in sorted(crowds.items(), key=lambda named: -(1 - named[1][-1].share)):
        name, colour = names[design]
        points = " ".join(f"{x(each.traders):.1f},{y(1 - each.share):.1f}" for each in line)
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        end = line[-1]
        at = max(below, y(1 - end.share) + 4)
        below = at + _LINE
        yield f'<text x="{x(end.traders) + 8:.1f}" y="{at:.1f}" style="fill:{colour}">{name}, {1 - end.share:.1%}</text>'
