"""Is a shared pot ever overdrawn? A machine looks for it, over memory and over a file; and it finds planted faults."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from orchestrator.errors import OrchestratorError, Overdrawn
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Booking
from orchestrator.storage.booking import Booked
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_key
from tests.runtime.dying_machine import DurableTalks
from tests.runtime.pots_machine import SharedPot

_QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


def _searching(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        report_multiple_bugs=False,
        derandomize=True,
        database=None,
        suppress_health_check=_QUIET,
        phases=(Phase.generate,),
        verbosity=Verbosity.quiet,
    )


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_talks_never_overdraw_a_pot() -> None:
    """In any interleaving the pot holds, the ledger equals what the talks say, and nothing is lost."""
    run_state_machine_as_test(SharedPot, settings=_searching(60, 40))


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_talks_never_overdraw_a_pot_whose_process_dies() -> None:
    """The same over a file: with a process that dies between answer and entry, or in the middle of a transaction."""
    run_state_machine_as_test(DurableTalks, settings=_searching(25, 40))


class _ReservesOnlyOnSettling(MemoryJournal):
    """An offer that stands takes nothing: only what is agreed counts."""

    def _book(self, booking: Booking) -> Booked:
        pledges = tuple(pledge.model_copy(update={"reserved": Decimal(0)}) for pledge in booking.pledges)
        return super()._book(replace(booking, pledges=pledges))


class _ReleasesTwice(MemoryJournal):
    """What is let go comes back twice."""

    def _book(self, booking: Booking) -> Booked:
        before = {stock.pot.name: stock.held for stock in self.stocks()}
        booked = super()._book(booking)
        twice = tuple(
            replace(stock, held=stock.held - max(Decimal(0), before.get(stock.pot.name, stock.held) - stock.held))
            for stock in booked.stocks
        )
        return Booked(twice, booked.holdings)


class _NeverRefuses(MemoryJournal):
    """The check is forgotten: what is overdrawn is kept all the same."""

    def _book(self, booking: Booking) -> Booked:
        try:
            return super()._book(booking)
        except Overdrawn:
            return Booked((), ())


class _KeepsWhatItRefuses(MemoryJournal):
    """The entry is written before the pot is asked."""

    async def append(self, entry: Entry) -> None:
        try:
            await super().append(entry)
        except Overdrawn:
            bare = replace(entry, events=tuple(event for event in entry.events if event.kind != "pledged"))
            await super().append(bare)
            raise


class _CountsAmendmentsBeside(MemoryJournal):
    """A talk that amends holds in its own name, so that the commitment of before stands for ever."""

    def _book(self, booking: Booking) -> Booked:
        pledges = tuple(pledge.model_copy(update={"account": booking.session}) for pledge in booking.pledges)
        return super()._book(replace(booking, pledges=pledges))


class _LetsTwoAmend(MemoryJournal):
    """Nobody looks whether another talk already amends the same agreement."""

    def _book(self, booking: Booking) -> Booked:
        held = self.holding("purse", booking.pledges[0].account) if booking.pledges else None
        return super()._book(replace(booking, supersedes=booking.supersedes and held and held.holder))  # pyright: ignore[reportArgumentType]


class _ForgetsToRelease(MemoryJournal):
    """What falls stays reserved."""

    def _book(self, booking: Booking) -> Booked:
        kept = tuple(pledge for pledge in booking.pledges if pledge.held)
        return super()._book(replace(booking, pledges=kept))


class _TakesAnySize(MemoryJournal):
    """A pot may be lowered below what is held."""

    def _book(self, booking: Booking) -> Booked:
        if not booking.sets:
            return super()._book(booking)
        known = {stock.pot.name: stock for stock in self.stocks()}
        return Booked(
            tuple(replace(known[pot.name], pot=pot, session=booking.session, seq=booking.seq) for pot in booking.sets), ()
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        _ReservesOnlyOnSettling,
        _ReleasesTwice,
        _NeverRefuses,
        _KeepsWhatItRefuses,
        _CountsAmendmentsBeside,
        _LetsTwoAmend,
        _ForgetsToRelease,
        _TakesAnySize,
    ],
)
def test_the_machine_finds_faults(fault: type[MemoryJournal]) -> None:
    """Each of these ledgers is wrong in one way, and the machine fails over it."""

    class Faulty(SharedPot):
        def opened(self) -> Journal:
            return fault(sample_key().sign)

    with pytest.raises((AssertionError, OrchestratorError)):  # an invariant, or the journal that can't go on
        run_state_machine_as_test(Faulty, settings=_searching(60, 40))
