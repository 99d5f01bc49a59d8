"""From a market's local day, hour and interval to UTC, through the days on which the clocks change.

In spring one local hour does not exist; in autumn one comes twice, and only a mark tells which of the two is
meant. Nothing is guessed here: an hour that does not exist, or one of two without a mark, is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class MarketClock:
    """The wall clock of a market.

    Args:
        zone: Its time zone, such as `America/Chicago`.
    """

    zone: ZoneInfo

    def midnight(self, day: date) -> datetime:
        """Beginning of a local day, UTC."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def moment(self, wall: datetime) -> datetime:
        """UTC of what the wall clock shows; the first of two where it shows it twice."""
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """Local day of a moment."""
        return moment.astimezone(self.zone).date()

    def starts(self, day: date, minutes: int) -> tuple[datetime, ...]:
        """Beginnings of a local day's intervals, UTC: 23, 24 or 25 hours of them."""
        step, start = timedelta(minutes=minutes), self.midnight(day)
        return tuple(
            start + step * number for number in range((self.midnight(day + timedelta(1)) - start) // step)
        )

    def exists(self, wall: datetime) -> bool:
        """True if the wall clock shows this at some moment: not so in the hour that spring leaves out."""
        return self.moment(wall).astimezone(self.zone).replace(tzinfo=None) == wall

    def comes_twice(self, wall: datetime) -> bool:
        """True if the wall clock shows this at two moments: so in the repeated hour of autumn."""
        first, second = (wall.replace(tzinfo=self.zone, fold=fold).utcoffset() for fold in (0, 1))
        return first != second and self.exists(wall)

    def has_repeated_hour(self, day: date) -> bool:
        """True on the day of autumn that has 25 hours."""
        return self.midnight(day + timedelta(1)) - self.midnight(day) > timedelta(days=1)

    def start(self, wall: datetime, *, repeated: bool) -> datetime:
        """UTC of an interval's beginning.

        Args:
            wall: What the wall clock shows then.
            repeated: True for the second of two.

        Raises:
            ValueError: If the wall clock never shows this, or does not show it twice but `repeated` says so.
        """
        if not self.exists(wall):
            raise ValueError(f"{wall:%Y-%m-%d %H:%M} does not exist in {self.zone.key}: clocks went forward")
        if repeated and not self.comes_twice(wall):
            raise ValueError(
                f"{wall:%Y-%m-%d %H:%M} is marked as repeated, but comes once in {self.zone.key}"
            )
        return wall.replace(tzinfo=self.zone, fold=int(repeated)).astimezone(UTC)
