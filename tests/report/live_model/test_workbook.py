"""An outlook's workbook: sheets, colours, origins, safety, and the command that writes it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from inspect import signature
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import hashpivot as hp
from hashpivot.cli._app import app
from hashpivot.core import HashpivotError, UnwritableFile
from hashpivot.outlook import (
    DEFAULT_PATHS,
    DEFAULT_QUARTERS,
    DEFAULT_SEED,
    Calibration,
    Outlook,
    listed_inputs,
    outlook,
)
from hashpivot.report import outlook_workbook, write_outlook_workbook
from hashpivot.report.live_model._inputs import origin_address

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl to read workbooks back")

MONEY = {"finance.cash_usd": 4e8, "finance.debt_usd": 1e9, "finance.bitcoin": 2_000.0}
BLUE, GREY = "FF0000FF", "FF7F7F7F"


@pytest.fixture(scope="module")
def desk() -> hp.Desk:
    return hp.Desk.open()


@pytest.fixture(scope="module")
def found(desk: hp.Desk) -> tuple[Outlook, Calibration]:
    case, calibration = desk.outlook_case("CORZ", ["ai_tenant_late"], assume=MONEY)
    return outlook(case, quarters=5, paths=256, remarks=calibration.remarks), calibration


@pytest.fixture(scope="module")
def book(found: tuple[Outlook, Calibration], desk: hp.Desk) -> Any:
    return openpyxl.load_workbook(BytesIO(outlook_workbook(*found, desk.view)))


def values_below(sheet: Any, head: int) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1)]


def test_sheets_and_the_same_bytes(found: tuple[Outlook, Calibration], book: Any, desk: hp.Desk) -> None:
    assert book.sheetnames == ["Outlook", "Live", "Inputs", "Contracts", "Lines", "Market"]
    assert outlook_workbook(*found, desk.view) == outlook_workbook(*found, desk.view)


def test_quantiles_are_those_of_the_outlook(found: tuple[Outlook, Calibration], book: Any) -> None:
    answer = found[0].to_dict()
    rows = values_below(book["Outlook"], 4)
    place = next(n for n, row in enumerate(rows) if row[0] == "Revenue, USD million")
    for shift, name in enumerate(("p10", "p50", "p90")):
        held = rows[place + shift]
        assert held[1] == name
        assert held[2:7] == [row["revenue_usd"][name] for row in answer["quarters"]]
    market = values_below(book["Market"], 4)
    hashprice = next(n for n, row in enumerate(market) if str(row[0]).startswith("Hashprice"))
    assert market[hashprice + 1][2:7] == [row["hashprice_usd_ph_day"]["p50"] for row in answer["market"]]
    lines = {row[0] for row in values_below(book["Lines"], 4) if row[0]}
    assert lines == {"Self-mining", "Hosting", "AI colocation", "All lines"}


def test_simulated_numbers_are_grey(book: Any) -> None:
    for name in ("Outlook", "Lines", "Market"):
        numbers = [
            cell for row in book[name].iter_rows() for cell in row if cell.data_type == "n" and cell.value
        ]
        assert numbers
        assert {cell.font.color.rgb for cell in numbers if cell.value is not None} == {GREY}


def test_every_input_has_value_unit_range_and_origin(found: tuple[Outlook, Calibration], book: Any) -> None:
    inputs = listed_inputs(found[0].case, found[1].origins)
    rows = list(book["Inputs"].iter_rows(min_row=6, max_row=5 + len(inputs)))
    for each, row in zip(inputs, rows, strict=True):
        key, value, unit, low, high, live, mark, origin = row[:8]
        assert key.value == each.key and (unit.value or "") == each.unit
        shown = each.value if isinstance(each.value, int | float) else str(each.value)
        assert value.value == (shown if isinstance(shown, str) else pytest.approx(shown, rel=1e-15))
        assert (low.value, high.value) == (each.low, each.high)
        assert (mark.value == "assumed") == each.origin.startswith("assumed")
        assert (live.value == "live") == (value.font.color.rgb == BLUE)
        assert str(origin.value or "")[:50] == each.origin[:50]
    assert sum(row[6].value == "assumed" for row in rows) > 20
    links = [row[7].hyperlink.target for row in rows if row[7].hyperlink]
    assert len(links) > 10
    assert all(link.startswith("http") and link[-1] not in ":,." for link in links)


def test_live_inputs_are_those_the_live_sheet_reads(book: Any) -> None:
    formulas = (cell.value for row in book["Live"].iter_rows() for cell in row if cell.data_type == "f")
    read = {place for formula in formulas for place in re.findall(r"'Inputs'!(B\d+)", formula)}
    rows = list(book["Inputs"].iter_rows(min_row=6))
    assert read == {row[1].coordinate for row in rows if row[5].value == "live"}
    live = {row[0].value for row in rows if row[5].value == "live"}
    idle = {row[0].value for row in rows} - live
    assert {"mining.power_usd_per_mwh", "finance.cash_usd", "colocation.repricing"} <= live
    assert {"mining.fleet_noise", "colocation.on_time", "chips.sold_ehs", "market.price.volatility"} <= idle


def test_wrong_numbers_are_refused_by_the_spreadsheet(book: Any) -> None:
    rules = {str(rule.sqref): rule for rule in book["Inputs"].data_validations.dataValidation}
    place = next(row[1] for row in book["Inputs"].iter_rows(min_row=6) if row[0].value == "mining.pool_fee")
    rule = rules[place.coordinate]
    assert (rule.type, float(rule.formula1), float(rule.formula2)) == ("decimal", 0.0, 0.2)


def test_contracts_have_a_yearly_rate_as_formula(book: Any) -> None:
    rows = list(book["Contracts"].iter_rows(min_row=5))
    rates = [row[8].value for row in rows if row[8].value]
    assert rates and all(rate.startswith("=") and "/" in rate for rate in rates)
    assert all(row[0].hyperlink for row in rows)


def test_text_is_never_a_formula(found: tuple[Outlook, Calibration], desk: hp.Desk) -> None:
    outcome, calibration = found
    contract = replace(outcome.case.inputs.contracts[0], name='=HYPERLINK("http://x.example")')
    case = replace(outcome.case, inputs=replace(outcome.case.inputs, contracts=(contract,)))
    hostile = outlook(case, quarters=3, paths=8, remarks=["=1+1", "@x"])
    sheets = openpyxl.load_workbook(BytesIO(outlook_workbook(hostile, calibration, desk.view)))
    for sheet in sheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            assert "HYPERLINK" not in cell.value and cell.value != "=1+1"


@pytest.mark.parametrize(
    ("origin", "address"),
    [
        ("contract https://a.example/x.htm: value / term / 4", "https://a.example/x.htm"),
        ("contract https://a.example/x.htm", "https://a.example/x.htm"),
        ("contract 0001167419-25-000001: value", ""),
        ("figure RIOT/2025Q2/none@00000000: x", ""),
        ("assumed: usual", ""),
    ],
)
def test_addresses_of_origins(desk: hp.Desk, origin: str, address: str) -> None:
    assert origin_address(origin, desk.view) == address


def test_figures_are_followed_to_their_filing(desk: hp.Desk) -> None:
    _, calibration = desk.outlook_case("RIOT")
    origin = calibration.origins["finance.sga_usd"]
    assert origin.startswith("figure ") and origin_address(origin, desk.view).startswith("https://")
    assert origin_address(origin, None) == ""


def test_written_whole_or_not_at_all(
    found: tuple[Outlook, Calibration], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnwritableFile):
        write_outlook_workbook(*found, tmp_path / "none" / "x.xlsx")
    assert not list(tmp_path.iterdir())


def test_the_command_writes_it_beside_json(tmp_path: Path) -> None:
    file = tmp_path / "riot.xlsx"
    words = ("outlook", "RIOT", "--paths", "64", "--quarters", "3", "--json", "--excel", str(file))
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0 and json.loads(done.stdout)["ticker"] == "RIOT"
    assert file.read_bytes().startswith(b"PK")
    for option in (["--write", "x.toml"], ["--sweep", "s.toml", "--out", "o"]):
        refused = CliRunner().invoke(app, ["outlook", "RIOT", "--excel", "x.xlsx", *option])
        assert refused.exit_code == 2


def test_the_desk_gives_the_same_outlook(desk: hp.Desk, found: tuple[Outlook, Calibration]) -> None:
    again = desk.outlook("corz", ["ai_tenant_late"], quarters=5, paths=256, assume=MONEY)
    assert again.outlook.to_dict() == found[0].to_dict()
    given = {name: each.default for name, each in signature(desk.outlook).parameters.items()}
    sizes = given["quarters"], given["paths"], given["seed"]
    assert sizes == (DEFAULT_QUARTERS, DEFAULT_PATHS, DEFAULT_SEED)
    with pytest.raises(HashpivotError, match="no scenario"):
        desk.outlook("CORZ", ["none"])


def test_a_desk_of_the_past_knows_the_network_of_its_day() -> None:
    then = hp.Desk.open(as_of=date(2025, 6, 30))
    case, _ = then.outlook_case("RIOT")
    assert case.start.as_of == date(2025, 6, 30)
