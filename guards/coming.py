"""Does one figure come of two others? By a sum, a difference, a product, or a share of one of them."""

from __future__ import annotations

__all__ = ["gives", "is_share"]


def gives(value: float, figure: float, other: float) -> bool:
    """Return whether a sum, difference or product of two figures is the secret."""
    if not figure or not other:
        return False
    close = 1e-6 * max(1.0, abs(value))
    return any(
        abs(result - value) <= close for result in (figure + other, other - figure, figure * other if figure < 100 else 0.0)
    )


def is_share(value: float, share: float, other: float) -> bool:
    """Return whether a share of a figure, or the figure and that share more or less, is the secret."""
    close = 0.002 * max(1.0, abs(value)) if abs(value) > 50 else 1e-6
    return bool(other) and any(
        abs(result - value) <= close for result in (other * share, other * (1 + share), other * (1 - share))
    )
