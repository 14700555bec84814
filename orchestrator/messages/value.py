"""What is every written, sent or parsed thing made of? Frozen models that refuse unknown keys."""

from __future__ import annotations

from operator import not_
from typing import Annotated, NewType, TypeVar

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Digest", "Elided", "IssueName", "OfferId", "RoleName", "SessionId", "Value"]

Digest = NewType("Digest", str)
"""SHA-256 in lower-case hexadecimal."""

IssueName = NewType("IssueName", str)
OfferId = NewType("OfferId", str)
RoleName = NewType("RoleName", str)
SessionId = NewType("SessionId", str)


_Given = TypeVar("_Given")

Elided = Annotated[_Given, Field(exclude_if=not_)]
"""A field whose empty default is left out of the JSON: most entries hold many of them, for ever."""


class Value(BaseModel):
    """A frozen record that refuses unknown keys and what JSON cannot say; equal fields make equal values."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)
