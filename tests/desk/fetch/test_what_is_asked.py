"""What a user asks for, and which filings that means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hashpivot.core import InvalidInput, Quarter, UnknownCompany
from hashpivot.desk import FetchState
from hashpivot.ledger import ExpectedReport
from hashpivot.testing.generated import company_filings, filer_of
from hashpivot.testing.services import ServedFiling
from hashpivot.testing.services.edgar import missing_key, zulu_in_doubt

from .conftest import SEASON, Fetching, Universe

Make = Callable[..., Fetching]
FOREIGN = "FUFU"


def report(ticker: str, form: str, quarter: Quarter) -> ExpectedReport:
    return ExpectedReport(ticker, form, quarter, "")


def test_one_report_in_the_words_of_coverage(made: list[ServedFiling], fetching: Make) -> None:
    user = fetching(made)
    summary = user(season=None, reports=[report("CORZ", "10-Q", SEASON)])
    assert [(one.ticker, one.form) for one in summary.documents] == [("CORZ", "10-Q")]
    assert summary.complete


def test_a_missing_report_that_nobody_filed_leaves_the_fetch_incomplete(
    made: list[ServedFiling], fetching: Make
) -> None:
    user = fetching(made)
    summary = user(season=None, reports=[report("CORZ", "10-Q", SEASON + 1)])
    assert not summary.complete and not summary.documents
    assert summary.filers[0].absent == (f"10-Q for {SEASON + 1}",)


def test_missing_reports_combine_with_tickers_and_a_season(made: list[ServedFiling], fetching: Make) -> None:
    user = fetching(made)
    missing = [
        report(ticker, "10-Q", quarter) for ticker in ("CORZ", "WULF") for quarter in (SEASON, SEASON + 1)
    ]
    summary = user("WULF", season=SEASON, reports=missing)
    assert [(one.ticker, one.form) for one in summary.documents] == [("WULF", "10-Q")]
    assert summary.complete


def test_an_amendment_counts_as_the_form_it_amends(made: list[ServedFiling], fetching: Make) -> None:
    summary = fetching(made)("HUT", season=SEASON, forms=["10-Q"])
    assert [one.form for one in summary.documents] == ["10-Q", "10-Q/A"]
    assert all(one.state is FetchState.NEW for one in summary.documents)


@pytest.mark.parametrize("day", [date(2025, 8, 1), SEASON.end])
def test_since_a_day(made: list[ServedFiling], fetching: Make, day: date) -> None:
    summary = fetching(made)("CORZ", since=day)
    wanted = {one.accession for one in made if one.filer.ticker == "CORZ" and one.filed >= day}
    assert {one.accession for one in summary.documents} == wanted


def test_a_dry_run_fetches_lists_only(made: list[ServedFiling], fetching: Make) -> None:
    user = fetching(made)
    summary = user("CORZ", season=SEASON, dry_run=True)
    assert {one.state for one in summary.documents} == {FetchState.WANTED}
    assert summary.complete and not user.downloads() and not user.ledger.exists()


@pytest.mark.parametrize(("annual", "last"), [("20-F", "20-F"), ("40-F", "40-F"), ("10-K", "10-K")])
def test_annual_reports_of_every_kind_of_filer(
    universe: Universe, fetching: Make, annual: str, last: str
) -> None:
    year_end = Quarter.parse("2024Q4")
    books = replace(universe["CORZ"], annual_form=annual, forms={})
    user = fetching(company_filings(books, [year_end - 1, year_end], updates=False))
    summary = user("CORZ", season=year_end)
    assert last in {one.form for one in summary.documents}
    assert {one.state for one in summary.documents} <= {FetchState.NEW, FetchState.NOT_DISCLOSED}
    annual_report = next(one for one in summary.documents if one.form == last)
    assert annual_report.figures


def test_older_pages_are_read_as_far_as_they_are_wanted(universe: Universe, fetching: Make) -> None:
    quarters = list(Quarter.parse("2022Q1").through(SEASON))
    filings = company_filings(universe["CORZ"], quarters)
    user = fetching(filings, recent=5, older=10)
    summary = user("CORZ", season=SEASON, forms=["10-Q"])
    assert [one.form for one in summary.documents] == ["10-Q"]
    pages = [seen.route for seen in user.service.requests if "-submissions-" in seen.route]
    assert 0 < len(pages) < (len(filings) - 5) // 10
    everything = user("CORZ", since=date.min, dry_run=True)
    assert {one.accession for one in everything.documents} == {one.accession for one in filings}


def test_a_company_without_cik_is_looked_up_by_ticker_and_shown(universe: Universe, fetching: Make) -> None:
    books = next(books for books in universe.values() if not books.company.cik and books.company.owes(SEASON))
    ticker = books.company.ticker
    user = fetching(company_filings(books, [SEASON], updates=False))
    summary = user(ticker)
    assert [(one.ticker, one.cik, one.looked_up) for one in summary.filers] == [(ticker, books.key, True)]
    assert summary.documents and all(one.state is FetchState.NEW for one in summary.documents)
    assert all(row[1] == ticker for row in user.rows["sources"])


def test_another_companys_ticker_is_not_taken(universe: Universe, fetching: Make) -> None:
    books = next(books for books in universe.values() if not books.company.cik)
    ticker = books.company.ticker
    other = replace(filer_of(books), name="Quite Another Corp", cik="4242424")
    summary = fetching([], listed=[other])(ticker)
    assert not summary.complete and not summary.documents
    assert "Quite Another Corp" in summary.lost[0].error.message
    assert "companies.toml" in summary.lost[0].error.hint


def test_a_filing_of_two_companies_is_fetched_once(made: list[ServedFiling], fetching: Make) -> None:
    joint = replace(made[0], others=((next(o.filer for o in made if o.filer.ticker == "WULF"), "Filer"),))
    user = fetching([joint])
    summary = user("CORZ", "WULF", since=date(2020, 1, 1))
    assert len(summary.documents) == len(user.downloads()) == 1


@pytest.mark.parametrize(
    ("tickers", "asked", "words"),
    [
        ((), {"season": None}, "nothing is asked for"),
        (("CORZ",), {"season": SEASON, "since": date(2025, 1, 1)}, "not both"),
        (("CORZ",), {"season": Quarter.parse("2031Q1")}, "has not begun"),
    ],
)
def test_what_contradicts_itself_is_refused(
    made: list[ServedFiling], fetching: Make, tickers: tuple[str, ...], asked: dict[str, object], words: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        fetching(made)(*tickers, **asked)
    assert words in str(refused.value)


def test_an_unknown_ticker_is_refused(made: list[ServedFiling], fetching: Make) -> None:
    with pytest.raises(UnknownCompany):
        fetching(made)("NOSUCH")


def test_a_list_that_runs_ahead_of_the_archives(made: list[ServedFiling], fetching: Make) -> None:
    """A listed filing that is not there yet is unreachable today and fetched tomorrow."""
    user = fetching(made)
    late = next(one for one in made if one.form == "10-Q" and one.filer.ticker == "CORZ")
    user.service.fail(missing_key(), late.accession, times=None)
    summary = user("CORZ")
    states = {one.accession: one.state for one in summary.documents}
    assert states.pop(late.accession) is FetchState.UNREACHABLE
    assert set(states.values()) <= {FetchState.NEW}
    assert [path for path in user.downloads() if late.accession in path] == [user.downloads()[-1]]
    user.service.heal()
    assert user("CORZ").complete


def test_a_filing_that_appears_late_in_the_list_comes_with_the_next_fetch(
    made: list[ServedFiling], fetching: Make
) -> None:
    late = next(one for one in made if one.form == "10-Q" and one.filer.ticker == "CORZ")
    user = fetching(made, late={late.accession: timedelta(hours=5)}, now=late.known + timedelta(hours=1))
    assert late.accession not in {one.accession for one in user("CORZ").documents}
    user.service.advance(timedelta(hours=5))
    states = {one.accession: one.state for one in user("CORZ").documents}
    assert states.pop(late.accession) is FetchState.NEW
    assert set(states.values()) == {FetchState.UNCHANGED}


def test_moments_come_from_the_header_not_from_the_doubtful_z(
    made: list[ServedFiling], fetching: Make
) -> None:
    right, wrong = fetching(made), fetching(made)
    wrong.service.fail(zulu_in_doubt(), "/submissions/", times=None)
    assert right("CORZ").complete and wrong("CORZ").complete
    assert right.rows == wrong.rows
