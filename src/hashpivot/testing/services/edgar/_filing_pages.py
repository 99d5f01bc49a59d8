"""What a filing's folder in Archives holds beside its documents: listings and headers."""

from __future__ import annotations

from html import escape
from typing import Any

from ...submissions import ServedFiling


def directory(filing: ServedFiling, cik: str) -> dict[str, Any]:
    """Return `index.json` of a filing's folder; sizes of its own pages are empty.

    Args:
        filing: The filing.
        cik: The central index key in the path, without leading zeros.
    """
    own = [
        f"{filing.accession}-index-headers.html",
        f"{filing.accession}-index.html",
        f"{filing.accession}.txt",
    ]
    sizes = [(name, "") for name in own] + [(one.filename, str(len(one.body))) for one in filing.documents]
    moment = f"{filing.wall_time:%Y-%m-%d %H:%M:%S}"
    items = [
        {"last-modified": moment, "name": name, "type": _icon(name), "size": size} for name, size in sizes
    ]
    folder = f"/Archives/edgar/data/{cik}"
    return {"directory": {"item": items, "name": f"{folder}/{filing.folder}", "parent-dir": folder}}


def _icon(name: str) -> str:
    return "compressed.gif" if name.endswith(".zip") else "text.gif"


def index_headers(filing: ServedFiling) -> str:
    """Return `<accession>-index-headers.html`: the header twice, and links to the documents."""
    documents = "".join(
        escape(f"<DOCUMENT>\n<TYPE>{one.type}\n<SEQUENCE>{number}\n<FILENAME>{one.filename}\n")
        + escape(f"<DESCRIPTION>{one.description}\n<TEXT>\n")
        + f'<a href="{one.filename}">Document {number} - file: {one.filename}</a><br>\n&lt;/DOCUMENT&gt;\n'
        for number, one in enumerate(filing.documents, 1)
    )
    start = f"<SEC-DOCUMENT>{filing.accession}-index.html : {filing.filed:%Y%m%d}\n"
    return (
        f"<HTML><HEAD><TITLE>SEC EDGAR Submission {filing.accession}</TITLE>\n"
        f"<!--\n{filing.header.tags()}-->\n"
        f"</HEAD><BODY>\n<PRE>{escape(start + filing.header.text(), quote=False)}{documents}"
        "&lt;/SEC-DOCUMENT&gt;</PRE></BODY></HTML>\n"
    )


def index_page(filing: ServedFiling, cik: str) -> str:
    """Return `<accession>-index.htm`: form, dates, and the table of documents.

    Args:
        filing: The filing.
        cik: The central index key in the path, without leading zeros.
    """
    folder = f"/Archives/edgar/data/{cik}/{filing.folder}"
    documents = [(one.description, one.filename, one.type, len(one.body)) for one in filing.documents]
    whole = ("Complete submission text file", f"{filing.accession}.txt", "&nbsp;", len(filing.submission()))
    rows = "".join(
        f'<tr><td scope="row">{number or "&nbsp;"}</td><td scope="row">{escape(described)}</td>'
        f'<td scope="row"><a href="{folder}/{name}">{name}</a></td><td scope="row">{kind}</td>'
        f'<td scope="row">{size}</td></tr>\n'
        for number, (described, name, kind, size) in enumerate([*documents, whole], 1)
    )
    dates = [("Filing Date", f"{filing.filed}"), ("Accepted", f"{filing.wall_time:%Y-%m-%d %H:%M:%S}")]
    if filing.period:
        dates.append(("Period of Report", f"{filing.period}"))
    dates.append(("Documents", f"{len(filing.documents)}"))
    heads = "".join(
        f'<div class="infoHead">{head}</div>\n<div class="info">{text}</div>\n' for head, text in dates
    )
    names = "".join(
        f'<span class="companyName">{escape(party.name)} ({role}) '
        f"<acronym>CIK</acronym>: {party.padded}</span>\n"
        for party, role in filing.parties
    )
    return (
        f"<html><head><title>EDGAR Filing Documents for {filing.accession}</title></head><body>\n"
        f'<div id="formName"><strong>Form {filing.form}</strong></div>\n{heads}'
        f'<table class="tableFile" summary="Document Format Files">\n{rows}</table>\n{names}</body></html>\n'
    )
