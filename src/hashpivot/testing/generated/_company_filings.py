"""All filings of a generated company on a range of quarters."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from hashpivot.core import Quarter, filing_deadline

from ..pages import InlineDocument, release_page
from ..submissions import FiledDocument, ServedFiler, ServedFiling, item_title
from ._generated_company import GeneratedCompany
from ._moments import AccessionNumbers, moment_on
from ._tagged_report import cover_page, statements, tagged_report
from ._untagged_pages import earnings_release, production_update

_EXHIBIT = "EX-99.1"
_RESULTS, _UPDATE = ("2.02", "9.01"), ("7.01", "9.01")
_AMENDED_AFTER = 30
"""Days from a report to its amendment."""


def filer_of(books: GeneratedCompany) -> ServedFiler:
    """Return a generated company as EDGAR knows it."""
    year_end = next(q for q in Quarter.parse("2024Q1").through(Quarter.parse("2024Q4")) if books.ends_year(q))
    return ServedFiler(
        books.key,
        books.company.name,
        books.company.ticker,
        fiscal_year_end=f"{books.bounds(year_end)[1]:%m%d}",
    )


def company_filings(
    books: GeneratedCompany,
    quarters: Iterable[Quarter],
    *,
    amended: Collection[Quarter] = (),
    updates: bool = True,
) -> list[ServedFiling]:
    """Return a company's filings on quarters, in order of acceptance.

    For each quarter: a release of its results (8-K with item 2.02, or 6-K), the report, for some an
    amendment, and three production updates. A foreign company's quarterly report is the 6-K with the release.

    Args:
        books: The company.
        quarters: Calendar quarters.
        amended: Quarters whose report is amended later, with other amounts.
        updates: False to leave production updates out.

    Raises:
        ValueError: If the company has no central index key.
    """
    if not books.key:
        raise ValueError(f"{books.company.ticker} has no central index key; give cik=")
    filer = filer_of(books)
    made = [
        one
        for quarter in quarters
        for one in (
            *_results(books, filer, quarter),
            *(_amendment(books, filer, quarter) if quarter in amended else ()),
            *(_updates(books, filer, quarter) if updates else ()),
        )
    ]
    numbers = AccessionNumbers(filer.cik)
    made.sort(key=lambda one: (one.accepted, one.form))
    return [replace(one, accession=numbers.next(one.accepted)) for one in made]


def _results(books: GeneratedCompany, filer: ServedFiler, quarter: Quarter) -> Iterator[ServedFiling]:
    """The release on a quarter and, where a report of its own follows, that."""
    end = books.bounds(quarter)[1]
    form = books.form(quarter)
    chance = random.Random(f"{books.seed} {filer.cik} days {quarter}")
    deadline = filing_deadline(form, end)
    reported = deadline - timedelta(days=chance.randint(1, 6))
    released = min(reported, end + timedelta(days=chance.randint(28, 42)))
    exhibit = FiledDocument(
        _EXHIBIT, f"{_stem(books, end)}ex991.htm", earnings_release(books, quarter), _EXHIBIT
    )
    yield _current_report(books, filer, quarter, released, exhibit, _RESULTS, period=end)
    if form != "6-K":
        moment = moment_on(reported, f"{filer.cik} {form} {end}")
        yield ServedFiling(filer, form, "", moment, _report(books, quarter, form), end)


def _amendment(books: GeneratedCompany, filer: ServedFiler, quarter: Quarter) -> Iterator[ServedFiling]:
    """The amended report on a quarter; releases are not amended."""
    form = books.form(quarter)
    if form == "6-K":
        return
    end = books.bounds(quarter)[1]
    day = filing_deadline(form, end) + timedelta(days=_AMENDED_AFTER)
    documents = _report(books.restating(quarter), quarter, f"{form}/A")
    moment = moment_on(day, f"{filer.cik} {form}/A {end}")
    yield ServedFiling(filer, f"{form}/A", "", moment, documents, end)


def _report(books: GeneratedCompany, quarter: Quarter, form: str) -> tuple[FiledDocument, ...]:
    """The documents of a report; a 40-F's statements stand in an exhibit."""
    stem = _stem(books, books.bounds(quarter)[1])
    if not form.startswith("40-F"):
        name = f"{stem}{form.replace('-', '').replace('/', '').lower()}.htm"
        return (FiledDocument(form, name, tagged_report(books, quarter, form), form),)
    front = cover_page(books, quarter, form).write("<p>Annual report on Form 40-F</p>")
    inside = cover_page(books, quarter, form)
    exhibit = inside.write(statements(inside, books, quarter, form))
    return (
        FiledDocument(form, f"{stem}40f.htm", front, form),
        FiledDocument("EX-99.2", f"{stem}ex992.htm", exhibit, "EX-99.2"),
    )


def _updates(books: GeneratedCompany, filer: ServedFiler, quarter: Quarter) -> Iterator[ServedFiling]:
    """The production updates of a calendar quarter's months."""
    for month in range(quarter.start.month, quarter.end.month + 1):
        last = date(quarter.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        name = f"{_stem(books, last)}update.htm"
        page = production_update(books, quarter.year, month)
        day = last + timedelta(days=random.Random(f"{filer.cik} {last}").randint(2, 6))
        exhibit = FiledDocument(_EXHIBIT, name, page, _EXHIBIT)
        yield _current_report(books, filer, quarter, day, exhibit, _UPDATE, period=day)


def _current_report(
    books: GeneratedCompany,
    filer: ServedFiler,
    quarter: Quarter,
    day: date,
    exhibit: FiledDocument,
    items: tuple[str, ...],
    *,
    period: date,
) -> ServedFiling:
    """An 8-K with its items, or a 6-K, around an exhibit."""
    moment = moment_on(day, f"{filer.cik} {exhibit.filename}")
    make = partial(ServedFiling, filer, accession="", accepted=moment)
    stem = _stem(books, moment.date())
    if not books.domestic(quarter):
        page = release_page(f"<p>Report of foreign private issuer</p><p>{books.company.name}</p>")
        front = FiledDocument("6-K", f"{stem}6k.htm", page, "6-K")
        return make(form="6-K", documents=(front, exhibit), period=period)
    front = FiledDocument("8-K", f"{stem}8k.htm", _front_of_8k(books, moment.date(), items), "8-K")
    return make(form="8-K", documents=(front, exhibit), period=moment.date(), items=items)


def _front_of_8k(books: GeneratedCompany, day: date, items: tuple[str, ...]) -> bytes:
    cover = {
        "EntityRegistrantName": books.company.name,
        "DocumentType": "8-K",
        "TradingSymbol": books.company.ticker,
        "EntityCentralIndexKey": books.key.zfill(10),
        "DocumentPeriodEndDate": day.isoformat(),
    }
    said = "".join(f"<p>Item {item} {item_title(item)}.</p>" for item in items)
    return InlineDocument(cover, (day, day)).write(said)


def _stem(books: GeneratedCompany, day: date) -> str:
    return f"{books.company.ticker.lower()}-{day:%Y%m%d}"
