"""The table of flags shipped with the package: which risks a text states, where; no sentences."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files

from hashpivot.core import BundleError


@dataclass(frozen=True, slots=True, order=True)
class StatedFlag:
    """A flag as one text of a company states it.

    Args:
        ticker: The company.
        said_on: Day the text became public.
        form: `10-K`, `10-Q`, ...
        kind: As in `Flag`; empty in the row that says a text was read and raised none.
        name: As in `Flag`.
        count: Sentences that say so.
        source: Accession or file name of the text.
        locator: Of the first sentence.
    """

    ticker: str
    said_on: date
    form: str
    kind: str
    name: str
    count: int
    source: str
    locator: str


@cache
def bundled_flags() -> tuple[StatedFlag, ...]:
    """The flags found in the real texts, by company and day; every text read has at least one row.

    Raises:
        BundleError: If the table is damaged.
    """
    text = files("hashpivot.guidance").joinpath("data", "flags.csv").read_text(encoding="utf-8")
    try:
        return tuple(_flag(row) for row in csv.DictReader(io.StringIO(text)))
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"the flags cannot be read: {error}", where="flags.csv") from error


def write_flags(flags: Iterable[StatedFlag]) -> str:
    """The table for flags, in its own order."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(StatedFlag)])
    writer.writerows(astuple(flag) for flag in sorted(set(flags)))
    return out.getvalue()


def _flag(row: dict[str, str]) -> StatedFlag:
    said, count = date.fromisoformat(row["said_on"]), int(row["count"])
    return StatedFlag(
        row["ticker"], said, row["form"], row["kind"], row["name"], count, row["source"], row["locator"]
    )
