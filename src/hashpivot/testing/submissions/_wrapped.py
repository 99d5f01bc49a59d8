"""Filings made from files at hand: a full submission as it is, or a bare document with a header around it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from hashpivot.filings.source import Submission, looks_like_submission, split_submission

from ._items import item_number
from ._served_filer import ServedFiler
from ._served_filing import FiledDocument, ServedFiling

_ACCEPTED = re.compile(rb"<ACCEPTANCE-DATETIME>(\d{14})")
_YEAR_END = re.compile(rb"FISCAL YEAR END:\s*(\d{4})")
_ITEM = re.compile(rb"^ITEM INFORMATION:\s*(.+?)\s*$", re.MULTILINE)


def wrapped_submission(path: Path, *, ticker: str = "") -> ServedFiling:
    """Return the filing of a full-submission text file, which is served byte for byte.

    Args:
        path: `.txt` or `.txt.gz`.
        ticker: The company's ticker, for lists of tickers.

    Raises:
        UnreadableFile: If it is no full submission.
        ValueError: If its header gives no moment of acceptance.
    """
    data = plain_bytes(path)
    read = split_submission(data)
    moment = _ACCEPTED.search(data)
    if not moment:
        raise ValueError(f"{path} has no <ACCEPTANCE-DATETIME>")
    year_end = _YEAR_END.search(data)
    head = data[: data.find(b"<DOCUMENT>")]
    filer = ServedFiler(
        read.cik, read.company, ticker, fiscal_year_end=year_end[1].decode() if year_end else "1231"
    )
    return ServedFiling(
        filer,
        read.form,
        read.accession,
        datetime.strptime(moment[1].decode(), "%Y%m%d%H%M%S"),
        documents_of(read),
        read.period,
        read.filed,
        tuple(item_number(title.decode("latin-1")) for title in _ITEM.findall(head)),
        raw=data,
    )


def wrapped_document(
    path: Path,
    filer: ServedFiler,
    form: str,
    accession: str,
    accepted: datetime,
    *,
    period: date | None = None,
    exhibits: Sequence[FiledDocument] = (),
    filename: str = "",
    items: Sequence[str] = (),
) -> ServedFiling:
    """Return a filing around a bare document, such as an inline XBRL page.

    Args:
        path: `.htm` or `.htm.gz`.
        filer: Whose filing it is.
        form: Its form.
        accession: Its accession number.
        accepted: Moment of acceptance; Eastern wall time where it has no zone.
        period: Period of report.
        exhibits: Further documents.
        filename: Name within the filing; the file's own, without `.gz`, if not given.
        items: Of an 8-K.
    """
    name = filename or path.name.removesuffix(".gz")
    primary = FiledDocument(form, name, plain_bytes(path), form)
    return ServedFiling(filer, form, accession, accepted, (primary, *exhibits), period, items=tuple(items))


def says_when(data: bytes) -> bool:
    """Tell whether bytes are a full submission whose header gives its moment of acceptance."""
    return looks_like_submission(data) and bool(_ACCEPTED.search(data))


def documents_of(read: Submission) -> tuple[FiledDocument, ...]:
    """Return the documents of a submission that was read."""
    return tuple(FiledDocument(one.type, one.filename, one.body, one.description) for one in read.documents)


def plain_bytes(path: Path) -> bytes:
    """Return the bytes of a file, unpacked if its name ends in `.gz`."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data
