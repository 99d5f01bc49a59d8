"""Short names of the arrays this room works on."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Small = NDArray[np.int8]
Bools = NDArray[np.bool_]
Times = NDArray[Any]
"""datetime64 arrays: numpy 1 and 2 name their type differently."""

MINUTE, HOUR = np.timedelta64(1, "m"), np.timedelta64(1, "h")
DAY, MONTH = np.timedelta64(1, "D"), np.timedelta64(1, "M")
"""Steps of time; numpy 2.5 warns where a bare number is added to a datetime64."""
