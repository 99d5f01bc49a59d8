"""Columns of the tables one records: their names, what they hold, and an example."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """One column of a table, and one option of the command line.

    Args:
        name: As the header writes it.
        meaning: One sentence without its full stop.
        example: A value, as the template shows it; empty if none is usual.
        required: True if no cell of it may be empty.
    """

    name: str
    meaning: str
    example: str = ""
    required: bool = False


TICKER = RecordColumn("ticker", "The company", "RIOT", required=True)
KNOWN = RecordColumn("known", "Day from which the public could know it", "2024-10-30", required=True)


def source_columns(title: str, locator: str, grade: str = "B", form: str = "") -> tuple[RecordColumn, ...]:
    """Return the columns that say where a row was read, with examples."""
    return (
        RecordColumn("title", "Title of the document; it or url is needed", title),
        RecordColumn("url", "Where a reader can look it up"),
        RecordColumn("accession", "SEC accession number, such as 0001558370-24-010495"),
        RecordColumn("form", "10-Q, 8-K, ...; a report outranks a release", form),
        RecordColumn("grade", "A filing, B company release, C secondary", grade, required=True),
        RecordColumn("locator", "Where in the document, in words", locator, required=True),
    )


SUPERSEDES = RecordColumn("supersedes", "Id of an earlier record that this one replaces")
