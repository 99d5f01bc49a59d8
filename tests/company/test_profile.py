"""Every company has a profile, whatever the ledger holds of it, and it says nothing it does not know."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from hashpivot import Desk
from hashpivot.company import shown_quarters
from hashpivot.company._quarters import newest_revenue
from hashpivot.core import Absence, Companies, Company, InvalidInput, Missing, Quarter, UnknownCompany
from hashpivot.ledger import View
from hashpivot.testing import MadeUpMiner, bundled_desk

from .conftest import ProfileOf, profile

TICKERS = sorted(Companies.load())


@pytest.mark.parametrize("ticker", TICKERS)
def test_every_company_has_one(profile_of: ProfileOf, ticker: str) -> None:
    made = profile_of(ticker)
    assert len(made.quarters) == 9 and len(made.key_numbers) == 6
    assert made.message.title.endswith(".")
    json.dumps(made.to_dict(), allow_nan=False)


@pytest.mark.parametrize("ticker", TICKERS)
def test_every_figure_shown_can_be_traced(bundled: Desk, profile_of: ProfileOf, ticker: str) -> None:
    for figure in profile_of(ticker).figures():
        assert bundled.view.trace(figure.id).figure.id == figure.id


def test_a_company_without_figures_is_asked_for_reports_of_days_it_was_listed(bundled: Desk) -> None:
    company = Company("GONE", "Gone Mining", listed_to=date(2025, 2, 1))
    view = View(bundled.view.all_figures, companies=Companies({"GONE": company}))
    assert shown_quarters(view, "GONE")[-1] == Quarter(2024, 4)
    absent = newest_revenue(view, "GONE")
    assert isinstance(absent, Missing) and "2024Q4" in absent.needs


def cells(answer: Any) -> list[dict[str, Any]]:
    """Every object of a JSON answer that says whether there is a value."""
    if isinstance(answer, dict):
        own = [answer] if "value" in answer else []
        return own + [cell for member in answer.values() for cell in cells(member)]
    return [cell for member in answer for cell in cells(member)] if isinstance(answer, list) else []


@pytest.mark.parametrize("ticker", TICKERS)
def test_what_has_no_value_says_why_and_nothing_else_does(profile_of: ProfileOf, ticker: str) -> None:
    for cell in cells(profile_of(ticker).to_dict()):
        assert (cell["value"] is None) == ("missing" in cell)
        assert "missing" not in cell or (cell["missing"] in set(Absence) and cell["reason"])


@pytest.mark.parametrize("ticker", TICKERS)
def test_nothing_is_called_not_disclosed_unless_a_file_was_read(
    bundled: Desk, profile_of: ProfileOf, ticker: str
) -> None:
    read = [s for s in bundled.view.sources.values() if s.ticker == ticker and s.sha256]
    undisclosed = [g for g in profile_of(ticker).absences if g.kind is Absence.NOT_DISCLOSED]
    assert not undisclosed or read
    named = [group.reason for group in undisclosed if " was read " in group.reason]
    assert all(any(source.title in reason for source in read) for reason in named)


def test_a_company_without_a_figure_says_what_would_be_the_first(miner: MadeUpMiner) -> None:
    made = profile(miner)
    assert not made.figures() and not made.sources
    assert made.message.title == "No revenue of TEST Mining is in the ledger."
    assert "TEST" in made.message.caveat
    assert {group.kind for group in made.absences} == {Absence.NOT_IN_LEDGER}
    assert all(group.ends for group in made.absences)


def test_nothing_later_than_the_day_is_used() -> None:
    day = date(2025, 3, 1)
    made = bundled_desk(as_of=day).company("CORZ").profile
    assert made.day == day
    assert all(source.known <= day for source in made.sources)
    assert all(entry.contract.known <= day for entry in made.contracts)
    assert all(point.day <= day for point in made.megawatts.contracted)


def test_by_name_and_in_any_case(bundled: Desk) -> None:
    assert bundled.company("core scientific, inc.").ticker == bundled.company("corz").ticker == "CORZ"


def test_an_unknown_company_has_a_hint(bundled: Desk) -> None:
    with pytest.raises(UnknownCompany, match="CORZ"):
        bundled.company("CORS")


@pytest.mark.parametrize("count", [0, -1, 41])
def test_a_number_of_quarters_that_makes_no_sense(bundled: Desk, count: int) -> None:
    with pytest.raises(InvalidInput, match="quarters"):
        bundled.company("CORZ", quarters=count)


def test_the_number_of_quarters(bundled: Desk) -> None:
    made = bundled.company("CORZ", quarters=13).profile
    assert len(made.quarters) == 13 and len(made.lines.total.quarters) == 13
    assert all(len(row.amounts) == 13 for table in made.statements for row in table.rows)
