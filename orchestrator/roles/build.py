"""Which negotiation do the parts of a file say? The typed value that everything else works with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, TypeVar, assert_never

from orchestrator.messages.gate import Gate
from orchestrator.messages.negotiation import (
    Agreement,
    ByOption,
    ChoiceIssue,
    Context,
    DateIssue,
    Fact,
    FlagIssue,
    Issue,
    LinearDay,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
    WordPolicy,
    Worth,
)
from orchestrator.messages.spend import Spend
from orchestrator.messages.terms import exact
from orchestrator.messages.value import IssueName, RoleName, Value
from orchestrator.roles.form import (
    AgreementForm,
    ChoiceIssueForm,
    ContextForm,
    DateIssueForm,
    FactForm,
    FlagIssueForm,
    HeadForm,
    IssueForm,
    NumberIssueForm,
    RoleForm,
    RuleForm,
    SpendForm,
    StopForm,
    WordPolicyForm,
    WorthForm,
)
from orchestrator.roles.gateform import GateForm, gate_of
from orchestrator.roles.pieces import Piece, Pieces, RolePieces
from orchestrator.roles.sections import breakers_of, gates_of, rules_of
from orchestrator.roles.triggerfit import triggers_of
from orchestrator.roles.worths import is_numeric, options_of

__all__ = ["build"]

F = TypeVar("F", bound=Value)


def build(pieces: Pieces) -> Negotiation:
    """Return the negotiation of all parts that could be read. It is whole where no mistake was noted."""
    head = pieces.head.form or HeadForm(name="unread", title="unread", pattern="concession")
    return Negotiation(
        name=head.name,
        title=head.title,
        pattern=head.pattern,
        currency=head.currency or "",
        issues=tuple(_issue(IssueName(name), form) for name, form in _read(pieces.issues)),
        facts=tuple(_fact(name, form, pieces.roles) for name, form in _read(pieces.facts)),
        roles=tuple(_role(RoleName(name), role, pieces) for name, role in pieces.roles.items()),
        policies=_rules(pieces.policies),
        word_policies=tuple(map(_word_policy, _forms(pieces.word_policies))),
        gates=(*map(_gate, _forms(pieces.gates)), *gates_of(pieces)),
        agreement=_agreement(pieces.agreement.form),
        stop=_stop(pieces.stop.form),
        spend=_spend(pieces.spend.form),
        pattern_rules=rules_of(pieces),
        breakers=breakers_of(pieces),
        triggers=triggers_of(pieces),
    )


_Known: TypeAlias = Literal["number", "date", "flag", "text"]


def _agreement(form: AgreementForm | None) -> Agreement:
    if form is None:
        return Agreement()
    always = _role_names(form.always)
    return Agreement(needs=form.needs, quorum=form.quorum, always=always, min_offers=form.min_offers or 0)


def _read(pieces: dict[str, Piece[F]]) -> Iterator[tuple[str, F]]:
    return ((name, piece.form) for name, piece in pieces.items() if piece.form is not None)


def _forms(pieces: Iterable[Piece[F]]) -> Iterator[F]:
    return (piece.form for piece in pieces if piece.form is not None)


def _role_names(names: Iterable[str]) -> tuple[RoleName, ...]:
    return tuple(map(RoleName, names))


def _issue(name: IssueName, form: IssueForm) -> Issue:
    owner = RoleName(form.owner) if form.owner is not None else None
    match form:
        case NumberIssueForm():
            unit = form.unit or ""
            return NumberIssue(name=name, owner=owner, aka=form.aka, unit=unit, min=form.min, max=form.max, step=form.step)
        case ChoiceIssueForm():
            options, unit = options_of(form), form.unit or ""
            return ChoiceIssue(name=name, owner=owner, aka=form.aka, options=options, numeric=is_numeric(form), unit=unit)
        case DateIssueForm():
            return DateIssue(name=name, owner=owner, aka=form.aka, min=form.min, max=form.max)
        case FlagIssueForm():
            return FlagIssue(name=name, owner=owner, aka=form.aka)
        case _:
            assert_never(form)


def _fact(name: str, form: FactForm, roles: Iterable[str]) -> Fact:
    kind, value = _known(form.value)
    return Fact(
        name=name,
        kind=kind,
        value=value,
        unit=form.unit or "",
        says=form.says,
        visible_to=_role_names(roles if form.visible_to == ("all",) else form.visible_to),
        source=form.source,
        as_of=form.as_of,
        confidence=form.confidence,
        disclose=form.disclose,
    )


def _known(value: bool | Decimal | date | str) -> tuple[_Known, str]:  # noqa: FBT001 - a value of a fact
    match value:
        case bool():
            return "flag", "true" if value else "false"
        case Decimal():
            return "number", exact(value)
        case date():
            return "date", value.isoformat()
        case str():
            return "text", value


def _role(name: RoleName, role: RolePieces, pieces: Pieces) -> Role:
    seat = role.seat.form or RoleForm(prompt="unread.md")
    utility = role.utility.form if role.utility else None
    return Role(
        name=name,
        prompt=seat.prompt,
        mandate=Mandate(
            limits=_rules(role.limits),
            reserve=utility.reserve if utility else 0.0,
            worths=tuple(worth for issue, form in _read(role.worths) for worth in _worth(IssueName(issue), form, pieces)),
        ),
        words=seat.words,
        fallback=seat.fallback,
        spend=_spend(role.spend.form if role.spend else None),
        context=_context(role.context.form if role.context else None),
        hand_over=role.hand_over.form.hand_over() if role.hand_over and role.hand_over.form else None,
        adviser=seat.adviser == "on",
    )


def _worth(name: IssueName, form: WorthForm, pieces: Pieces) -> tuple[Worth, ...]:
    """Return the measure that a form says; none where it says nothing that fits its issue."""
    issue = pieces.issues[name].form if name in pieces.issues else None
    if form.values is not None and isinstance(issue, ChoiceIssueForm | FlagIssueForm):
        values = tuple((option, form.values[option]) for option in options_of(issue) if option in form.values)
        return (ByOption(issue=name, weight=form.weight, values=values),)
    match form.best, form.worst:
        case Decimal() as best, Decimal() as worst:
            return (LinearNumber(issue=name, weight=form.weight, best=best, worst=worst),)
        case date() as best, date() as worst:
            return (LinearDay(issue=name, weight=form.weight, best=best, worst=worst),)
        case _:
            return ()


def _gate(form: GateForm) -> Gate:
    return gate_of(form.id, form.when, form.approver, form.approvers, form.within)


def _rules(pieces: Iterable[Piece[RuleForm]]) -> tuple[Rule, ...]:
    return tuple(Rule(id=form.id, rule=form.rule, why=form.why or "") for form in _forms(pieces))


def _spend(form: SpendForm | None) -> Spend | None:
    bounds = form.model_dump(exclude_none=True) if form else {}
    return Spend.model_validate(bounds) if bounds else None


def _context(form: ContextForm | None) -> Context | None:
    context = Context(share=form.share, message_tokens=form.message_tokens, rate=form.rate) if form else None
    return None if context == Context() else context


def _word_policy(form: WordPolicyForm) -> WordPolicy:
    return WordPolicy(id=form.id, words=form.words, personal=form.personal, why=form.why or "")


def _stop(form: StopForm | None) -> Stop:
    return Stop(**form.model_dump()) if form else Stop(rounds=1)
