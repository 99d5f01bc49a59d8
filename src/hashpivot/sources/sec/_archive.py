"""The filings themselves: EDGAR's full submission text files."""

from __future__ import annotations

from ..http import Client
from ..store import Store, StoredDocument, download
from ._submissions import FilingEntry

_ARCHIVES = "https://www.sec.gov/Archives/edgar/data"
_ENDS = (b"</SEC-DOCUMENT>", b"</SUBMISSION>", b"-----END PRIVACY-ENHANCED MESSAGE-----")
_TAIL = 200  # bytes at the end of a file in which its last line must stand


def filing_key(accession: str) -> str:
    """Key of a filing in the store."""
    return f"sec/{accession}.txt"


def filing_url(entry: FilingEntry) -> str:
    """Address of the full submission text file: header and every document of a filing."""
    return f"{_ARCHIVES}/{entry.cik}/{entry.accession.replace('-', '')}/{entry.accession}.txt"


def filing_page(entry: FilingEntry) -> str:
    """Address of EDGAR's page that lists a filing's documents."""
    return f"{_ARCHIVES}/{entry.cik}/{entry.accession.replace('-', '')}/{entry.accession}-index.htm"


def fetch_filing(client: Client, store: Store, entry: FilingEntry) -> tuple[StoredDocument, bool]:
    """A filing, from the store if it is there.

    Args:
        client: Of EDGAR.
        store: Where it is kept.
        entry: Which.

    Returns:
        The full submission, and whether it came now.

    Raises:
        NotAtSource: If EDGAR does not have it (yet: lists can run ahead of the files).
        SourceError, DocumentStoreError: As `download`.
    """

    def whole(body: bytes) -> bool:
        return entry.accession.encode() in body[:4096] and any(end in body[-_TAIL:] for end in _ENDS)

    return download(client, store, filing_key(entry.accession), filing_url(entry), fixed=True, whole=whole)
