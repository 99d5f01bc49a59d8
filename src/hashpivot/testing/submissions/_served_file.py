"""A filing made of a file at hand, whatever kind of file it is."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from pathlib import Path

from hashpivot.core import Companies
from hashpivot.filings.source import looks_like_submission, split_submission
from hashpivot.lines import read

from ._served_filer import ServedFiler
from ._served_filing import ServedFiling
from ._wrapped import documents_of, plain_bytes, says_when, wrapped_document, wrapped_submission

_AFTER_CLOSE = time(16, 30)
_FIRST_AGENT, _AGENTS = 8_000_000, 900_000
"""Numbers no filing agent has."""


def served_file(
    path: Path,
    *,
    form: str = "",
    accession: str = "",
    accepted: datetime | None = None,
    companies: Companies | None = None,
) -> ServedFiling:
    """Return the filing of a file that hashpivot reads: a full submission as it is, a page in a new header.

    The header of a page says what the page itself says: company, form, period, and the day it became known.

    Args:
        path: `.txt`, `.htm`, or either with `.gz`.
        form: Of a page that does not say it, such as an exhibit alone.
        accession: Of a page; a made-up one from its digest if not given.
        accepted: Moment of acceptance of a page; half past four Eastern on the day it became known if not
            given.
        companies: Known companies; the shipped table and the user's if not given.

    Raises:
        UnreadableFile, UnreadableFiling: If it is neither.
        UnknownCompany: If a page names no company that is known.
        ValueError: If a page says neither its form nor when it became known, and it is not given.
    """
    known = companies or Companies.load()
    data = plain_bytes(path)
    if says_when(data):
        return wrapped_submission(path)
    source = read(path, companies=known).source
    company = known.find(source.ticker)
    if not accepted and source.known == date.max:
        raise ValueError(f"{path} does not say when it became known; give accepted=")
    kind = form or source.form
    if not kind:
        raise ValueError(f"{path} does not say its form; give form=")
    moment = accepted or datetime.combine(source.known, _AFTER_CLOSE)
    filer = ServedFiler(company.cik, company.name, company.ticker)
    number = accession or _made_up_accession(data, moment)
    if looks_like_submission(data):  # documents without a header
        documents = documents_of(split_submission(data))
        return ServedFiling(filer, kind, number, moment, documents, source.period_end)
    return wrapped_document(path, filer, kind, number, moment, period=source.period_end)


def _made_up_accession(data: bytes, moment: datetime) -> str:
    digest = int.from_bytes(hashlib.sha256(data).digest()[:8])
    return f"{_FIRST_AGENT + digest % _AGENTS:010}-{moment:%y}-{digest // _AGENTS % 1_000_000:06}"
