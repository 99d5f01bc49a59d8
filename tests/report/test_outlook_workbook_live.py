"""The live sheet of an outlook's workbook against the engine: without chance, to the cent."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, Quarter
from hashpivot.ledger import View, bundled
from hashpivot.outlook import (
    AiContract,
    Calibration,
    Chips,
    Cloud,
    Colocation,
    CompanyInputs,
    CompanyPaths,
    Finance,
    Mining,
    OutlookCase,
    OutlookSummary,
    PowerQuarter,
    RunRateLines,
    build_case,
    outlook,
    run_company,
    with_inputs,
)
from hashpivot.report.model._workbook import workbook_of

from ..outlook.flat import FIRST, PRICE, flat_market
from .soffice import recalculate

pytest.importorskip("xlsxwriter", reason="needs XlsxWriter (the extra `excel`)")
openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl to read workbooks back")

QUARTERS = 9
HASHPRICES = {"dear": 40.0, "cheap": 25.0, "poor": 40.0, "site": 40.0, "twice": 40.0, "none": 40.0}
CENT = 0.005


def rich() -> CompanyInputs:
    """Every part of the engine at work: five classes, plan, renewal, conversion, GPUs, halls, own chips."""
    start = FIRST + 3
    return CompanyInputs(
        "CORZ",
        Mining(
            10.0, 0.93, 22.0, 0.25, 48.0, 4.0, 0.01, growth_ehs=0.7, growth_quarters=3, growth_j_per_th=13.0,
            renewal=0.06,
        ),
        RunRateLines(2e6, 3e6, 1e5, 2e5, margin=0.25),
        Cloud(1_000.0, 0.8, 2.5, 0.7, 6.0, 0.6, spot_decay=0.3, spot_volatility=0.0),
        Colocation(
            running_critical_mw=20.0, running_usd_per_kw_month=120.0, margin=0.5, on_time=1.0,
            market_usd_per_kw_month=140.0, market_drift=-0.2, repricing=0.4, meter_ratio=1.2,
            passthrough_usd_per_mwh=40.0,
        ),
        Chips(FIRST + 1, 1.0, 2, 0.5, 2, 500.0, 9.0, 0.8, 1e6),
        Finance(
            6e6, 2e6, 9e7, 300.0, 4e7, 0.08, 5e7, 7.0, 0.6, 2e7, 0.7, 6e7, 0.8, 1.0, 3e7, 480.0, 0.09,
            loans_usd=1e7,
        ),
        (
            AiContract("signed", start, "colocation", 1.2e7, 5, 2, 0.7, 0.03, 8e7, 2, 25.0, fitout_usd=4e6,
                       fitout_margin=0.1),
            AiContract("let", FIRST - 1, "colocation", term_quarters=40, ramp_quarters=4, critical_mw=10.0,
                       usd_per_kw_month=150.0, passthrough_usd_per_mwh=35.0, converts_mw=12.0),
            AiContract("free", FIRST + 4, "colocation", term_quarters=40, critical_mw=8.0, pricing="market",
                       capex_usd=3e7, build_quarters=6, converts_mw=5.0),
            AiContract("GPUs", FIRST + 2, "cloud", 5e6, 40, 3, 0.5, capex_usd=2e7),
        ),
    )  # fmt: skip


def companies() -> dict[str, CompanyInputs]:
    inputs = rich()
    season = tuple(PowerQuarter(Quarter(2024, n), 0.8 + n / 50, 30.0 + n, n / 2.0) for n in (1, 2, 3, 4))
    poor = replace(
        inputs.finance, sga_usd=6e7, cash_usd=1e6, bitcoin=20.0, debt_limit_usd=4.5e7, share_price_usd=0.0
    )
    stage = AiContract("hall", FIRST, "colocation", 1e6, 3, 1, 0.5, build_quarters=1)
    return {
        "dear": inputs,
        "twice": CompanyInputs(
            "CORZ",
            colocation=Colocation(on_time=1.0),
            contracts=(stage, replace(stage, start=FIRST + 4, usd_per_quarter=3e6)),
        ),
        "cheap": inputs,
        "poor": replace(inputs, finance=poor),
        "site": replace(inputs, power=season, chips=Chips()),
        "none": CompanyInputs("CORZ"),
    }


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
        f"{name} changed": change(content, CHANGES) for name, content in written.items() if name == "dear"
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
        "Cash": company.cash_usd, "Shortfall so far": company.shortfall_usd, "Bitcoin held": company.bitcoin,
        "Interest": company.interest_usd,
    }  # fmt: skip
    for title, values in pairs.items():
        assert row_of(sheet, title, after="Funding") == pytest.approx(list(values[:, 0]), abs=CENT)
    assert row_of(sheet, "EBITDA", after="Overheads") == pytest.approx(
        list(company.ebitda_usd[:, 0]), abs=CENT
    )
    debt = [
        corporate + loans
        for corporate, loans in zip(
            row_of(sheet, "Corporate debt", after="Funding"), row_of(sheet, "Project loans", after="Funding"),
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
    assert engine(rich(), HASHPRICES["dear"]).debt_usd[-1, 0] > 5e7


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
    hold(recalculated["dear changed"], engine(changed, HASHPRICES["dear"]))


def test_a_calibrated_company_without_chance(calibrated: tuple[OutlookCase, Calibration]) -> None:
    """The outlook itself with all chance set to nothing: its medians are the live sheet but for rounding."""
    case, calibration = calibrated
    still = with_inputs(case, STILL)
    contracts = tuple(replace(each, rate_spread=0.0, tenant_chance=1.0) for each in still.inputs.contracts)
    still = replace(still, inputs=replace(still.inputs, contracts=contracts))
    found = outlook(still, quarters=8, paths=4)
    written = workbook_of(still, found.summary, calibration)
    sheet = openpyxl.load_workbook(BytesIO(written), data_only=True)["Live"]
    live = [cell for cell in row_of(sheet, "All lines", after="Revenue") if cell is not None]
    assert live[:8] == pytest.approx([row.revenue_usd.p50 for row in found.summary.quarters], rel=1e-5)


STILL = {
    "market.price.volatility": 0.0, "market.price.drift_error": 0.0, "market.price.jump_chance": 0.0,
    "market.fees.noise": 0.0, "market.fees.enter_busy": 0.0, "market.network.shock": 0.0,
    "market.network.growth_error": 0.0, "mining.fleet_noise": 0.0, "cloud.spot_volatility": 0.0,
    "colocation.on_time": 1.0, "colocation.market_volatility": 0.0,
}  # fmt: skip
