"""Which models are behind a network, and how is one made? Nothing is loaded or reached before the first call."""

from __future__ import annotations

from collections.abc import Mapping

from orchestrator.messages.model import Completion, Model, Request
from orchestrator.models.endpoint import Endpoint, Provider, endpoint_of
from orchestrator.models.network import NetworkModel, Service

__all__ = ["RealModel", "real_model"]


class RealModel:
    """A model over the network, patiently asked."""

    __slots__ = ("_network", "_patient", "endpoint")

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._network = NetworkModel(endpoint, _load)
        self._patient: Model | None = None

    async def __call__(self, request: Request) -> Completion:
        """Return the answer. Raises ProviderError where there is none."""
        if self._patient is None:
            self._patient = self._made_patient()
        return await self._patient(request)

    async def aclose(self) -> None:
        """Let go of its connections."""
        await self._network.aclose()

    def _made_patient(self) -> Model:
        # tenacity and asyncio's own start take a part of the time of commands that never ask a model.
        from orchestrator.models.retry import Patient  # noqa: PLC0415 - see above

        own = self.endpoint
        return Patient(name=own.model, model=self._network, tries=own.tries, seconds=own.seconds, wait=own.wait)


def real_model(provider: Provider, name: str, options: Mapping[str, str]) -> RealModel:
    """Return a model over the network. Raises UsageError for an option that is none."""
    return RealModel(endpoint_of(provider, name, options))


def _load(endpoint: Endpoint) -> Service:
    # Each SDK takes half a second or more to import: most commands never ask a model of theirs.
    if endpoint.provider == "openai":
        from orchestrator.models.openai import OpenAIService  # noqa: PLC0415 - see above

        return OpenAIService(endpoint)
    from orchestrator.models.anthropic import AnthropicService  # noqa: PLC0415 - see above

    return AnthropicService(endpoint)
