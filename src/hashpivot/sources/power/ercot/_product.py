"""What a product of ERCOT is: its report, its columns, and when its data are due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from ..series import MarketClock


@dataclass(frozen=True, slots=True)
class ProductColumn:
    """One series of a product.

    Args:
        sources: What selects it in the report: the cell of the key column (`regup`) in a report of one value
            a row, else the headings its own column can have (`total`); all folded, see `folded`. Empty: the
            settlement point that is asked for.
        name: Of the series, as the hourly table has it.
        first: First local day it exists.
        last: Last local day, None while it goes on.
    """

    sources: tuple[str, ...]
    name: str
    first: date
    last: date | None = None

    def valid(self, day: date) -> bool:
        """True if there is such a series on a local day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class MarketProduct:
    """One product of ERCOT.

    Args:
        name: How users call it.
        emil_id: `NP4-190-CD`.
        endpoint: Last part of its address in the public API.
        report_type: Number of its list of keyless documents.
        minutes: Length of an interval.
        unit: Of its values.
        columns: Its series.
        key: Headings of the column that says which series a row belongs to; empty if each has a column.
        value: Headings of the value of such a row.
        day_query: Name of the API's parameter for the day, without From and To.
        drop: Rows that do not count: heading to folded cells, where the column is there.
        posted: From when to when, relative to the day's local midnight, documents that hold it are posted.
        due: When all of it must have been published, likewise.
        cutoff: For forecasts: only what was posted before, relative to the day's local midnight.
        by_posting: True if the API holds several postings of each interval, with the moment of each.
    """

    name: str
    emil_id: str
    endpoint: str
    report_type: int
    minutes: int
    unit: str
    columns: tuple[ProductColumn, ...]
    key: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    day_query: str = "deliveryDate"
    drop: Mapping[str, frozenset[str]] = field(default_factory=dict)
    posted: tuple[timedelta, timedelta] = (timedelta(0), timedelta(days=1))
    due: timedelta = timedelta(days=1)
    cutoff: timedelta | None = None
    by_posting: bool = False

    @property
    def by_point(self) -> bool:
        """True if it has a series for each settlement point."""
        return any(not column.sources for column in self.columns)

    @property
    def first(self) -> date:
        """First local day of any of its series."""
        return min(column.first for column in self.columns)

    @property
    def last(self) -> date | None:
        """Last local day of its series; None while one goes on."""
        ends = [column.last for column in self.columns]
        known = [end for end in ends if end is not None]
        return max(known) if len(known) == len(ends) else None

    def valid_columns(self, day: date) -> tuple[ProductColumn, ...]:
        """Its series on a local day."""
        return tuple(column for column in self.columns if column.valid(day))

    def postings(self, day: date) -> tuple[datetime, datetime]:
        """Between which local wall times documents are posted that hold a day and count for it."""
        midnight = datetime.combine(day, time())
        end = self.cutoff if self.cutoff is not None else self.posted[1]
        return midnight + self.posted[0], midnight + end

    def opens(self, day: date, clock: MarketClock) -> datetime:
        """The earliest moment at which any of a day's data can be there, UTC."""
        return clock.moment(self.postings(day)[0])

    def due_at(self, day: date, clock: MarketClock) -> datetime:
        """The moment by which all of a day's data must be there, UTC."""
        return clock.moment(datetime.combine(day, time()) + self.due)
