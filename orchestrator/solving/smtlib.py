"""How is the solver asked? The one place that touches z3, the extra `solver`, with types around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orchestrator.analysis.asking import Answer
from orchestrator.errors import UsageError

__all__ = ["MILLIS", "Z3", "open_solver"]

MILLIS = 5_000
"""How long one question may take."""


@dataclass(frozen=True, slots=True)
class Z3:
    """Answers questions by the z3 theorem prover, each in a time and a context of its own: none hears of those before."""

    library: Any
    millis: int

    def __call__(self, text: str, assumed: tuple[str, ...], asked: tuple[str, ...], /) -> Answer:
        """Return whether the text can be true with all that is assumed, and then the values of what is asked."""
        z3 = self.library
        context = z3.Context()
        solver = z3.Solver(ctx=context)
        solver.set("timeout", self.millis)
        solver.from_string(text)
        answer = solver.check(*(z3.Bool(name, context) for name in assumed))
        if answer == z3.sat:
            model = solver.model()
            return Answer(
                "sat", values=tuple(model.eval(z3.Int(name, context), model_completion=True).as_long() for name in asked)
            )
        if answer == z3.unsat:
            return Answer("unsat", core=tuple(str(name) for name in solver.unsat_core()))
        why = str(solver.reason_unknown())
        if why == "interrupted from keyboard":
            raise KeyboardInterrupt
        return Answer("unknown", why=f"z3 gave up after {self.millis / 1_000:g} s: {why}")


def open_solver(millis: int = MILLIS) -> Z3:
    """Return the solver. Raises UsageError where the extra is not installed."""
    try:
        import z3  # noqa: PLC0415 - an extra  # pyright: ignore[reportMissingTypeStubs]
    except ImportError as missing:
        raise UsageError("the solver z3 is the extra 'solver': pip install 'handfast[solver]'") from missing
    return Z3(z3, millis)
