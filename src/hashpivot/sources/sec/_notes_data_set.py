"""The SEC's Financial Statement and Notes data sets: every filer's tagged numbers of a month in one archive.

They come late and hold all dimensions, which companyfacts and frames leave out: the source for looking
through every filer at once.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hashpivot.core import InvalidInput, NotCsv, csv_records

from ..http import Client
from ..store import Store, StoredDocument, download
from ._changed import changed

# assumed: folder and names of the archives, as public descriptions give them; no recording is at hand.
_URL = "https://www.sec.gov/files/dera/data/financial-statement-notes-data-sets/{name}"
_FIRST, _MONTHLY = date(2009, 1, 1), date(2020, 10, 1)
_COLUMNS = {
    "sub": ("adsh", "cik", "name", "form", "period", "filed", "accepted"),
    "num": ("adsh", "tag", "version", "ddate", "qtrs", "uom", "dimh", "value"),
    "dim": ("dimhash", "segments"),
}
"""The columns we read; the key of dimensions is called `dimh` in `num` and `dimhash` in `dim`."""


@dataclass(frozen=True, slots=True)
class TaggedNumber:
    """One number of a data set.

    Args:
        accession: Of the filing.
        tag: Concept, without the prefix of its taxonomy.
        version: Taxonomy, or the accession for a company's own concepts.
        end: Day on which the period ends.
        quarters: Length of the period in quarters; 0 for a moment.
        unit: `USD`, `shares`, ...
        dimensions: Axis to member; empty for the whole company.
        value: As given; empty if nil.
    """

    accession: str
    tag: str
    version: str
    end: date
    quarters: int
    unit: str
    dimensions: Mapping[str, str]
    value: str


def notes_data_set_name(day: date) -> str:
    """Name of the archive with the filings of a day: a month's since October 2020, a quarter's before.

    Raises:
        InvalidInput: For a day before the first.
    """
    if day < _FIRST:
        raise InvalidInput(f"there are no notes data sets of {day}", hint="the first is of 2009Q1")
    if day < _MONTHLY:
        return f"{day.year}q{(day.month + 2) // 3}_notes.zip"
    return f"{day:%Y_%m}_notes.zip"


def notes_data_set(client: Client, store: Store, day: date) -> NotesDataSet:
    """The data set with the filings of a day, from the store if EDGAR has no newer one.

    Raises:
        NotAtSource: If it is not published yet.
        InvalidInput: As `notes_data_set_name`.
        SourceError, DocumentStoreError: As `download`.
    """
    name = notes_data_set_name(day)
    url = _URL.format(name=name)
    document, _ = download(client, store, f"sec/{name}", url, fixed=False, whole=_is_archive)
    return NotesDataSet(document)


class NotesDataSet:
    """One archive.

    Args:
        document: In the store.
    """

    def __init__(self, document: StoredDocument) -> None:
        self._document = document
        self._archive = zipfile.ZipFile(io.BytesIO(document.read()))

    def __repr__(self) -> str:
        return f"NotesDataSet({self._document.key})"

    @property
    def path(self) -> Path:
        """The archive in the store, packed once more as gzip."""
        return self._document.path

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """Rows of a table, by column.

        Args:
            table: `sub` (filings), `num` (numbers) or `dim` (dimensions).

        Raises:
            UnexpectedAnswer: If the archive has no such table, or the table lacks a column we read.
        """
        try:
            file = self._archive.open(f"{table}.tsv")
        except KeyError:
            raise changed(self._document.url, f"there is no {table}.tsv") from None
        with file, io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="") as text:
            try:
                yield from csv_records(text, _COLUMNS[table], quoted=False, delimiter="\t")
            except NotCsv as error:
                raise changed(self._document.url, f"{table}.tsv line {error.line}: {error}") from None

    def filings(self) -> dict[str, dict[str, str]]:
        """The filings by accession, as the table `sub` gives them."""
        return {row["adsh"]: row for row in self.rows("sub")}

    def numbers(self, accessions: frozenset[str] | None = None) -> Iterator[TaggedNumber]:
        """The numbers of some filings, or of all.

        Raises:
            UnexpectedAnswer: As `rows`, or if a number's day or length is none.
        """
        dimensions = {row["dimhash"]: _pairs(row["segments"]) for row in self.rows("dim")}
        for row in self.rows("num"):
            if accessions is None or row["adsh"] in accessions:
                yield self._number(row, dimensions.get(row["dimh"], {}))

    def _number(self, row: Mapping[str, str], dimensions: Mapping[str, str]) -> TaggedNumber:
        day = row["ddate"]
        try:
            end, quarters = date(int(day[:4]), int(day[4:6]), int(day[6:8])), int(row["qtrs"])
        except ValueError:
            raise changed(
                self._document.url, f"a number's day is {day!r}, its length {row['qtrs']!r}"
            ) from None
        return TaggedNumber(
            row["adsh"], row["tag"], row["version"], end, quarters, row["uom"], dimensions, row["value"]
        )


def _pairs(segments: str) -> dict[str, str]:
    """`BusinessSegments=Hosting;Product=Power;` as a mapping."""
    parts = (part.partition("=") for part in segments.split(";") if "=" in part)
    return {axis.strip(): member.strip() for axis, _, member in parts}


def _is_archive(body: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(body))
