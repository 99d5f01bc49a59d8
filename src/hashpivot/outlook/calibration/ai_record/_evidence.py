"""Where a contract was read: a filing, the company's own release, or somebody else's account of it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from hashpivot.ledger import Contract

from ...inputs import Evidence

_ACCESSION = re.compile(r"\b\d{10}-\d{2}-\d{6}\b")
_FILINGS = "sec.gov"
_WIRES = ("businesswire.com", "globenewswire.com", "prnewswire.com")
_OWN_HOSTS = ("ir.", "investor.", "investors.")
NOT_VERIFIED = "not verified in a filing"


def _host(url: str) -> str:
    """The host of an address in lower case; empty if it has none, or is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def evidence_of(contract: Contract) -> Evidence:
    """What kind of document a contract was read in, by its address, accession number or title."""
    host = _host(contract.url)
    if _under(host, _FILINGS) or (not host and _ACCESSION.search(contract.url)):
        return "filing"
    released = host.startswith(_OWN_HOSTS) or any(_under(host, wire) for wire in _WIRES)
    return "release" if released or (not host and "release" in contract.url.lower()) else "secondary"


def contract_origin(contract: Contract) -> str:
    """Where a contract was read, and a warning if neither a filing nor the company says so."""
    where = f"contract {contract.url}"
    return f"{where} ({NOT_VERIFIED})" if evidence_of(contract) == "secondary" else where


def _under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
