"""Days found elsewhere, merged into a user's table: what stands stays, what follows on it is added."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hashpivot.core import InvalidInput

from ._day import NetworkDay
from ._day_differences import DAY_BEFORE, DayDifference, day_differences, epochs_of
from ._extension import HEIGHT_TOLERANCE
from ._protocol import difficulty_can_follow

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MergedDays:
    """What becomes of days that were found.

    Args:
        own: The user's table with what was added.
        added: Days that are new in it.
        unchanged: Days that stand already and agree.
        differences: Values that differ beyond the tolerance; the standing ones stay.
        gaps: Why the table ends where it does, if days were found beyond; in words.
    """

    own: tuple[NetworkDay, ...]
    added: tuple[NetworkDay, ...]
    unchanged: tuple[date, ...]
    differences: tuple[DayDifference, ...]
    gaps: tuple[str, ...]


def last_standing(bundled: Sequence[NetworkDay], own: Sequence[NetworkDay]) -> NetworkDay:
    """The last day of the two tables together, on which the next one must follow."""
    return own[-1] if own and own[-1].day > bundled[-1].day else bundled[-1]


def merged_days(
    bundled: Sequence[NetworkDay], own: Sequence[NetworkDay], found: Iterable[NetworkDay]
) -> MergedDays:
    """Merge days into a user's table. No row that stands is ever replaced.

    Args:
        bundled: The shipped table.
        own: The user's table; it may be empty.
        found: Days found, in any order, with blocks counted; without a price they cannot be added.

    Raises:
        InvalidInput: If a day is found twice with different values.
    """
    by_day = _by_day(found)
    standing = {day: held for day in by_day if (held := _standing(day, bundled, own))}
    differences: list[DayDifference] = []
    unchanged: list[date] = []
    for day in sorted(standing):
        row, table = standing[day]
        differing = list(day_differences(row, by_day[day], table))
        differences += differing
        if not differing:
            unchanged.append(day)
    added, gap = _following(last_standing(bundled, own), by_day, differences)
    return MergedDays(
        (*own, *added), tuple(added), tuple(unchanged), tuple(differences), (gap,) if gap else ()
    )


def _standing(
    day: date, bundled: Sequence[NetworkDay], own: Sequence[NetworkDay]
) -> tuple[NetworkDay, str] | None:
    """The row of a day, and the table it stands in; the user's own comes first."""
    for rows, table in ((own, "network.csv"), (bundled, "bundled")):
        place = bisect_left(rows, day, key=lambda row: row.day)
        if place < len(rows) and rows[place].day == day:
            return rows[place], table
    return None


def _by_day(found: Iterable[NetworkDay]) -> dict[date, NetworkDay]:
    by_day: dict[date, NetworkDay] = {}
    for row in found:
        if by_day.setdefault(row.day, row) != row:
            raise InvalidInput(f"{row.day} was found twice, with different values")
    return by_day


def _following(
    last: NetworkDay, by_day: dict[date, NetworkDay], differences: list[DayDifference]
) -> tuple[list[NetworkDay], str]:
    """Days that follow on the last without a gap, and why no more do."""
    added: list[NetworkDay] = []
    ends = max(by_day, default=last.day)
    while last.day < ends:
        row = by_day.get(last.day + _ONE)
        reason = _cannot_follow(last, row, differences)
        if row is None or reason:
            first, left = last.day + _ONE, sum(day > last.day for day in by_day)
            return added, f"{first} {reason}; {_days(left)} from there on cannot be added"
        added.append(row)
        last = row
    return added, ""


def _cannot_follow(last: NetworkDay, row: NetworkDay | None, differences: list[DayDifference]) -> str:
    if row is None:
        return "was not found"
    expected = last.height_end + row.blocks
    slack = 0 if last.blocks_flag == "counted" else HEIGHT_TOLERANCE
    if abs(row.height_end - expected) > slack or row.height_end <= last.height_end:
        differences.append(DayDifference(row.day, "height_end", expected, row.height_end, DAY_BEFORE))
        return "does not follow on the height of the day before"
    changes = epochs_of(row)[-1] - epochs_of(last)[0]
    if not difficulty_can_follow(last.difficulty, row.difficulty, changes):
        differences.append(DayDifference(row.day, "difficulty", last.difficulty, row.difficulty, DAY_BEFORE))
        return "has a difficulty the protocol does not allow after the day before"
    return "has no price" if row.close_usd is None else ""


def _days(count: int) -> str:
    return f"{count} day{'s' if count != 1 else ''} found"
