"""Generated filings of every company hashpivot knows."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from hashpivot.core import Companies, Company, Quarter

from ..submissions import ServedFiling
from ._company_filings import company_filings
from ._generated_company import GeneratedCompany

_FIRST_MADE_UP_CIK = 9_900_001


def generated_universe(
    quarters: Iterable[Quarter], *, companies: Mapping[str, Company] | None = None, seed: int = 0
) -> dict[str, GeneratedCompany]:
    """Return every company with made-up books, each filing the forms it is known to file.

    The forms follow the bundled ledger, as `hashpivot coverage` does. A company without a central index key
    is given one that no filer has.

    Args:
        quarters: Calendar quarters whose forms are looked up.
        companies: Companies by ticker; the shipped table and the user's if not given.
        seed: Other seeds give other amounts.
    """
    from hashpivot.ledger import View, bundled

    known = companies if companies is not None else Companies.load()
    view = View(bundled(), companies=known)
    asked = list(quarters)
    made = {}
    for number, (ticker, company) in enumerate(known.items()):
        expected = view.company_statements(ticker).expected
        forms = {quarter: expected(quarter).forms[0] for quarter in asked}
        cik = company.cik or str(_FIRST_MADE_UP_CIK + number)
        made[ticker] = GeneratedCompany(company, cik, forms=forms, seed=seed)
    return made


def universe_filings(
    universe: Mapping[str, GeneratedCompany],
    quarters: Iterable[Quarter],
    *,
    amended_share: float = 0.1,
    updates: bool = True,
    seed: int = 0,
) -> list[ServedFiling]:
    """Return the filings of all companies on quarters in which they were listed, in order of acceptance.

    Args:
        universe: Companies with made-up books.
        quarters: Calendar quarters.
        amended_share: Share of reports that are amended later.
        updates: False to leave production updates out.
        seed: Other seeds amend other reports.
    """
    asked = list(quarters)
    filings: list[ServedFiling] = []
    for ticker, books in universe.items():
        chance = random.Random(f"{seed} amended {ticker}")
        owed = [quarter for quarter in asked if books.company.owes(quarter)]
        amended = {quarter for quarter in owed if chance.random() < amended_share}
        filings += company_filings(books, owed, amended=amended, updates=updates)
    return sorted(filings, key=lambda one: (one.known, one.accession))
