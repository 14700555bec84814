"""What may a report print for machines? JSON, which unlike what a digest covers may hold floats."""

from __future__ import annotations

from typing import TypeAlias

__all__ = ["Json"]

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
