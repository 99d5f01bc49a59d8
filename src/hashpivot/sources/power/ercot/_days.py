"""Days of a product: from the store where they are complete, else fetched, read and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from hashpivot.core import SourceError, UnexpectedAnswer

from ...store import Store
from ..series import DayState, PowerDay, PowerSeries
from ._day_document import DayDocument, store_day, stored_day
from ._day_reading import read_day
from ._product import MarketProduct
from ._products import ERCOT_CLOCK


class DayRoute(Protocol):
    """A way to days of a product: `PublicReports`, `MisReports`."""

    name: str

    def days(
        self, product: MarketProduct, points: Sequence[str], days: Sequence[date], today: date
    ) -> Iterator[DayDocument]:
        """What it has of days, one document for each day and point."""

    def reason(self, product: MarketProduct, day: date) -> str:
        """Why a day may be missing, in words."""


def power_days(
    route: DayRoute | None,
    store: Store,
    product: MarketProduct,
    points: Sequence[str],
    days: Iterable[date],
    now: datetime,
) -> Iterator[PowerDay]:
    """Every day and point of a product, each once; complete days are kept and not fetched again.

    A service that fails ends no other day's answer: what it did not give is `unreachable`, what it gave in
    another shape `unreadable`.

    Args:
        route: Where to fetch; None to fetch nothing and call such days wanted.
        store: Where complete days are kept.
        product: Of what.
        points: Settlement points; left aside where the product has none.
        days: Local days.
        now: Aware moment: what is due by then should be there.

    Raises:
        DocumentStoreError: If a day cannot be kept.
    """
    points = tuple(points) if product.by_point else ("",)
    wanted: list[date] = []
    for day in sorted(set(days)):
        state = _without_asking(product, day, now)
        held = {point: _held(store, product, day, point) for point in points} if state is None else {}
        if state is not None:
            yield from (PowerDay(product.name, day, point, state) for point in points)
        elif all(held.values()):
            yield from (one for one in held.values() if one)
        else:
            wanted.append(day)
    if route is None:
        for day in wanted:
            yield from (PowerDay(product.name, day, point, DayState.WANTED) for point in points)
        return
    yield from _fetched(route, store, product, points, wanted, now)


def _without_asking(product: MarketProduct, day: date, now: datetime) -> DayState | None:
    if day < product.first:
        return DayState.NOT_INTRODUCED
    if product.last is not None and day > product.last:
        return DayState.RETIRED
    if not product.valid_columns(day):
        return DayState.RETIRED  # between two of its series
    return DayState.NOT_YET_PUBLISHED if now < product.opens(day, ERCOT_CLOCK) else None


def _held(store: Store, product: MarketProduct, day: date, point: str) -> PowerDay | None:
    """A complete day as the store has it."""
    document = stored_day(store, product, day, point)
    if document is None:
        return None
    try:
        reading = read_day(product, document, ERCOT_CLOCK)
    except UnexpectedAnswer:
        return None  # an older version kept what this one cannot read
    if _lacking(product, day, reading.series):
        return None
    return PowerDay(product.name, day, point, DayState.COMPLETE, reading.series, notes=reading.notes)


def _fetched(
    route: DayRoute,
    store: Store,
    product: MarketProduct,
    points: Sequence[str],
    days: list[date],
    now: datetime,
) -> Iterator[PowerDay]:
    """Fetch days; what a service that fails did not give is unreachable."""
    left = dict.fromkeys((day, point) for day in days for point in points)
    try:
        for document in route.days(product, points, days, ERCOT_CLOCK.day_of(now)) if days else ():
            left.pop((document.day, document.point), None)
            yield _judged(route, store, product, document, now)
    except SourceError as error:
        reason = f"{error.message} ({error.hint})" if error.hint else error.message
        for day, point in left:
            yield PowerDay(product.name, day, point, DayState.UNREACHABLE, reason=reason)


def _judged(
    route: DayRoute, store: Store, product: MarketProduct, document: DayDocument, now: datetime
) -> PowerDay:
    """Read a day that came, say what it is, keep it if it is complete."""
    day, point = document.day, document.point
    if document.fault:
        return PowerDay(product.name, day, point, DayState.UNREADABLE, reason=document.fault, fetched=True)
    try:
        reading = read_day(product, document, ERCOT_CLOCK)
    except UnexpectedAnswer as error:
        return PowerDay(product.name, day, point, DayState.UNREADABLE, reason=error.message, fetched=True)
    lacking = _lacking(product, day, reading.series)
    if not lacking:
        store_day(store, product, document)
        return PowerDay(
            product.name, day, point, DayState.COMPLETE, reading.series, notes=reading.notes, fetched=True
        )
    due = now >= product.due_at(day, ERCOT_CLOCK)
    more = (route.reason(product, day) or _unheard_of(document)) if due else ""
    reason = "; ".join(filter(None, (lacking, more)))
    state = DayState.MISSING if due else DayState.NOT_YET_PUBLISHED
    return PowerDay(
        product.name, day, point, state, reading.series, reason, reading.notes, bool(document.parts)
    )


def _unheard_of(document: DayDocument) -> str:
    """A hint where nothing at all came of a point."""
    return (
        f"nothing came of {document.point}: is its name right?"
        if document.point and not document.parts
        else ""
    )


def _lacking(product: MarketProduct, day: date, series: Mapping[str, PowerSeries]) -> str:
    """What is not there of a day, in words; empty if it is complete."""
    starts = ERCOT_CLOCK.starts(day, product.minutes)
    lacking = []
    for column in product.valid_columns(day):
        values = series[column.name].values if column.name in series else {}
        count = sum(start not in values for start in starts)
        if count:
            lacking.append(f"{column.name} lacks {count} of {len(starts)} intervals")
    return ", ".join(lacking)
