"""The live sheet of an outlook's workbook against the engine: without chance, to the cent."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line
from hashpivot.ledger import View, bundled
from hashpivot.outlook import (
    Calibration,
    CompanyInputs,
    CompanyPaths,
    OutlookCase,
    OutlookSummary,
    build_case,
    outlook,
    run_company,
    with_inputs,
)
from hashpivot.report.live_model._workbook import workbook_of

from ...outlook.companies import companies, rich
from ...outlook.flat import FIRST, PRICE, flat_market
from ..soffice import recalculate

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl to read workbooks back")

QUARTERS = 9
HASHPRICES = {"full": 40.0, "cheap": 25.0, "poor": 40.0, "site": 40.0, "twice": 40.0, "none": 40.0}
CENT = 0.005


@pytest.fixture(scope="module")
def calibrated() -> tuple[OutlookCase, Calibration]:
    return build_case(View(bundled()), NetworkHistory.load(), "CORZ")


def flat_results(case: OutlookCase, hashprice: float) -> OutlookSummary:
    """An outlook's results with the flat market's quarters and prices in them."""
    results = outlook(case, quarters=QUARTERS, paths=8).summary
    company = tuple(replace(row, quarter=FIRST + step) for step, row in enumerate(results.quarters))
    market = tuple(
        replace(
            row, quarter=FIRST + step, price_usd=replace(row.price_usd, p50=PRICE),
            hashprice_usd_ph_day=replace(row.hashprice_usd_ph_day, p50=hashprice),
        )
        for step, row in enumerate(results.market)
    )  # fmt: skip
    return replace(results, quarters=company, market=market)


@pytest.fixture(scope="module")
def written(calibrated: tuple[OutlookCase, Calibration]) -> dict[str, bytes]:
    case, calibration = calibrated
    made = {}
    for name, inputs in companies().items():
        held = replace(case, inputs=inputs, start=replace(case.start, price_usd=PRICE))
        made[name] = workbook_of(held, flat_results(held, HASHPRICES[name]), calibration)
    return made


@pytest.fixture(scope="module")
def recalculated(written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    changed = {
        f"{name} changed": change(content, CHANGES) for name, content in written.items() if name == "full"
    }
    return recalculate(written | changed, tmp_path_factory.mktemp("outlook"))


CHANGES = {"mining.power_usd_per_mwh": 61.0, "contracts.signed.start": "2027Q3", "colocation.repricing": 0.0,
           "finance.cash_usd": 2e6, "steady.margin": -0.1}  # fmt: skip


def change(content: bytes, values: dict[str, Any]) -> bytes:
    """The workbook with other values in its cells of inputs."""
    book = openpyxl.load_workbook(BytesIO(content))
    places = {row[0].value: row[1] for row in book["Inputs"].iter_rows(min_row=6)}
    for key, value in values.items():
        places[key].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def engine(inputs: CompanyInputs, hashprice: float) -> CompanyPaths:
    return run_company(inputs, flat_market(QUARTERS, hashprice=hashprice), PRICE, 1)


def row_of(sheet: Any, title: str, *, after: str) -> list[float]:
    """The numbers of the first row of that title below a heading."""
    titles = [str(cell.value) for cell in sheet["A"]]
    row = titles.index(title, titles.index(after)) + 1
    return [cell.value for cell in sheet[row][3 : 3 + QUARTERS]]


def hold(book: Any, company: CompanyPaths) -> None:
    sheet = book["Live"]
    for number, line in enumerate(Line):
        if line == Line.CHIPS and not any(cell.value == "Chips" for cell in sheet["A"]):
            assert not company.lines_usd[number].any()
            continue
        revenue, profit = company.lines_usd[number, :, 0], company.profits_usd[number, :, 0]
        assert row_of(sheet, line.heading, after="Revenue") == pytest.approx(list(revenue), abs=CENT)
        after = "Gross profit, before depreciation"
        assert row_of(sheet, line.heading, after=after) == pytest.approx(list(profit), abs=CENT)
        assert row_of(sheet, line.heading, after="Cost") == pytest.approx(list(revenue - profit), abs=CENT)
    pairs = {
        "Cash": company.cash_usd, "Bills in arrears": company.shortfall_usd, "Bitcoin held": company.bitcoin,
        "Interest": company.interest_usd, "Free cash flow": company.free_cash_usd,
        "Equity": company.equity_usd,
    }  # fmt: skip
    for title, values in pairs.items():
        assert row_of(sheet, title, after="Funding") == pytest.approx(list(values[:, 0]), abs=CENT)
    capex = row_of(sheet, "Capital expenditure, tenants' part apart", after="Spending")
    assert capex == pytest.approx(list(company.capex_usd[:, 0]), abs=CENT)
    for title, values in {
        "Net income": company.net_income_usd,
        "Tax": company.tax_usd,
        "Interest on what is still being built": company.capitalised_usd,
    }.items():
        assert row_of(sheet, title, after="Income") == pytest.approx(list(values[:, 0]), abs=CENT)
    assert row_of(sheet, "EBITDA", after="Overheads") == pytest.approx(
        list(company.ebitda_usd[:, 0]), abs=CENT
    )
    debt = [
        sum(parts)
        for parts in zip(
            *(row_of(sheet, title, after="Funding") for title in
              ("Corporate debt", "Project loans", "Borrowed against bitcoin")),
            strict=True,
        )
    ]  # fmt: skip
    assert debt == pytest.approx(list(company.debt_usd[:, 0]), abs=CENT)


@pytest.mark.parametrize("name", HASHPRICES)
def test_without_chance_the_live_sheet_is_the_engine_to_the_cent(
    written: dict[str, bytes], recalculated: dict[str, Any], name: str
) -> None:
    company = engine(companies()[name], HASHPRICES[name])
    hold(openpyxl.load_workbook(BytesIO(written[name]), data_only=True), company)
    hold(recalculated[name], company)


def test_the_cases_use_what_they_are_there_for() -> None:
    """Else the comparison above would hold of nothing: classes off, a shortfall, renewal short of funds."""
    cheap = engine(rich(), HASHPRICES["cheap"])
    full = replace(rich(), mining=replace(rich().mining, power_usd_per_mwh=0.0))
    mined = Line.SELF_MINING
    number = list(Line).index(mined)
    assert (cheap.lines_usd[number] < engine(full, HASHPRICES["cheap"]).lines_usd[number]).any()
    assert engine(companies()["poor"], HASHPRICES["poor"]).shortfall_usd[-1, 0] > 0
    assert engine(rich(), HASHPRICES["full"]).debt_usd[:, 0].max() > 5e7


def test_a_changed_cell_changes_what_follows(
    calibrated: tuple[OutlookCase, Calibration], recalculated: dict[str, Any]
) -> None:
    inputs = rich()
    signed, *others = inputs.contracts
    changed = replace(
        inputs, mining=replace(inputs.mining, power_usd_per_mwh=61.0),
        contracts=(replace(signed, start=FIRST + 2), *others),
        colocation=replace(inputs.colocation, repricing=0.0),
        finance=replace(inputs.finance, cash_usd=2e6), steady=replace(inputs.steady, margin=-0.1),
    )  # fmt: skip
    hold(recalculated["full changed"], engine(changed, HASHPRICES["full"]))


def test_a_calibrated_company_without_chance(calibrated: tuple[OutlookCase, Calibration]) -> None:
    """The outlook itself with all chance set to nothing: its medians are the live sheet but for rounding."""
    case, calibration = calibrated
    still = with_inputs(case, STILL)
    contracts = tuple(
        replace(each, rate_spread=0.0, tenant_chance=1.0, overdue_quarters=0)
        for each in still.inputs.contracts
    )
    still = replace(still, inputs=replace(still.inputs, contracts=contracts))
    found = outlook(still, quarters=8, paths=4)
    written = workbook_of(still, found.summary, calibration)
    sheet = openpyxl.load_workbook(BytesIO(written), data_only=True)["Live"]
    live = [cell for cell in row_of(sheet, "All lines", after="Revenue") if cell is not None]
    assert live[:8] == pytest.approx([row.revenue_usd.p50 for row in found.summary.quarters], rel=1e-5)


STILL = {
    "colocation.margin_spread": 0.0,
    "colocation.running_spread": 0.0,
    "colocation.loss_chance": 0.0,
    "cloud.loss_chance": 0.0,
    "cloud.margin_spread": 0.0,
    "market.price.volatility": 0.0, "market.price.drift_error": 0.0, "market.price.jump_chance": 0.0,
    "market.fees.noise": 0.0, "market.fees.enter_busy": 0.0, "market.network.shock": 0.0,
    "market.network.growth_error": 0.0, "mining.fleet_noise": 0.0,
    "steady.line_noise": 0.0, "cloud.spot_volatility": 0.0,
    "colocation.on_time": 1.0, "colocation.market_volatility": 0.0,
}  # fmt: skip
