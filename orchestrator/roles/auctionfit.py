"""Does the auction part of a file fit the rest of it? Every mistake, with its key and what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orchestrator.messages.terms import exact
from orchestrator.roles.auctionform import AuctionForm, lot_term
from orchestrator.roles.form import ChoiceIssueForm, NumberIssueForm
from orchestrator.roles.pieces import shown
from orchestrator.roles.sectionform import Fault, File, unknown

__all__ = ["AuctionSection"]

_SEALED = ("first_price", "second_price")


class AuctionSection(AuctionForm):
    """What is auctioned by whom, what is bid on, and when the bidding closes."""

    def faults(self, file: File) -> Iterator[Fault]:
        """Yield what does not fit the rest of the file."""
        yield from _parties(self, file)
        yield from _names(self, file)
        yield from _lot(self, file)
        price = file.issues.get(self.price)
        if isinstance(price, NumberIssueForm):
            yield from _figures(self, price, self.step(file))
        yield from _closing(self)


def _parties(form: AuctionForm, file: File) -> Iterator[Fault]:
    bidders = form.who_bids(file)
    if form.form == "double":
        yield from _double(form, file)
    elif form.host is None:
        yield Fault(key="host", problem="is missing", expected=_roles(file))
    else:
        yield from unknown("host", (form.host,), file.roles, "role")
        if form.host in bidders:
            yield Fault(key="bidders", problem=f"{form.host!r} bids at its own auction", expected="other roles than the host")
        for key, value in (("sellers", form.sellers), ("seller", form.seller)):
            if value:
                yield Fault(key=key, problem="has no meaning here", expected="form: double")
    if not bidders:
        yield Fault(key="bidders", problem="nobody bids", expected="at least one role besides the host")
    yield from unknown("bidders", bidders, file.roles, "role")


def _double(form: AuctionForm, file: File) -> Iterator[Fault]:
    if form.host is not None:
        yield Fault(key="host", problem="has no meaning in a double auction", expected="bidders and sellers")
    if not form.sellers:
        yield Fault(key="sellers", problem="nobody sells", expected="at least one role")
    yield from unknown("sellers", form.sellers, file.roles, "role")
    for role in form.sellers:
        if role in form.who_bids(file):
            yield Fault(key="sellers", problem=f"{role!r} would buy from itself", expected="other roles than the bidders")
    if form.reverse:
        yield Fault(key="reverse", problem="has no meaning in a double auction", expected="false")
    if form.reserve is not None:
        yield Fault(key="reserve", problem="has no meaning in a double auction", expected="limits of the roles")
    if form.seller is None:
        yield Fault(key="seller", problem="is missing", expected="the issue that says who sells")


def _names(form: AuctionForm, file: File) -> Iterator[Fault]:
    if not isinstance(file.issues.get(form.price), NumberIssueForm):
        numbers = [name for name, issue in file.issues.items() if isinstance(issue, NumberIssueForm)]
        problem = f"{form.price!r} is no issue that is a figure"
        yield Fault(key="price", problem=problem, expected=_listed(numbers) or "an issue of kind number")
    yield from _naming("winner", form.winner, form.who_bids(file), file)
    if form.form == "double" and form.seller is not None:
        yield from _naming("seller", form.seller, form.sellers, file)


def _naming(key: str, name: str, roles: tuple[str, ...], file: File) -> Iterator[Fault]:
    issue = file.issues.get(name)
    if not isinstance(issue, ChoiceIssueForm):
        choices = [known for known, form in file.issues.items() if isinstance(form, ChoiceIssueForm)]
        yield Fault(key=key, problem=f"{name!r} is no choice", expected=_listed(choices) or "an issue of kind choice")
        return
    missing = [role for role in roles if role not in issue.options]
    strange = [option for option in issue.options if option not in roles]
    if missing or (strange and roles):
        problem = f"{name!r} has the options {', '.join(map(str, issue.options))}"
        yield Fault(key=key, problem=problem, expected=f"exactly {_listed(roles)}")


def _lot(form: AuctionForm, file: File) -> Iterator[Fault]:
    fixed = {form.price, form.winner, *((form.seller,) if form.seller else ())}
    for name, value in form.lot.items():
        issue = file.issues.get(name)
        if name in fixed:
            yield Fault(key="lot", problem=f"{name!r} is what is bid on", expected="other issues")
        elif issue is None:
            yield Fault(key="lot", problem=f"{name!r} is no issue", expected=_listed(sorted(set(file.issues) - fixed)))
        elif lot_term(name, issue, value) is None:
            yield Fault(key="lot", problem=f"{shown(value)} is no value of {name!r}", expected="one that the issue allows")
    if form.form == "double":
        for name in sorted(set(file.issues) - fixed - set(form.lot)):
            yield Fault(
                key="lot", problem=f"{name!r} is open, and buyers and sellers could not meet", expected="a value for it"
            )


def _figures(form: AuctionForm, price: NumberIssueForm, step: Decimal) -> Iterator[Fault]:
    if step <= 0 or step % price.step:
        yield Fault(key="increment", problem=f"is {exact(step)}", expected=f"a multiple of the step, {exact(price.step)}")
    for key, value in (("reserve", form.reserve), ("start", form.start)):
        if value is not None and not price.min <= value <= price.max:
            beyond = "above every bid" if value > price.max else "below every bid"
            bounds = f"a number from {exact(price.min)} to {exact(price.max)}"
            yield Fault(key=key, problem=f"is {exact(value)}, {beyond}", expected=bounds)
    if form.form == "second_price" and form.reserve is None:
        yield Fault(key="reserve", problem="is missing", expected="the price of a winner whom nobody else bids against")
    if form.secret_reserve and form.reserve is None:
        yield Fault(key="secret_reserve", problem="has no reserve to keep", expected="reserve")
    if form.form == "descending":
        yield from _clock(form)


def _clock(form: AuctionForm) -> Iterator[Fault]:
    if form.start is None:
        yield Fault(key="start", problem="is missing", expected="the price that the clock begins with")
    elif form.reserve is not None and (form.start < form.reserve) != form.reverse and form.start != form.reserve:
        side = "at most" if form.reverse else "at least"
        yield Fault(
            key="start", problem=f"is {exact(form.start)}, beyond the reserve", expected=f"{side} {exact(form.reserve)}"
        )
    if form.secret_reserve:
        yield Fault(key="secret_reserve", problem="has no meaning where the clock stops at the reserve", expected="false")


def _closing(form: AuctionForm) -> Iterator[Fault]:
    if form.rounds is None and form.form not in _SEALED:
        yield Fault(key="rounds", problem="is missing", expected="the round after which bidding closes")
    if form.form == "ascending":
        return
    for key, value in (("quiet", form.quiet), ("soft_close", form.soft_close)):
        if value:
            yield Fault(key=key, problem="has no meaning here", expected="form: ascending")
    if form.start is not None and form.form != "descending":
        yield Fault(key="start", problem="has no meaning here", expected="form: ascending or descending")


def _roles(file: File) -> str:
    return _listed(file.roles)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(map(repr, names))
