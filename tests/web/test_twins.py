"""Twins of every page: the same rows as workbook and Parquet, drawings as pictures; hostile text inert."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pytest
from starlette.testclient import TestClient

from hashpivot.web import WEB_VIEWS
from tests.cli.hostile_home import ATTACK, QUARTERS, hostile_home

from .conftest import client_of
from .test_hostile import MARKUP
from .test_pages import PAGES

TABLES = [view for view in WEB_VIEWS if view.table and view.name in PAGES]
CHARTS = ("/season/2026Q1", "/season/2026Q1/CORZ", "/company/CORZ", "/nowcast?quarter=2024Q4&ticker=RIOT")


def twin(address: str, ending: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}.{ending}?{query}"


@pytest.mark.parametrize("name", [view.name for view in TABLES])
def test_workbook_and_parquet_hold_the_rows_of_the_csv(client: TestClient, name: str) -> None:
    address = PAGES[name][-1]
    rows = list(csv.DictReader(io.StringIO(client.get(twin(address, "csv")).text)))
    workbook = openpyxl.load_workbook(io.BytesIO(client.get(twin(address, "xlsx")).content))
    table = list(workbook.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    parquet = pyarrow.parquet.read_table(io.BytesIO(client.get(twin(address, "parquet")).content))
    if not rows:
        assert not table and not parquet.num_rows and name in ("changes", "halving")
        return
    assert len(table) - 1 == parquet.num_rows == len(rows)
    assert list(table[0]) == parquet.column_names == list(rows[0])
    for number, row in enumerate(rows):
        for place, column in enumerate(row):
            cell, value = table[number + 1][place], parquet.column(column)[number].as_py()
            assert (cell is None or cell == "") == (value is None or value == ""), column
            if isinstance(value, float | int) and not isinstance(value, bool):
                assert cell == pytest.approx(value) and float(row[column]) == pytest.approx(value)


def test_the_same_rows_make_the_same_workbook(client: TestClient) -> None:
    again = client_of()
    assert client.get("/company/CORZ.xlsx").content == again.get("/company/CORZ.xlsx").content


@pytest.mark.parametrize("address", CHARTS)
def test_drawings_are_linked_where_they_stand_and_are_pictures(client: TestClient, address: str) -> None:
    page = client.get(address).text
    found = re.findall(r'</svg><span class="pictures"><a href="([^"]+)"', page)
    links = [link.replace("&amp;", "&") for link in found]
    assert links and page.count('<svg class="chart"') == len(links)
    for link in links:
        picture = client.get(link)
        assert picture.headers["content-type"] == "image/svg+xml"
        assert ElementTree.fromstring(picture.text).tag.endswith("svg")
        policy = picture.headers.get_list("content-security-policy")
        assert len(policy) == 1 and re.search(r"style-src 'sha256-[^']+';", policy[0])
        drawn = client.get(link.replace(".svg", ".png"))
        assert drawn.content.startswith(b"\x89PNG") and len(drawn.content) < 400_000


def test_a_chart_that_is_not_there_is_said(client: TestClient) -> None:
    answer = client.get("/season/2026Q1/CORZ.svg?chart=revenues")
    assert answer.status_code == 404 and "revenue" in answer.json()["error"]["hint"]
    assert client.get("/coverage.svg").status_code == 404


def test_a_library_that_is_missing_is_named(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashpivot.core.base._library as library

    def absent(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(library, "import_module", absent)
    for address, extra in (
        ("/company/RIOT.parquet?quarters=3", "parquet"),
        ("/season/2025Q4/RIOT.png", "png"),
    ):
        answer = client.get(address)
        assert answer.status_code == 501 and f"hashpivot[{extra}]" in answer.json()["error"]["hint"]


def test_every_format_of_every_view_holds_hostile_text_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HASHPIVOT_HOME", str(hostile_home(tmp_path / "hostile", MARKUP + ATTACK)))
    client = client_of()
    place = {"quarter": QUARTERS[-1], "ticker": "EVIL", "figure": "EVIL/2025Q1/total_revenue/total"}
    for view in WEB_VIEWS:
        names = [*view.in_path]
        if view.slow or set(names) - set(place):
            continue
        path = re.sub(r":\w+}", "}", view.path).format(**{name: place[name] for name in names})
        for ending in view.formats:
            answer = client.get(f"{path}.{ending}")
            assert answer.status_code in (200, 400, 404), (path, ending, answer.text[:300])
            if answer.status_code != 200:
                assert answer.json()["error"]["message"], path
            elif ending == "xlsx":
                workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
                cells = [cell for row in workbook.active.iter_rows() for cell in row]  # type: ignore[union-attr]
                links = [cell.hyperlink.target for cell in cells if cell.hyperlink]
                assert all(str(link).startswith(("https://", "http://")) for link in links), path
                assert not [cell for cell in cells if cell.data_type == "f"], path
            elif ending == "svg":
                acting = "{http://www.w3.org/2000/svg}script"
                root = ElementTree.fromstring(answer.text)
                assert root.find(f".//{acting}") is None
                assert not [name for part in root.iter() for name in part.attrib if name.startswith("on")]
