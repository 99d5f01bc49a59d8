"""What a stand-in for ERCOT has posted: rows of a report at a moment, as its files and its API show them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ._ercot_report import ErcotReport

CENTRAL = ZoneInfo("America/Chicago")
_FLAGS = ("DSTFlag", "InUseFlag")


@dataclass(frozen=True)
class ErcotPosting:
    """One posting.

    Args:
        report: Of which report.
        posted: When, aware.
        rows: Cells as its CSV has them.
    """

    report: ErcotReport
    posted: datetime
    rows: tuple[tuple[str, ...], ...] = field(repr=False)

    @property
    def wall(self) -> datetime:
        """When it was posted, by the clocks in Texas."""
        return self.posted.astimezone(CENTRAL).replace(tzinfo=None)

    def name(self, kind: str = "csv") -> str:
        """Name of its document, `cdr.00012331.0000000000000000.20250101.123000000.DAMSPNP4190_csv.zip`."""
        report = self.report
        stamp = f"{self.wall:%Y%m%d.%H%M%S}000"
        return f"cdr.{report.report_type:08}.{'0' * 16}.{stamp}.{report.file_name}_{kind}.zip"

    def zipped(self) -> bytes:
        """Its document: a zip with one CSV."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.report.headings)
        writer.writerows(self.rows)
        return zipped({self.name().replace("_csv.zip", ".csv"): text.getvalue().encode()})

    def api_rows(self) -> Iterator[list[Any]]:
        """Its rows as the API has them, the moment of posting first where the report shows it."""
        for row in self.rows:
            cells = [_api_cell(name, cell) for name, cell in zip(self.report.headings, row, strict=True)]
            yield [self.wall.isoformat(), *cells] if self.report.by_posting else cells

    @property
    def api_fields(self) -> tuple[str, ...]:
        """Names of the API's fields."""
        return ("postedDatetime", *self.report.fields) if self.report.by_posting else self.report.fields


def zipped(files: dict[str, bytes]) -> bytes:
    """Pack files into a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _api_cell(heading: str, cell: str) -> Any:
    """A day as ISO, a flag as true or false, a number as one, an hour ending as text."""
    if heading in _FLAGS:
        return cell == "Y"
    if cell.count("/") == 2:
        month, day, year = cell.split("/")
        return f"{year}-{month}-{day}"
    if not cell:
        return None
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell
