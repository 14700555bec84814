"""How does pytest run a suite? `pytest --handfast-suite safety --handfast-set scenario=campaign`: each case is a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest

__all__ = ["CaseItem", "SuiteCollector", "pytest_addoption", "pytest_collection_modifyitems"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("handfast")
    group.addoption(
        "--handfast-suite", action="append", default=[], metavar="SUITE", help="Run each case of a suite as a test."
    )
    group.addoption("--handfast-set", action="append", default=[], metavar="KEY=VALUE", help="A setting of the suites.")


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the cases of the chosen suites to what is run."""
    for name in _given(config, "--handfast-suite"):
        items.extend(SuiteCollector.of(session, name).collect())


def _given(config: pytest.Config, option: str) -> list[str]:
    return cast("list[str]", config.getoption(option) or [])


class SuiteCollector(pytest.Collector):
    """A suite, as a collection of tests."""

    suite = ""

    @classmethod
    def of(cls, session: pytest.Session, suite: str) -> SuiteCollector:
        """Return the collector of a suite."""
        made = cast("SuiteCollector", cls.from_parent(session, name=f"handfast-{suite}"))  # pyright: ignore[reportUnknownMemberType]
        made.suite = suite
        return made

    def collect(self) -> Iterator[CaseItem]:
        """Yield each case of the suite."""
        from evals.cli.options import options_of  # noqa: PLC0415 - loaded only where a suite is asked for
        from evals.harness.running import plan  # noqa: PLC0415 - as above
        from evals.suites.registry import load_suite  # noqa: PLC0415 - as above

        given = tuple(_given(self.config, "--handfast-set"))
        wanted = plan(load_suite(self.suite), options_of(given))
        for case in wanted.cases:
            yield CaseItem.of(self, case.id, given)


class CaseItem(pytest.Item):
    """A case, as a test: it fails where it is errored, or where it is as bad as a rate with a goal can be."""

    suite = ""
    given: tuple[str, ...] = ()

    @classmethod
    def of(cls, parent: SuiteCollector, case: str, given: tuple[str, ...]) -> CaseItem:
        """Return the test of a case."""
        made = cast("CaseItem", cls.from_parent(parent, name=case))  # pyright: ignore[reportUnknownMemberType]
        made.suite, made.given = parent.suite, given
        return made

    def runtest(self) -> None:
        """Do the case."""
        from evals.cli.options import options_of  # noqa: PLC0415 - loaded only where a suite is asked for
        from evals.harness.page import fails  # noqa: PLC0415 - as above
        from evals.harness.running import Job, done_of  # noqa: PLC0415 - as above
        from evals.suites.registry import load_suite  # noqa: PLC0415 - as above

        suite, options = load_suite(self.suite), options_of(self.given)
        case = next(case for case in suite.cases(options) if case.id == self.name)
        done = done_of(suite, options, Job(case, 1))
        if why := fails(suite, done):
            raise AssertionError(f"{self.suite} {self.name}: {', '.join(why)} {done.error}\n{done.outcome}")

    def reportinfo(self) -> tuple[str, None, str]:
        """Return where it is from: the suite."""
        return self.suite, None, f"{self.suite}: {self.name}"
