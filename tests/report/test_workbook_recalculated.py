"""What a real spreadsheet program makes of the workbook when it computes every formula anew."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from hashpivot.report import season_workbook
from hashpivot.season import Season

pytest.importorskip("xlsxwriter", reason="needs XlsxWriter (the extra `excel`)")
openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl to read workbooks back")

QUARTERS = ("2024Q4", "2025Q4")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


@pytest.fixture(scope="module")
def written(seasons: dict[str, Season]) -> dict[str, bytes]:
    return {quarter: season_workbook(seasons[quarter]) for quarter in QUARTERS}


@pytest.fixture(scope="module")
def recalculated(written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        pytest.skip("needs LibreOffice Calc (`soffice`), which is not installed")
    folder = tmp_path_factory.mktemp("recalculated")
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    for quarter, content in written.items():
        (folder / f"{quarter}.xlsx").write_bytes(without_values(content))
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"),
         *(str(folder / f"{quarter}.xlsx") for quarter in QUARTERS)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {q: openpyxl.load_workbook(folder / "out" / f"{q}.xlsx", data_only=True) for q in QUARTERS}


def without_values(content: bytes) -> bytes:
    """The workbook with every formula's value taken out, so that none can be passed on unseen."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("quarter", QUARTERS)
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
    assert compared > 1000
