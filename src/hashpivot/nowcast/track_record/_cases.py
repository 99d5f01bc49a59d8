"""The track record: every nowcast of the walk-forward backtest with what came of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import StringIO

from hashpivot.core import BundleError, Line, Quarter, csv_rows

OLDEST_AGE = 3
"""Quarters since the last report from which reports count as equally old."""


class Horizon(StrEnum):
    """When a nowcast is made."""

    BEFORE = "before_start"
    MIDDLE = "mid_quarter"
    END = "quarter_end"
    PRE_REPORT = "report_eve"


class Subject(StrEnum):
    """What a nowcast is of."""

    MINING = "mining"
    OTHER = "other_lines"
    TOTAL = "total"
    EBITDA = "adjusted_ebitda"


@dataclass(frozen=True, slots=True)
class NowcastCase:
    """One nowcast, its interval as it was before widening, and its outcome.

    Args:
        ticker: The company.
        quarter: The quarter.
        horizon: When it was made.
        as_of: The day it was made on.
        subject: Mining, another line, or the total.
        line: The line; `total` for the total, `adjusted_ebitda` for that.
        level: Level of information about mining.
        median_usd: Median.
        p10_usd: Lower end of the raw 80% interval.
        p90_usd: Upper end.
        actual_usd: As first reported.
        actual_known: Day from which it could be known.
        last_usd: Baseline: the last quarter known.
        seasonal_usd: Baseline: the same quarter a year before; None if not known.
        scaled_usd: Baseline: the last quarter times the change in network revenue per hash.
        quarters_since: Quarters from the last known one.
        toward_usd: The simple forecast that nowcasts of its kind are drawn toward; None if there is none.
    """

    ticker: str
    quarter: Quarter
    horizon: Horizon
    as_of: date
    subject: Subject
    line: str
    level: str
    median_usd: float
    p10_usd: float
    p90_usd: float
    actual_usd: float
    actual_known: date
    last_usd: float | None
    seasonal_usd: float | None
    scaled_usd: float | None
    quarters_since: int | None
    toward_usd: float | None

    @property
    def group(self) -> str:
        """`self-mining`, `AI`, `chips`, `hosting`, `small lines` (the other ones) or `total`."""
        if self.subject is Subject.TOTAL:
            return "total"
        return _GROUPS.get(Line(self.line), "small lines")

    @property
    def age(self) -> str:
        """Quarters from the last known one: `1`, `2`, `3+` or `none`."""
        if not self.quarters_since:
            return "none"
        return f"{OLDEST_AGE}+" if self.quarters_since >= OLDEST_AGE else str(self.quarters_since)


_GROUPS = {
    Line.SELF_MINING: "self-mining",
    Line.AI_CLOUD: "AI",
    Line.AI_COLOCATION: "AI",
    Line.CHIPS: "chips",
    Line.HOSTING: "hosting",
}
COLUMNS = tuple(field.name for field in fields(NowcastCase))


@cache
def load_track_record() -> tuple[NowcastCase, ...]:
    """The track record shipped with the package.

    Raises:
        BundleError: If the table is missing or damaged.
    """
    try:
        return parse_track_record(
            files("hashpivot.nowcast").joinpath("data", "track_record.csv").read_text(encoding="utf-8")
        )
    except (OSError, ValueError) as error:
        raise BundleError(
            f"the bundled table is damaged: {error}", where="track_record.csv", hint="install hashpivot again"
        ) from None


def parse_track_record(text: str) -> tuple[NowcastCase, ...]:
    """The cases of a CSV table.

    Raises:
        ValueError: If it is not one.
    """
    rows = (row.cells for row in csv_rows(text))
    if next(rows, []) != list(COLUMNS):
        raise ValueError("the columns are not the expected ones")
    return tuple(map(_case, rows))


def write_track_record(cases: Iterable[NowcastCase]) -> str:
    """The CSV table of cases."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_text(getattr(case, name)) for name in COLUMNS] for case in cases)
    return out.getvalue()


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.0f}"
    return "" if value is None else str(value)


def _case(row: list[str]) -> NowcastCase:
    if len(row) != len(COLUMNS):
        raise ValueError(f"a row has {len(row)} cells instead of {len(COLUMNS)}")
    ticker, quarter, horizon, as_of, subject, line, level = row[:7]
    median, p10, p90, actual = map(float, row[7:11])
    last, seasonal, scaled = (float(cell) if cell else None for cell in row[12:15])
    return NowcastCase(
        ticker,
        Quarter.parse(quarter),
        Horizon(horizon),
        date.fromisoformat(as_of),
        Subject(subject),
        line,
        level,
        median,
        p10,
        p90,
        actual,
        date.fromisoformat(row[11]),
        last,
        seasonal,
        scaled,
        int(row[15]) if row[15] else None,
        float(row[16]) if row[16] else None,
    )
