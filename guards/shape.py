"""May this text be a draft? Exactly one JSON object with the keys and types that its act needs; never raises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, assert_never, cast

from guards.jsontext import Members, Repeating, fault, object_in, storable
from guards.jsonvalues import Faults, day, described, figure, names, of_type, rounds, share, words
from orchestrator.messages.draft import ACTS, Act, Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.pattern import TradeSpace
from orchestrator.messages.view import Reading, View

__all__ = ["RawTerm", "Scalar", "TermKind", "read"]

_KEYS = frozenset(("act", "terms", "offer", "text", "evidence", "assumes", "expires", "confidence", "notes"))
_PACKAGE_KEYS = frozenset(("conditions", "revises"))
_SPEAKER_KEYS = frozenset(("as", "from", "on_behalf_of", "role", "sender", "speaker"))
_ON_OFFERS: frozenset[Act] = frozenset(("accept", "reject", "withdraw"))

Scalar: TypeAlias = str | Decimal | date | bool
RawTerm: TypeAlias = dict[str, Scalar]
TermKind: TypeAlias = Literal["number", "choice", "date", "flag"]


def read(text: str, view: View) -> Reading:
    """Return the draft that the text holds, as far as there is one, and everything that is wrong with it."""
    found = object_in(text)
    if found.members is None:
        return Reading(None, found.findings)
    faults: Faults = [*found.findings]
    _keys(found.members, view, faults)
    draft = _draft(found.members, view, faults)
    return Reading(draft, tuple(faults))


def _keys(members: Members, view: View, faults: Faults) -> None:
    faults.extend(_repeated(members, ""))
    known = _KEYS | _PACKAGE_KEYS if isinstance(view.agenda.pattern_rules, TradeSpace) else _KEYS
    if members.keys() <= known:
        return
    for key in members:
        if key in _SPEAKER_KEYS:
            message = f"a draft speaks for its own role only, here {view.role!r}; leave out {key!r}"
            faults.append(fault("shape.speaker", key, message, words=described(members[key])[1]))
        elif key not in known:
            keys = ", ".join(sorted(known))
            faults.append(fault("shape.key", _cut(key), f"a draft has no key {_cut(key)!r}", words=key, allowed=keys))


def _repeated(members: Members, path: str) -> Iterator[Finding]:
    if isinstance(members, Repeating):
        for key in members.repeated:
            yield fault("shape.duplicate", path + _cut(key), f"the key {_cut(key)!r} stands more than once", words=key)


def _draft(members: Members, view: View, faults: Faults) -> Draft | None:
    act = _act(members, faults)
    content: dict[str, object] = {
        "act": act,
        "terms": _terms(members.get("terms"), act, view, faults),
        "offer": _offer(members.get("offer"), act, faults),
        "text": _optional_words(members, "text", faults),
        "evidence": names(members.get("evidence"), "evidence", faults),
        "assumes": names(members.get("assumes"), "assumes", faults),
        "expires": rounds(members.get("expires"), faults),
        "confidence": share(members.get("confidence"), faults),
        "notes": _optional_words(members, "notes", faults),
    }
    if isinstance(view.agenda.pattern_rules, TradeSpace):
        content |= _package(members, act, faults)
    return None if act is None else Draft.model_validate(content)


def _package(members: Members, act: Act | None, faults: Faults) -> dict[str, object]:
    """Return what a package has besides its terms; only a proposal has any of it."""
    conditions = names(members.get("conditions"), "conditions", faults)
    revises = _optional_words(members, "revises", faults) or None
    if act is None or act == "propose":
        return {"conditions": conditions, "revises": revises}
    for key, value in (("conditions", conditions), ("revises", revises)):
        if value:
            faults.append(fault("shape.package", key, f"{act!r} takes no {key!r}; only 'propose' does"))
    return {}


def _act(members: Members, faults: Faults) -> Act | None:
    value = members.get("act")
    for act in ACTS:
        if value == act:
            return act
    listed = ", ".join(ACTS)
    found, quoted = described(value) if "act" in members else ("nothing", "")
    faults.append(fault("shape.act", "act", f"the act must be one of {listed}, not {found}", words=quoted, allowed=listed))
    return None


def _optional_words(members: Members, key: str, faults: Faults) -> str:
    value = members.get(key)
    return "" if value is None else words(value, key, faults) or ""


def _offer(value: object, act: Act | None, faults: Faults) -> str | None:
    needed = act in _ON_OFFERS
    if value is None or (needed and value == ""):
        if needed:
            faults.append(fault("shape.offer", "offer", f"{act!r} needs 'offer', the id of the offer that is meant"))
        return None
    if act is not None and not needed:
        message = f"{act!r} takes no 'offer'; only accept, reject and withdraw name one"
        faults.append(fault("shape.offer", "offer", message, words=described(value)[1]))
        return None
    return words(value, "offer", faults)


def _terms(value: object, act: Act | None, view: View, faults: Faults) -> list[RawTerm]:
    if value is None or value == {}:
        if act == "propose":
            faults.append(fault("shape.terms", "terms", "'propose' needs 'terms' with a value for at least one issue"))
        return []
    if not isinstance(value, dict):
        of_type(value, "terms", "an object of issues and their values", faults)
        return []
    terms = _offered(cast("Members", value), view, faults)
    if act is not None and act != "propose":
        faults.append(fault("shape.terms", "terms", f"{act!r} takes no 'terms'; only 'propose' offers terms"))
        return []
    return terms


def _offered(members: Members, view: View, faults: Faults) -> list[RawTerm]:
    faults.extend(_repeated(members, "terms."))
    issues = view.agenda.issues
    present = [issue for issue in issues if issue.name in members]
    terms = [_term(issue, members[issue.name], faults) for issue in present]
    if len(present) < len(members):
        faults.extend(_unknown_issues(members, tuple(issue.name for issue in issues)))
    return [term for term in terms if term is not None]


def _unknown_issues(members: Members, known: tuple[str, ...]) -> Iterator[Finding]:
    for key in members:
        if key not in known:
            yield Finding(
                code="terms.unknown_issue",
                kind="scope",
                severity="refuse",
                path=f"terms.{_cut(key)}",
                words=_cut(key),
                message=f"{_cut(key)!r} is no issue of this negotiation; the issues are {', '.join(known)}",
                allowed=", ".join(known),
            )


def _term(issue: Issue, value: object, faults: Faults) -> RawTerm | None:
    path = f"terms.{issue.name}"
    match issue:
        case NumberIssue():
            return _raw("number", issue, figure(value, path, faults, issue))
        case ChoiceIssue():
            if issue.numeric:
                return _raw("number", issue, figure(value, path, faults, issue))
            return _raw("choice", issue, words(value, path, faults, issue))
        case DateIssue():
            return _raw("date", issue, day(value, path, faults, issue))
        case FlagIssue():
            if not isinstance(value, bool):
                return of_type(value, path, "true or false", faults, issue)
            return _raw("flag", issue, value)
        case _:
            assert_never(issue)


def _raw(kind: TermKind, issue: Issue, value: Scalar | None) -> RawTerm | None:
    return None if value is None else {"kind": kind, "issue": issue.name, "value": value}


def _cut(key: str) -> str:
    return storable(key[:80])
