"""Are the packages beside this one ours? Other distributions install packages called `guards` and `evals` too."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import orchestrator
from orchestrator.errors import UsageError

__all__ = ["OURS", "check_neighbours"]

OURS = ("guards", "evals")


def check_neighbours(home: Path | None = None) -> None:
    """Raise UsageError where Python finds another package under one of our names, or none."""
    place = home or Path(orchestrator.__file__).resolve().parent.parent
    for name in OURS:
        spec = find_spec(name)
        found = Path(spec.origin).resolve().parent if spec and spec.origin else None
        if found != place / name:
            where = f"Python finds another package {name!r} in {found}" if found else f"package {name!r} is missing"
            raise UsageError(
                f"{where}; handfast's own belongs in {place}",
                hint="install handfast in a virtual environment of its own: python -m venv .venv",
            )
