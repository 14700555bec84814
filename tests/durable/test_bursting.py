"""A worker drives a session of its version as far as it goes by itself, and sets aside what the world stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from orchestrator.assembly import load_folder, performer_for, rules_for, settings_for
from orchestrator.assembly.bursting import Bursting, of_versions
from orchestrator.engine import Rules, Session, begin
from orchestrator.errors import Declined, ProviderError, Unavailable, UsageError
from orchestrator.messages.burst import Burst, Rested
from orchestrator.messages.model import Completion, Model, Request
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.settings import Settings
from orchestrator.runtime.burst import Means
from orchestrator.runtime.hosting.duties import DEADLINES
from orchestrator.runtime.hosting.entrance import Entrance
from orchestrator.runtime.hosting.limits import Limits
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.runtime.record import entries_of
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_key

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
KEY = sample_key()


def campaign(decides: str = "2-a", *, costly: bool = False) -> Settings:
    """Return the settings of a session of some version; its calls may be requested first."""
    settings = settings_for(load_folder("campaign"), seed=1, models={}, key=KEY.public)
    models = tuple(seat.model_copy(update={"costly": costly}) for seat in settings.models)
    return settings.model_copy(update={"decides": decides, "models": models})


async def driving(settings: Settings, model: Model | None = None, *, versions: tuple[str, ...] = ("2-a",)) -> Bursting:
    """Return what drives a session that was just opened; `model` writes for all roles."""
    journal, said = MemoryJournal(KEY.sign), list[str]()
    await journal.append(begin(settings, START, rules_for(settings.negotiation)))

    def performer(session: Session) -> Performer:
        made = performer_for(session.settings)
        if model is None:
            return made
        return replace(made, seats={role: Seat(name=seat.name, model=model) for role, seat in made.seats.items()})

    means = Means(rules_for=rules_for, performer_for=performer, key=KEY.public, clock=lambda: START)
    return Bursting(
        journal=journal,
        means=of_versions(means, journal, versions),
        duties=DEADLINES,
        entrance=Entrance(Limits().admit),
        say=said.append,
    )


def raising(error: ProviderError) -> Model:
    """Return a model that fails."""

    async def model(request: Request) -> Completion:
        del request
        raise error

    return model


async def drive(driver: Bursting, settings: Settings, stopping: Callable[[], bool] = lambda: False) -> Rested | None:
    """Drive the session once."""
    return await driver.drive(Burst(session=settings.session, epoch=1), stopping)


async def test_a_session_is_driven_to_its_end() -> None:
    """Over, it rests for good where its record ends."""
    settings = campaign()
    driver = await driving(settings)
    rested = await drive(driver, settings)
    assert rested == Rested(seq=len(entries_of(driver.journal, settings.session)), over=True)


async def test_what_may_pass_is_tried_again_later_each_time() -> None:
    """A model that cannot be reached sets its session back for 5 s, then 10 s, then 20 s; each failure is on record."""
    settings = campaign()
    driver = await driving(settings, raising(Unavailable("the service is away")))
    rests = [await drive(driver, settings) for _ in range(3)]
    assert [rest and rest.due for rest in rests] == [START + timedelta(seconds=seconds) for seconds in (5, 10, 20)]
    assert [rest and rest.seq for rest in rests] == [2, 3, 4]


async def test_what_cannot_pass_waits_for_a_person() -> None:
    """A model that declines is not asked again before somebody resumes the session."""
    settings = campaign()
    driver = await driving(settings, raising(Declined("the key is wrong")))
    assert await drive(driver, settings) == Rested(seq=2, due=None)


@pytest.mark.parametrize("costly", [False, True])
async def test_a_stopped_worker_gives_back_without_a_loss(costly: bool) -> None:  # noqa: FBT001 - a case
    """The call under way comes back and is kept; a request that was never sent costs nothing."""
    settings = campaign(costly=costly)
    driver = await driving(settings)
    looks = iter([False] * 4 + [True] * 99)
    assert await drive(driver, settings, lambda: next(looks)) is None
    entries = entries_of(driver.journal, settings.session)
    kinds = [entry.reply.kind for entry in entries]
    assert kinds.count("requested") <= kinds.count("written") + kinds.count("interrupted")
    assert ("interrupted" in kinds) <= costly
    assert [event.tokens for entry in entries for event in entry.events if event.kind == "lapsed"] in ([], [0])
    rested = await drive(driver, settings)
    assert rested is not None
    assert rested.over


async def test_a_session_of_another_version_is_refused() -> None:
    """Nothing is put on record of a session that other code opened, unless the worker is told to take it."""
    settings = campaign("2-old")
    refusing = await driving(settings)
    with pytest.raises(UsageError, match="it was opened by version 2-old; this worker is of 2-a"):
        await drive(refusing, settings)
    assert len(entries_of(refusing.journal, settings.session)) == 1
    taking = await driving(settings, versions=("2-a", "2-old"))
    rested = await drive(taking, settings)
    assert rested is not None
    assert rested.over


async def test_a_session_that_would_be_decided_otherwise_is_refused() -> None:
    """A worker that takes another version's sessions decides their record again first, and leaves them at a difference."""
    settings = campaign("2-old")
    driver = await driving(settings, versions=("2-a", "2-old"))
    looks = iter([False] * 6 + [True] * 99)
    assert await drive(driver, settings, lambda: next(looks)) is None
    policies = tuple(rule.model_copy(update={"rule": "search_spend < 1.0"}) for rule in settings.negotiation.policies)
    strict = rules_for(settings.negotiation.model_copy(update={"policies": policies}))

    def stricter(negotiation: Negotiation) -> Rules:
        del negotiation
        return strict

    means = replace(driver.means, rules_for=stricter)
    other = replace(driver, means=of_versions(means, driver.journal, ("2-a", "2-old")))
    before = len(entries_of(driver.journal, settings.session))
    with pytest.raises(UsageError, match=r"version 2-old decided its entry .* otherwise than this worker would"):
        await drive(other, settings)
    assert len(entries_of(driver.journal, settings.session)) == before
