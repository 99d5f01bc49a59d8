"""Days on which filings and releases became public, where a source at hand states them.

Two kinds: the day with which a filing is signed, in the file itself; and rows of `filing_days.csv`, each with
the public page that names the day. Without either the day stays assumed from the filing deadline.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

from hashpivot.core import Source

from .further import further_rows

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LONG_DAY = re.compile(rf"\b(({_MONTHS})\s+\d{{1,2}}\s*,\s*20\d\d)")
_SIGNED = 1_500  # characters after the last heading SIGNATURES in which the day stands
_WITHIN = timedelta(days=120)
_REPORTS = ("10-K", "10-Q", "20-F", "40-F")


def signed_day(path: Path, end: date) -> date | None:
    """The day with which a filing is signed; None if none lies within 120 days after its period.

    A report is filed on the day it is signed or the next; a later of several days counts.
    """
    text = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", text)))
    _, heading, signatures = words.rpartition("SIGNATURE")
    days = [_day(found[1]) for found in _LONG_DAY.finditer(signatures[:_SIGNED] if heading else "")]
    fitting = [day for day in days if day and end < day <= end + _WITHIN]
    return max(fitting, default=None)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(re.sub(r"\s*,\s*", ", ", re.sub(r"\s+", " ", text)), "%B %d, %Y").date()
    except ValueError:
        return None


def stated_days(sources: Iterable[Source]) -> list[Source]:
    """The sources with the days that `filing_days.csv` or another source of the same report states.

    A row names a source by its address or accession, or by company, form and last day of the period.
    """
    rows = further_rows("filing_days.csv")
    named = {row["source"]: row for row in rows if row["source"]}
    reports = {(row["ticker"], row["form"], row["period_end"]): row for row in rows if not row["source"]}
    dated = [_stated(source, named, reports) for source in sources]
    known: dict[tuple[str, str, date | None], Source] = {}
    for source in dated:
        if source.known_basis != "deadline" and source.form in _REPORTS:
            key = source.ticker, source.form, source.period_end
            known[key] = min(known.get(key, source), source, key=lambda s: s.known)
    return [_of_the_same(source, known) for source in dated]


def _stated(
    source: Source,
    named: dict[str, dict[str, str]],
    reports: dict[tuple[str, str, str], dict[str, str]],
) -> Source:
    end = source.period_end.isoformat() if source.period_end else ""
    row = (
        named.get(source.url) or named.get(source.accession) or reports.get((source.ticker, source.form, end))
    )
    if row is None or source.known_basis in ("filed", "signed"):
        return source
    return replace(source, known=date.fromisoformat(row["known"]), known_basis=row["basis"])


def _of_the_same(source: Source, known: dict[tuple[str, str, date | None], Source]) -> Source:
    other = known.get((source.ticker, source.form, source.period_end))
    if other is None or source.known_basis != "deadline":
        return source
    return replace(source, known=other.known, known_basis=other.known_basis)
