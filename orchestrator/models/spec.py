"""Which model does `provider:name?key=value&key=value` mean? The parts of such a text, checked."""

from __future__ import annotations

import math
import re

from orchestrator.errors import UsageError
from orchestrator.messages.value import Value

__all__ = ["ModelSpec", "parse_spec"]

_PROVIDER = re.compile(r"[a-z][a-z0-9_-]*")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_FORM = "write PROVIDER:NAME or PROVIDER:NAME?KEY=VALUE&KEY=VALUE, such as strategy:linear?delay=0.5"


class ModelSpec(Value):
    """A model by name, and how it is to be set up."""

    provider: str
    name: str
    options: tuple[tuple[str, str], ...] = ()
    """Keys and values in the order of the text; no key stands twice."""

    def __str__(self) -> str:
        options = "&".join(f"{key}={value}" for key, value in self.options)
        return f"{self.provider}:{self.name}{'?' if options else ''}{options}"

    def option(self, key: str) -> str | None:
        """Return the value of an option, or None where it is not set."""
        return next((value for own, value in self.options if own == key), None)

    def seconds(self, key: str) -> float:
        """Return the value of an option as seconds, 0 where it is not set. Raises UsageError for anything else."""
        text = self.option(key)
        if text is None:
            return 0.0
        try:
            seconds = float(text)
        except ValueError:
            seconds = math.nan
        if not (math.isfinite(seconds) and seconds >= 0):
            raise UsageError(f"model {str(self)!r}: {key} is {text!r}", hint="expected seconds, 0 or more, such as 0.5")
        return seconds

    def share(self, key: str, default: float) -> float:
        """Return the value of an option as a share, the default where it is not set. Raises UsageError for anything else."""
        text = self.option(key)
        try:
            share = default if text is None else float(text)
        except ValueError:
            share = math.nan
        if not 0 <= share <= 1:
            raise UsageError(f"model {str(self)!r}: {key} is {text!r}", hint="expected a share from 0 to 1, such as 0.5")
        return share

    def whole(self, key: str) -> int | None:
        """Return the value of an option as a whole number, None where it is not set. Raises UsageError for anything else."""
        text = self.option(key)
        if text is None:
            return None
        try:
            return int(text)
        except ValueError:
            raise UsageError(f"model {str(self)!r}: {key} is {text!r}", hint="expected a whole number, such as 7") from None


def parse_spec(text: str) -> ModelSpec:
    """Return the parts of a model's text. Raises UsageError where it has another form."""
    head, question, tail = text.partition("?")
    provider, colon, name = head.partition(":")
    if not colon:
        raise UsageError(f"model {text!r} names no provider", hint=_FORM)
    if _PROVIDER.fullmatch(provider) is None:
        raise UsageError(f"model {text!r}: {provider!r} is no name of a provider", hint=_FORM)
    if not name.strip():
        raise UsageError(f"model {text!r} has no name after {provider + ':'!r}", hint=_FORM)
    return ModelSpec(provider=provider, name=name, options=_options(text, tail) if question else ())


def _options(text: str, tail: str) -> tuple[tuple[str, str], ...]:
    options: dict[str, str] = {}
    for part in tail.split("&"):
        key, equals, value = part.partition("=")
        if not equals or _KEY.fullmatch(key) is None or not value:
            raise UsageError(f"model {text!r}: {part!r} is no option", hint=_FORM)
        if key in options:
            raise UsageError(f"model {text!r} sets {key!r} twice", hint=_FORM)
        options[key] = value
    return tuple(options.items())
