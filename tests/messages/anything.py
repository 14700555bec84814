"""What could a value hold? Anything that its fields allow, drawn from their types."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import AwareDatetime

from orchestrator.errors import Try
from orchestrator.messages.value import Value

__all__ = ["all_values", "any_of"]

_ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-11))])
_PLAIN: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    int: st.integers(-(2**40), 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    Try: st.builds(Try, failure=st.text(max_size=12), message=st.text(max_size=12), status=st.none() | st.integers(100, 599)),
    type(None): st.none(),
    date: st.dates(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=4),
    AwareDatetime: st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=_ZONES),  # noqa: DTZ001 - made aware by `timezones`
}


def all_values() -> list[type[Value]]:
    """Return every value there is, those for inner use included."""
    found: list[type[Value]] = []
    left: list[type[Value]] = [Value]
    while left:
        kind = left.pop()
        left.extend(kind.__subclasses__())
        found.append(kind)
    return sorted(found[1:], key=lambda kind: kind.__qualname__)


def any_of(annotation: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one line for each shape of a type
    """Return a strategy for whatever has this type."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, NewType):
        return any_of(annotation.__supertype__)
    if isinstance(annotation, type) and issubclass(annotation, Value):
        fields = {name: _bounded(any_of(field.annotation), field.metadata) for name, field in annotation.model_fields.items()}
        return st.builds(annotation, **fields)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is Annotated:
        metadata = [part for one in arguments[1:] for part in getattr(one, "metadata", ())]
        return _bounded(any_of(arguments[0]), metadata)
    if origin in {Union, UnionType}:
        return st.one_of([any_of(argument) for argument in arguments])
    assert origin is tuple, f"no strategy for {annotation!r}"
    if arguments[-1] is Ellipsis:
        return st.lists(any_of(arguments[0]), max_size=2).map(tuple)
    return st.tuples(*(any_of(argument) for argument in arguments))


def _bounded(strategy: st.SearchStrategy[Any], metadata: list[Any]) -> st.SearchStrategy[Any]:
    """Return the strategy for what may not be negative, or more than some figure, where a field says so."""
    most = next((part.le for part in metadata if isinstance(part, Le)), None)
    if most is not None:
        return strategy.map(lambda value: min(abs(value), most))
    return strategy.map(abs) if any(isinstance(part, Ge) for part in metadata) else strategy
