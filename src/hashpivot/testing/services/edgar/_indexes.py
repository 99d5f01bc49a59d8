"""The quarterly and daily indexes of all filings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ...submissions import ServedFiling

_RULE = "-" * 141
_NARROW, _WIDE = 12, 17
"""Characters of the column of forms; the wide one since `SCHEDULE 13D` is a form."""
_TRAILING = 48
"""Blanks at the end of a daily line."""

# assumed: no recording of an index at hand. The quarterly layout is EDGAR's published one; of the daily one
# users report since 2026 a form column of 17, a header broken after `CIK`, and blanks at the ends of lines.


def form_index(filings: Sequence[ServedFiling], last: date) -> bytes:
    """Return a quarterly `form.idx`: sorted by form, dates with dashes.

    Args:
        filings: In any order.
        last: Last day whose filings it holds.
    """
    heads = f"{_columns('Form Type', 'Company Name', 'CIK', 'Date Filed', _NARROW)}File Name"
    width = _NARROW if all(len(one.form) < _NARROW - 1 for one in filings) else _WIDE
    return _encoded(_top("Master Index", " by Form Type", last), heads, _RULE, _lines(filings, "-", width))


def daily_form_index(filings: Sequence[ServedFiling], day: date) -> bytes:
    """Return a daily `form.YYYYMMDD.idx`: sorted by form, dates without dashes."""
    start = _columns("Form Type", "Company Name", "CIK", "", _NARROW).rstrip()
    heads = f"{start}\n      Date Filed  File Name"
    return _encoded(_top("Daily Index", " by Form Type", day), heads, _RULE, _lines(filings, "", _WIDE))


def master_index(filings: Sequence[ServedFiling], last: date) -> bytes:
    """Return a quarterly `master.idx`: sorted by central index key, fields between bars."""
    rows = sorted((int(cik), name, form, f"{filed}", path) for form, name, cik, filed, path in _rows(filings))
    lines = "".join("|".join(map(str, row)) + "\n" for row in rows)
    return _encoded(
        _top("Master Index", "", last), "CIK|Company Name|Form Type|Date Filed|Filename", "-" * 80, lines
    )


def _encoded(top: str, heads: str, rule: str, lines: str) -> bytes:
    return f"{top}{heads}\n{rule}\n{lines}".encode("latin-1", "replace")


def _top(name: str, order: str, last: date) -> str:
    shown = f"{last:%B} {last.day}, {last.year}"
    return (
        f"Description:           {name} of EDGAR Dissemination Feed{order}\n"
        f"Last Data Received:    {shown}\n"
        "Comments:              webmaster@sec.gov\n"
        "Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n \n \n \n \n"
    )


def _rows(filings: Iterable[ServedFiling]) -> list[tuple[str, str, str, date, str]]:
    """Form, name, central index key, day and path, once for each party of a filing."""
    return sorted(
        (one.form, party.name, party.cik, one.filed, f"edgar/data/{party.cik}/{one.accession}.txt")
        for one in filings
        for party, _ in one.parties
    )


def _lines(filings: Sequence[ServedFiling], dash: str, width: int) -> str:
    tail = " " * (0 if dash else _TRAILING)
    return "".join(
        f"{_columns(form, name, cik, filed.isoformat().replace('-', dash), width)}{path}{tail}\n"
        for form, name, cik, filed, path in _rows(filings)
    )


def _columns(form: str, name: str, cik: str, filed: str, width: int) -> str:
    """The fixed columns before the path."""
    return f"{form:<{width}}{name[:61]:<62}{cik:<12}{filed:<12}"
