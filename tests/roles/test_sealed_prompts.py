"""Can a sealed bid be read anywhere before the bidding is closed? Not in any other role's prompt."""

from __future__ import annotations

import asyncio
from decimal import Decimal

from guards.rulecheck import check_rules
from orchestrator.engine import Ask, Rules, begin, fresh, pending, step
from orchestrator.messages.auction import Auction
from orchestrator.messages.model import Model, Request
from orchestrator.messages.reply import Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import SessionId
from orchestrator.models.registry import make_model
from orchestrator.roles.bidding import auction_lines
from orchestrator.roles.find import find
from orchestrator.roles.load import Folder, load
from orchestrator.roles.prompt import PromptBook
from tests.engine.bidding import START, rules_of

_BIDS = {"aurora": "51900", "basalt": "46800", "cobalt": "43300", "dune": "30700"}


def _prompts(folder: Folder) -> dict[str, str]:
    """Run the shipped auction with these bids, and return all that each role was shown before the bidding was closed."""
    negotiation = folder.negotiation
    settings = Settings(session=SessionId("auction-0000"), negotiation=negotiation, prompts=folder.prompts)
    rules: Rules = rules_of(negotiation)
    book = PromptBook(folder.prompts, negotiation)
    entry = begin(settings, START, rules)
    session = step(fresh(settings), entry.reply, rules).session
    shown: dict[str, str] = {}
    host = make_model("bidder:honest", permits=lambda _role, _terms: True, reaches=lambda _: frozenset())
    while isinstance(effect := pending(session), Ask):
        prompt = book.assemble(effect.view)
        shown[effect.role] = shown.get(effect.role, "") + prompt.system + prompt.user
        bid = _BIDS.get(effect.role)
        if bid is None or session.round > 1:
            text = asyncio.run(_text(host, Request(view=effect.view, prompt=prompt, seed=1)))
        else:
            lot = '"slot": "prime", "spots": 24, "first_air": "2027-03-08"'
            words = f"{effect.role.upper()} SAYS SO"
            text = f'{{"act": "propose", "terms": {{"price": {bid}, "buyer": "{effect.role}", {lot}}}, "text": "{words}"}}'
        usage = Usage(prompt=0, reply=0)
        reply = Written(at=START, role=effect.role, model="any", text=text, size=len(text), usage=usage, began=START)
        session = step(session, reply, rules).session
    assert session.reason == "award"
    return shown


async def _text(model: Model, request: Request) -> str:
    return (await model(request)).text


def test_no_prompt_holds_a_sealed_bid_of_another() -> None:
    """Neither figure nor words nor the id of another's bid reach anybody; its own bid each role sees."""
    shown = _prompts(load(find("auction"), check_rules))
    for role, text in shown.items():
        for bidder, bid in _BIDS.items():
            seen = bid in text or f"{Decimal(bid):,}" in text or f"{bidder.upper()} SAYS SO" in text
            assert seen == (role == bidder), (role, bidder)
        assert "m3-0000" not in text or role == "basalt"


def test_a_secret_reserve_is_told_to_the_host_alone() -> None:
    """Bidders are told that there is one."""
    negotiation = load(find("auction"), check_rules).negotiation
    rules = negotiation.pattern_rules
    assert isinstance(rules, Auction)
    secret = negotiation.model_copy(update={"pattern_rules": rules.model_copy(update={"secret_reserve": True})})
    assert "24000" in auction_lines(secret, negotiation.roles[0].name)
    for role in negotiation.roles[1:]:
        assert "24000" not in auction_lines(secret, role.name)
        assert "There is a reserve that only the host knows." in auction_lines(secret, role.name)
