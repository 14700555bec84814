"""What does a user see, how often is a service asked, and what goes on record, for each thing that it can do wrong?"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

import pytest

from orchestrator.errors import ProviderError, Try
from orchestrator.messages.model import Completion
from orchestrator.messages.reply import Finish
from tests.models.asking import quick_model, sample_request
from tests.models.service import FAULTS, GOOD, Api, playing

_KEY = "sk-planted-key-0123456789"
_APIS: tuple[Api, ...] = ("responses", "chat", "messages")


class _Row(TypedDict):
    fault: str
    outcome: str
    line: str
    tries: int
    charged: int
    only: str


_ROWS: list[_Row] = [
    json.loads(line) for line in (Path(__file__).parents[1] / "tables" / "service-faults.jsonl").read_text().splitlines()
]


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", _KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", _KEY)


async def _seen(fault: str, api: Api) -> _Row:
    provider = "anthropic" if api == "messages" else "openai"
    async with playing(fault, times=99) as service:
        model = quick_model(provider, api, service.address(provider))
        try:
            completion = await model(sample_request())
            outcome, line, tries = completion.finish, completion.text[:40], completion.tries
        except ProviderError as error:
            outcome, line, tries = type(error).__name__, error.message, error.tries
        finally:
            await model.aclose()
        line = line.replace(f"127.0.0.1:{service.port}", "HOST").replace(f"{provider}:some-model", "MODEL")
        charged = sum(each.prompt for each in tries)
        return _Row(fault=fault, outcome=outcome, line=line, tries=len(service.heard), charged=charged, only=api)


@pytest.mark.parametrize("fault", list(FAULTS))
async def test_every_fault_ends_in_one_clear_line_or_an_outcome_of_its_own(fault: str) -> None:
    """Each fault gives its row of the table, for all three APIs: the line, the number of requests, the tokens at risk."""
    seen = await asyncio.gather(*(_seen(fault, api) for api in _APIS))
    expected = [
        {**row, "only": api} for api in _APIS for row in _ROWS if row["fault"] == fault and api in (row["only"] or api).split()
    ]
    assert list(seen) == expected
    assert all(_KEY not in json.dumps(row) for row in seen)


def test_the_table_has_a_row_for_every_fault() -> None:
    """No fault is without a row, and no row without a fault."""
    assert {row["fault"] for row in _ROWS} == set(FAULTS)


@pytest.mark.parametrize(
    "fault",
    [
        "rate limit",
        "server error",
        "unavailable",
        "overloaded",
        "web page",
        "cut stream",
        "reset",
        "broken JSON",
        "50 MB in one event",
    ],
)
async def test_a_fault_that_passes_is_outlived(fault: str) -> None:
    """After one fault the next try's answer counts, and the failed try stands beside it with the time that was waited."""
    for api in _APIS:
        provider = "anthropic" if api == "messages" else "openai"
        async with playing(fault, times=1) as service:
            model = quick_model(provider, api, service.address(provider))
            completion = await model(sample_request())
            await model.aclose()
        assert (completion.text, completion.finish, len(completion.tries)) == (GOOD, "stop", 1)
        assert completion.tries[0].waited >= (250 if fault == "rate limit" else 20)


async def test_no_try_is_made_that_the_bounds_of_spending_could_not_pay() -> None:
    """Where one more charge fits, an answer that broke off is not asked for again; one that was never begun is."""
    request = replace(sample_request(), tries=1)
    for fault, made in (("cut stream", 1), ("rate limit", 2)):
        async with playing(fault, times=1) as service:
            model = quick_model("openai", "chat", service.address("openai"))
            with suppress(ProviderError):
                await model(request)
            await model.aclose()
        assert len(service.heard) == made


async def test_a_form_that_the_service_does_not_take_is_given_up_step_by_step_and_remembered() -> None:
    """After four refusals of its forms the service is asked in plain words, at once from the second call on."""
    async with playing("no schema", times=4) as service:
        model = quick_model("openai", "chat", service.address("openai"))
        first = await model(sample_request())
        second = await model(sample_request())
        await model.aclose()
    assert [each.failure for each in first.tries] == ["Declined"] * 4
    assert (first.finish, second.finish, second.tries) == ("stop", "stop", ())
    forms: list[Finish | object] = [heard.body.get("response_format", {}) for heard in service.heard]
    assert [form["type"] if isinstance(form, dict) and form else "none" for form in forms] == [  # pyright: ignore[reportUnknownVariableType]
        "json_schema",
        "json_schema",
        "json_schema",
        "json_object",
        "none",
        "none",
    ]


@pytest.mark.parametrize("_", range(10))
async def test_each_wait_is_longer_than_the_one_before(_: int) -> None:
    """Chance never makes the second wait about as short as the first."""
    async with playing("server error", times=99) as service:
        model = quick_model("openai", "chat", service.address("openai"))
        with pytest.raises(ProviderError) as caught:
            await model(sample_request())
        await model.aclose()
    first, second, last = (each.waited for each in caught.value.tries)
    assert second > first * 1.3
    assert last == 0


async def test_an_unreachable_host_is_tried_again_and_charged_nothing() -> None:
    """Where nobody listens, the line names the host, and no token is at risk."""
    model = quick_model("openai", "chat", "http://127.0.0.1:9/v1")
    with pytest.raises(ProviderError) as caught:
        await model(sample_request())
    await model.aclose()
    assert caught.value.message == "openai:some-model: 127.0.0.1:9 cannot be reached (after 3 tries)"
    assert [(each.failure, each.status, each.prompt) for each in caught.value.tries] == [("Unavailable", None, 0)] * 3


async def test_without_a_key_nothing_is_sent_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the variable that is missing, and there is one try that reached nobody."""
    monkeypatch.delenv("OPENAI_API_KEY")
    model = quick_model("openai", "responses", "https://models.example/v1")
    with pytest.raises(ProviderError) as caught:
        await model(sample_request())
    assert caught.value.message == "openai:some-model needs a key, and OPENAI_API_KEY is not set"
    assert caught.value.hint == "export OPENAI_API_KEY=..."


@pytest.mark.parametrize("api", _APIS)
async def test_cancelling_stops_at_once(api: Api) -> None:
    """A call that stalls, or waits between tries, is over within a moment of being cancelled, and is not made again."""
    provider = "anthropic" if api == "messages" else "openai"
    async with playing("stall", times=99) as service:
        model = quick_model(provider, api, service.address(provider), idle="20", timeout="20", seconds="20")
        call: asyncio.Task[Completion] = asyncio.create_task(model(sample_request()))
        while not service.heard:  # noqa: ASYNC110 - the server has no event to wait for
            await asyncio.sleep(0.01)
        loop = asyncio.get_running_loop()
        before = loop.time()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert loop.time() - before < 0.5
        await model.aclose()
    assert len(service.heard) == 1


def test_a_try_that_failed_is_a_record_of_its_own() -> None:
    """What is kept of a failed call says how, when and at which risk, and nothing else."""
    assert Try(failure="Unavailable", message="gone", status=503, millis=12) == Try(
        failure="Unavailable", message="gone", status=503, millis=12, waited=0, prompt=0, reply=0
    )
