"""Filings of companies and persons that are of no interest: what else stands in the feed."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from ..submissions import FiledDocument, ServedFiler, ServedFiling
from ._moments import AccessionNumbers, moment_on

_FORMS = ("4", "4", "4", "D", "8-K", "424B2", "13F-HR", "10-Q", "6-K", "SCHEDULE 13G/A")
_FIRST_CIK, _COMPANIES = 8_000_000, 5_000
_PAGE = b"<html><body><p>Nothing about mining, hosting or chips.</p></body></html>"


def other_filings(count: int, first: date, last: date, *, seed: int = 0) -> list[ServedFiling]:
    """Return filings of others, in order of acceptance.

    Ownership reports stand under two parties, so that the feed has two entries of one accession.

    Args:
        count: How many.
        first: First day of acceptance; those of a weekend move to Monday.
        last: Last day of acceptance.
        seed: Other seeds give others.
    """
    chance = random.Random(f"others {seed}")
    span = (last - first).days + 1
    days = [first + timedelta(days=chance.randrange(span)) for _ in range(count)]
    moments = sorted(moment_on(day, f"{seed} other {number}") for number, day in enumerate(days))
    numbers = AccessionNumbers(f"others {seed}")
    return [_filing(chance, moment, numbers.next(moment)) for moment in moments]


def _filing(chance: random.Random, moment: datetime, accession: str) -> ServedFiling:
    form, key = chance.choice(_FORMS), chance.randrange(_COMPANIES)
    company = ServedFiler(str(_FIRST_CIK + key), f"Other Company {key} Inc.")
    documents = (FiledDocument(form, f"doc{accession[-6:]}.htm", _PAGE, form),)
    if form != "4":
        items = ("8.01",) if form == "8-K" else ()
        return ServedFiling(company, form, accession, moment, documents, items=items)
    owner = ServedFiler(str(_FIRST_CIK + _COMPANIES + int(accession[-6:])), f"Owner {accession[-6:]} Jane")
    return ServedFiling(
        company, form, accession, moment, documents, others=((owner, "Reporting"),), role="Issuer"
    )
