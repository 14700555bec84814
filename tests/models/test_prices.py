"""What does a call cost, and what if nobody knows? Prices of the list, of the user, and of this machine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orchestrator.errors import UsageError
from orchestrator.messages.spend import LongRate, Price, cost
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName
from orchestrator.models.costs import seat_model
from orchestrator.models.endpoint import endpoint_of
from orchestrator.models.local import FUSE
from orchestrator.models.prices import FREE, known_prices, price_of, read_price
from tests.models.asking import quick_model, sample_request

PRICE = Price(input=Decimal(2), output=Decimal(10), cached=Decimal("0.2"), stored=Decimal("2.5"))


@pytest.mark.parametrize(
    ("usage", "usd"),
    [
        (Usage(prompt=1_000_000), "2.000000"),
        (Usage(prompt=1_000_000, cached=1_000_000), "0.200000"),
        (Usage(prompt=1_000_000, cached=500_000, stored=500_000), "1.350000"),
        (Usage(prompt=10, cached=1_000), "0.000002"),
        (Usage(reply=1), "0.000010"),
        (Usage(), "0.000000"),
    ],
)
def test_cost_is_exact_and_rounded_up(usage: Usage, usd: str) -> None:
    """Each kind of token has its price, and a fraction of a millionth counts as one."""
    assert str(cost(PRICE, usage)) == usd


def test_a_long_prompt_has_its_own_price() -> None:
    """Above its bound the other rate holds for the whole call."""
    long = LongRate(input=Decimal(4), output=Decimal(15), above=1_000)
    price = PRICE.model_copy(update={"long": long})
    assert cost(price, Usage(prompt=1_000, reply=1_000)) == Decimal("0.012")
    assert cost(price, Usage(prompt=1_001, reply=1_000)) == Decimal("0.019004")


def test_the_list_has_a_date() -> None:
    """Every price of the list says when it was looked up, and reading a cache is never dearer than reading."""
    prices = known_prices()
    assert {price.as_of for price in prices.values()} == {date(2026, 11, 21)}
    assert all(price.cached is not None and price.cached <= price.input < price.output for price in prices.values())


def test_an_unknown_price_is_an_error_and_never_nothing() -> None:
    """A model that is not on the list, or at another address, needs a price; on this machine it is free."""
    with pytest.raises(UsageError) as caught:
        price_of(endpoint_of("openai", "no-such-model", {}), {})
    assert caught.value.message == "the price of 'openai:no-such-model' at api.openai.com is not known"
    assert caught.value.hint.endswith("--price openai:no-such-model=INPUT/OUTPUT")
    elsewhere = endpoint_of("openai", "gpt-5", {"base_url": "https://models.example/v1"})
    with pytest.raises(UsageError, match=r"models\.example"):
        price_of(elsewhere, {})
    assert price_of(elsewhere, {"openai:gpt-5": PRICE}) == PRICE
    assert price_of(endpoint_of("openai", "any", {"base_url": "http://localhost:8080/v1"}), {}) == FREE


@pytest.mark.parametrize("text", ["", "2", "2/", "a/b", "-1/2", "1/2/3/4", "nan/1", "inf/1"])
def test_what_is_no_price(text: str) -> None:
    """Two or three figures of 0 or more are a price; all else is refused."""
    with pytest.raises(UsageError):
        read_price(text)


def test_a_price_can_be_given() -> None:
    """Input, output and, if it differs, what reading a cache costs."""
    assert read_price("2/10") == Price(input=Decimal(2), output=Decimal(10))
    assert read_price("2/10/0.5") == Price(input=Decimal(2), output=Decimal(10), cached=Decimal("0.5"))


def test_what_stands_on_record_about_a_model() -> None:
    """Built-in models cost nothing; tokens of a vocabulary that is not known are estimated until its answers tell."""
    role = RoleName("buyer")
    assert seat_model(role, "strategy:linear", {}).costly is False
    paid = seat_model(role, "anthropic:any", {"anthropic:any": PRICE})
    assert (paid.costly, paid.price, paid.estimate) == (True, PRICE, Decimal("1.25"))
    assert seat_model(role, "openai:gpt-5", {}).estimate is None
    assert seat_model(role, "openai:any?base_url=http://127.0.0.1:9/v1", {}).estimate == Decimal("1.25")


async def test_with_the_fuse_in_nothing_leaves_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the fuse is set, a model elsewhere is refused before anything is looked up or sent."""
    monkeypatch.setenv(FUSE, "1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-key-0123456789")
    model = quick_model("openai", "chat", "https://models.example/v1")
    with pytest.raises(UsageError, match="is not on this machine"):
        await model(sample_request())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"bogus": "1"}, "model openai:m has no option 'bogus'"),
        ({"api": "soap"}, "'openai' has no api 'soap'"),
        ({"form": "sonnet"}, "'openai' has no form 'sonnet'"),
        ({"tries": "0"}, "option 'tries' cannot be '0'"),
        ({"tries": "1.5"}, "option 'tries' cannot be '1.5'"),
        ({"idle": "soon"}, "option 'idle' cannot be 'soon'"),
        ({"base_url": "models.example"}, "'models.example' is no address of a service"),
        ({"base_url": "https://me:secret@models.example"}, "an address holds no user or password"),
    ],
)
def test_what_cannot_be_asked_for(options: dict[str, str], message: str) -> None:
    """Unknown options and impossible values are wrong usage, told before anything is sent."""
    with pytest.raises(UsageError) as caught:
        endpoint_of("openai", "m", options)
    assert caught.value.message == message
