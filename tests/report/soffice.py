"""LibreOffice Calc, as the tests of workbooks use it: every formula computed anew."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def recalculate(books: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """Workbooks by name as LibreOffice computes them; skips the test where it is not installed."""
    import openpyxl

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        pytest.skip("needs LibreOffice Calc (`soffice`), which is not installed")
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(without_values(content))
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"),
         *(str(folder / f"{name}.xlsx") for name in books)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in books}


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
