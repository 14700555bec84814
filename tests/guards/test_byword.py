"""Is the work on a word done once, and forgotten where it could fill the memory?"""

from __future__ import annotations

from guards.byword import ByWord


def test_the_work_on_a_short_word_is_done_once() -> None:
    """What is known from the start is not worked out; a short word is once, a long one each time."""
    asked: list[str] = []

    def size(word: str) -> int:
        asked.append(word)
        return len(word)

    sizes = ByWord(size, {"known": 0})
    assert [sizes[word] for word in ("known", "new", "new", "x" * 40, "x" * 40)] == [0, 3, 3, 40, 40]
    assert asked == ["new", "x" * 40, "x" * 40]


def test_only_so_many_words_are_kept() -> None:
    """Behind the most that are kept every word is still answered, and none is added."""
    sizes = ByWord(len)
    assert sum(sizes[f"w{number}"] for number in range(20_000)) == sum(len(f"w{number}") for number in range(20_000))
    assert len(sizes) < 20_000
