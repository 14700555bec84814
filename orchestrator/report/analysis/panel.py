"""How is one panel of a chart drawn? A frame with a title and two scales, and marks at places within it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from orchestrator.report.clean import clean

__all__ = ["COLOURS", "Panel", "colour"]

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8a800", "#000000")
"""Okabe and Ito's, that people who see few colours can tell apart; the yellow is darker, for thin lines."""

_TICKS = (0.0, 0.5, 1.0)


def colour(place: int) -> str:
    """Return the colour of a role by its place."""
    return COLOURS[place % len(COLOURS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A rectangle on the page, and the figures at its edges."""

    title: str
    left: float
    top: float
    width: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_name: str = ""
    y_name: str = ""
    x_texts: tuple[str, str] | None = None
    y_texts: tuple[str, str] | None = None
    """What stands at the ends of a scale; by default its figures."""

    def x(self, value: float) -> float:
        """Return how far right a value stands."""
        return self.left + self.width * _part(value, self.x_range)

    def y(self, value: float) -> float:
        """Return how far down a value stands."""
        return self.top + self.height * (1 - _part(value, self.y_range))

    def frame(self) -> Iterator[str]:
        """Yield the frame, its title, and what stands at its scales."""
        right, bottom = self.left + self.width, self.top + self.height
        yield f'<text class="t" x="{self.left:.1f}" y="{self.top - 10:.1f}">{escape(clean(self.title, 120))}</text>'
        for tick in _TICKS:
            y = bottom - self.height * tick
            yield f'<line class="g" x1="{self.left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        (x_low, x_high), (y_low, y_high) = self._texts(self.x_texts, self.x_range), self._texts(self.y_texts, self.y_range)
        yield f'<text class="a" x="{self.left:.1f}" y="{bottom + 15:.1f}">{x_low}</text>'
        yield f'<text class="a" x="{right:.1f}" y="{bottom + 15:.1f}" text-anchor="end">{x_high}</text>'
        middle = self.left + self.width / 2
        x_name = escape(clean(self.x_name, 40))
        yield f'<text class="a" x="{middle:.1f}" y="{bottom + 15:.1f}" text-anchor="middle">{x_name}</text>'
        yield f'<text class="a" x="{self.left - 6:.1f}" y="{bottom:.1f}" text-anchor="end">{y_low}</text>'
        yield f'<text class="a" x="{self.left - 6:.1f}" y="{self.top + 9:.1f}" text-anchor="end">{y_high}</text>'
        if self.y_name:
            place = f"{self.left - 14:.1f} {self.top + self.height / 2:.1f}"
            name = escape(clean(self.y_name, 40))
            yield f'<text class="a" transform="translate({place}) rotate(-90)" text-anchor="middle">{name}</text>'

    def line(self, points: Sequence[tuple[float, float]], stroke: str, *, dashed: bool = False, step: bool = False) -> str:
        """Return a line through the points; with `step`, flat until the next one."""
        if step:
            points = [point for pair in zip(points, [*points[1:], points[-1]], strict=True) for point in _flat(*pair)]
        places = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        return f'<polyline points="{places}" fill="none" stroke="{stroke}" stroke-width="1.6"{dash}/>'

    def dot(self, x: float, y: float, fill: str, *, size: float = 3.0, tip: str = "") -> str:
        """Return a dot, with words that show under the pointer."""
        said = f"<title>{escape(clean(tip, 200))}</title>" if tip else ""
        return f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="{size:g}" fill="{fill}">{said}</circle>'

    def dust(self, points: Iterable[tuple[float, float]], stroke: str, size: float) -> str:
        """Return many small dots as one path."""
        places = "".join(f"M{self.x(x):.1f} {self.y(y):.1f}h0" for x, y in points)
        return f'<path d="{places}" stroke="{stroke}" stroke-width="{size:g}" stroke-linecap="round" fill="none"/>'

    def diamond(self, x: float, y: float, fill: str, tip: str) -> str:
        """Return a diamond, which stands for the deal."""
        across, down = self.x(x), self.y(y)
        corners = ((0, -7), (7, 0), (0, 7), (-7, 0))
        places = " ".join(f"{across + dx:.1f},{down + dy:.1f}" for dx, dy in corners)
        return f'<polygon points="{places}" fill="{fill}" stroke="#fff"><title>{escape(clean(tip, 200))}</title></polygon>'

    def words(self, x: float, y: float, text: str, *, anchor: str = "start", down: float = 4.0, right: float = 0.0) -> str:
        """Return words beside a place."""
        return (
            f'<text x="{self.x(x) + right:.1f}" y="{self.y(y) + down:.1f}" text-anchor="{anchor}">'
            f"{escape(clean(text, 60))}</text>"
        )

    def _texts(self, texts: tuple[str, str] | None, ends: tuple[float, float]) -> tuple[str, str]:
        low, high = texts or (f"{ends[0]:.2f}", f"{ends[1]:.2f}")
        return escape(clean(low, 24)), escape(clean(high, 24))


def _flat(here: tuple[float, float], there: tuple[float, float]) -> tuple[tuple[float, float], tuple[float, float]]:
    return here, (there[0], here[1])


def _part(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return (value - low) / (high - low) if high > low else 0.5
