"""Who sees to the dates and pots of agreements where no server is? Every worker looks, and what two find is done once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from orchestrator.assembly.journals import Held, Place
from orchestrator.assembly.renewal import renewal
from orchestrator.assembly.waking import handing_over, waking
from orchestrator.errors import OrchestratorError
from orchestrator.messages.ledger import Stock
from orchestrator.messages.value import SessionId
from orchestrator.runtime.agreementdates import AgreementDates
from orchestrator.runtime.hosting.clock import SteadyClock
from orchestrator.runtime.keeping import ledger_of
from orchestrator.runtime.reopening import Renewal, look_at_pots
from orchestrator.runtime.reopening import wake as reopen

__all__ = ["dating"]

_VAIN = timedelta(minutes=10)
"""An agreement whose date has come while its successor is being negotiated, or was agreed, is left alone for so long."""

_LOGGER = logging.getLogger(__name__)


@asynccontextmanager
async def dating(place: Place, held: Held, say: Callable[[str], None], seconds: float) -> AsyncGenerator[None]:
    """Reopen agreements of a journal for their dates and pots, while the context lasts; looks at once, and so often."""
    with waking(place) as wake, handing_over(place, wake) as handover:
        looking = asyncio.create_task(_look_on(held, renewal(held.key, handover, SteadyClock()), say, seconds))
        try:
            yield
        finally:
            looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await looking


async def _look_on(held: Held, renewing: Renewal, say: Callable[[str], None], seconds: float) -> None:
    dates = AgreementDates(held.journal)
    stocks: tuple[Stock, ...] = ()
    while True:
        try:
            now = renewing.clock()
            for session in await asyncio.to_thread(lambda: tuple(dates.come(now))):  # noqa: B023 - awaited here
                await _see_to(session, dates, held, renewing, say)
            stocks = await _see_to_pots(stocks, held, renewing, say)
        except OrchestratorError as error:
            _LOGGER.info("looked in vain: %s", error.message)
        await asyncio.sleep(seconds)


async def _see_to(session: SessionId, dates: AgreementDates, held: Held, renewing: Renewal, say: Callable[[str], None]) -> None:
    """Do what an agreement's date asks for. What is wrong with one of them keeps nobody from the others."""
    try:
        reopened = await reopen(held.journal, session, renewing)
    except OrchestratorError as error:
        say(f"session {session}: it is due, and cannot be reopened: {error.message}")
        reopened = None
    if reopened is None:
        dates.put_off(session, renewing.clock() + _VAIN)
    else:
        say(f"session {session} is due: reopened as {reopened.successor}")


async def _see_to_pots(
    before: tuple[Stock, ...], held: Held, renewing: Renewal, say: Callable[[str], None]
) -> tuple[Stock, ...]:
    """Let agreements look at the pots where these stand otherwise than before; return how they stand now."""
    stocks = await asyncio.to_thread(ledger_of(held.journal).stocks)
    if stocks != before:
        for session, reopened in await look_at_pots(held.journal, renewing):
            say(f"session {session}: a pot crossed its bound; reopened as {reopened.successor}")
    return stocks
