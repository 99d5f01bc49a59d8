"""Any number of small, valid reports of made-up books, for runs over many files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hashpivot.core import Companies, Quarter

from ._generated_company import GeneratedCompany
from ._tagged_report import tagged_report

_QUARTERS = tuple(Quarter.parse("2021Q1").through(Quarter.parse("2025Q4")))
_FIRST_MADE_UP_CIK = 9_900_001


def write_reports(folder: Path, count: int, *, seed: int = 0) -> Iterator[Path]:
    """Write inline XBRL reports of all companies hashpivot knows, one after another, and yield their paths.

    The same count and seed give the same bytes. Beyond 20 quarters of each company the same reports come
    again with other amounts. Names are in the order they are written.

    Args:
        folder: Where; a folder for each thousand is made in it.
        count: How many.
        seed: Other seeds give other amounts.
    """
    companies = list(Companies.load().values())
    for number in range(count):
        rest, place = divmod(number, len(companies))
        again, turn = divmod(rest, len(_QUARTERS))
        company, quarter = companies[place], _QUARTERS[turn]
        cik = company.cik or str(_FIRST_MADE_UP_CIK + place)
        books = GeneratedCompany(company, cik, seed=seed + again)
        form = "10-K" if books.ends_year(quarter) else "10-Q"
        path = folder / f"{number // 1000:04}" / f"{number:07}-{company.ticker.lower()}-{quarter}.htm"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tagged_report(books, quarter, form))
        yield path
