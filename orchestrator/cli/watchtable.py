"""How does a table stay where it is while what it shows changes? Drawn in place with rich, in the room that there is."""

from __future__ import annotations

from rich.console import Console
from rich.live import Live
from rich.text import Text

from orchestrator.cli.watching import Look, lines_of

__all__ = ["LiveTable"]


class LiveTable:
    """Draws each look over the one before; the last one stays."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, markup=False, emoji=False)
        self._live = Live(console=self._console, auto_refresh=False, vertical_overflow="crop")
        self._live.start()

    def show(self, look: Look) -> None:
        """Draw what is to be seen now."""
        width, height = self._console.size
        lines = list(lines_of(look, width, height))
        self._live.update(Text("\n".join(lines), no_wrap=True, overflow="ellipsis"), refresh=True)

    def close(self) -> None:
        """Let the cursor go on below the table."""
        self._live.stop()
