"""The trace of a number in Chromium: the box, the filing that is fetched, what is copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hashpivot import Desk
from hashpivot.core import FactLocator, Figure, Quarter
from hashpivot.desk import add_file
from hashpivot.sources import Store
from hashpivot.testing.generated import company_filings, generated_universe
from hashpivot.testing.services import EdgarService
from hashpivot.testing.submissions import ServedFiling
from tools.browser import boxed_texts

QUARTER = Quarter.parse("2025Q2")


@pytest.fixture(scope="module")
def filing() -> ServedFiling:
    """A made-up report with tags, whole as EDGAR serves it."""
    company = generated_universe([QUARTER])["CORZ"]
    return next(one for one in company_filings(company, [QUARTER], updates=False) if one.form == "10-Q")


@pytest.fixture
def home(filing: ServedFiling, tmp_path: Path, desk_address: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who has read the report: the store does not have it any more."""
    file = tmp_path / f"{filing.accession}.txt"
    file.write_bytes(filing.submission())
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path / "user"))
    added = add_file(file)
    with Store() as store:
        store.drop(f"added/{added.source.sha256}")
    return tmp_path / "user"


@pytest.fixture
def edgar(filing: ServedFiling, monkeypatch: pytest.MonkeyPatch) -> Iterator[EdgarService]:
    with EdgarService([filing]) as service:
        monkeypatch.setenv("HASHPIVOT_SEC_BASE_URL", service.url)
        yield service


def read_from(filing: ServedFiling) -> Figure:
    """A figure of the report that a tag gives."""
    desk = Desk.open()
    for figure in desk.view.figures("CORZ", "total_revenue"):
        source = desk.view.sources[figure.source]
        if source.accession == filing.accession and isinstance(figure.locator, FactLocator):
            return figure
    raise AssertionError("no figure")


def test_a_filing_is_fetched_and_its_number_boxed(
    page: Page, home: Path, filing: ServedFiling, edgar: EdgarService
) -> None:
    figure = read_from(filing)
    page.goto(f"/figure/{figure.id}")
    expect(page.get_by_text("The filing is not in the store.")).to_be_visible()
    assert page.frames[1:] == []
    page.get_by_role("button", name="Fetch the filing").click()
    expect(page.locator("iframe[name=filing]")).to_be_visible(timeout=20_000)
    digits = "".join(letter for letter in boxed_texts(page)[0] if letter.isdigit())
    assert digits and figure.text.startswith(digits)
    asked = [seen.route for seen in edgar.requests]
    assert asked == [f"/Archives/edgar/data/1839341/{filing.folder}/{filing.accession}.txt"]


def test_without_an_identity_the_page_says_what_to_set(
    page: Page, home: Path, filing: ServedFiling, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NAME", "EMAIL"):
        monkeypatch.delenv(f"HASHPIVOT_IDENTITY_{name}", raising=False)
    page.goto(f"/figure/{read_from(filing).id}")
    page.get_by_role("button", name="Fetch the filing").click()
    alert = page.locator("p.failed")
    expect(alert).to_contain_text("It could not be fetched: it is not known who asks", timeout=20_000)
    expect(alert).to_contain_text("HASHPIVOT_IDENTITY_NAME")


def test_it_works_without_script(
    browser: Browser, home: Path, desk_address: str, filing: ServedFiling
) -> None:
    with Store() as store:
        store.put(f"sec/{filing.accession}.txt", filing.submission())
    figure = read_from(filing)
    context = browser.new_context(base_url=desk_address, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"/figure/{figure.id}")
    # Without script a browser loads a frame at once and may scroll it before it has its size.
    plain.get_by_role("link", name="Show it boxed in the filing").click()
    assert "".join(filter(str.isdigit, boxed_texts(plain)[0]))
    plain.close()
    context.close()


def test_what_is_copied_names_its_source(page: Page, home: Path, filing: ServedFiling) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    figure = read_from(filing)
    page.goto(f"/figure/{figure.id}")
    page.get_by_role("button", name="Copy with source").click()
    expect(page.get_by_role("status")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == Desk.open().trace_page(figure.id).quote
    assert "reported in 10-Q FQ2 2025 “" in copied and figure.id in copied


def test_a_number_of_a_page_is_copied_by_its_key(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/company/CORZ")
    number = page.locator("a.num[href^='/figure/']").first
    number.focus()
    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_contain_text("Copied: ")
    assert "CORZ" in page.evaluate("navigator.clipboard.readText()")
    number.click()
    expect(page.locator("dl.facts")).to_be_visible()
