"""Where is a model, and how patiently is it asked? The options of `openai:NAME?key=value`, checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from orchestrator.errors import Declined, UsageError
from orchestrator.models.draftschema import SHAPES, Shape
from orchestrator.models.local import is_loopback

__all__ = ["OPTIONS", "Api", "Endpoint", "Provider", "endpoint_of", "key_of"]

Provider: TypeAlias = Literal["openai", "anthropic"]
Api: TypeAlias = Literal["responses", "chat", "messages"]

OPTIONS = ("api", "base_url", "form", "idle", "seconds", "timeout", "tries", "wait")

_ADDRESSES: dict[Provider, tuple[str, str]] = {
    "openai": ("OPENAI_BASE_URL", "https://api.openai.com/v1"),
    "anthropic": ("ANTHROPIC_BASE_URL", "https://api.anthropic.com"),
}
_FORMS: dict[Provider, tuple[Shape, ...]] = {"openai": SHAPES, "anthropic": ("plain", "text")}
_KEYS: dict[Provider, str] = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A model of a service, and how long and how often it is asked. It holds no key."""

    provider: Provider
    name: str
    address: str
    own: bool
    """Whether it is the provider's own service, not a compatible one."""
    api: Api
    form: Shape | None = None
    """The closest form of answer that is asked for; None for the closest that the service knows."""
    idle: float = 60.0
    """Seconds to wait for the next piece of an answer."""
    timeout: float = 180.0
    """Seconds for one try."""
    tries: int = 4
    seconds: float = 300.0
    """For all tries together, with the waiting between them."""
    wait: float = 0.5
    """Seconds before the second try, where the service names none; each further wait is twice as long."""
    key_name: str = field(default="")
    """Environment variable that holds the key."""

    @property
    def model(self) -> str:
        """Return the model as people write it."""
        return f"{self.provider}:{self.name}"

    @property
    def host(self) -> str:
        """Return the host, as errors name it."""
        return urlsplit(self.address).netloc.rpartition("@")[2]


def endpoint_of(provider: Provider, name: str, options: Mapping[str, str]) -> Endpoint:
    """Return where a model is. Raises UsageError for an option that does not exist or cannot be what it is."""
    unknown = sorted(set(options) - set(OPTIONS))
    if unknown:
        raise UsageError(f"model {provider}:{name} has no option {unknown[0]!r}", hint=f"its options: {', '.join(OPTIONS)}")
    if not name:
        raise UsageError(f"{provider!r} needs the name of a model", hint=f"for example {provider}:NAME")
    variable, usual = _ADDRESSES[provider]
    address = options.get("base_url") or os.environ.get(variable) or usual
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{address!r} is no address of a service", hint="write it as http://HOST:PORT/v1")
    if parts.username or parts.password:
        raise UsageError("an address holds no user or password", hint=f"put the key into {_KEYS[provider]}")
    own = address.rstrip("/") == usual
    return Endpoint(
        provider=provider,
        name=name,
        address=address,
        own=own,
        api=_api(provider, options.get("api"), chat=not own),
        form=_form(provider, options.get("form")),
        idle=_positive(options, "idle", 60.0),
        timeout=_positive(options, "timeout", 180.0),
        tries=int(_positive(options, "tries", 4.0)),
        seconds=_positive(options, "seconds", 300.0),
        wait=_positive(options, "wait", 0.5),
        key_name=_KEYS[provider],
    )


def key_of(endpoint: Endpoint) -> str:
    """Return the key from the environment; a server on this machine may do without. Raises Declined where there is none."""
    key = os.environ.get(endpoint.key_name, "").strip()
    if key:
        return key
    if is_loopback(endpoint.address):
        return "none"
    raise Declined(f"{endpoint.model} needs a key, and {endpoint.key_name} is not set", hint=f"export {endpoint.key_name}=...")


def _api(provider: Provider, wanted: str | None, *, chat: bool) -> Api:
    known: dict[str, Api] = {"messages": "messages"} if provider == "anthropic" else {"responses": "responses", "chat": "chat"}
    if wanted is not None and wanted not in known:
        raise UsageError(f"{provider!r} has no api {wanted!r}", hint=f"it has {', '.join(known)}")
    if provider == "anthropic":
        return "messages"
    return known[wanted or ("chat" if chat else "responses")]


def _form(provider: Provider, wanted: str | None) -> Shape | None:
    known = _FORMS[provider]
    if wanted is None:
        return None
    if wanted not in known:
        raise UsageError(f"{provider!r} has no form {wanted!r}", hint=f"it has {', '.join(known)}")
    return known[known.index(wanted)]


def _positive(options: Mapping[str, str], name: str, usual: float) -> float:
    text = options.get(name)
    if text is None:
        return usual
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 86_400 or (name == "tries" and number != int(number)):
        raise UsageError(f"option {name!r} cannot be {text!r}", hint="it is a number above 0")
    return number
