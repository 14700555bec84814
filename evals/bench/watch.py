"""What does it cost to watch the words? The monitor, for a message of 150 tokens and for a megabyte."""

from __future__ import annotations

from evals.bench.figure import Figure, cpu_micros
from evals.bench.talk import long_talk
from guards.monitor import monitor_of
from orchestrator.messages.suspicion import Heard, Memory
from orchestrator.roles.tokens import count

__all__ = ["watch_figures"]

_MESSAGE = (
    "You asked why search stays at 60,000 when social is the channel that grows. Because the brand terms are in it, and they "
    "pay at 42.50 an acquisition, which nothing else on the list does. If you need the total below 110,000 I'd rather give up "
    "5,000 of e-mail than a week of the flight: the third mailing went to 3,900 contacts and brought eleven orders. "
    "With 35,000 in social we are at 857 a day over six weeks, just above the floor at which the network stops learning. "
    "Would the studio take 120 hours instead of 140 if the portrait cut falls away? Then 1 October works for us, too, and "
    "the freeze at the end of the month doesn't touch the last week. "
)


def watch_figures() -> list[Figure]:
    """Return the CPU time of the monitor for one message, for ten times its words, and for a megabyte."""
    settings, _ = long_talk()
    monitor = monitor_of(settings.negotiation)
    memory = monitor(_heard(_MESSAGE), Memory()).memory
    few, many, most = _heard(_MESSAGE), _heard(_varied(10)), _heard(_varied(1_000_000 // len(_MESSAGE)))
    one = cpu_micros(lambda: monitor(few, Memory()), times=500)
    kept = cpu_micros(lambda: monitor(few, memory), times=500)
    ten = cpu_micros(lambda: monitor(many, Memory()), times=50)
    megabyte = cpu_micros(lambda: monitor(most, Memory()), times=2, runs=3)
    return [
        Figure(name=f"monitor, first message of {few.tokens} tokens", value=one, unit="us", goal=40),
        Figure(name="monitor, the same said again, with reasons", value=kept, unit="us", goal=150),
        Figure(name="monitor, ten times the words against one", value=ten / one, unit="ratio", goal=10.5),
        Figure(name="monitor, a megabyte", value=megabyte / 1_000, unit="ms", goal=150),
    ]


def _varied(times: int) -> str:
    """Return the message so many times, with sentences that differ each time."""
    return "\n".join(_MESSAGE.replace(" the ", f" the {number} ") for number in range(times))


def _heard(text: str) -> Heard:
    return Heard(text=text, tokens=count(text))
