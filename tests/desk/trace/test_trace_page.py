"""The page of a trace: every end with its place, or with how to get it; old ids go on resolving."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot import Desk
from hashpivot.core import (
    Figure,
    InvalidInput,
    Locator,
    NoData,
    Quarter,
    Source,
    UnknownFigure,
    UnwritableFile,
)
from hashpivot.desk import TracePage, add_file
from hashpivot.desk.trace import StoredPages
from hashpivot.ledger import Ledger
from hashpivot.sources import Store
from hashpivot.testing.generated import company_filings, generated_universe

PAGE = b"""<html><body><p>In thousands</p><table>
<tr><td></td><td>Three Months Ended March 31, 2025</td></tr>
<tr><td>Total revenue</td><td>1,234</td></tr><tr><td>Cost</td><td>234</td></tr></table>
<p>Revenue was $1.2 million in the quarter.</p></body></html>"""
Q2 = Quarter.parse("2025Q2")
START, END = date(2025, 1, 1), date(2025, 3, 31)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path))
    return tmp_path


def source(sha256: str, **given: str) -> Source:
    named = {"name": "q.htm", "form": "10-Q"} | given
    return Source(sha256, "ZZZ", named.pop("form"), date(2025, 5, 1), "filed", "A", sha256=sha256, **named)


def figure(source: Source, locator: str, value: str = "1234000", measure: str = "total_revenue") -> Figure:
    return Figure(
        "ZZZ", measure, None, START, END, Decimal(value), "usd", "Total revenue <b>",
        source.key, Locator.parse(locator), source.known,
    )  # fmt: skip


def stored() -> str:
    with Store() as store:
        return store.put("sec/0000000001-25-000001.txt", PAGE).sha256


def page_of(home: Path, *pairs: tuple[Source, Figure], asked: str = "") -> TracePage:
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        for origin, one in pairs:
            ledger.add(origin, [one])
    return Desk.open(home / "ledger.sqlite3").trace_page(asked or pairs[0][1].id)


def test_a_stored_filing_is_boxed_at_the_cell(home: Path, tmp_path: Path) -> None:
    digest = stored()
    origin = source(digest)
    page = page_of(home, (origin, figure(origin, "table:0/row:1/col:1")))
    (leaf,) = page.view.leaves
    assert leaf.standing == "boxed" and leaf.place is not None
    assert (leaf.place.texts, leaf.at, leaf.stored) == (("1,234",), 1, digest)
    address = f"/doc/{digest}/0?colour=0&amp;at=at-t0-r1-c1#at-t0-r1-c1"
    text = page.html()
    assert '<iframe name="filing" loading="lazy" sandbox title=' in text and f'src="{address}"' in text
    assert "frame-src &#39;self&#39;" in text or "frame-src 'self'" in text
    assert "Total revenue &lt;b&gt;" in text and "<script" not in text
    assert b'id="at-t0-r1-c1"' in page.document(leaf.place)
    told = page.to_dict()["leaves"][0]
    assert told["place"]["anchors"] == ["at-t0-r1-c1"] and told["standing"] == "boxed"


def test_the_page_is_written_with_the_filings_it_frames(home: Path, tmp_path: Path) -> None:
    origin = source(stored())
    page = page_of(home, (origin, figure(origin, "p:2/s:1")))
    written = page.to_html(tmp_path / "trace.html")
    (framed,) = re.findall(r'<iframe [^>]*src="([^"#]+)#([^"]+)"', written.read_text(encoding="utf-8"))
    assert f'id="{framed[1]}"' in (tmp_path / framed[0]).read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_told(home: Path, tmp_path: Path) -> None:
    origin = source(stored())
    page = page_of(home, (origin, figure(origin, "p:2/s:1")))
    (tmp_path / "trace-filings").write_text("in the way")
    with pytest.raises(UnwritableFile):
        page.to_html(tmp_path / "trace.html")


def test_a_filing_not_in_the_store_says_how_to_get_it(home: Path) -> None:
    origin = source("f" * 64, accession="0000000001-25-000009")
    page = page_of(home, (origin, figure(origin, "fact:f-1")))
    (leaf,) = page.view.leaves
    assert (leaf.standing, leaf.place, leaf.fetch) == ("absent", None, "hashpivot fetch ZZZ --season 2025Q1")
    text = page.html()
    assert (
        "not in the store" in text and "hashpivot fetch ZZZ --season 2025Q1" in text and "<iframe" not in text
    )
    assert "tagged fact f-1" in text


def test_a_place_that_no_page_shows_says_so(home: Path) -> None:
    origin = source(stored())
    page = page_of(home, (origin, figure(origin, "fact:nowhere")))
    assert page.view.leaves[0].standing == "stored"
    assert "no element of its pages shows this fact" in page.html()


def test_a_transcribed_row_shows_its_columns_and_grade(home: Path) -> None:
    page = Desk.open().trace_page("RIOT/2024Q4/revenue/self_mining")
    (row,) = [leaf for leaf in page.view.leaves if leaf.standing == "transcribed"][:1]
    text = page.html()
    assert f"The row as written down, grade {row.source.grade if row.source else ''}" in text
    assert f"<td>{row.figure.text}</td>" in text
    assert page.view.fiscal == "FQ4 2024" and "less" in text
    assert "derived from" in page.view.quote


def test_the_company_of_a_lower_case_address_is_found() -> None:
    assert Desk.open().trace_page("riot/2024Q4/total_revenue/total").view.company is not None


def test_an_id_resolves_after_a_restatement_and_the_page_says_so(home: Path) -> None:
    first, later = source("a" * 64), replace(source("b" * 64), known=date(2026, 5, 1))
    old = figure(first, "fact:a")
    new = replace(figure(later, "fact:b", "1200000"), known=later.known)
    page = page_of(home, (first, old), (later, new), asked=old.id)
    assert page.view.trace.figure.id == old.id
    assert page.view.succession is not None and page.view.succession.current.id == new.id
    assert "restated" in page.html() and page.to_dict()["succession"]["value"] == "1200000"
    assert Desk.open(home / "ledger.sqlite3").trace_page(new.id).view.succession is None


def test_an_id_nothing_gives_leads_to_what_answers_its_question(home: Path) -> None:
    origin = source("a" * 64)
    one = figure(origin, "fact:a")
    page = page_of(home, (origin, one), asked=f"{one.address}@00000000")
    assert page.view.succession is not None and page.view.trace.figure.id == one.id
    with pytest.raises(UnknownFigure):
        Desk.open(home / "ledger.sqlite3").trace_page("ZZZ/2019Q1/total_revenue/total@00000000")


def test_a_stored_page_is_asked_for_by_digest(home: Path) -> None:
    with pytest.raises(NoData):
        Desk.stored_page("0" * 64)
    digest = stored()
    assert b":target,#at-t0-r1-c1" in Desk.stored_page(digest, anchors=["at-t0-r1-c1"])
    with pytest.raises(NoData):
        Desk.stored_page(digest, 3)
    with Store() as store:
        odd = store.put("sec/odd.txt", b"<?xml version='1.0'?><a/>").sha256
    with pytest.raises(InvalidInput):
        Desk.stored_page(odd)


def test_an_added_file_is_kept_for_its_traces(home: Path, tmp_path: Path) -> None:
    (filing, *_) = company_filings(generated_universe([Q2])["CORZ"], [Q2], updates=False)
    file = tmp_path / "q.txt"
    file.write_bytes(filing.submission())
    added = add_file(file)
    with Store() as store:
        (kept,) = store
    assert (kept.key, kept.sha256) == (f"added/{added.source.sha256}", added.source.sha256)
    assert kept.read() == filing.submission()
    add_file(file)
    with Store() as store:
        assert len(list(store)) == 1


def test_an_add_without_a_store_says_so(home: Path, tmp_path: Path) -> None:
    (filing, *_) = company_filings(generated_universe([Q2])["CORZ"], [Q2], updates=False)
    file = tmp_path / "q.txt"
    file.write_bytes(filing.submission())
    (home / "store").write_text("in the way")
    added = add_file(file)
    assert added.new and any("no copy of it is kept for traces" in warning for warning in added.warnings)


def test_the_quote_of_a_derived_number_names_report_and_row() -> None:
    page = Desk.open().trace_page("RIOT/2024Q4/revenue/self_mining")
    row = "“Bitcoin Mining”"
    said = f"derived from 10-K FY2024 {row} less 10-Q FQ3 2025 {row} ({page.traces[0].figure.id})"
    assert page.quote == f"$126,351,000, RIOT 2024Q4 Revenue, Self-mining, {said}"
    assert page.to_dict()["quote"] == page.quote


def test_figures_beside_each_other_share_their_ends() -> None:
    desk = Desk.open()
    page = desk.trace_page("RIOT/2024Q4/revenue/self_mining", beside=["RIOT/2024Q4/total_revenue/total"])
    assert len(page.traces) == 2 and len({leaf.colour for leaf in page.view.leaves}) == len(page.view.leaves)
    assert "2 figures behind one number" in page.html() and len(page.to_dict()["beside"]) == 1
    with pytest.raises(UnknownFigure):
        desk.trace_page("RIOT/2024Q4/revenue/self_mining", beside=["RIOT/1999Q4/total_revenue/total"])


def test_another_copy_of_a_report_stands_for_the_file_that_was_read(home: Path) -> None:
    read, copy = (replace(source(sha256), period_end=END) for sha256 in ("f" * 64, stored()))
    pages = StoredPages([read, copy])
    found = pages.stored(read)
    assert found is not None and found.sha256 == copy.sha256
    assert pages.stored(replace(read, period_end=None)) is None
    assert StoredPages([replace(copy, form="10-Q/A")]).stored(read) is None
