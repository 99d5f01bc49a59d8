"""What changed since a moment: as a page, and in short above the season on the start page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hashpivot.core import Source
from hashpivot.watch import CompanyChanges, LedgerChanges

from ..shared import Link, PageBody, PageHead, clean, page_templates, render_body, source_link
from ..terminal import changes_words, company_words, source_words

_FEW_COMPANIES, _FEW_WORDS = 6, 3  # above the season; a page of its own has all


@dataclass(frozen=True, slots=True)
class ChangedCompany:
    """One company.

    Args:
        ticker, name, address: The company, and its page.
        sources: Each source that came: a link to it, its form and period, its day and grade, and what it
            gives.
        words: What changed.
        more: How many sentences are left out.
    """

    ticker: str
    name: str
    address: str
    sources: tuple[tuple[Link, str, str, str, str], ...]
    words: tuple[str, ...]
    more: int = 0


def changes_body(
    changes: LedgerChanges, address_of: Callable[[str], str], offers: Mapping[str, str], season: str
) -> PageBody:
    """Render what changed without a frame, to be served.

    Args:
        changes: The changes.
        address_of: Address of a company's page, by ticker.
        offers: Addresses of the changes since other days, by what they are called.
        season: Address of the latest season.
    """
    head = PageHead(page="Start", name="What changed", title=changes_words(changes))
    companies = [_company(company, address_of) for company in changes.companies]
    page = {"companies": companies, "offers": offers, "season": season}
    return render_body("changes.html.j2", head, page)


def changes_above(
    changes: LedgerChanges | None,
    address_of: Callable[[str], str],
    offers: Mapping[str, str],
    everything: str,
) -> str:
    """Render in short what changed, as an element to stand above a page.

    Args:
        changes: The changes; None if it is not known since when.
        address_of, offers: As `changes_body`.
        everything: Address of all of it.
    """
    shown = [_company(company, address_of, _FEW_WORDS) for company in changes.companies] if changes else []
    return (
        page_templates()
        .get_template("since.html.j2")
        .render(
            title=changes_words(changes) if changes else "",
            companies=shown[:_FEW_COMPANIES],
            others=[company.ticker for company in shown[_FEW_COMPANIES:]],
            offers=offers,
            everything=everything,
        )
    )


def _short(source: Source) -> str:
    """Form and period of a source, or what it is called."""
    return clean(source.title.removeprefix(f"{source.ticker} "))


def _company(
    company: CompanyChanges, address_of: Callable[[str], str], most: int | None = None
) -> ChangedCompany:
    words = company_words(company)
    return ChangedCompany(
        company.ticker,
        clean(company.name),
        address_of(company.ticker),
        tuple(
            (
                source_link(one.source),
                _short(one.source),
                one.source.known.isoformat(),
                one.source.grade,
                source_words(one),
            )
            for one in company.sources
        ),
        tuple(words[:most]),
        len(words) - len(words[:most]),
    )
