"""Delays: when a contract or a chip really starts, on each path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..inputs import Chips, Colocation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def start_slips(random: np.random.Generator, inputs: Colocation, paths: int) -> NDArray[np.int64]:
    """Quarters a contract is late: 0 with the chance `on_time`, else geometric with mean `late_quarters`."""
    import numpy as np

    late = random.random(paths) >= inputs.on_time
    by = random.geometric(1 / inputs.late_quarters, paths)
    return np.where(late, by, 0)


def tape_out_slips(random: np.random.Generator, inputs: Chips, paths: int) -> NDArray[np.int64]:
    """Quarters the first chip is late: a number of failed tape-outs, each `respin_quarters` long."""
    failed = random.geometric(inputs.tape_out_success, paths) - 1
    late: NDArray[np.int64] = failed * inputs.respin_quarters
    return late


def ramp(age: NDArray[np.int64], ramp_quarters: int, term_quarters: int) -> NDArray[np.float64]:
    """Share of full revenue at an age in quarters: 0 before the start and after the term."""
    import numpy as np

    share = np.clip((age + 1) / ramp_quarters, 0.0, 1.0)
    return np.where((age >= 0) & (age < term_quarters), share, 0.0)
