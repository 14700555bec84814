"""How do people write a value? Figures in digits and words with their units, and days in six ways."""

from __future__ import annotations

from datetime import date
from random import Random

__all__ = ["in_digits", "in_words", "of_a_day", "with_unit"]

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def in_digits(value: float) -> str:
    """Return a figure with commas, to three places behind the point."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3f}".rstrip("0")


def in_words(number: int) -> str:
    """Return a whole figure below a million in words."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        return f"{_TENS[number // 10]}-{_SMALL[number % 10]}" if number % 10 else _TENS[number // 10]
    large, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    count, rest = divmod(number, large)
    tail = f" {'and ' if rest < 100 else ''}{in_words(rest)}" if rest else ""
    return f"{in_words(count)} {word}{tail}"


def with_unit(figure: str, unit: str, *, is_one: bool) -> str:
    """Return a figure with its unit behind it: nouns in the plural, signs and currencies as they are."""
    is_noun = unit.islower() and unit.isalpha() and unit != "percent" and len(unit) > 2
    return f"{figure} {unit}{'s' if is_noun and not is_one else ''}" if unit else figure


def of_a_day(day: date, chance: Random) -> str:
    """Return a day as one of the ways in which people write it."""
    month = _MONTHS[day.month - 1]
    ways = (
        day.isoformat(),
        f"{day.day} {month}",
        f"{month} {day.day}",
        f"the {day.day}{_ENDINGS.get(day.day, 'th')} of {month}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {month[:3]}",
    )
    return chance.choice(ways)
