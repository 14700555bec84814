"""What do the weights of the traits have to be? Written by `python -m evals.floods.fit`; do not edit.

Learned from floods-dev2, two thirds of floods-dev and of the fit drafts by id, and made floods.
Threshold: split-conformal for 1% of honest messages, calibrated on 571 messages of the 131 honest
conversations of floods-dev2 and two thirds of floods-dev, each scored by weights learned without its thread.
"""

from __future__ import annotations

__all__ = ["BIAS", "THRESHOLD", "WEIGHTS"]

BIAS = -2.3009
WEIGHTS: dict[str, float] = {
    "dull": 2.1408,
    "barren": 4.9244,
    "barren_now": 3.6378,
    "void_now": 1.718,
    "thin": 4.5652,
    "thin_now": 1.388,
    "padding": 4.6374,
    "excuse": 1.1628,
    "vague": 2.4054,
    "foreign": 1.7196,
    "form": 6.1176,
    "talk": 2.9787,
    "yielding": 2.9757,
    "idle": 8.9815,
    "burst": 11.0009,
    "first": -1.3804,
    "reply": -1.7453,
    "reason": -2.7183,
    "you": -1.5058,
    "questions": -0.8518,
    "telling": -1.6204,
}
THRESHOLD = 0.653
"""From this score on a message is flagged."""
