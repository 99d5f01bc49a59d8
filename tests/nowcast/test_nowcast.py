from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, Line, NoData, Quarter
from hashpivot.ledger import View
from hashpivot.nowcast import nowcast, quarter_due
from hashpivot.testing import MadeUpMiner

Q4 = Quarter(2024, 4)
AS_OF = date(2025, 1, 31)


def test_riots_fourth_quarter_of_2024(desk: View, history: NetworkHistory) -> None:
    """Golden: 126,404 thousand of Bitcoin Mining, from 1,516 bitcoin known in January 2025."""
    found = nowcast(desk, history, Q4, ["RIOT"], AS_OF)["RIOT"]
    mining = found.line(Line.SELF_MINING)
    assert found.level == "updates"
    assert mining is not None
    assert mining.estimate.median_usd == pytest.approx(126_404_000, rel=0.01)
    assert found.bridge[0].usd == 84_786_000
    assert sum(step.usd for step in found.bridge[:-1]) == pytest.approx(found.total.median_usd)
    assert found.reported is None
    assert any(each.name.startswith("bitcoin_mined") for each in found.inputs)


def test_every_input_can_be_traced(desk: View, history: NetworkHistory) -> None:
    found = nowcast(desk, history, Q4, ["RIOT", "BTBT", "CORZ", "CLSK"], AS_OF)
    for company in found.companies.values():
        figures = [each.source for each in company.inputs if "@" in each.source]
        assert figures
        for figure in figures:
            assert desk.on(AS_OF).trace(figure).figure.id == figure


def test_the_future_changes_nothing(desk: View, history: NetworkHistory) -> None:
    """With figures and network cut off at the day, the nowcast is the same to the last digit."""
    known = desk.all_figures
    past = replace(known, figures=tuple(f for f in known.figures if f.known <= AS_OF))
    short = NetworkHistory(history[: (AS_OF - history.first_day).days + 1])
    whole = nowcast(desk, history, Q4, None, AS_OF)
    cut = nowcast(View(past), short, Q4, None, AS_OF)
    assert [c.to_dict() for c in cut.companies.values()] == [
        c.to_dict() for c in whole.companies.values() if c.ticker in cut.companies
    ]


def test_one_company_alone_is_as_among_all(desk: View, history: NetworkHistory) -> None:
    alone = nowcast(desk, history, Q4, ["IREN"], AS_OF)["IREN"]
    assert alone.to_dict() == nowcast(desk, history, Q4, None, AS_OF)["IREN"].to_dict()


def test_after_the_report_the_nowcast_is_of_the_day_before(desk: View, history: NetworkHistory) -> None:
    found = nowcast(desk, history, Q4, ["RIOT"], date(2025, 12, 31))["RIOT"]
    assert found.reported is not None
    assert found.as_of < found.reported.known
    assert found.as_of <= date(2024, 12, 31) + timedelta(days=40)
    assert found.surprise == pytest.approx(float(found.reported.value) / found.total.median_usd - 1)
    before = nowcast(desk, history, Q4, ["RIOT"], found.as_of)["RIOT"]
    assert before.total == found.total


def test_which_quarter_is_due(desk: View) -> None:
    assert quarter_due(desk.on(date(2024, 12, 31)), date(2024, 12, 31)) == Q4
    assert quarter_due(desk.on(AS_OF), AS_OF) == Q4
    assert quarter_due(desk.on(date(2025, 4, 30)), date(2025, 4, 30)) == Quarter(2025, 1)


def test_when_half_have_reported_the_running_quarter_is_due(miner: Callable[..., MadeUpMiner]) -> None:
    made = miner().quarter("2024Q2", None).quarter("2024Q3", None)
    assert quarter_due(made.view(date(2024, 11, 30)), date(2024, 11, 30)) == Q4
    assert quarter_due(made.view(date(2024, 10, 30)), date(2024, 10, 30)) == Quarter(2024, 3)


