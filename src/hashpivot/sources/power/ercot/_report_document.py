"""Documents a list of ERCOT names, and which of them hold a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hashpivot.core import UnexpectedAnswer

from ._day_document import DayDocument
from ._product import MarketProduct
from ._report_table import ReportTable

_STAMP = re.compile(r"\.(20\d{6})\.(\d{6})(?:\d{3})?\.")


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A document of a report.

    Args:
        number: By which it is asked for.
        name: `cdr.00012301.0000000000000000.20250730.084701.SPPHLZNP6905_20250730_0845_csv.zip`.
        posted: Market wall time.
    """

    number: str
    name: str
    posted: datetime

    @property
    def is_csv(self) -> bool:
        """False for the same report as XML."""
        return not re.search(r"xml", self.name, re.IGNORECASE)


def stamp(name: str) -> datetime | None:
    """Market wall time in a document's name, None if it has none."""
    found = _STAMP.search(name)
    try:
        return datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S") if found else None
    except ValueError:
        return None


def holding(
    product: MarketProduct, day: date, documents: Iterable[ReportDocument]
) -> tuple[ReportDocument, ...]:
    """The documents that may hold a day: of several forecasts the last that counts, else all in its time."""
    earliest, latest = product.postings(day)
    inside = [one for one in documents if one.is_csv and earliest <= one.posted < latest]
    inside.sort(key=lambda one: (one.posted, int(one.number) if one.number.isdecimal() else 0))
    return tuple(inside[-1:] if product.by_posting else inside)


def day_documents(
    product: MarketProduct, points: Sequence[str], days: Sequence[date], tables: Iterable[ReportTable]
) -> Iterator[DayDocument]:
    """The tables' rows as one document for every day and point, empty where there is none.

    A table that cannot be used is the fault of all these days: what it would have said of them is unknown.
    """
    parts: dict[tuple[date, str], list[ReportTable]] = {}
    try:
        for table in tables:
            for key, part in table.by_day_and_point(product, points).items():
                parts.setdefault(key, []).append(part)
    except UnexpectedAnswer as error:
        yield from faulty_days(product, points, days, error)
        return
    for day, point in _keys(product, points, days):
        yield DayDocument(product.name, day, point, tuple(parts.get((day, point), ())))


def faulty_days(
    product: MarketProduct, points: Sequence[str], days: Sequence[date], error: UnexpectedAnswer
) -> Iterator[DayDocument]:
    """Documents of days that cannot be used."""
    for day, point in _keys(product, points, days):
        yield DayDocument(product.name, day, point, (), error.message)


def _keys(product: MarketProduct, points: Sequence[str], days: Sequence[date]) -> Iterator[tuple[date, str]]:
    return ((day, point) for day in days for point in (points if product.by_point else ("",)))
