"""What does the use of windows look like? What was said, and a panel for each role, by sender and round, in one SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.window import Window
from orchestrator.report.clean import clean
from orchestrator.report.context import Seen, seen, sent

__all__ = ["chart"]

_WIDTH, _HEIGHT = 720, 250
"""Of one role's panel, in pixels."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 44, 34
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#000000")
"""Okabe and Ito's, that people who see few colours can tell apart."""

_PINNED = "#bdbdbd"
_FLAG = "#b00020"
_MOST_BARS = 120
"""Rounds that are drawn; of a longer talk the last ones."""

_STYLE = "text{font:12px system-ui,sans-serif;fill:#222}.t{font-weight:600;font-size:14px}.a{fill:#666}.g{stroke:#e4e4e4}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """Bars under a title, with the scale that they are drawn in."""

    title: str
    rounds: tuple[tuple[int, Window], ...]
    top: int
    """Tokens at the upper end."""

    def y(self, tokens: float) -> float:
        """Return how far down a figure of tokens stands."""
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - tokens / self.top)

    def x(self, place: int) -> float:
        """Return how far right a round begins."""
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * place / len(self.rounds)


def chart(session: Session, entries: Iterable[Entry]) -> str:
    """Return the chart: what was said, then for each role its window, the pinned part below and each sender's words above."""
    panels = [*_said(session), *(_panel(_title(each), each.rounds) for each in seen(session, entries) if each.rounds)]
    height = 30 + _HEIGHT * max(1, len(panels))
    title = escape(clean(f"Tokens in each role's window, by sender and round: {session.settings.negotiation.title}", 200))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" width="{_WIDTH}">',
        f"<title>{title}</title><style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        *_legend(session),
        *(line for place, panel in enumerate(panels) for line in _drawn(session, panel, 30 + place * _HEIGHT)),
    ]
    if not panels:
        parts.append('<text x="16" y="60" class="a">No window was measured in this session.</text>')
    return "\n".join((*parts, "</svg>")) + "\n"


def _said(session: Session) -> Iterator[_Panel]:
    """Yield the panel of what each role said, as it was written: what was cut or told in short is there in full."""
    said = sent(session)
    rounds = tuple(
        enumerate((Window(size=1, pinned=0, held=held) for held in zip(*(each.rounds for each in said), strict=True)), 1)
    )
    if any(each.tokens for each in said):
        told = ", ".join(f"{each.role} {each.tokens:,}" for each in said)
        yield _panel(f"tokens said, as they were written: {told}", rounds)


def _title(each: Seen) -> str:
    number, last = each.rounds[-1]
    about = ", estimated" if last.estimated else ""
    return f"{each.role}: {last.used * 100 / last.size:.0f} % of {last.size:,} tokens in round {number}{about}"


def _panel(title: str, rounds: tuple[tuple[int, Window], ...]) -> _Panel:
    drawn = rounds[-_MOST_BARS:]
    return _Panel(title=title, rounds=drawn, top=_round_up(max(window.used for _, window in drawn)))


def _round_up(tokens: int) -> int:
    """Return the next figure of one digit and zeros, or with a five behind it."""
    size = 10 ** max(0, len(str(tokens)) - 2)
    return -(-tokens // (5 * size)) * 5 * size or 1


def _legend(session: Session) -> Iterator[str]:
    x = _LEFT
    names = [("pinned", _PINNED), *((role.name, _colour(place)) for place, role in enumerate(session.roles))]
    for name, colour in names:
        yield f'<rect x="{x}" y="12" width="11" height="11" fill="{colour}"/><text x="{x + 16}" y="22">{escape(name)}</text>'
        x += 32 + 8 * len(name)
    yield f'<text x="{x}" y="22" fill="{_FLAG}">&#9650; flagged words</text>'


def _drawn(session: Session, panel: _Panel, down: int) -> Iterator[str]:
    yield f'<g transform="translate(0 {down})">'
    yield f'<text x="{_LEFT}" y="24" class="t">{escape(panel.title)}</text>'
    yield from _axes(panel)
    flagged = {move.round for move in session.moves if move.suspicion is not None}
    for place, (number, window) in enumerate(panel.rounds):
        yield from _bar(session, panel, place, window)
        if number in flagged:
            x, y = (panel.x(place) + panel.x(place + 1)) / 2, panel.y(window.used) - 3
            yield f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{_FLAG}">&#9650;</text>'
    yield "</g>"


def _axes(panel: _Panel) -> Iterator[str]:
    for part in (0, 0.5, 1):
        y = panel.y(panel.top * part)
        yield f'<line class="g" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="a" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{panel.top * part:,.0f}</text>'
    step = -(-len(panel.rounds) // 15)
    for place, (number, _) in enumerate(panel.rounds):
        if place % step == 0:
            middle = (panel.x(place) + panel.x(place + 1)) / 2
            yield f'<text class="a" x="{middle:.1f}" y="{_HEIGHT - 16}" text-anchor="middle">{number}</text>'
    yield f'<text class="a" x="{_LEFT - 8}" y="{_HEIGHT - 16}" text-anchor="end">round</text>'


def _bar(session: Session, panel: _Panel, place: int, window: Window) -> Iterator[str]:
    """Yield the stacked parts of one round, the pinned one lowest, each with its figure."""
    x = panel.x(place)
    width = max(1.0, (panel.x(place + 1) - x) * 0.8)
    base = 0
    names = [role.name for role in session.roles]
    for name, tokens, colour in (
        ("pinned", window.pinned, _PINNED),
        *((name, held, _colour(number)) for number, (name, held) in enumerate(zip(names, window.held, strict=False))),
    ):
        top = panel.y(base + tokens)
        tall = panel.y(base) - top
        yield (
            f'<rect x="{x + width / 8:.1f}" y="{top:.1f}" width="{width:.1f}" height="{tall:.1f}" fill="{colour}">'
            f"<title>{escape(name)}: {tokens:,} tokens</title></rect>"
        )
        base += tokens


def _colour(place: int) -> str:
    return _COLOURS[place % len(_COLOURS)]
