"""The submissions JSON of a filer: recent filings in parallel columns, older ones in further files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...submissions import ServedFiler, ServedFiling

_Column = Callable[[ServedFiling, bool], Any]
"""From a filing, and whether the filer's moments are Eastern in spite of their Z, to a cell."""

_ACTS = {"424B": "33", "S-1": "33"}

_COLUMNS: dict[str, _Column] = {
    "accessionNumber": lambda one, _: one.accession,
    "filingDate": lambda one, _: one.filed.isoformat(),
    "reportDate": lambda one, _: one.period.isoformat() if one.period else "",
    "acceptanceDateTime": lambda one, eastern: (
        f"{(one.wall_time if eastern else one.known):%Y-%m-%dT%H:%M:%S}.000Z"
    ),
    "act": lambda one, _: next((act for form, act in _ACTS.items() if one.form.startswith(form)), "34"),
    "form": lambda one, _: one.form,
    "fileNumber": lambda one, _: f"001-{int(one.filer.cik) % 100_000:05}",
    "filmNumber": lambda one, _: f"{one.filed:%y}{int(one.folder[-7:]):07}",
    "items": lambda one, _: ",".join(one.items),
    "core_type": lambda one, _: one.form,
    "size": lambda one, _: len(one.submission()),
    "isXBRL": lambda one, _: int(_tagged(one)),
    "isInlineXBRL": lambda one, _: int(_tagged(one)),
    "isXBRLNumeric": lambda one, _: int(_tagged(one)) or None,
    "primaryDocument": lambda one, _: one.primary.filename if one.primary else "",
    "primaryDocDescription": lambda one, _: one.primary.description if one.primary else "",
}
_ONLY_RECENT = "isXBRLNumeric"


def _tagged(one: ServedFiling) -> bool:
    return any(document.inline for document in one.documents)


def columns(filings: Sequence[ServedFiling], *, eastern: bool, recent: bool) -> dict[str, list[Any]]:
    """Return the parallel columns of filings: 16 of recent ones, 15 of older ones.

    Args:
        filings: Newest first.
        eastern: True where the moments are Eastern wall time although they end in Z.
        recent: True for the recent ones.
    """
    names = [name for name in _COLUMNS if recent or name != _ONLY_RECENT]
    return {name: [_COLUMNS[name](one, eastern) for one in filings] for name in names}


def older_pages(filings: Sequence[ServedFiling], recent: int, page: int) -> list[Sequence[ServedFiling]]:
    """Return the filings beyond the recent ones, in pages."""
    older = filings[recent:]
    return [older[start : start + page] for start in range(0, len(older), page)]


def page_name(filer: ServedFiler, number: int) -> str:
    """Return the file name of an older page, numbered from 1."""
    return f"CIK{filer.padded}-submissions-{number:03}.json"


def submissions(
    filer: ServedFiler, filings: Sequence[ServedFiling], *, recent: int, page: int, eastern: bool
) -> dict[str, Any]:
    """Return the submissions JSON of a filer.

    Args:
        filer: The filer.
        filings: Its filings, newest first.
        recent: Most filings in `filings.recent`.
        page: Most filings in an older page.
        eastern: As for `columns`.
    """
    files = [
        {
            "name": page_name(filer, number),
            "filingCount": len(part),
            "filingFrom": part[-1].filed.isoformat(),
            "filingTo": part[0].filed.isoformat(),
        }
        for number, part in enumerate(older_pages(filings, recent, page), 1)
    ]
    newest = columns(filings[:recent], eastern=eastern, recent=True)
    return {**_about(filer), "filings": {"recent": newest, "files": files}}


def _about(filer: ServedFiler) -> dict[str, Any]:
    address = {
        "street1": "1 MAIN STREET",
        "street2": None,
        "city": "NEW YORK",
        "stateOrCountry": "NY",
        "zipCode": "10001",
        "stateOrCountryDescription": "NY",
        "isForeignLocation": None,
        "foreignStateTerritory": None,
        "country": None,
        "countryCode": None,
    }
    return {
        "cik": filer.padded,
        "entityType": "operating",
        "sic": filer.sic,
        "sicDescription": "Finance Services",
        "ownerOrg": "09 Crypto Assets",
        "insiderTransactionForOwnerExists": 0,
        "insiderTransactionForIssuerExists": 1,
        "name": filer.name,
        "tickers": [filer.ticker] if filer.ticker else [],
        "exchanges": [filer.exchange] if filer.ticker else [],
        "ein": "000000000",
        "lei": None,
        "description": "",
        "website": "",
        "investorWebsite": "",
        "category": "Accelerated filer",
        "fiscalYearEnd": filer.fiscal_year_end,
        "stateOfIncorporation": filer.state,
        "stateOfIncorporationDescription": filer.state,
        "addresses": {"mailing": address, "business": address},
        "phone": "2125550100",
        "flags": "",
        "formerNames": [],
    }
