"""Events: what a site sold, halls converted or a line ended do to a nowcast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NO_LOCATOR, Absence, Line, Quarter
from hashpivot.ledger import CompanyEvent, EventKind, View
from hashpivot.nowcast import CompanyNowcast, nowcast
from hashpivot.testing import MadeUpMiner

Q4 = Quarter(2024, 4)
DAY = date(2024, 12, 31)


def event(kind: str, effective: date, line: Line | None = None, scale: str | None = None) -> CompanyEvent:
    left = None if scale is None else Decimal(scale)
    return CompanyEvent(
        "TEST", EventKind(kind), effective, effective, line, left, None, None, "", "", "made up", NO_LOCATOR
    )


Told = Callable[..., CompanyNowcast]


@pytest.fixture
def told(miner: Callable[..., MadeUpMiner], history: NetworkHistory, monkeypatch: pytest.MonkeyPatch) -> Told:
    """The nowcast of a miner and host, given events."""

    def make(*events: CompanyEvent) -> CompanyNowcast:
        monkeypatch.setattr(View, "events", lambda self, ticker, day: events, raising=False)
        made = miner().quarter("2024Q2").quarter("2024Q3").quarter("2024Q3", Line.HOSTING, 20e6)
        return nowcast(made.view(), history, Q4, as_of=DAY, track=tuple)["TEST"]

    return make


def usd(company: CompanyNowcast, line: Line) -> float:
    found = company.line(line)
    return found.estimate.median_usd if found else 0.0


def test_half_a_fleet_sold_before_the_quarter_is_half_its_mining(told: Told) -> None:
    after = told(event("site_sold", date(2024, 10, 1), Line.SELF_MINING, "0.5"))
    trusted = told(event("site_sold", date(2024, 10, 1), Line.HOSTING, "1.0"))
    assert usd(after, Line.SELF_MINING) == pytest.approx(usd(trusted, Line.SELF_MINING) / 2, rel=0.02)
    assert usd(after, Line.HOSTING) == pytest.approx(usd(trusted, Line.HOSTING), rel=0.02)


def test_in_the_middle_of_the_quarter_it_counts_for_half_of_it(told: Told) -> None:
    trusted = told(event("site_sold", date(2024, 10, 1), Line.HOSTING, "1.0"))
    after = told(event("halls_converted", date(2024, 11, 16), Line.SELF_MINING, "0.5"))
    ratio = usd(after, Line.SELF_MINING) / usd(trusted, Line.SELF_MINING)
    assert ratio == pytest.approx(0.75, abs=0.02)


def test_an_event_of_all_lines_scales_them_all(told: Told) -> None:
    after = told(event("spin_off", date(2024, 10, 1), None, "0.5"))
    assert usd(after, Line.HOSTING) == pytest.approx(10e6, rel=0.05)


def test_a_line_that_ended_is_gone(told: Told) -> None:
    after = told(event("line_ended", date(2024, 10, 1), Line.HOSTING))
    assert after.line(Line.HOSTING) is None
    mined = told(event("line_ended", date(2024, 10, 1), Line.SELF_MINING))
    assert mined.line(Line.SELF_MINING) is None


def test_an_event_of_unknown_size_widens(told: Told) -> None:
    sure = told(event("site_sold", date(2024, 10, 1), None, "1.0"))
    unsure = told(event("site_sold", date(2024, 10, 1), None))
    for line in (Line.HOSTING, Line.SELF_MINING):
        one, other = sure.line(line), unsure.line(line)
        assert one and other
        assert other.estimate.p90_usd / other.estimate.p10_usd > one.estimate.p90_usd / one.estimate.p10_usd


def test_an_event_that_reports_already_show_changes_nothing(told: Told) -> None:
    before, after = told(), told(event("site_sold", date(2024, 1, 15), Line.HOSTING, "0.5"))
    assert usd(after, Line.HOSTING) == pytest.approx(usd(before, Line.HOSTING))


def test_an_acquired_company_is_left_out_with_that_reason(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought = replace(event("acquired", date(2024, 11, 15)), counterparty="Another Miner")
    monkeypatch.setattr(View, "events", lambda self, ticker, day: (bought,), raising=False)
    made = miner().quarter("2024Q2").quarter("2024Q3")
    gone = nowcast(made.view(), history, Q4, as_of=DAY, track=tuple).missing["TEST"]
    assert gone.code is Absence.NOT_APPLICABLE
    assert "acquired by Another Miner on 2024-11-15" in gone.reason
    before = nowcast(made.view(), history, Quarter(2024, 3), as_of=date(2024, 10, 1), track=tuple)
    assert "TEST" in before.companies


def test_the_bundled_acquired_companies_are_left_out(desk: View, history: NetworkHistory) -> None:
    day = date(2026, 3, 31)
    acquired = [t for t in desk.tickers() for e in desk.events(t, day) if e.kind is EventKind.ACQUIRED]
    assert acquired
    missing = nowcast(desk, history, as_of=day, tickers=acquired).missing
    assert {missing[ticker].code for ticker in acquired} == {Absence.NOT_APPLICABLE}