def test_a_company_with_one_quarter_of_history(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner().quarter("2024Q3").quarter("2024Q3", None)
    found = nowcast(made.view(), history, Q4, as_of=date(2024, 12, 31))["TEST"]
    assert found.level == "network"
    assert found.total.p10_usd < found.total.median_usd < found.total.p90_usd
    assert found.bridge[-1].name == "to"


def test_a_company_silent_for_long_gets_a_reason(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner().quarter("2023Q1").quarter("2023Q1", None)
    found = nowcast(made.view(), history, Quarter(2025, 2), as_of=date(2025, 6, 30))
    assert not found.companies
    assert "too long before" in found.missing["TEST"].reason


def test_zero_and_contradicting_figures_are_named(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner().quarter("2024Q3").hash_rate(date(2024, 11, 30), 0.0)
    found = nowcast(made.view(), history, Q4, as_of=date(2024, 12, 31))["TEST"]
    assert "zero" in found.to_dict()["set_aside"][0]["reason"]


def test_too_far_ahead_is_for_the_outlook(desk: View, history: NetworkHistory) -> None:
    with pytest.raises(InvalidInput, match="too far ahead") as raised:
        nowcast(desk, history, Quarter(2025, 4), as_of=AS_OF)
    assert "outlook" in raised.value.hint


def test_before_all_data_is_refused(desk: View, history: NetworkHistory) -> None:
    with pytest.raises(NoData):
        nowcast(desk, history, Quarter(2019, 1), as_of=date(2019, 3, 31))
    with pytest.raises(NoData):
        nowcast(desk, history, None, ["RIOT"], as_of=date(2009, 3, 31))


def test_the_quarter_after_the_running_one_can_be_asked_for(desk: View, history: NetworkHistory) -> None:
    found = nowcast(desk, history, Quarter(2025, 2), ["RIOT"], AS_OF)["RIOT"]
    near = nowcast(desk, history, Quarter(2025, 1), ["RIOT"], AS_OF)["RIOT"]
    assert width(found) > width(near)


def width(company: object) -> float:
    total = company.total  # type: ignore[attr-defined]
    return float((total.p90_usd - total.p10_usd) / total.median_usd)


def test_without_a_quarter_the_day_is_today(desk: View, history: NetworkHistory) -> None:
    found = nowcast(desk, history, None, ["RIOT"])
    assert found.as_of == date.today()
    past = nowcast(desk, history, Q4, ["RIOT"])
    assert past.as_of == Q4.end + timedelta(days=40)


@pytest.mark.parametrize("quarter", ["2021Q4", "2023Q1", "2024Q4"])
def test_a_past_quarter_long_after_it(desk: View, history: NetworkHistory, quarter: str) -> None:
    """Companies whose evidence begins after the quarter have no nowcast of it; none knows years more."""
    found = nowcast(desk, history, Quarter.parse(quarter), as_of=date(2026, 10, 1))
    assert "CANG" not in found.companies
    eve = found.quarter.end + timedelta(days=90)
    assert all(company.as_of <= eve for company in found.companies.values())


def test_nothing_of_the_quarter_itself_was_known(desk: View, history: NetworkHistory) -> None:
    """Core Scientific's lines of 2024Q2 came before its total stands in the ledger."""
    found = nowcast(desk, history, Quarter(2024, 2), ["CORZ"])["CORZ"]
    assert found.as_of < date(2024, 8, 7)


@pytest.mark.parametrize("day", ["2100-01-01", "9999-12-31"])
def test_a_day_far_beyond_the_network_is_refused(desk: View, history: NetworkHistory, day: str) -> None:
    with pytest.raises(InvalidInput, match="too long after"):
        nowcast(desk, history, None, ["RIOT"], date.fromisoformat(day))


def test_days_that_the_network_table_does_not_hold_are_told(desk: View, history: NetworkHistory) -> None:
    last = history.last_day
    ahead = Quarter.containing(last)
    due = nowcast(desk, history, ahead, ["CLSK"], as_of=last + timedelta(days=20))
    assert due.network_to == last
    assert f"after {last} are drawn" in due.note
    assert "network.csv" in due.note
    assert not nowcast(desk, history, ahead - 1, ["CLSK"], as_of=last + timedelta(days=20)).note
