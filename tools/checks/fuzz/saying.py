"""What a document says to a user: figures, statements and warnings, or the error that refuses it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from hashpivot.core import Figure, HashpivotError, TextFact
from hashpivot.desk.ledger import Document, read_document
from hashpivot.ledger.store._rows import figure_of, figure_row, text_fact_of, text_fact_row

Entry = tuple[str, str, str, date | None, date]
"""Measure, line or "", qualifier, first day, last day."""
Reported = tuple[Entry, Decimal, str]
"""What a figure is of, its value and unit."""

_LOCATORS = re.compile(r'"locators":\{[^{}]*\},?')
"""Where the numbers of a debt instrument stand: names that may change, as a figure's place may."""
_TICKER, _FILED = "RIOT", date(2025, 11, 12)
"""Of a text that does not say whose it is, nor when it became public."""


@dataclass(frozen=True)
class Saying:
    """What a document says.

    Args:
        error: Kind of the error that refuses it; empty if it was read.
        reason: The error's message.
        figures: Each, without source, place and day.
        statements: Kind and content of each statement of its text.
        warnings: Of its reading.
        located: The figures as read.
    """

    error: str = ""
    reason: str = ""
    figures: frozenset[Reported] = frozenset()
    statements: frozenset[tuple[str, str]] = frozenset()
    warnings: frozenset[str] = frozenset()
    located: tuple[Figure, ...] = field(default=(), compare=False)

    @property
    def values(self) -> dict[Entry, set[Decimal]]:
        """The values of each entry: one, unless rows of it are alike."""
        found: dict[Entry, set[Decimal]] = {}
        for entry, value, _ in self.figures:
            found.setdefault(entry, set()).add(value)
        return found


def entry_of(figure: Figure) -> Entry:
    """What a figure is of."""
    return (
        figure.measure,
        figure.line.value if figure.line else "",
        figure.qualifier,
        figure.start,
        figure.end,
    )


def saying_of(data: bytes, suffix: str = ".htm") -> tuple[Saying, Document | None]:
    """What a user is told of these bytes; as those of a known company if nothing else helps.

    Raises:
        Exception: What is not a typed error is a bug in the reader; `ReaderFailure` is raised as what it is.
    """
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(data)
        file.flush()
        try:
            document = _read(Path(file.name))
        except HashpivotError as error:
            if error.kind == "reader_failure":
                raise error.__cause__ or error from None
            return Saying(error.kind, error.message), None
    figures = document.reading.figures()
    return (
        Saying(
            figures=frozenset((entry_of(figure), figure.value, figure.unit) for figure in figures),
            statements=frozenset((fact.kind, _LOCATORS.sub("", fact.data)) for fact in document.remarks()),
            warnings=frozenset(document.reading.warnings),
            located=figures,
        ),
        document,
    )


def _read(path: Path) -> Document:
    try:
        return read_document(path)
    except HashpivotError as error:
        if error.kind != "unreadable_filing":
            raise
        return read_document(path, ticker=_TICKER, filed=_FILED)


def unwritable(document: Document) -> Iterator[str]:
    """What of a document does not survive the ledger: rows that come back as another figure or fact."""
    for figure in document.reading.figures():
        row = figure_row(figure)
        yield from _text_faults(row)
        if not figure.value.is_finite():
            yield f"{figure.measure} is {figure.value}"
        elif figure_of(row) != figure:
            yield f"{figure!r} comes back as {figure_of(row)!r}"
    for fact in document.remarks():
        row = text_fact_row(fact)
        yield from _text_faults(row)
        if text_fact_of(row) != TextFact(*_fields(fact)):
            yield f"{fact.kind} comes back as {text_fact_of(row)!r}"
    source = document.reading.source
    yield from _text_faults(
        (source.key, source.ticker, source.form, source.accession, source.url, source.name)
    )
    yield from _text_faults(document.reading.warnings)


def _fields(fact: TextFact) -> tuple:
    return fact.ticker, fact.source, fact.known, fact.kind, fact.locator, fact.data


def _text_faults(row: tuple[str, ...]) -> Iterator[str]:
    for text in row:
        if "\0" in text:
            yield f"a NUL in {text[:60]!r}"
        try:
            text.encode()
        except UnicodeEncodeError:
            yield f"half a surrogate pair in {text[:60]!a}"
