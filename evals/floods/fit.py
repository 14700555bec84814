"""Learn the weights and calibrate the threshold: `python -m evals.floods.fit` writes `guards/monitor/learned.py`."""

from __future__ import annotations

from pathlib import Path

import guards.monitor.learned
from evals.floods.learn import Model, learn
from evals.floods.measures import conformal
from evals.floods.parts import out_of_fold, parts
from guards.monitor.traits import TRAITS

__all__ = ["RATE", "calibrated", "main", "written"]

RATE = 0.01
"""The share of honest messages that the threshold may take for floods."""

_PAGE = '''"""What do the weights of the traits have to be? Written by `python -m evals.floods.fit`; do not edit.

Learned from floods-dev2, two thirds of floods-dev and of the fit drafts by id, and made floods.
Threshold: split-conformal for {rate:.0%} of honest messages, calibrated on {count} messages of the {talks} honest
conversations of floods-dev2 and two thirds of floods-dev, each scored by weights learned without its thread.
"""

from __future__ import annotations

__all__ = ["BIAS", "THRESHOLD", "WEIGHTS"]

BIAS = {bias}
WEIGHTS: dict[str, float] = {{
{weights}
}}
THRESHOLD = {threshold}
"""From this score on a message is flagged."""
'''


def calibrated() -> tuple[float, int, int]:
    """Return the threshold, and how many messages of how many honest conversations it was calibrated on."""
    honest = [scored for scored in out_of_fold(parts()) if not scored.talk.is_attack]
    scores = [score for scored in honest for score in scored.scores]
    return conformal(scores, RATE), len(scores), len(honest)


def written(model: Model, threshold: float, count: int, talks: int) -> str:
    """Return the module that holds them."""
    pairs = zip(TRAITS, model.weights, strict=True)
    return _PAGE.format(
        rate=RATE,
        count=count,
        talks=talks,
        bias=round(model.bias, 4),
        weights="\n".join(f'    "{name}": {round(weight, 4)},' for name, weight in pairs),
        threshold=threshold,
    )


def main() -> None:
    """Learn, calibrate, write."""
    text = written(learn(parts().learned), *calibrated())
    Path(guards.monitor.learned.__file__).write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
