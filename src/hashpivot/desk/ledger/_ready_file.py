"""A file read whole, ready to be put into a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hashpivot.core import (
    Companies,
    Figure,
    InvalidInput,
    NoData,
    Source,
    TextFact,
    UnknownCompany,
    short_repr,
)
from hashpivot.lines import Reading

from ._document import one_file, read_document


@short_repr
@dataclass(frozen=True)
class ReadyFile:
    """What one file would bring into a ledger. It can be sent from process to process.

    Args:
        source: What the ledger would call it, of a known company and day.
        figures: Its figures.
        remarks: Its statements and debt.
        warnings: What could not be read.
    """

    source: Source
    figures: tuple[Figure, ...]
    remarks: tuple[TextFact, ...]
    warnings: tuple[str, ...] = ()


def ready_file(
    path: str | Path, *, ticker: str = "", filed: date | None = None, companies: Companies | None = None
) -> ReadyFile:
    """Read a file whose figures and statements are to be put into a ledger. Nothing is stored.

    Args:
        path: As `read_document`.
        ticker: Whose it is, if the file does not say.
        filed: Day it became public, if the file does not say.
        companies: Known companies; the shipped table and the user's if not given.

    Raises:
        UnreadableFile, UnreadableFiling, UnknownCompany, InvalidInput: As `read_document`.
        NoData: If it holds neither figures nor statements.
    """
    document = read_document(path, ticker=ticker, filed=filed, companies=companies)
    reading = document.reading
    with one_file(path):
        ready = ReadyFile(
            reading.source, tuple(reading.figures()), tuple(document.remarks()), tuple(reading.warnings)
        )
    _refuse(reading, ready, filed, str(path))
    return ready


def _refuse(reading: Reading, ready: ReadyFile, filed: date | None, where: str) -> None:
    """Raise if there is nothing to add, or no company or day it could belong to."""
    if not reading.source.ticker:
        hint = "name it with --ticker, or add it with its CIK to companies.toml in HASHPIVOT_HOME"
        question = next((text for text in reading.warnings if "trading symbol" in text), "")
        raise UnknownCompany(question or "the filing names no company we know", where=where, hint=hint)
    if reading.source.known == date.max:
        raise InvalidInput(
            "it does not say when it became public", where=where, hint="add --filed with the day"
        )
    if not ready.figures and all(remark.kind in ("text", "debt") for remark in ready.remarks):
        raise NoData(
            "it holds no figures, targets or flags we read",
            where=where,
            hint="hashpivot read --statements shows what is in it",
        )
    end = reading.document_period_end
    if filed and end and filed < end:
        raise InvalidInput(
            f"it cannot have been filed on {filed}, before its period ended on {end}", where=where
        )
