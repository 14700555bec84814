"""Is the work on things done once for the very same ones, and forgotten where it could fill the memory?"""

from __future__ import annotations

from guards.kept import Once, OnceForAll, OnceForBoth


def test_work_is_done_once_for_the_same_things() -> None:
    """The second question about the very same things is answered from what was kept; equal ones are asked anew."""
    asked: list[object] = []

    def counted(item: list[int], other: str = "") -> int:
        asked.append(item)
        return sum(item) + len(other)

    first, equal = [1, 2], [1, 2]
    one, both = Once(counted), OnceForBoth(counted)
    assert [one(first), one(first), one(equal)] == [3, 3, 3]
    assert [both(first, "a"), both(first, "a"), both(equal, "a"), both(first, "bc")] == [4, 4, 4, 5]
    assert asked == [[1, 2]] * 5


def test_work_on_a_row_is_done_once_for_the_things_in_it() -> None:
    """It does not matter in which tuple the very same things come, but in which order they do."""
    asked: list[tuple[list[int], ...]] = []

    def counted(items: tuple[list[int], ...], other: str) -> int:
        asked.append(items)
        return len(items) + len(other)

    kept, one, two = OnceForAll(counted), [1], [2]
    assert [kept((one, two), "a"), kept((one, two), "a"), kept((two, one), "a")] == [3, 3, 3]
    assert asked == [([1], [2]), ([2], [1])]


def test_only_so_many_things_are_kept() -> None:
    """Where there are too many, all are forgotten and worked out anew."""
    asked: list[list[int]] = []
    kept = Once[list[int], None](asked.append)
    things = [[number] for number in range(Once.most + 1)]
    for thing in (*things, things[0]):
        kept(thing)
    assert asked == [*things, [0]]
