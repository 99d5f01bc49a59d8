"""A table of a report as it came: headings, cells as text, and when it was posted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hashpivot.core import UnexpectedAnswer, parse_json, short_repr

from ._product import MarketProduct

DAY = ("deliverydate", "operday", "operatingday")
POSTED = ("posteddatetime",)
_SHOWN = 12  # headings named in a message
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_US_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")


def folded(text: str) -> str:
    """Lower-case letters and digits alone: `FAR_WEST` of a file and `farWest` of the API are one."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def changed(where: str, what: str) -> UnexpectedAnswer:
    """The error for a report in another shape than we know."""
    return UnexpectedAnswer(
        f"the report has another shape than we know: {what}",
        where=where,
        hint="ERCOT may have changed it; a newer hashpivot may know it, else please report it",
    )


def json_report(body: bytes, where: str) -> Any:
    """Return what an answer of JSON gives.

    Raises:
        UnexpectedAnswer: If it is none, such as a page in its place.
    """
    try:
        return parse_json(body)
    except ValueError:
        raise changed(where, "JSON is due") from None


@short_repr
@dataclass(frozen=True)
class ReportTable:
    """Cells of a report.

    Args:
        where: Its address or file, for messages.
        headings: As they came.
        rows: Cells as text, each row as long as `headings`.
        posted: When it was posted, market wall time; None if the service does not say.
    """

    where: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    posted: datetime | None = None

    @classmethod
    def of(
        cls,
        where: str,
        headings: Sequence[str],
        rows: Iterable[Sequence[Any]],
        posted: datetime | None = None,
    ) -> ReportTable:
        """Check the rows' length and write every cell as text.

        Raises:
            UnexpectedAnswer: If a row has more or fewer cells than there are headings.
        """
        cells = tuple(tuple("" if cell is None else str(cell).strip() for cell in row) for row in rows)
        wrong = next((row for row in cells if len(row) != len(headings)), None)
        if wrong is not None:
            raise changed(where, f"a row of {len(wrong)} cells under {len(headings)} headings")
        return cls(where, tuple(headings), cells, posted)

    @property
    def places(self) -> Mapping[str, int]:
        """Place of each column, by folded heading."""
        return {folded(heading): place for place, heading in enumerate(self.headings)}

    def place(self, names: Sequence[str]) -> int:
        """Place of the column that has one of these folded headings.

        Raises:
            UnexpectedAnswer: If there is none; it names the column and those that are there.
        """
        place = self.place_or_none(names)
        if place is None:
            there = ", ".join(self.headings[:_SHOWN]) or "none"
            raise changed(self.where, f"no column {names[0]!r}; there are: {there}")
        return place

    def place_or_none(self, names: Sequence[str]) -> int | None:
        """As `place`, None if there is none."""
        places = self.places
        return next((places[name] for name in names if name in places), None)

    def part(self, rows: Iterable[tuple[str, ...]]) -> ReportTable:
        """The same table with these rows alone."""
        return ReportTable(self.where, self.headings, tuple(rows), self.posted)

    def by_day_and_point(
        self, product: MarketProduct, points: Sequence[str]
    ) -> dict[tuple[date, str], ReportTable]:
        """The rows of each local day, and of each settlement point where the product has them.

        Args:
            product: What the report is of.
            points: Settlement points that are wanted; others are left out.

        Raises:
            UnexpectedAnswer: If the column of the day or the point is missing, or a day is none.
        """
        day_place = self.place(DAY)
        point_place = self.place(product.key) if product.by_point else None
        wanted = set(points)
        rows: dict[tuple[date, str], list[tuple[str, ...]]] = {}
        for row in self.rows:
            point = row[point_place] if point_place is not None else ""
            if point_place is None or point in wanted:
                rows.setdefault((self.day(row[day_place]), point), []).append(row)
        return {key: self.part(part) for key, part in rows.items()}

    def day(self, cell: str) -> date:
        """A day as the API (`2026-11-01`) or a file (`11/01/2026`) writes it.

        Raises:
            UnexpectedAnswer: If it is none.
        """
        iso, us = _ISO_DAY.match(cell), _US_DAY.match(cell)
        try:
            if iso:
                return date(int(iso[1]), int(iso[2]), int(iso[3]))
            if us:
                return date(int(us[3]), int(us[1]), int(us[2]))
        except ValueError:
            pass
        raise changed(self.where, f"{cell[:40]!r} is no day")


def wall_time(text: str, where: str) -> datetime:
    """A moment in market wall time; an offset behind it is not believed, for it can be wrong.

    Raises:
        UnexpectedAnswer: If it is none.
    """
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        raise changed(where, f"{text[:40]!r} is no moment") from None
