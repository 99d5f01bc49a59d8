"""Random numbers of a company on one shard: a stream of its own for every purpose."""

from __future__ import annotations

import numpy as np

_COMPANY, _POWER, _COLOCATION, _CONTRACT, _LINES, _MARGINS, _LOSSES, _RUNNING, _DELAYS, _TAPE_OUTS = range(
    1, 11
)
"""Numbers of the streams beside the market's, which has none: a draw of one never shifts another's."""


class Streams:
    """Generators by purpose.

    Args:
        seed: The run's seed.
        shard: Number of the shard.
    """

    def __init__(self, seed: int, shard: int) -> None:
        self._seed = (seed, shard)

    def company(self) -> np.random.Generator:
        """GPU prices and the fleet."""
        return self._of(_COMPANY)

    def power(self) -> np.random.Generator:
        """Past quarters of the site."""
        return self._of(_POWER)

    def colocation(self) -> np.random.Generator:
        """The market's rent of halls: the same for every company."""
        return self._of(_COLOCATION)

    def lines(self) -> np.random.Generator:
        """Changes of lines that nobody planned."""
        return self._of(_LINES)

    def contract(self, number: int) -> np.random.Generator:
        """What is not known of one contract, by its place among the company's."""
        return self._of(_CONTRACT, number)

    def margins(self, line: int) -> np.random.Generator:
        """The margin of an AI line, by its place among the lines."""
        return self._of(_MARGINS, line)

    def delay(self, number: int) -> np.random.Generator:
        """How late one contract starts, by its place among the company's."""
        return self._of(_DELAYS, number)

    def tape_outs(self) -> np.random.Generator:
        """How many tape-outs of the first chip fail."""
        return self._of(_TAPE_OUTS)

    def losses(self, place: int) -> np.random.Generator:
        """When tenants are lost; place 0 is what they have in common."""
        return self._of(_LOSSES, place)

    def running(self) -> np.random.Generator:
        """What the rent that runs at the start comes to."""
        return self._of(_RUNNING)

    def _of(self, *numbers: int) -> np.random.Generator:
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence([*self._seed, *numbers])))
