"""Filings that tests of the stand-in for EDGAR serve."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hashpivot.testing.services import FiledDocument, ServedFiler, ServedFiling

MINER = ServedFiler("1000002", "Zürich Mining & Co.", "ZMCO")
OWNER = ServedFiler("1000003", "Owner Jane")
START = datetime(2026, 1, 12, 10, 0)
NOW = timedelta(0)


def page(text: str) -> bytes:
    return f"<html><body><p>{text} {'words ' * 80}</p></body></html>".encode()


def filing(number: int, form: str = "8-K", *, after: timedelta = NOW, **given: Any) -> ServedFiling:
    """The filing of a number, accepted so long after Monday 12 January 2026, 10:00 Eastern."""
    document = FiledDocument(form, f"doc{number}.htm", page(f"number {number} leases a data hall"), form)
    values = {"filer": MINER, "documents": (document,), "period": date(2025, 12, 31), **given}
    accession = f"0009999999-26-{number:06}"
    return ServedFiling(form=form, accession=accession, accepted=START + after, **values)
