"""How are the figures of designs told? As amounts, shares and fractions, and as one JSON object."""

from __future__ import annotations

from fractions import Fraction

from orchestrator.analysis.mechanisms import Figures

__all__ = ["amount", "comparison", "giving_up", "name_of", "share"]

_NOTHING = 5e-5
_SMALL = 10
_LARGE = 100_000


def amount(value: float, top: float, exact: Fraction | None = None) -> str:
    """Return an amount of money, with as many digits as the market's prices ask for, and its exact value."""
    text = f"{value:.4f}" if top <= _SMALL else f"{value:,.2f}" if top <= _LARGE else f"{value:.4g}"
    if abs(value) < _NOTHING * max(1.0, top):
        text = "0"
    return f"{text} ({exact})" if exact else text


def share(part: float) -> str:
    """Return a share in percent."""
    text = f"{part:.1%}"
    return "0%" if text in ("0.0%", "-0.0%") else text


def giving_up(figures: Figures) -> str:
    """Return what a design goes without."""
    return ", ".join(figures.gives_up) or "nothing"


def name_of(figures: Figures) -> str:
    """Return the title, with what traders report where one design stands in several lines."""
    return f"{figures.title}, {figures.reports}" if figures.design.startswith(("split", "nash")) else figures.title


def comparison(found: tuple[Figures, ...], *, seed: int, market: str, notes: tuple[str, ...]) -> dict[str, object]:
    """Return everything, for machines."""
    return {"market": market, "seed": seed, "approximate": list(notes), "designs": [_plain(figures) for figures in found]}


def _plain(figures: Figures) -> dict[str, object]:
    exact = figures.exact
    return {
        "design": figures.design,
        "title": figures.title,
        "reports": figures.reports,
        "traders": figures.traders,
        "gains": figures.gains,
        "best": figures.best,
        "share": figures.share,
        "balance": figures.balance,
        "losses": figures.losses,
        "lie": figures.lie,
        "gives_up": list(figures.gives_up),
        "exact": {"gains": str(exact.gains), "balance": str(exact.balance), "lie": str(exact.lie)} if exact else None,
    }
