"""How is a model over the network asked in a test? With a small request, and with patience that suits a test."""

from __future__ import annotations

from importlib import import_module

from orchestrator.engine import view_of
from orchestrator.messages.model import Prompt, Request
from orchestrator.messages.value import RoleName
from orchestrator.models.endpoint import Provider
from orchestrator.models.real import RealModel, real_model
from orchestrator.testing.samples import sample_entries, sample_session

for _sdk in ("openai", "anthropic"):
    # Loading an SDK at the first call would take longer than these tests wait for an answer.
    import_module(_sdk)

__all__ = ["QUICK", "quick_model", "sample_request"]

QUICK = {"idle": "0.5", "timeout": "3", "tries": "3", "seconds": "8", "wait": "0.02"}


def sample_request() -> Request:
    """Return a request of the buyer's in a sample talk."""
    view = view_of(sample_session(sample_entries(1)), RoleName("buyer"))
    return Request(view=view, prompt=Prompt(system="You buy.", user="It is your turn.", tokens=10, reply=100), seed=7)


def quick_model(provider: Provider, api: str, address: str, **options: str) -> RealModel:
    """Return a model at an address, with little patience."""
    return real_model(provider, "some-model", {**QUICK, "base_url": address, "api": api, **options})
