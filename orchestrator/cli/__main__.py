"""How is the command run without its script? As `python -m orchestrator.cli`."""

from __future__ import annotations

from orchestrator.cli.main import main

if __name__ == "__main__":
    main()
