"""What a real spreadsheet program makes of the workbook when it computes every formula anew."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from hashpivot.report import company_workbook, season_workbook
from hashpivot.season import Season
from hashpivot.testing import bundled_desk

from ..soffice import recalculate

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl to read workbooks back")

QUARTERS = ("2025Q4",)
COMPANIES = ("CORZ", "BTBT")


@pytest.fixture(scope="module")
def written(seasons: dict[str, Season]) -> dict[str, bytes]:
    desk = bundled_desk()
    companies = {ticker: company_workbook(desk.company(ticker).profile) for ticker in COMPANIES}
    return {quarter: season_workbook(seasons[quarter]) for quarter in QUARTERS} | companies


@pytest.fixture(scope="module")
def recalculated(written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return recalculate(written, tmp_path_factory.mktemp("recalculated"))


@pytest.mark.parametrize("quarter", [*QUARTERS, *COMPANIES])
def test_no_error_and_the_same_numbers(
    written: dict[str, bytes], recalculated: dict[str, Any], quarter: str
) -> None:
    formulas = openpyxl.load_workbook(BytesIO(written[quarter]))
    values = openpyxl.load_workbook(BytesIO(written[quarter]), data_only=True)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    expected = values[sheet.title][cell.coordinate].value
                    found = recalculated[quarter][sheet.title][cell.coordinate].value
                    place = f"{sheet.title}!{cell.coordinate} {cell.value}"
                    if isinstance(expected, str):
                        assert found == expected, place
                    else:
                        assert found == pytest.approx(expected, rel=1e-9, abs=1e-6), place
                    compared += 1
    assert compared > (1000 if quarter in QUARTERS else 1)
