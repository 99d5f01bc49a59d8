"""Paths of Archives: full submissions, folders of filings, documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from ...submissions import ServedFiling
from ..http import SeenRequest, ServedAnswer, html_answer, json_answer, text_answer, typed_answer
from ._bodies import access_denied
from ._conditional import conditional
from ._filing_pages import directory, index_headers, index_page

_DATA = re.compile(r"/Archives/edgar/data/(?P<cik>\d+)/(?P<rest>.+)")
_SUBMISSION = re.compile(r"(?:(?P<folder>\d{18})/)?(?P<accession>\d{10}-\d\d-\d{6})\.txt")
_IN_FOLDER = re.compile(r"(?P<folder>\d{18})/(?P<name>[^/]*)")
_KINDS = {
    "htm": "text/html",
    "html": "text/html",
    "xml": "text/xml",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
}


def archived(request: SeenRequest, filings: Mapping[str, ServedFiling], now: datetime) -> ServedAnswer | None:
    """Return what a path under `/Archives/edgar/data/` answers; None for another path.

    Args:
        request: The request.
        filings: By accession without dashes.
        now: Filings accepted later are not there yet.
    """
    found = _DATA.fullmatch(request.route)
    if not found:
        return None
    cik, rest = found["cik"], found["rest"]
    if cik.startswith("0"):
        moved = f"/Archives/edgar/data/{cik.lstrip('0')}/{rest}"
        return ServedAnswer(301, headers={"Location": moved})
    whole, inside = _SUBMISSION.fullmatch(rest), _IN_FOLDER.fullmatch(rest)
    folder = whole["accession"].replace("-", "") if whole else inside["folder"] if inside else ""
    filing = filings.get(folder)
    if not filing or filing.known > now or not _of(filing, cik):
        return access_denied()
    if whole:
        return _submission(request, filing) if whole["folder"] in (None, folder) else access_denied()
    return _file(request, filing, cik, inside["name"] if inside else "")


def _of(filing: ServedFiling, cik: str) -> bool:
    """True if a filing stands under a key; its filing agent's key is served too."""
    return any(party.cik == cik for party, _ in filing.parties) or filing.accession[:10].lstrip("0") == cik


def _submission(request: SeenRequest, filing: ServedFiling) -> ServedAnswer:
    return conditional(request, text_answer(filing.submission()), filing.known, packed=True)


def _file(request: SeenRequest, filing: ServedFiling, cik: str, name: str) -> ServedAnswer:
    if name == "index.json":
        return json_answer(directory(filing, cik))
    if name == f"{filing.accession}-index-headers.html":
        return html_answer(index_headers(filing))
    if name in (f"{filing.accession}-index.htm", f"{filing.accession}-index.html"):
        return html_answer(index_page(filing, cik))
    document = filing.document(name)
    if not document:
        return access_denied()
    kind = _KINDS.get(name.rpartition(".")[2].lower(), "text/plain")
    return conditional(request, typed_answer(kind, document.body), filing.known, packed=True)
