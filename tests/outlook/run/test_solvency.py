"""On what cash stands: facts, what the user assumed, or nothing."""

import json
from dataclasses import replace
from datetime import date

import pytest

import hashpivot as hp
from hashpivot.core import InvalidInput
from hashpivot.outlook import OutlookSummary, Spread
from hashpivot.report import outlook_answers
from hashpivot.report.outlook import outlook_title

ASSUMED = {"finance.cash_usd": 3e8, "finance.debt_usd": 9e8, "finance.bitcoin": 18_000.0}
MONEY = ("cash_usd", "debt_usd", "bitcoin", "shares", "shortfall_usd", "interest_usd", "pretax_income_usd")


@pytest.fixture(scope="module")
def desk() -> hp.Desk:
    return hp.Desk.open()


def summary(desk: hp.Desk, ticker: str, **more: object) -> OutlookSummary:
    return desk.outlook(ticker, quarters=3, paths=200, **more).outlook.summary  # type: ignore[arg-type]


def test_without_a_recent_balance_nothing_is_said_of_cash(desk: hp.Desk) -> None:
    found = summary(desk, "RIOT")
    last = found.quarters[-1]
    assert found.solvency.basis == "absent"
    assert last.p_shortfall is None
    assert found.tightest is None
    for name in MONEY:
        assert getattr(last, name).p50 is None, name
    assert last.revenue_usd.p50
    assert last.adjusted_ebitda_usd.p50 is not None
    told = json.loads(json.dumps(found.to_dict()))
    assert told["quarters"][-1]["cash_usd"] == {"p10": None, "p50": None, "p90": None, "mean": None}
    assert {each["input"] for each in told["solvency"]["absent"]} >= set(ASSUMED)
    assert all(each["reason"] and each["needs"] for each in told["solvency"]["absent"])


def test_without_overheads_there_is_gross_profit_and_no_ebitda(desk: hp.Desk) -> None:
    last = summary(desk, "IREN").quarters[-1]
    assert last.gross_profit_usd.p50
    assert last.adjusted_ebitda_usd.p50 is None
    assert last.breakeven_hashprice_usd_ph_day.p50 is None


def test_what_is_assumed_says_so(desk: hp.Desk) -> None:
    result = desk.outlook("RIOT", quarters=3, paths=200, assume=ASSUMED, beside=["bitcoin_halves"])
    found = result.outlook.summary
    assert found.solvency.basis == "assumed"
    assert set(found.solvency.assumed) == set(ASSUMED)
    assert found.quarters[-1].p_shortfall is not None
    assert found.quarters[-1].shares.p50 is None
    assert [each.key for each in found.solvency.absent] == ["finance.shares"]
    assert result.beside[0].solvency == found.solvency


def test_a_recent_balance_is_a_fact_until_it_is_changed(desk: hp.Desk) -> None:
    then = desk.on(date(2025, 9, 1)) if hasattr(desk, "on") else hp.Desk.open(as_of=date(2025, 9, 1))
    case = then.outlook_case("RIOT").case
    assert case.solvency.basis == "facts"
    finance = case.inputs.finance
    same = case.with_company(replace(case.inputs, finance=replace(finance, minimum_cash_usd=1e6)))
    assert same.solvency.basis == "facts"
    poorer = case.with_company(replace(case.inputs, finance=replace(finance, cash_usd=1e6)))
    assert (poorer.solvency.basis, poorer.solvency.assumed) == ("assumed", ("finance.cash_usd",))


def test_only_money_is_assumed(desk: hp.Desk) -> None:
    with pytest.raises(InvalidInput, match="no input of finance"):
        desk.outlook("RIOT", assume={"mining.uptime": 0.5})
    with pytest.raises(InvalidInput, match="unknown key 'gold'"):
        desk.outlook("RIOT", assume={"finance.gold": 1.0})


@pytest.mark.parametrize(
    ("chances", "quarter"), [((0.3, 0.6, 0.9), 1), ((0.3, 0.4, 0.2), 1), ((0.04, 0.03, 0.0), None)]
)
def test_the_tight_quarter_is_the_first_unpaid_on_most_paths(
    desk: hp.Desk, chances: tuple[float, ...], quarter: int | None
) -> None:
    found = summary(desk, "RIOT", assume=ASSUMED)
    rows = tuple(replace(row, p_shortfall=p) for row, p in zip(found.quarters, chances, strict=True))
    found = replace(found, quarters=rows)
    assert found.tightest is (None if quarter is None else rows[quarter])
    said = "more than half of paths (60%)" if chances[1] > 0.5 else "up to 40% of paths"
    assert (f"{said} in {rows[1].quarter}" in outlook_title(found)) == (quarter is not None)


def test_income_names_the_cost_that_is_not_known(desk: hp.Desk) -> None:
    found = summary(desk, "CORZ")
    assert "interest is not known" in " ".join(outlook_answers(found))
    nothing = Spread.same(None)
    last = replace(
        found.quarters[-1], depreciation_usd=nothing, interest_usd=Spread.same(1.0), pretax_income_usd=nothing
    )
    known = replace(found, quarters=(*found.quarters[:-1], last))
    assert "EBITDA" in " ".join(outlook_answers(known))
    assert "depreciation is not known" in " ".join(outlook_answers(known))
