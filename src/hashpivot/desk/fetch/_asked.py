"""What a user asks for, in the terms of `fetch_filings`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from hashpivot.core import Companies, Company, InvalidInput, Quarter
from hashpivot.ledger import ExpectedReport
from hashpivot.sources import Client, Identity, Service, Settings, identity
from hashpivot.sources.http import address_parts
from hashpivot.sources.sec import BLOCK, FORMS, sec_service
from hashpivot.sources.settings import no_identity

from ._filings import FilingsAsked
from ._wanted import MissingReport

_NOBODY = Identity("hashpivot", "nobody@example.com")
"""Sent to a stand-in on this machine; nothing of it leaves the machine."""


def filings_asked(
    companies: Companies,
    tickers: Iterable[str] | None,
    *,
    season: Quarter | None,
    since: date | None,
    forms: Iterable[str],
    reports: Iterable[ExpectedReport] | None,
    today: date,
    dry_run: bool,
) -> FilingsAsked:
    """Put a user's words together.

    Args:
        companies: All known.
        tickers: Those asked for; None for all that the rest allows.
        season: A quarter.
        since: First day of filing.
        forms: Chosen forms; empty for all we can use.
        reports: Missing reports, if they are asked for: then nothing else is.
        today: For a season that has not begun.
        dry_run: As in `FilingsAsked`.

    Raises:
        UnknownCompany: If a ticker is none.
        InvalidInput: If nothing is asked for, or what is asked for contradicts itself.
    """
    named = None if tickers is None else tuple(companies.find(ticker) for ticker in dict.fromkeys(tickers))
    if not named and season is None and reports is None:
        raise InvalidInput("nothing is asked for", hint="name companies, or --season 2026Q3, or --missing")
    if season and since:
        raise InvalidInput("a season has its own days", hint="give --season or --since, not both")
    if reports is not None and since:
        raise InvalidInput("missing reports have their own days", hint="give --missing or --since, not both")
    if season and season.start > today:
        raise InvalidInput(f"{season} has not begun", hint="name a quarter that has")
    chosen = tuple(form.strip().upper() for form in forms) or FORMS
    if reports is not None:
        return _missing(companies, named, season, reports, dry_run)
    if named is None:
        named = tuple(company for company in companies.values() if season and company.owes(season))
    return FilingsAsked(named, season, since or date.min, chosen, None, dry_run)


def first_day(since: str | date | None) -> date | None:
    """The day, or the first day of the quarter, that a text names.

    Raises:
        InvalidInput: If it names neither.
    """
    if since is None or isinstance(since, date):
        return since
    try:
        return date.fromisoformat(since)
    except ValueError:
        pass
    try:
        return Quarter.parse(since).start
    except InvalidInput:
        raise InvalidInput(
            f"{since!r} is no day and no quarter", hint="such as 2026-07-01 or 2026Q3"
        ) from None


def _missing(
    companies: Companies,
    named: tuple[Company, ...] | None,
    season: Quarter | None,
    reports: Iterable[ExpectedReport],
    dry_run: bool,
) -> FilingsAsked:
    """The missing reports of the companies and the quarter asked for."""
    wanted = None if named is None else {company.ticker for company in named}
    missing: dict[str, list[MissingReport]] = defaultdict(list)
    for report in reports:
        if (wanted is None or report.ticker in wanted) and season in (None, report.quarter):
            missing[report.ticker].append(MissingReport(report.forms, report.quarter))
    asked = tuple(companies[ticker] for ticker in missing if ticker in companies)
    return FilingsAsked(asked, missing=missing, dry_run=dry_run)


def open_sec(settings: Settings, base_url: str, on_wait: Callable[[str], None] | None) -> Client:
    """A client of EDGAR, or of a stand-in.

    Args:
        settings: With the identity, and `[sec] base_url` if that is not given.
        base_url: Of a stand-in; empty for the settings' or the real one.
        on_wait: As `Client`.

    Raises:
        InvalidInput: If it is not known who asks and the address is not this machine's.
    """
    address = base_url or settings.value("sec", "base_url")
    who = identity(settings)
    if who is None:
        if not _of_this_machine(address):
            raise no_identity(settings.path)
        who = _NOBODY
    return Client(_service(who, address, settings), on_wait=on_wait)


def _service(who: Identity, address: str, settings: Settings) -> Service:
    """EDGAR at an address; only a stand-in's blocks may be said to be shorter than the real ones."""
    if not address:
        return sec_service(who)
    blocks = settings.number("sec", "block_seconds", BLOCK)
    return sec_service(who, base_url=address, block_seconds=blocks)


def _of_this_machine(address: str) -> bool:
    return bool(address) and address_parts(address, "sec").hostname in ("127.0.0.1", "localhost", "::1")
