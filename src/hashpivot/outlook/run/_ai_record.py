"""What the bands of AI lines have been worth in the hindcast."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from hashpivot.core import BundleError, Line, csv_records

AI_LINES = (Line.AI_COLOCATION, Line.AI_CLOUD)
_NUMBERS = {1: "one", 2: "two", 4: "four"}


class CameAbove(NamedTuple):
    """How many AI lines with revenue on the day were tried, and the share that came above the 80% band."""

    cases: int
    share: float


@cache
def came_above() -> dict[int, CameAbove]:
    """The hindcast of AI lines by quarters ahead (`python -m tools write outlook-companies`).

    Raises:
        BundleError: If the table is damaged.
    """
    table = files("hashpivot.outlook") / "data" / "ai_hindcast.csv"
    try:
        with table.open(encoding="utf-8") as lines:
            found = {
                int(row["quarters_ahead"]): CameAbove(int(row["cases"]), float(row["above"]))
                for row in csv_records(lines)
            }
        if len(found) < 2 or not all(0 <= each.share <= 1 for each in found.values()):
            raise ValueError("fewer than two rows, or a share that is none")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(
            f"the hindcast of AI lines is damaged: {error}", where="ai_hindcast.csv",
            hint="install hashpivot again",
        ) from None  # fmt: skip
    return found


def ai_band_words() -> str:
    """What a reader must know of bands that stand on signed contracts alone, in a sentence."""
    (near, first), *_, (far, last) = sorted(came_above().items())
    return (
        "AI lines stand on signed contracts alone: in the hindcast, lines with revenue on the day came above "
        f"this 80% band in {first.share:.0%} of {first.cases} cases {_quarters(near)} ahead, and in "
        f"{last.share:.0%} of {last.cases} {_quarters(far)} ahead."
    )


def _quarters(number: int) -> str:
    return f"{_NUMBERS.get(number, number)} quarter{'s' if number > 1 else ''}"
