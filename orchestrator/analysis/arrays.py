"""What are arrays called here? The kinds of numpy array that the analysis passes around."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Booleans", "Figures", "Floats", "Integers", "Places"]

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Booleans: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.int32]
"""Places of values on axes, or of nodes in a layer; -1 for none."""
Figures: TypeAlias = NDArray[np.float64] | NDArray[np.int64]
