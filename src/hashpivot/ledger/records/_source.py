"""The source of a row: a document with its title or address, its grade and the day it became known."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from hashpivot.core import Locator, Source

from ..store import BASIS, record_key
from . import _parse as parse
from ._cells import Cells


def source_of_row(cells: Cells, ticker: str | None, known: date | None, kind: str = "") -> Source | None:
    """Return the source of a row; None if something of it is missing or at fault.

    Two rows are of one source if company, title, address and accession are the same.

    Args:
        cells: The row.
        ticker: The company, if it is known.
        known: Day from which it was public, if it is known.
        kind: Sources of rows of another kind are others.
    """
    title = cells.read("title", parse.words) or ""
    url = cells.read("url", parse.url) or ""
    accession = cells.read("accession", parse.accession) or ""
    form = cells.read("form", parse.form) or ""
    grade = cells.read("grade", parse.grade)
    if not (cells.text("title") or cells.text("url")):
        cells.fault(
            "title", "neither title nor url is given", "write the document's title, its address or both"
        )
    if ticker is None or known is None or grade is None:
        return None
    digest = sha256("\n".join((kind, ticker, title, url, accession)).encode()).hexdigest()
    key = record_key(f"{ticker}/{digest[:12]}")
    return Source(key, ticker, form, known, BASIS, grade, accession, url, name=title)


def locator_of_row(cells: Cells) -> Locator | None:
    """Return where in its source a row was read."""
    text = cells.read("locator", parse.words)
    return Locator.parse(text) if text else None


def known_of_row(cells: Cells, column: str = "known") -> date | None:
    """Return the day a row became known; never a day to come."""
    known = cells.read(column, parse.day)
    if known and known > cells.scene.today:
        cells.fault(column, f"{known} is after today, {cells.scene.today}", "write the day it became public")
        return None
    return known


def source_cells(source: Source, locator: Locator | str) -> dict[str, str]:
    """Return the cells that say where a row was read, as `source_of_row` reads them."""
    return {
        "title": source.name if source.known_basis == BASIS else source.title,
        "url": source.url,
        "accession": source.accession,
        "form": source.form,
        "grade": source.grade,
        "locator": str(locator),
    }
