"""Is a property worked out when it is first asked for, and only then?"""

from __future__ import annotations

from dataclasses import dataclass, field

from guards.lazily import Lazily


@dataclass(frozen=True)
class _Sum:
    parts: tuple[int, ...]
    asked: list[str] = field(default_factory=list, compare=False)

    @Lazily
    def total(self) -> int:
        """Return the sum."""
        self.asked.append("total")
        return sum(self.parts)


def test_a_lazy_property_is_worked_out_once() -> None:
    """The work is done at the first look, for each object by itself, and its value kept."""
    one, other = _Sum((1, 2)), _Sum((1, 2))
    assert one.asked == []
    assert (one.total, one.total, one.asked) == (3, 3, ["total"])
    assert (other.asked, one == other) == ([], True)


def test_a_lazy_property_of_the_class_is_itself() -> None:
    """Asked of the class it gives itself, with the words that describe it."""
    assert isinstance(_Sum.total, Lazily)
    assert _Sum.total.__doc__ == "Return the sum."
