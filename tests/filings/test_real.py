"""Golden numbers from real filings, where they are at hand."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from hashpivot.core import UnreadableFiling
from hashpivot.filings import Fact, Filing, read_filing

NAMES = [
    "BTBT_10K-2024-12-31",
    "BTBT_10Q-2025-03-31",
    "BTBT_10Q-2025-06-30",
    "CLSK_10Q-2024-03-31",
    "CLSK_10Q-2024-06-30",
    "CLSK_10Q-2024-12-31",
    "RIOT_10K-2023-12-31",
    "RIOT_10K-2024-12-31",
    "RIOT_10Q-2024-03-31",
    "RIOT_10Q-2024-06-30",
    "RIOT_10Q-2024-09-30",
    "RIOT_10Q-2025-03-31",
    "RIOT_10Q-2025-06-30",
]


@cache
def filing_at(folder: Path, name: str) -> Filing:
    return read_filing(folder / "ixbrl" / f"{name}.htm.gz")


def find(filing: Filing, concept: str, start: date, end: date, *dims: tuple[str, str]) -> Fact:
    found = [
        fact
        for fact in filing.facts
        if fact.concept == concept and (fact.start, fact.end, fact.context.dims) == (start, end, dims)
    ]
    assert found
    return found[0]


def test_riot_second_quarter_of_2024(real: Path) -> None:
    filing = filing_at(real, "RIOT_10Q-2024-06-30")
    total = find(filing, "us-gaap:Revenues", date(2024, 4, 1), date(2024, 6, 30))
    assert (total.value, total.unit, total.decimals, total.text) == (70018000, "USD", -3, "70,018")
    assert (total.label, total.column_header) == ("Total revenue", "Three Months Ended June 30, 2024")
    mining = find(
        filing,
        "us-gaap:Revenues",
        date(2024, 4, 1),
        date(2024, 6, 30),
        ("srt:ProductOrServiceAxis", "riot:MiningMember"),
    )
    assert (mining.value, mining.label, mining.table) == (55764000, "Bitcoin Mining", total.table)
    assert total.row - mining.row == 3


def test_riot_numbers_in_words(real: Path) -> None:
    filing = filing_at(real, "RIOT_10K-2024-12-31")
    par = next(fact for fact in filing.facts if fact.concept == "us-gaap:PreferredStockNoParValue")
    assert (par.text, par.value, par.unit) == ("no", 0, "USD/shares")


def test_cleanspark_dashes_are_zero(real: Path) -> None:
    filing = filing_at(real, "CLSK_10Q-2024-06-30")
    dashes = [fact for fact in filing.facts if fact.text in ("—", "-", "–")]
    assert len(dashes) > 100
    assert {fact.value for fact in dashes} == {0}
    assert filing.cover["CurrentFiscalYearEndDate"] == "--09-30"


def test_bit_digital_hidden_nil_facts(real: Path) -> None:
    filing = filing_at(real, "BTBT_10K-2024-12-31")
    hidden = [fact for fact in filing.facts if fact.hidden]
    assert len(hidden) == 310
    assert sum(fact.nil for fact in hidden) == 306
    assert all(fact.value is None for fact in filing.facts if fact.nil)
    assert {"BTC", "ETH", "USDC"} <= {fact.unit for fact in filing.facts}


@pytest.mark.parametrize("name", NAMES)
def test_every_real_filing_reads_without_a_warning(real: Path, name: str) -> None:
    filing = filing_at(real, name)
    ticker, form, end = name[:4], name[5:9], name[9:].strip("-")
    assert filing.warnings == []
    assert filing.form == f"{form[:2]}-{form[2:3]}"
    assert filing.period_end == date.fromisoformat(end)
    assert filing.ticker in (ticker, "")
    assert filing.cik == {"BTBT": "1710350", "CLSK": "827876", "RIOT": "1167419"}[ticker]
    assert all(fact.value is not None or fact.nil for fact in filing.facts)
    assert all(filing.fact(fact.locator) is fact for fact in (*filing.facts, *filing.texts))


@pytest.mark.parametrize("name", NAMES)
def test_nearly_every_number_in_a_table_has_a_label(real: Path, name: str) -> None:
    tabled = [fact for fact in filing_at(real, name).facts if fact.table >= 0]
    assert len(tabled) > 400
    assert sum(not fact.label for fact in tabled) <= 0.02 * len(tabled)


def test_submissions(real: Path) -> None:
    filing = read_filing(real / "submissions" / "CORZ_8K_2025Q3_0001628280-25-046263.txt.gz")
    assert (filing.accession, filing.form, filing.filed) == (
        "0001628280-25-046263",
        "8-K",
        date(2025, 10, 24),
    )
    assert (filing.cik, filing.ticker) == ("1839341", "CORZ")
    assert filing.submission is not None
    documents = filing.submission.documents
    assert [document.type for document in documents][:2] == ["8-K", "EX-99.1"]
    assert {document.body[:4] for document in documents if document.filename.endswith(".zip")} == {b"PK\3\4"}
    assert {d.body[:3] for d in documents if d.filename.endswith(".jpg")} <= {b"\xff\xd8\xff", b"\x89PN"}


def test_a_release_without_facts(real: Path) -> None:
    with pytest.raises(UnreadableFiling, match="holds no XBRL facts"):
        filing_at(real, "BTBT_6K-2024-06-30")
