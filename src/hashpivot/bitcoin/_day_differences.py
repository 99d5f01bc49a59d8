"""Where two rows of the same day differ by more than their sources can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ._day import NetworkDay
from ._extension import DIFFICULTY_TOLERANCE, HEIGHT_TOLERANCE
from ._protocol import BLOCKS_PER_EPOCH, SAME_DIFFICULTY

BLOCKS_TOLERANCE = 75
"""Difference of a day's blocks from an interpolated number: chance alone has a standard deviation of 12."""

FEES_TOLERANCE_BTC = 0.005
"""Difference of a day's counted fees: tables are rounded to two decimals."""

APPROX_FEES_SHARE, APPROX_FEES_BTC = 0.15, 0.2
"""Difference from approximate fees: a window of 144 blocks gave them within -8% and +12% on 170 days, and
they were recovered from a rounded hashprice."""

PRICE_TOLERANCES = {"close": 0.02, "observed": 0.05, "estimated": 0.15}
"""Relative difference of a price by its flag. Closes of two good sources are 0.13% apart in the median,
and since 2019 were beyond 2% on nine days; an observed price is up to three hours off the close, in which it
moves by 1% or so; an estimated one lies between its neighbours."""

DAY_BEFORE = "the day before"
"""Instead of a table's name, where a value cannot follow on that day."""


@dataclass(frozen=True, slots=True)
class DayDifference:
    """A value that was found otherwise than it stands.

    Args:
        day: The day.
        column: Of the table, such as `difficulty`.
        standing: The value that stands, and stays.
        found: The value found.
        table: Where it stands: `bundled`, `network.csv`, or `the day before`, which leads to another value.
    """

    day: date
    column: str
    standing: float
    found: float
    table: str

    def __str__(self) -> str:
        verb = "leads to" if self.table == DAY_BEFORE else "has"
        return (
            f"{self.day} {self.column}: found {self.found:,.15g}, {self.table} {verb} {self.standing:,.15g}"
        )

    def to_dict(self) -> dict[str, Any]:
        """One disagreement of the JSON contract of `hashpivot fetch network`."""
        return {
            "day": self.day.isoformat(),
            "column": self.column,
            "standing": self.standing,
            "found": self.found,
            "table": self.table,
        }


def day_differences(standing: NetworkDay, found: NetworkDay, table: str) -> Iterator[DayDifference]:
    """Values of a day beyond what its flags allow; what the standing row estimates or lacks is not compared.

    Args:
        standing: The row that stands.
        found: The row found, with its blocks counted.
        table: Name of the first's table.
    """
    pairs = {
        "height_end": (standing.height_end, found.height_end, _height_slack(standing)),
        "blocks": (standing.blocks, found.blocks, BLOCKS_TOLERANCE if _height_slack(standing) else 0),
        "difficulty": (
            standing.difficulty, found.difficulty, _difficulty_tolerance(standing) * standing.difficulty,
        ),
        **_fees(standing, found),
        **_price(standing, found),
    }  # fmt: skip
    for column, (held, new, most) in pairs.items():
        if abs(new - held) > most:
            yield DayDifference(standing.day, column, held, new, table)


def epochs_of(row: NetworkDay) -> range:
    """Epochs the blocks of a day can belong to; interpolated heights can be some blocks off."""
    slack = _height_slack(row)
    first, last = row.height_end - row.blocks + 1 - slack, row.height_end + slack
    return range(max(0, first) // BLOCKS_PER_EPOCH, last // BLOCKS_PER_EPOCH + 1)


def _height_slack(row: NetworkDay) -> int:
    return 0 if row.blocks_flag == "counted" else HEIGHT_TOLERANCE


def _difficulty_tolerance(row: NetworkDay) -> float:
    """None but rounding, where it is certain which blocks the mean is over."""
    certain = row.blocks_flag == "counted" or len(epochs_of(row)) == 1
    return SAME_DIFFICULTY if certain else DIFFICULTY_TOLERANCE


def _fees(standing: NetworkDay, found: NetworkDay) -> dict[str, tuple[float, float, float]]:
    held, new = standing.fees_btc, found.fees_btc
    if held is None or new is None or standing.fees_flag not in ("exact", "approx"):
        return {}
    exact = standing.fees_flag == "exact"
    most = FEES_TOLERANCE_BTC if exact else max(held, new) * APPROX_FEES_SHARE + APPROX_FEES_BTC
    return {"fees_btc": (held, new, most)}


def _price(standing: NetworkDay, found: NetworkDay) -> dict[str, tuple[float, float, float]]:
    held, new = standing.close_usd, found.close_usd
    if held is None or new is None:
        return {}
    return {"price_usd": (held, new, held * PRICE_TOLERANCES[standing.price_flag])}
